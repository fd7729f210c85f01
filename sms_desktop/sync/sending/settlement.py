"""Finds out what became of an unconfirmed message, by reading its thread at Kandy.

Never sends anything. The store matches what history shows with what waits; here is decided when to
ask, and when silence means "not sent": never before the network had time to bring the request to
its end, and only when Kandy itself was silent: not the way to it, and not a history whose oldest
messages have fallen out meanwhile.
"""

import asyncio
import logging
from typing import Final

from sms_desktop.domain.address import DEFAULT_SENDER
from sms_desktop.domain.changes import Changes
from sms_desktop.domain.clock import NowMs
from sms_desktop.domain.errors import SmsDesktopError
from sms_desktop.domain.ids import AccountId, ClientId
from sms_desktop.domain.message import OutboxItem
from sms_desktop.store import outbox
from sms_desktop.store.connection import Connection
from sms_desktop.store.database import Database
from sms_desktop.sync.events import CheckAnswered, Publish, TimelineChanged
from sms_desktop.sync.receiving.catch_up import CatchUp
from sms_desktop.sync.running.backoff import Random, Sleep, delay_s
from sms_desktop.sync.running.tasks import TaskGroup

_log = logging.getLogger(__name__)

_CHECK_AFTER_S: Final = (1.0, 4.0, 10.0, 20.0)
"""Waits before the checks. A message that the network still holds needs time to appear."""

_LONGEST_WAIT_S: Final = 300.0
_CHECKS_AT_ONCE: Final = 2
_MARGIN_MS: Final = 15 * 60_000
_NOT_ASKED: Final = "Kandy could not be asked:"
_NOT_SEEN: Final = (
    "Kandy does not show it yet; it may still be on its way. Kandy is asked again by itself."
)
_SILENCE: Final = "Kandy's history does not show this message, so it was not sent."


class Settlement:
    """Asks Kandy about the unconfirmed messages of one account until each is settled.

    ``now_ms`` is Kandy's time.
    """

    def __init__(
        self,
        account_id: AccountId,
        store: Database,
        catch_up: CatchUp,
        tasks: TaskGroup,
        publish: Publish,
        *,
        now_ms: NowMs,
        sleep: Sleep,
        random: Random,
    ) -> None:
        self._account_id = account_id
        self._store = store
        self._catch_up = catch_up
        self._tasks = tasks
        self._publish = publish
        self._now_ms = now_ms
        self._sleep = sleep
        self._random = random
        self._watched: set[ClientId] = set()
        self._turns = asyncio.Semaphore(_CHECKS_AT_ONCE)

    def watch(self, client_id: ClientId) -> None:
        """Check a message by and by until it is settled; a second call changes nothing."""
        if client_id not in self._watched:
            self._watched.add(client_id)
            self._tasks.spawn(self._watch(client_id), "settle", service=True)

    def check_now(self, client_id: ClientId) -> None:
        """Ask at once because the person wants to know; silence says nothing so early.

        Whoever is not watched any more, because the disk failed for example, is watched again.
        """
        self._tasks.spawn(self._check_now(client_id), "check")

    async def watch_all(self) -> None:
        """Watch whatever an earlier run left unconfirmed."""
        for item in await self._store.write(self._every_unconfirmed):
            self.watch(item.client_id)

    async def _check_now(self, client_id: ClientId) -> None:
        try:
            item = await self._unconfirmed(client_id)
            if item is None:
                return
            self.watch(client_id)
            await self._read(item)
            is_settled = await self._unconfirmed(client_id) is None
        except SmsDesktopError as error:
            self._publish(CheckAnswered(client_id, f"{_NOT_ASKED} {error.text()}"))
        else:
            self._publish(CheckAnswered(client_id, "" if is_settled else _NOT_SEEN))

    async def _watch(self, client_id: ClientId) -> None:
        try:
            for number, wait_s in enumerate(_CHECK_AFTER_S, start=1):
                await self._sleep(wait_s)
                is_last = number == len(_CHECK_AFTER_S)
                if await self._look(client_id, silence_counts=is_last):
                    return
        finally:
            self._watched.discard(client_id)

    async def _look(self, client_id: ClientId, *, silence_counts: bool) -> bool:
        """Look until Kandy has answered; whether the message is settled then."""
        failures = 0
        while True:
            try:
                return await self._look_once(client_id, silence_counts=silence_counts)
            except SmsDesktopError as error:
                _log.info("history could not be read: %s", type(error).__name__)
            failures += 1
            more_s = delay_s(failures, self._random, longest_s=_LONGEST_WAIT_S)
            await self._sleep(_CHECK_AFTER_S[-1] + more_s)

    async def _look_once(self, client_id: ClientId, *, silence_counts: bool) -> bool:
        item = await self._unconfirmed(client_id)
        if item is None:
            return True
        await self._read(item)
        if silence_counts:
            await self._give_up(item)
        return silence_counts or await self._unconfirmed(client_id) is None

    async def _read(self, item: OutboxItem) -> None:
        """Read the thread once; raises ``NetError`` and ``StoreError``."""
        since_ms = self._before(item)
        async with self._turns:
            if item.sender == DEFAULT_SENDER:
                # Kandy chose the number, and nobody knows which one.
                await self._catch_up.read_threads_with(item.remote, since_ms)
            else:
                await self._catch_up.read_thread(item.sender, item.remote, since_ms)

    def _before(self, item: OutboxItem) -> int:
        """A time that is certainly before the first attempt."""
        # A wish may be dated ahead, by a clock that was wrong before Kandy's was known.
        return min(item.created_at_ms, self._now_ms()) - _MARGIN_MS

    async def _unconfirmed(self, client_id: ClientId) -> OutboxItem | None:
        """The message, as long as nobody knows; never one of another account."""
        found = await self._store.write(self._every_unconfirmed)
        return next((item for item in found if item.client_id == client_id), None)

    def _every_unconfirmed(self, db: Connection) -> list[OutboxItem]:
        return outbox.unconfirmed(db, self._account_id)

    async def _give_up(self, item: OutboxItem) -> None:
        """The history was read and does not show it: that means something while it reaches back."""
        is_whole = await self._catch_up.reaches_back(self._before(item))

        def job(db: Connection) -> Changes:
            if is_whole:
                return outbox.mark_not_sent(db, item.client_id, _SILENCE)
            return outbox.mark_unknowable(db, item.client_id)

        if changes := await self._store.write(job):
            self._publish(TimelineChanged(changes))
