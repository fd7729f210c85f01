"""Events between whoever learns of them, an agent's own thread included, and the one listener."""

import asyncio
from collections.abc import AsyncIterator

from sms_desktop.net.tunnels.models import TunnelEvent


class EventQueue:
    """Made anew for each opening, in the event loop that listens."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._waiting: asyncio.Queue[TunnelEvent | None] = asyncio.Queue()

    def put(self, event: TunnelEvent) -> None:
        """Tell; from the loop's own thread."""
        self._waiting.put_nowait(event)

    def put_from_thread(self, event: TunnelEvent) -> None:
        """Tell from any thread; what is told after the loop has ended goes nowhere."""
        try:
            self._loop.call_soon_threadsafe(self.put, event)
        except RuntimeError:
            return

    def end(self) -> None:
        """No more will come."""
        self._waiting.put_nowait(None)

    async def each(self) -> AsyncIterator[TunnelEvent]:
        """Every event in its order, until the end."""
        while (event := await self._waiting.get()) is not None:
            yield event


async def no_events() -> AsyncIterator[TunnelEvent]:
    """The stream of a tunnel that is not open."""
    nothing: tuple[TunnelEvent, ...] = ()
    for event in nothing:
        yield event
