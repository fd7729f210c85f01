"""What every kind of tunnel can do, and what it tells."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Protocol

from sms_desktop.net.errors import TunnelFailed


@dataclass(frozen=True, slots=True)
class Up:
    """Requests to ``url`` arrive, from now on; it may be another URL than before."""

    url: str


@dataclass(frozen=True, slots=True)
class Down:
    """Nothing arrives any more; ``error.text()`` is the reason for people.

    ``is_over``: the tunnel will not come back unless it is opened again. Otherwise its agent is
    trying by itself, and ``Up`` follows when it got through.
    """

    error: TunnelFailed
    is_over: bool = True

    @property
    def reason(self) -> str:
        """Why, as a sentence."""
        return self.error.text()


TunnelEvent = Up | Down


@dataclass(frozen=True, slots=True)
class Calling:
    """How our own public URL is called to see whether it leads here.

    ``every_s``: as often as the service's limits allow. ``patience_s``: how long a call may take
    that was never seen to take long; two that take longer mean that the line is dead. With the
    usual ones a line that dies without a word is known to be dead within seven seconds.
    ``may_not_lead_back``: many a router does not lead from inside to its own public address; calls
    that never came back say nothing then.
    """

    every_s: float = 3.0
    patience_s: float = 1.5
    may_not_lead_back: bool = False


@dataclass(frozen=True, slots=True)
class Availability:
    """True where everything is there; ``reason`` is a sentence about what is missing."""

    reason: str = ""

    def __bool__(self) -> bool:
        return not self.reason


class Tunnel(Protocol):
    """Makes the listener's port reachable for Kandy."""

    @property
    def name(self) -> str:
        """The word that chooses it, as settings and command line have it; holds no secret."""
        ...

    @property
    def calling(self) -> Calling:
        """How often its URL may be called."""
        ...

    @property
    def steps(self) -> tuple[str, ...]:
        """What the person does before it can work, one step each; empty when nothing."""
        ...

    def is_available(self) -> Availability:
        """Whether what it needs is on this computer; asks nothing of the network."""
        ...

    async def open(self, local_port: int) -> str:
        """Public base URL, without a slash at the end, whose requests reach ``local_port``.

        Opening what is open closes it first. Raises ``TunnelFailed``; nothing is left open then.
        """
        ...

    def events(self) -> AsyncIterator[TunnelEvent]:
        """What happens after ``open``, from that moment on, for one listener; ends with ``close``.

        The URL that ``open`` gave is not repeated. Never raises.
        """
        ...

    async def close(self) -> None:
        """Stop; closing what is not open does nothing."""
        ...
