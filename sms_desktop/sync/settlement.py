"""Finds out what became of an unconfirmed message, by reading its thread at Kandy.

Never sends anything. The store matches what history shows with what waits; here is decided when to
ask, and when silence means "not sent".
"""

import logging
from collections.abc import Callable
from typing import Final

from sms_desktop.domain.address import DEFAULT_SENDER, Address
from sms_desktop.domain.changes import Changes
from sms_desktop.domain.clock import NowMs
from sms_desktop.domain.delivery import State
from sms_desktop.domain.ids import AccountId, ClientId
from sms_desktop.domain.message import OutboxItem
from sms_desktop.net.errors import NetError
from sms_desktop.store import outbox
from sms_desktop.store.connection import Connection
from sms_desktop.store.database import Database
from sms_desktop.sync.backoff import Sleep
from sms_desktop.sync.catch_up import CatchUp
from sms_desktop.sync.events import Publish, TimelineChanged
from sms_desktop.sync.tasks import TaskOwner

_log = logging.getLogger(__name__)

_CHECK_AFTER_S: Final = (1.0, 4.0, 10.0, 20.0)
"""Waits before the checks. A message that the network still holds needs time to appear."""

_MARGIN_MS: Final = 15 * 60_000
_SILENCE: Final = "Kandy's history does not show this message, so it was not sent."


class Settlement:
    """Asks Kandy about the unconfirmed messages of one account until each is settled."""

    def __init__(
        self,
        account_id: AccountId,
        store: Database,
        catch_up: CatchUp,
        tasks: TaskOwner,
        publish: Publish,
        *,
        now_ms: NowMs,
        sleep: Sleep,
        own_numbers: Callable[[], tuple[Address, ...]],
    ) -> None:
        self._account_id = account_id
        self._store = store
        self._catch_up = catch_up
        self._tasks = tasks
        self._publish = publish
        self._now_ms = now_ms
        self._sleep = sleep
        self._own_numbers = own_numbers
        self._watched: set[ClientId] = set()

    def watch(self, client_id: ClientId) -> None:
        """Check a message by and by until it is settled; a second call changes nothing."""
        if client_id not in self._watched:
            self._watched.add(client_id)
            self._tasks.spawn(self._watch(client_id), "settle", service=True)

    def check_now(self, client_id: ClientId) -> None:
        """Ask at once because the person wants to know; silence is an answer then."""
        self._tasks.spawn(self._check(client_id, silence_counts=True), "check")

    async def watch_all(self) -> None:
        """Watch whatever an earlier run left unconfirmed."""
        for item in await self._store.write(lambda db: outbox.unconfirmed(db, self._account_id)):
            self.watch(item.client_id)

    async def _watch(self, client_id: ClientId) -> None:
        try:
            for number, wait_s in enumerate(_CHECK_AFTER_S, start=1):
                await self._sleep(wait_s)
                is_last = number == len(_CHECK_AFTER_S)
                while not await self._check(client_id, silence_counts=is_last):
                    await self._sleep(_CHECK_AFTER_S[-1])
                if await self._unconfirmed(client_id) is None:
                    return
        finally:
            self._watched.discard(client_id)

    async def _check(self, client_id: ClientId, *, silence_counts: bool) -> bool:
        """Read the thread once; returns whether Kandy answered."""
        item = await self._unconfirmed(client_id)
        if item is None:
            return True
        try:
            for local in self._possible_senders(item):
                since_ms = item.created_at_ms - _MARGIN_MS
                await self._catch_up.read_thread(local, item.remote, since_ms)
        except NetError as error:
            _log.info("history could not be read: %s", type(error).__name__)
            return False
        if silence_counts and await self._unconfirmed(client_id) is not None:
            await self._give_up(client_id)
        return True

    async def _unconfirmed(self, client_id: ClientId) -> OutboxItem | None:
        item = await self._store.write(lambda db: outbox.item(db, client_id))
        return item if item is not None and item.state is State.UNCONFIRMED else None

    def _possible_senders(self, item: OutboxItem) -> tuple[Address, ...]:
        return self._own_numbers() if item.sender == DEFAULT_SENDER else (item.sender,)

    async def _give_up(self, client_id: ClientId) -> None:
        def job(db: Connection) -> Changes:
            return outbox.mark_not_sent(db, client_id, _SILENCE)

        if changes := await self._store.write(job):
            self._publish(TimelineChanged(changes))
