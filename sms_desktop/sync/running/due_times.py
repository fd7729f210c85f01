"""Waits for the next time that something is due, also when the computer slept through it."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

from sms_desktop.domain.clock import NowMs
from sms_desktop.domain.errors import SmsDesktopError
from sms_desktop.sync.events import Publish, TroubleArose
from sms_desktop.sync.running.backoff import Sleep
from sms_desktop.sync.running.tasks import until_one_ends

_LONGEST_S: Final = 30.0
"""A clock may be set and a computer may sleep: nobody waits longer without a look at the time."""

Look = Callable[[int], Awaitable[int | None]]
"""Does what is due at a time in milliseconds; gives the next such time, ``None`` where there is none."""


class DueTimes:
    """Tell it ``look_again`` whenever the times are others."""

    def __init__(self, look: Look, publish: Publish, *, now_ms: NowMs, sleep: Sleep) -> None:
        self._look = look
        self._publish = publish
        self._now_ms = now_ms
        self._sleep = sleep
        self._again = asyncio.Event()

    def look_again(self) -> None:
        """The times are others."""
        self._again.set()

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            self._again.clear()
            wait_s = await self._wait_s()
            if wait_s is None:
                await self._again.wait()
            else:
                await until_one_ends(self._rest(wait_s), self._told_again())

    async def _wait_s(self) -> float | None:
        try:
            next_ms = await self._look(self._now_ms())
        except SmsDesktopError as error:
            self._publish(TroubleArose(error.text()))
            return _LONGEST_S
        if next_ms is None:
            return None
        return min(_LONGEST_S, max(0.0, (next_ms - self._now_ms()) / 1000))

    async def _rest(self, seconds: float) -> None:
        await self._sleep(seconds)

    async def _told_again(self) -> None:
        await self._again.wait()
