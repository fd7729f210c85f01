"""Sends what waits in the outbox, one at a time per conversation, and writes down what happened.

Three outcomes (see ``domain.delivery``). Whether a failure may be tried again is decided by one
question alone: can the request have left?
"""

import asyncio
import logging
from collections.abc import Callable
from typing import Final

from sms_desktop.domain.address import DEFAULT_SENDER
from sms_desktop.domain.changes import Changes
from sms_desktop.domain.clock import NowMs
from sms_desktop.domain.ids import AccountId, ClientId, ConversationId
from sms_desktop.domain.message import Direction, OutboxItem, ServerMessage
from sms_desktop.net.errors import NetError, RateLimited, Refused, SignInRefused
from sms_desktop.net.kandy import KandyClient
from sms_desktop.store import outbox
from sms_desktop.store.connection import Connection
from sms_desktop.store.database import Database
from sms_desktop.sync.backoff import Random, Sleep, delay_s
from sms_desktop.sync.events import Publish, TimelineChanged
from sms_desktop.sync.tasks import TaskOwner
from sms_desktop.wire.answers import SendAnswer

_log = logging.getLogger(__name__)

_SENDS_AT_ONCE: Final = 8
_LONGEST_WAIT_S: Final = 20.0
_LOCKOUT_WAIT_MS: Final = 10 * 60_000
"""Servers lock accounts whose secret is tried again and again."""

_ANSWER_WITHOUT_ID: Final = "Kandy's answer could not be read."


class OutboxPump:
    """Drains the outbox of one account whenever it is woken; ends by itself when nothing is due."""

    def __init__(
        self,
        account_id: AccountId,
        client: KandyClient,
        store: Database,
        tasks: TaskOwner,
        publish: Publish,
        *,
        now_ms: NowMs,
        sleep: Sleep,
        random: Random,
        on_unconfirmed: Callable[[ClientId], None],
    ) -> None:
        self._account_id = account_id
        self._client = client
        self._store = store
        self._tasks = tasks
        self._publish = publish
        self._now_ms = now_ms
        self._sleep = sleep
        self._random = random
        self._on_unconfirmed = on_unconfirmed
        self._busy: set[ConversationId] = set()
        self._slots = asyncio.Semaphore(_SENDS_AT_ONCE)

    def wake(self) -> None:
        """Look at the outbox now; call it after every change of it and when the network is back."""
        self._tasks.spawn(self._start_draining(), "outbox")

    async def _start_draining(self) -> None:
        for conversation_id in dict.fromkeys(i.conversation_id for i in await self._waiting()):
            if conversation_id not in self._busy:
                self._busy.add(conversation_id)
                self._tasks.spawn(self._drain(conversation_id), "send")

    async def _waiting(self) -> list[OutboxItem]:
        return await self._store.write(lambda db: outbox.waiting(db, self._account_id))

    async def _drain(self, conversation_id: ConversationId) -> None:
        try:
            while item := await self._first_waiting(conversation_id):
                wait_ms = item.next_attempt_at_ms - self._now_ms()
                if wait_ms > 0:
                    self._wake_after(wait_ms / 1000)
                    return
                async with self._slots:
                    await self._attempt(item)
        finally:
            self._busy.discard(conversation_id)

    async def _first_waiting(self, conversation_id: ConversationId) -> OutboxItem | None:
        items = await self._waiting()
        return next((i for i in items if i.conversation_id == conversation_id), None)

    def _wake_after(self, seconds: float) -> None:
        async def wait_and_wake() -> None:
            await self._sleep(seconds)
            self.wake()

        self._tasks.spawn(wait_and_wake(), "outbox wait", service=True)

    async def _attempt(self, item: OutboxItem) -> None:
        if not await self._store.write(
            lambda db: outbox.mark_sending(db, item.client_id, self._now_ms())
        ):
            return
        self._tell(Changes(frozenset({item.conversation_id})))
        try:
            answer = await self._client.send(item.sender, item.remote, item.text)
        except NetError as error:
            await self._write_failure(item, error)
        else:
            await self._write_answer(item, answer)

    async def _write_answer(self, item: OutboxItem, answer: SendAnswer) -> None:
        message = _message_of(answer, item, self._now_ms())
        if message is None:
            await self._write_unconfirmed(item, _ANSWER_WITHOUT_ID)
            return
        now_ms = self._now_ms()
        await self._write(lambda db: outbox.confirm(db, item.client_id, message, now_ms=now_ms))

    async def _write_failure(self, item: OutboxItem, error: NetError) -> None:
        reason = error.text()
        _log.info("send failed: %s, may have left: %s", type(error).__name__, error.may_have_left)
        if error.may_have_left:
            await self._write_unconfirmed(item, reason)
        elif isinstance(error, Refused):
            await self._write(lambda db: outbox.mark_refused(db, item.client_id, reason))
        else:
            at_ms = self._now_ms() + self._wait_ms(item, error)
            await self._write(lambda db: outbox.put_back(db, item.client_id, at_ms, reason))

    async def _write_unconfirmed(self, item: OutboxItem, reason: str) -> None:
        await self._write(lambda db: outbox.mark_unconfirmed(db, item.client_id, reason))
        self._on_unconfirmed(item.client_id)

    def _wait_ms(self, item: OutboxItem, error: NetError) -> int:
        if isinstance(error, RateLimited) and error.retry_after_s is not None:
            return int(error.retry_after_s * 1000)
        if isinstance(error, SignInRefused):
            return _LOCKOUT_WAIT_MS
        wait_s = delay_s(item.attempts + 1, self._random, longest_s=_LONGEST_WAIT_S)
        return int(wait_s * 1000)

    async def _write(self, job: Callable[[Connection], Changes]) -> None:
        self._tell(await self._store.write(job))

    def _tell(self, changes: Changes) -> None:
        if changes:
            self._publish(TimelineChanged(changes))


def _message_of(answer: SendAnswer, item: OutboxItem, now_ms: int) -> ServerMessage | None:
    if answer.message_id is None:
        return None
    return ServerMessage(
        message_id=answer.message_id,
        direction=Direction.OUTBOUND,
        local=item.sender if answer.sender == DEFAULT_SENDER else answer.sender,
        remote=item.remote,
        text=item.text,
        at_ms=now_ms,
        state=answer.state,
    )
