"""What every way by which Kandy's notifications reach this computer can do."""

from collections.abc import Awaitable, Callable
from typing import Final, Protocol

from sms_desktop.domain.errors import SmsDesktopError
from sms_desktop.domain.ids import ChannelId

WEBSOCKET: Final = "websocket"
"""What an account's ``tunnel`` says when it needs none."""

Take = Callable[[bytes], Awaitable[None]]
"""Keeps one notification; raises ``NotKept`` where it could not."""


class WayEvents(Protocol):
    """Who wants to know how a way in fares."""

    def opened(self, channel_id: ChannelId) -> None:
        """What Kandy sends to this channel gets through from now on; the last one counts."""
        ...

    def shut(self, error: SmsDesktopError) -> None:
        """Nothing gets through; it may open again by itself."""
        ...


class WayIn(Protocol):
    """One way in; ``title`` names it for people.

    ``listening_at`` is the local address that it needs, once open; empty for one that needs none.
    """

    title: str
    listening_at: str

    async def run(self, tell: WayEvents) -> None:
        """Make a channel at Kandy and hold the way open until it is lost, which raises ``NetError``.

        Lets go of everything at its end, however it ends. Raises ``StoreError`` too.
        """
        ...
