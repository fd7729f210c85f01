"""Decides when which wish of the outbox is tried: one at a time per conversation, in their order.

What an attempt is, and what is written down about it, is in ``attempt``. Waits are kept in memory
only: a new start of the program may try at once.
"""

import asyncio
from collections.abc import Callable
from typing import Final

from sms_desktop.domain.clock import NowMs
from sms_desktop.domain.ids import AccountId, ClientId, ConversationId
from sms_desktop.domain.message import OutboxItem
from sms_desktop.store import outbox
from sms_desktop.store.errors import StoreClosed, StoreError
from sms_desktop.store.reading import StoreReader
from sms_desktop.sync.events import Publish, TroubleArose
from sms_desktop.sync.running.backoff import Sleep
from sms_desktop.sync.running.tasks import TaskGroup
from sms_desktop.sync.sending.attempt import LONGEST_WAIT_S, Attempts
from sms_desktop.sync.sending.waits import Waits

_SENDS_AT_ONCE: Final = 8


class OutboxPump:
    """Drains the outbox of one account whenever it is woken; ends by itself when nothing is due.

    ``on_wait`` is told the first wish of a conversation when its time has not come yet.
    """

    def __init__(
        self,
        account_id: AccountId,
        reader: StoreReader,
        attempts: Attempts,
        tasks: TaskGroup,
        publish: Publish,
        *,
        now_ms: NowMs,
        sleep: Sleep,
        on_offline: Callable[[], None],
        on_wait: Callable[[OutboxItem], None],
    ) -> None:
        self._account_id = account_id
        self._reader = reader
        self._attempts = attempts
        self._tasks = tasks
        self._publish = publish
        self._now_ms = now_ms
        self._sleep = sleep
        self._on_offline = on_offline
        self._on_wait = on_wait
        self._waits = Waits(now_ms)
        self._busy: set[ConversationId] = set()
        self._slots = asyncio.Semaphore(_SENDS_AT_ONCE)
        self._alarm: asyncio.Task[None] | None = None
        self._alarm_at_ms = 0
        self._has_stumbled = False
        self._is_ending = False

    def wake(self) -> None:
        """Look at the outbox now; call it after every change of it."""
        self._tasks.spawn(self._start_draining(), "outbox")

    def end(self) -> None:
        """Begin no more attempts: one that is broken off would be unconfirmed for nothing."""
        self._is_ending = True

    def online(self) -> None:
        """Kandy can be reached again: what waited for nothing else is tried now."""
        self._waits.online()
        self.wake()

    def retry(self, client_id: ClientId) -> None:
        """The person has put this one back into the outbox, to be sent now."""
        self._waits.note(client_id, None)
        self.wake()

    async def _start_draining(self) -> None:
        try:
            waiting = self._reader.read(lambda db: outbox.waiting(db, self._account_id))
        except StoreError as error:
            self._stumbled(error)
            return
        for conversation_id in dict.fromkeys(item.conversation_id for item in waiting):
            if conversation_id not in self._busy:
                self._busy.add(conversation_id)
                self._tasks.spawn(self._drain(conversation_id), "send")

    async def _drain(self, conversation_id: ConversationId) -> None:
        try:
            while await self._try_next(conversation_id):
                self._has_stumbled = False
        except StoreError as error:
            self._stumbled(error)
        finally:
            self._busy.discard(conversation_id)

    async def _try_next(self, conversation_id: ConversationId) -> bool:
        """Try the first wish that waits in a conversation; whether to look for another one."""
        async with self._slots:
            # Read after the turn has come: much may have happened while it waited. What the reader
            # does not know yet is known to the attempt, which takes the wish where all is written.
            item = self._reader.read(lambda db: outbox.next_waiting(db, conversation_id))
            if item is None or self._is_ending:
                return False
            left_s = self._waits.left_s(item.client_id)
            if left_s > 0:
                self._wake_after(left_s)
                self._on_wait(item)
                return False
            wait = await self._attempts.make(item)
        self._waits.note(item.client_id, wait)
        if wait is not None and wait.until_online:
            self._on_offline()
        return True

    def _stumbled(self, error: StoreError) -> None:
        if isinstance(error, StoreClosed):
            return
        if not self._has_stumbled:
            self._publish(TroubleArose(error.text()))
        self._has_stumbled = True
        self._wake_after(LONGEST_WAIT_S)

    def _wake_after(self, seconds: float) -> None:
        """One alarm for all: the earliest one counts, and whoever is woken too early waits again."""
        at_ms = self._now_ms() + int(seconds * 1000)
        if self._alarm is not None:
            if self._alarm_at_ms <= at_ms:
                return
            self._alarm.cancel()
        self._alarm_at_ms = at_ms
        self._alarm = self._tasks.spawn(self._ring_after(seconds), "outbox wait", service=True)

    async def _ring_after(self, seconds: float) -> None:
        await self._sleep(seconds)
        self._alarm = None
        self.wake()
