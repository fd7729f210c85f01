"""Facts about the way of an inbound message, as those who learn them set them.

Nothing counts as working until a fact says so; what they add up to is ``assess``'s matter.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from sms_desktop.domain.address import Address
from sms_desktop.domain.health import Receiving
from sms_desktop.domain.ids import AccountId

ClockTime = Callable[[int], str]
"""Shows a time in milliseconds as the person's clock would."""


@dataclass(slots=True)
class NumberFact:
    """How one number stands with Kandy since when (milliseconds)."""

    receiving: Receiving = Receiving.UNKNOWN
    detail: str = ""
    since_ms: int = 0


@dataclass(slots=True)
class TunnelFact:
    """One tunnel, and what the calls of our own public address came to.

    ``url`` is empty while it is down. ``carried_ms`` is how long a call took that came back by this
    opening, and ``None`` while none has; ``trouble`` is why the newest did not. ``every_s``: how
    often it is called; ``next_probe_at_ms`` is told only where that is rare. ``heard_at_ms``: when
    Kandy itself last came in by this address. ``is_blind``: no call ever came back, and for this kind
    that says nothing, but that it cannot be checked from here; ``is_heard``: Kandy came in lately.
    """

    name: str
    url: str = ""
    up_since_ms: int | None = None
    carried_ms: int | None = None
    probed_at_ms: int | None = None
    next_probe_at_ms: int | None = None
    every_s: float = 0.0
    heard_at_ms: int | None = None
    is_blind: bool = False
    is_heard: bool = False
    trouble: str = ""


@dataclass(slots=True)
class AccountFacts:
    """What is known about one account; ``None`` and empty mean not known yet.

    ``listener`` is the local address that the way in needs, and empty where it needs none.
    ``tunnel``: the one that the chosen way needs; several accounts may share it.
    ``way_*`` is the webhook or websocket; ``is_polling`` while history is read often instead;
    ``stands_in_for``: what is wrong with the way that was chosen while another one is open in its
    place, and else empty. ``*_trouble`` holds the sentence of the last failure and is empty while
    there is none.
    ``look_trouble``: Kandy could not be asked how things stand; ``is_offline`` where it cannot even
    be reached, so that nothing can come from there. ``next_attempt_at_ms``: when what is broken is
    tried again; ``None`` while nothing waits for that. ``last_inbound_at_ms``: when a text came in,
    however it came; ``last_notified_at_ms``: when one came by the way in.
    """

    account_id: AccountId | None = None
    signed_in: bool | None = None
    sign_in_trouble: str = ""
    token_renews_at_ms: int | None = None
    clock_offset_ms: int | None = None
    listener: str = ""
    tunnel: TunnelFact | None = None
    way: str = ""
    way_open: bool | None = None
    stands_in_for: str = ""
    way_trouble: str = ""
    look_trouble: str = ""
    is_offline: bool = False
    is_polling: bool = False
    next_attempt_at_ms: int | None = None
    numbers: dict[Address, NumberFact] = field(default_factory=dict)
    caught_up_at_ms: int | None = None
    catch_up_trouble: str = ""
    waiting: int = 0
    unconfirmed: int = 0
    last_inbound_at_ms: int | None = None
    last_notified_at_ms: int | None = None

    @property
    def wanted(self) -> list[NumberFact]:
        """The numbers that shall receive."""
        return [n for n in self.numbers.values() if n.receiving is not Receiving.PAUSED]

    @property
    def active(self) -> list[NumberFact]:
        """The numbers that receive."""
        return [n for n in self.numbers.values() if n.receiving is Receiving.ACTIVE]

    @property
    def is_open(self) -> bool:
        """Whether the way in is open, as far as anybody knows."""
        return bool(self.way_open) and not (
            self.sign_in_trouble or self.way_trouble or self.is_offline
        )

    @property
    def is_proved(self) -> bool:
        """Whether something has come round through the way in; a websocket answers for itself."""
        if self.tunnel is None or self.stands_in_for or self.tunnel.is_blind:
            return True
        return self.tunnel.carried_ms is not None and not self.tunnel.trouble

    @property
    def is_unchecked(self) -> bool:
        """Whether nobody knows, as it can be known from outside alone, that the way in leads here."""
        tunnel = self.tunnel
        return bool(tunnel and tunnel.is_blind and not tunnel.is_heard and not self.stands_in_for)

    @property
    def is_ready(self) -> bool:
        """Whether the way in is open and proved, and every wanted number is subscribed."""
        return bool(
            self.is_open and self.is_proved and self.wanted and len(self.active) == len(self.wanted)
        )

    @property
    def trouble(self) -> str:
        """The sentence that says most about what is wrong; empty where nothing is known to be."""
        early = self.sign_in_trouble or self.way_trouble or self.look_trouble
        return early or self._tunnel_trouble or self.catch_up_trouble

    @property
    def _tunnel_trouble(self) -> str:
        return self.tunnel.trouble if self.tunnel and not self.stands_in_for else ""
