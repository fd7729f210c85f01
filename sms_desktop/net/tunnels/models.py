"""What every kind of tunnel can do."""

from typing import Protocol


class Tunnel(Protocol):
    """Makes the listener's port reachable for Kandy.

    ``name``: what settings and the command line call it. ``instructions``: what the person has to
    do before it can work, as sentences; empty when nothing.
    """

    @property
    def name(self) -> str:
        """The word that chooses it."""
        ...

    @property
    def instructions(self) -> str:
        """What to do before it works; empty when nothing."""
        ...

    def is_available(self) -> bool:
        """Whether what it needs is on this computer; asks nothing of the network."""
        ...

    async def open(self, local_port: int) -> str:
        """Public base URL, without a slash at the end, whose requests reach ``local_port``.

        Opening it again for another port moves it. Raises ``TunnelFailed``.
        """
        ...

    async def close(self) -> None:
        """Stop; closing what is not open does nothing."""
        ...
