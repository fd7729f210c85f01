"""The order of things that every kind of tunnel shares: open, tell, close."""

from abc import ABC, abstractmethod
from collections.abc import AsyncIterator

from sms_desktop.net.tunnels.event_queue import EventQueue, no_events
from sms_desktop.net.tunnels.models import Availability, Calling, TunnelEvent


class Line(ABC):
    """A handler says how to start and how to stop; each opening has a queue of its own.

    A service that counts requests has a ``calling`` of its own.
    """

    calling = Calling()

    def __init__(self) -> None:
        self._told: EventQueue | None = None

    @abstractmethod
    async def start(self, local_port: int, told: EventQueue) -> str:
        """The URL; whatever happens afterwards is put into ``told``. Raises ``TunnelFailed``."""

    async def stop(self) -> None:  # noqa: B027 - not every kind has started something
        """Let go of whatever was started, half or whole; never raises."""

    def is_available(self) -> Availability:
        """Always, unless a handler knows better."""
        return Availability()

    async def open(self, local_port: int) -> str:
        """Start; what was started in vain is stopped again."""
        await self.close()
        told = EventQueue()
        try:
            url = await self.start(local_port, told)
        except BaseException:
            await self.stop()
            raise
        self._told = told
        return url.rstrip("/")

    def events(self) -> AsyncIterator[TunnelEvent]:
        """What was told since ``open``."""
        return self._told.each() if self._told else no_events()

    async def close(self) -> None:
        """Stop and end the stream."""
        told, self._told = self._told, None
        if told is not None:
            told.end()
        await self.stop()
