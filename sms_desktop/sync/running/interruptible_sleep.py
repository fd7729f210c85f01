"""A rest that can be cut short."""

import asyncio

from sms_desktop.sync.running.backoff import Sleep
from sms_desktop.sync.running.tasks import until_one_ends


class InterruptibleSleep:
    """``rest`` sleeps until the time is over or somebody rings; a ring is never lost."""

    def __init__(self, sleep: Sleep) -> None:
        self._sleep = sleep
        self._rung = asyncio.Event()

    def ring(self) -> None:
        """End the rest that is, or else the next one."""
        self._rung.set()

    def hush(self) -> None:
        """Forget rings that came before."""
        self._rung.clear()

    async def rest(self, seconds: float | None) -> None:
        """Sleep so long at most (``None``: until somebody rings); the ring that ends it is used up."""
        if seconds is None:
            await self._wait()
            self._rung.clear()
            return
        await until_one_ends(self._pause(seconds), self._wait())
        self._rung.clear()

    async def _pause(self, seconds: float) -> None:
        await self._sleep(seconds)

    async def _wait(self) -> None:
        await self._rung.wait()
