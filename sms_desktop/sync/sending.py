"""From the person's Enter to a row in the outbox: the echo first, then the disk.

The echo is told in the same call, so that the bubble is there in the same frame; where the disk says
no, the echo is withdrawn and the text goes back to the composer.
"""

import asyncio
from collections.abc import Callable
from typing import Final

from sms_desktop.domain.address import Address
from sms_desktop.domain.changes import Changes
from sms_desktop.domain.conversation import ConversationRow
from sms_desktop.domain.delivery import State
from sms_desktop.domain.ids import AccountId, ClientId, ConversationId
from sms_desktop.domain.message import Direction, Origin, OutboxItem, TimelineKey, TimelineRow
from sms_desktop.store import outbox
from sms_desktop.store.connection import Connection
from sms_desktop.store.database import Database
from sms_desktop.store.errors import StoreError
from sms_desktop.store.reading import StoreReader
from sms_desktop.sync.events import EchoWithdrawn, MessageEchoed, Publish, TimelineChanged
from sms_desktop.sync.tasks import TaskGroup, TaskOwner

_AFTER_EVERYTHING: Final = 2**62
_SETTLED: Final = frozenset(
    {
        State.ACCEPTED,
        State.DELIVERED,
        State.IMPOSSIBLE,
        State.REFUSED,
        State.UNCONFIRMED,
        State.NOT_SENT,
    }
)


class Sending:
    """Puts texts into the outbox and can tell what became of them.

    ``now_ms`` is the time at the Kandy of an account.
    """

    def __init__(
        self,
        store: Database,
        reader: StoreReader,
        tasks: TaskOwner,
        publish: Publish,
        *,
        now_ms: Callable[[AccountId], int],
        make_client_id: Callable[[], ClientId],
    ) -> None:
        self._store = store
        self._reader = reader
        self._tasks = TaskGroup(tasks)
        self._publish = publish
        self._now_ms = now_ms
        self._make_client_id = make_client_id
        self._pulse = asyncio.Event()
        self._is_ending = False

    def send(
        self,
        conversation_id: ConversationId,
        text: str,
        on_kept: Callable[[AccountId], None],
    ) -> ClientId:
        """Echo at once, keep soon; ``on_kept`` is called with the account when the text is on disk."""
        client_id = self._make_client_id()
        try:
            conversation = self._reader.conversation(conversation_id)
        except StoreError as error:
            self._withdraw(conversation_id, client_id, text, error.text())
            return client_id
        if conversation is None:
            self._withdraw(conversation_id, client_id, text, "This conversation is gone.")
            return client_id
        self._publish(MessageEchoed(self._echo(conversation, client_id, text)))
        self._tasks.spawn(self._keep_echoed(conversation, client_id, text, on_kept), "enqueue")
        return client_id

    async def keep(
        self,
        account_id: AccountId,
        conversation_id: ConversationId,
        sender: Address,
        remote: Address,
        text: str,
    ) -> ClientId:
        """Put a text into the outbox without an echo; raises ``StoreError``."""
        client_id = self._make_client_id()
        await self._enqueue(account_id, conversation_id, client_id, sender, remote, text)
        return client_id

    async def outcome(self, client_id: ClientId, timeout_s: float) -> State:
        """Where a message stands once it was tried, or after ``timeout_s`` seconds.

        Once the program is ending, nobody waits any more.
        """
        try:
            async with asyncio.timeout(timeout_s):
                while not (self._was_tried(item := self._item(client_id)) or self._is_ending):
                    self._pulse.clear()
                    await self._pulse.wait()
        except TimeoutError:
            item = self._item(client_id)
        return item.state if item else State.QUEUED

    def reason(self, client_id: ClientId) -> str:
        """Why a message stands where it stands, as a sentence; empty where nothing is amiss."""
        item = self._item(client_id)
        return item.reason if item else ""

    def something_changed(self) -> None:
        """Make those who wait for an outcome look again."""
        self._pulse.set()

    async def keep_all(self) -> None:
        """Return when every text that was echoed is on the disk, or withdrawn."""
        await self._tasks.finish()

    def end(self) -> None:
        """The program is ending: answer those who wait for an outcome."""
        self._is_ending = True
        self.something_changed()

    def _item(self, client_id: ClientId) -> OutboxItem | None:
        return self._reader.item(client_id)

    def _was_tried(self, item: OutboxItem | None) -> bool:
        if item is None:
            return False
        return item.state in _SETTLED or (item.state is State.QUEUED and item.attempts > 0)

    def _echo(self, conversation: ConversationRow, client_id: ClientId, text: str) -> TimelineRow:
        now_ms = self._now_ms(conversation.account_id)
        return TimelineRow(
            key=TimelineKey(max(now_ms, conversation.last_at_ms + 1), _AFTER_EVERYTHING),
            conversation_id=conversation.conversation_id,
            direction=Direction.OUTBOUND,
            origin=Origin.THIS_DEVICE,
            text=text,
            at_ms=now_ms,
            state=State.QUEUED,
            client_id=client_id,
        )

    async def _keep_echoed(
        self,
        conversation: ConversationRow,
        client_id: ClientId,
        text: str,
        on_kept: Callable[[AccountId], None],
    ) -> None:
        try:
            await self._enqueue(
                conversation.account_id,
                conversation.conversation_id,
                client_id,
                conversation.local,
                conversation.remote,
                text,
            )
        except StoreError as error:
            self._withdraw(conversation.conversation_id, client_id, text, error.text())
            return
        on_kept(conversation.account_id)

    async def _enqueue(
        self,
        account_id: AccountId,
        conversation_id: ConversationId,
        client_id: ClientId,
        sender: Address,
        remote: Address,
        text: str,
    ) -> None:
        now_ms = self._now_ms(account_id)

        def job(db: Connection) -> None:
            outbox.enqueue(db, account_id, conversation_id, client_id, sender, remote, text, now_ms)

        await self._store.write(job)
        self._publish(TimelineChanged(Changes(frozenset({conversation_id}))))

    def _withdraw(
        self, conversation_id: ConversationId, client_id: ClientId, text: str, sentence: str
    ) -> None:
        self._publish(EchoWithdrawn(conversation_id, client_id, text, sentence))
