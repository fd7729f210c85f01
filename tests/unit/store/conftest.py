"""What the store's tests share: real databases, in memory or in a file, and short ways to fill them."""

from collections.abc import Callable, Iterator
from pathlib import Path

import apsw
import pytest

from sms_desktop.domain.account import Account, AccountKind
from sms_desktop.domain.address import Address
from sms_desktop.domain.changes import Changes
from sms_desktop.domain.delivery import State
from sms_desktop.domain.ids import ClientId, ConversationId, MessageId, NotificationId
from sms_desktop.domain.message import Direction, ServerMessage, TimelineKey, TimelineRow
from sms_desktop.store import accounts, conversations, messages, migrations, outbox
from sms_desktop.store.database import Database, open_database
from sms_desktop.store.reading import StoreReader

KEY = bytes(range(32))
LOCAL = Address("+16135550001")
REMOTE = Address("+12065550100")
NOW = 1_700_000_000_000


def add_account(db: apsw.Connection, user_id: str = "user") -> Account:
    return accounts.add(
        db, AccountKind.PROJECT, "http://127.0.0.1:1", "key", "", user_id, "loopback"
    )


class MemoryStore:
    """The schema in memory, one account, and facts in few words."""

    local = LOCAL
    remote = REMOTE
    now = NOW

    def __init__(self) -> None:
        self.db = apsw.Connection(":memory:")
        self.db.execute("PRAGMA foreign_keys = ON")
        migrations.migrate(self.db)
        self.account = add_account(self.db).account_id
        self.reader = StoreReader(self.db)

    def conversation(self, local: str = LOCAL, remote: str = REMOTE) -> ConversationId:
        return conversations.ensure(self.db, self.account, Address(local), Address(remote))

    def wish(
        self, client_id: str, text: str = "hi", sender: str = LOCAL, now_ms: int = NOW
    ) -> ClientId:
        here = self.conversation(sender)
        client = ClientId(client_id)
        outbox.enqueue(self.db, self.account, here, client, Address(sender), REMOTE, text, now_ms)
        return client

    def sending(self, client_id: str, text: str = "hi", sender: str = LOCAL, now_ms: int = NOW):
        client = self.wish(client_id, text, sender, now_ms)
        assert outbox.mark_sending(self.db, client, now_ms)
        return client

    def stated(
        self,
        message_id: str,
        text: str = "hi",
        at_ms: int = NOW,
        direction: Direction = Direction.OUTBOUND,
        state: State = State.ACCEPTED,
        local: str = LOCAL,
    ) -> ServerMessage:
        return ServerMessage(
            MessageId(message_id), direction, Address(local), REMOTE, text, at_ms, state
        )

    def told(self, message_id: str, *args, notification_id: str | None = None, **kwargs) -> Changes:
        """Kandy states an outbound message."""
        return messages.record(
            self.db,
            self.account,
            self.stated(message_id, *args, **kwargs),
            notification_id=None if notification_id is None else NotificationId(notification_id),
            now_ms=NOW,
        )

    def comes(
        self,
        message_id: str,
        text: str = "hello",
        at_ms: int = NOW,
        local: str = LOCAL,
        **kwargs,
    ) -> Changes:
        """Kandy states an inbound message."""
        fact = self.stated(message_id, text, at_ms, Direction.INBOUND, State.RECEIVED, local)
        return messages.record(self.db, self.account, fact, now_ms=NOW, **kwargs)

    def answered(self, client_id: str, message_id: str, at_ms: int = NOW, **kwargs) -> Changes:
        fact = self.stated(message_id, at_ms=at_ms, **kwargs)
        return outbox.confirm(self.db, ClientId(client_id), fact, NOW)

    def reported(self, message_id: str, state: State) -> Changes:
        return messages.report(self.db, self.account, MessageId(message_id), state, now_ms=NOW)

    def removed(self, message_id: str) -> Changes:
        return messages.remove(self.db, self.account, MessageId(message_id), NOW)

    def bubbles(self, local: str = LOCAL) -> list[TimelineRow]:
        return self.reader.rows_before(self.conversation(local), None, 1000)

    def everything(self) -> list[TimelineRow]:
        ids = [row[0] for row in self.db.execute("SELECT id FROM conversation ORDER BY id")]
        return [row for one in ids for row in self.reader.rows_before(one, None, 1000)]

    def keys(self) -> dict[str, TimelineKey]:
        return {row.client_id: row.key for row in self.everything() if row.client_id}


@pytest.fixture(scope="session")
def new_store() -> type[MemoryStore]:
    return MemoryStore


@pytest.fixture
def store() -> Iterator[MemoryStore]:
    made = MemoryStore()
    yield made
    made.db.close()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "messages.db"


@pytest.fixture
def key() -> bytes:
    return KEY


@pytest.fixture
def opened(path: Path, key: bytes) -> Iterator[Callable[[], Database]]:
    """Opens the same file as often as asked, and closes what was left open."""
    made: list[Database] = []

    def open_it() -> Database:
        made.append(open_database(path, key))
        return made[-1]

    yield open_it
    for database in made:
        database.close()
