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
from sms_desktop.store import conversations, outbox
from sms_desktop.store.connection import Connection
from sms_desktop.store.database import Database
from sms_desktop.store.errors import StoreError
from sms_desktop.store.reading import StoreReader
from sms_desktop.sync.events import EchoWithdrawn, MessageEchoed, Publish, TimelineChanged
from sms_desktop.sync.running.tasks import TaskGroup, TaskOwner

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
_BEHIND_ANOTHER: Final = "An earlier message to this person waits; this one goes out after it."
_WHOLE_ACCOUNT: Final = "Kandy wants nothing sent for a while; the message goes out after that."


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
        self.now_ms = now_ms
        self._make_client_id = make_client_id
        self._pulse = asyncio.Event()
        self._is_ending = False
        self._first_to_wait: dict[ConversationId, ClientId] = {}

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
        self, account_id: AccountId, sender: Address, remote: Address, text: str
    ) -> ClientId:
        """Put a text into the outbox without an echo; raises ``StoreError``.

        Where there is no conversation yet, it is made with the text or not at all.
        """
        client_id = self._make_client_id()
        now_ms = self.now_ms(account_id)

        def job(db: Connection) -> ConversationId:
            where = conversations.ensure(db, account_id, sender, remote)
            outbox.enqueue(db, account_id, where, client_id, sender, remote, text, now_ms)
            return where

        self._tell(await self._store.write(job))
        return client_id

    async def outcome(self, client_id: ClientId, timeout_s: float) -> State:
        """Where a message stands once it was tried, or after ``timeout_s`` seconds.

        What cannot be tried yet, because an earlier one waits, is not waited for either.
        Once the program is ending, nobody waits any more.
        """
        try:
            async with asyncio.timeout(timeout_s):
                while not (self._is_decided(item := self._item(client_id)) or self._is_ending):
                    self._pulse.clear()
                    await self._pulse.wait()
        except TimeoutError:
            item = self._item(client_id)
        return item.state if item else State.QUEUED

    def reason(self, client_id: ClientId) -> str:
        """Why a message stands where it stands, as a sentence; empty where nothing is amiss."""
        item = self._item(client_id)
        if item is None or item.reason:
            return item.reason if item else ""
        first = self._held_up_by(item)
        if first is None:
            return ""
        return _WHOLE_ACCOUNT if first == client_id else _BEHIND_ANOTHER

    def waits(self, item: OutboxItem) -> None:
        """The first message of a conversation is not to be tried yet, and so none after it."""
        self._first_to_wait[item.conversation_id] = item.client_id
        self.something_changed()

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

    def _is_decided(self, item: OutboxItem | None) -> bool:
        if item is None:
            return False
        if item.state is State.QUEUED:
            return item.attempts > 0 or self._held_up_by(item) is not None
        return item.state in _SETTLED

    def _held_up_by(self, item: OutboxItem) -> ClientId | None:
        """The message whose time must come first; ``None`` where nothing is in the way."""
        first_id = self._first_to_wait.get(item.conversation_id)
        first = self._item(first_id) if first_id is not None else None
        is_queued = first is not None and first.state is State.QUEUED
        return first_id if is_queued and item.state is State.QUEUED else None

    def _echo(self, conversation: ConversationRow, client_id: ClientId, text: str) -> TimelineRow:
        now_ms = self.now_ms(conversation.account_id)
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
        now_ms = self.now_ms(account_id)

        def job(db: Connection) -> None:
            outbox.enqueue(db, account_id, conversation_id, client_id, sender, remote, text, now_ms)

        await self._store.write(job)
        self._tell(conversation_id)

    def _tell(self, conversation_id: ConversationId) -> None:
        self._publish(TimelineChanged(Changes(frozenset({conversation_id}))))

    def _withdraw(
        self, conversation_id: ConversationId, client_id: ClientId, text: str, sentence: str
    ) -> None:
        self._publish(EchoWithdrawn(conversation_id, client_id, text, sentence))
