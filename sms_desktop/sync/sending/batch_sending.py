"""One text to several people: separate messages through the outbox, and one word on how far they are.

It is told anew only for what changed. After a restart it goes on where it was.
"""

from collections.abc import Callable, Sequence

from sms_desktop.domain.address import Address
from sms_desktop.domain.batch import Batch, BatchPart
from sms_desktop.domain.changes import Changes
from sms_desktop.domain.errors import SmsDesktopError
from sms_desktop.domain.ids import AccountId, ClientId, ConversationId
from sms_desktop.store import batch
from sms_desktop.store.connection import Connection
from sms_desktop.store.database import Database
from sms_desktop.store.errors import StoreError
from sms_desktop.store.reading import StoreReader
from sms_desktop.sync.events import BatchChanged, Event, Publish, TimelineChanged, TroubleArose
from sms_desktop.sync.running.reported_writes import ReportedWrites
from sms_desktop.sync.running.tasks import TaskGroup


class BatchSending:
    """Wants to be handed every event; ``now_ms`` is the time at the Kandy of an account."""

    def __init__(
        self,
        store: Database,
        reader: StoreReader,
        tasks: TaskGroup,
        publish: Publish,
        *,
        now_ms: Callable[[AccountId], int],
        make_client_id: Callable[[], ClientId],
        wake: Callable[[AccountId], None],
        retry: Callable[[ClientId], None],
    ) -> None:
        self._store = store
        self._reader = reader
        self._tasks = tasks
        self._told = ReportedWrites(store, tasks, publish)
        self._publish = publish
        self._now_ms = now_ms
        self._make_client_id = make_client_id
        self._wake = wake
        self._retry = retry
        self._parts: dict[ClientId, BatchPart] = {}
        self._in: dict[ConversationId, set[ClientId]] = {}

    @property
    def present(self) -> Batch:
        """How far it is."""
        return Batch(tuple(self._parts.values()))

    async def restore(self) -> None:
        """Go on after a restart; one that went well meanwhile is not worth a word."""
        try:
            found = Batch(tuple(await self._store.write(batch.parts)))
            if not found.parts:
                return
            if found.is_over and not found.failed:
                await self._store.write(batch.forget)
                return
        except SmsDesktopError as error:
            self._publish(TroubleArose(error.text()))
            return
        self._take_parts(found.parts)
        self._publish(BatchChanged(found))

    def send(
        self, account_id: AccountId, sender: Address, remotes: Sequence[Address], text: str
    ) -> None:
        """One message to each, in this order; one that lasts still is joined."""
        self._tasks.spawn(self._send(account_id, sender, remotes, text), "batch")

    def cancel(self) -> None:
        """Take back what is not under way yet."""
        self._told.spawn(batch.cancel_queued, "cancel batch")

    def retry(self) -> None:
        """Send again what was refused or not sent, as the person's own decision."""
        for part in self.present.retriable:
            self._retry(part.client_id)

    def dismiss(self) -> None:
        """The person has seen the outcome."""
        self._tasks.spawn(self._dismiss(), "end batch")

    def take(self, event: Event) -> None:
        """Look again at the parts whose conversations changed."""
        if not isinstance(event, TimelineChanged) or not self._parts:
            return
        touched = [
            client_id
            for conversation_id in event.changes.conversations
            for client_id in self._in.get(conversation_id, ())
        ]
        try:
            now = [part for one in touched if (part := self._read(one)) is not None]
        except StoreError:
            # The next change tells; the reader's own trouble is told elsewhere.
            return
        if any(self._parts[part.client_id] != part for part in now):
            self._take_parts(now)
            self._publish(BatchChanged(self.present))

    async def _send(
        self, account_id: AccountId, sender: Address, remotes: Sequence[Address], text: str
    ) -> None:
        recipients = [(self._make_client_id(), remote) for remote in dict.fromkeys(remotes)]
        now_ms = self._now_ms(account_id)
        is_fresh = self.present.is_over

        def job(db: Connection) -> tuple[Changes, list[BatchPart]]:
            if is_fresh:
                batch.forget(db)
            changes = batch.add(db, account_id, sender, recipients, text, now_ms)
            return changes, batch.parts(db)

        try:
            changes, parts = await self._store.write(job)
        except SmsDesktopError as error:
            self._publish(TroubleArose(error.text()))
            return
        self._forget_parts()
        self._take_parts(parts)
        self._publish(BatchChanged(self.present))
        self._publish(TimelineChanged(changes))
        self._wake(account_id)

    async def _dismiss(self) -> None:
        try:
            await self._store.write(batch.forget)
        except SmsDesktopError as error:
            self._publish(TroubleArose(error.text()))
            return
        self._forget_parts()
        self._publish(BatchChanged(Batch()))

    def _read(self, client_id: ClientId) -> BatchPart | None:
        return self._reader.read(lambda db: batch.part(db, client_id))

    def _take_parts(self, parts: Sequence[BatchPart]) -> None:
        for part in parts:
            self._parts[part.client_id] = part
            if part.conversation_id is not None:
                self._in.setdefault(part.conversation_id, set()).add(part.client_id)

    def _forget_parts(self) -> None:
        self._parts.clear()
        self._in.clear()
