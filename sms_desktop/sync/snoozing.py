"""Brings snoozed conversations back at their time, also when the computer slept through it."""

import asyncio
from typing import Final

from sms_desktop.domain.clock import NowMs
from sms_desktop.domain.errors import SmsDesktopError
from sms_desktop.store import thread_flags
from sms_desktop.store.database import Database
from sms_desktop.sync.backoff import Sleep
from sms_desktop.sync.events import Publish, TimelineChanged, TroubleArose
from sms_desktop.sync.tasks import until_one_ends

_LONGEST_S: Final = 30.0
"""A clock may be set and a computer may sleep: nobody waits longer without a look at the time."""


class Snoozing:
    """Tell it ``look_again`` whenever something was snoozed or brought back."""

    def __init__(self, store: Database, publish: Publish, *, now_ms: NowMs, sleep: Sleep) -> None:
        self._store = store
        self._publish = publish
        self._now_ms = now_ms
        self._sleep = sleep
        self._again = asyncio.Event()

    def look_again(self) -> None:
        """What is snoozed differs."""
        self._again.set()

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            self._again.clear()
            wait_s = await self._end_due()
            if wait_s is None:
                await self._again.wait()
            else:
                await until_one_ends(self._rest(wait_s), self._told_again())

    async def _end_due(self) -> float | None:
        """Bring back what is due; how long to wait, or ``None`` while nothing is snoozed."""
        now_ms = self._now_ms()
        try:
            if changes := await self._store.write(lambda db: thread_flags.end_snoozes(db, now_ms)):
                self._publish(TimelineChanged(changes))
            next_ms = await self._store.write(thread_flags.next_snooze_ends_at_ms)
        except SmsDesktopError as error:
            self._publish(TroubleArose(error.text()))
            return _LONGEST_S
        return None if next_ms is None else min(_LONGEST_S, max(0.0, (next_ms - now_ms) / 1000))

    async def _rest(self, seconds: float) -> None:
        await self._sleep(seconds)

    async def _told_again(self) -> None:
        await self._again.wait()
