"""Writes a database as SQL text: how the samples in ``tests/samples/databases`` were made.

``python -m tests.helpers.database_dump > tests/samples/databases/version_N.sql``, once, when schema
version N is released. A released sample is never made again: it stands for what people have.
"""

import sys

import apsw

from sms_desktop.domain.account import AccountKind
from sms_desktop.domain.address import Address
from sms_desktop.domain.delivery import State
from sms_desktop.domain.ids import ClientId, MessageId, NotificationId
from sms_desktop.domain.message import Direction, ServerMessage, TimelineKey
from sms_desktop.store import (
    accounts,
    channels,
    contacts,
    conversations,
    history,
    messages,
    migrations,
    notifications,
    numbers,
    outbox,
)

LOCAL = Address("+16135550001")
REMOTE = Address("+12065550100")
NOW = 1_700_000_000_000


def as_sql(db: apsw.Connection) -> str:
    """The whole database as statements that make it again."""
    shapes = db.execute("SELECT type, name, sql FROM sqlite_schema WHERE sql NOT NULL").fetchall()
    lines = [f"PRAGMA user_version = {db.pragma('user_version')};"]
    tables = [name for kind, name, _ in shapes if kind == "table" and name != "sqlite_sequence"]
    lines += [f"{sql};" for kind, name, sql in shapes if kind == "table" and name in tables]
    for name in (*tables, "sqlite_sequence"):
        for row in db.execute(f"SELECT * FROM {name}").fetchall():
            values = ", ".join(map(apsw.format_sql_value, row))
            lines.append(f"INSERT INTO {name} VALUES ({values});")
    lines += [f"{sql};" for kind, _, sql in shapes if kind != "table"]
    return "\n".join(lines) + "\n"


def fill(db: apsw.Connection) -> None:
    """A little of everything that a store can hold."""
    account = accounts.add(
        db, AccountKind.PROJECT, "https://kandy.example", "key", "", "user", "ngrok"
    ).account_id
    numbers.merge_found(db, account, [LOCAL, Address("+16135550002")])
    contacts.set_name(db, REMOTE, "Ada Lovelace")
    channels.save_channel(db, account, "wh-1", "https://x.example/p", "webhooks", None, NOW)
    channels.save_subscription(db, account, LOCAL, "s1", "wh-1", NOW)
    notifications.keep_unknown(db, account, "Unknown", b'{"new":1}', NOW)
    history.set_read_at_ms(db, account, NOW)

    def tell(name: str, direction: Direction, text: str, after_ms: int) -> None:
        fact = ServerMessage(
            MessageId(name), direction, LOCAL, REMOTE, text, NOW + after_ms, State.ACCEPTED
        )
        messages.record(
            db, account, fact, notification_id=NotificationId("n-" + name), now_ms=NOW + after_ms
        )

    def ask(name: str, text: str, after_ms: int, *, sending: bool = True) -> None:
        here = conversations.ensure(db, account, LOCAL, REMOTE)
        outbox.enqueue(db, account, here, ClientId(name), LOCAL, REMOTE, text, NOW + after_ms)
        if sending:
            outbox.mark_sending(db, ClientId(name), NOW + after_ms)

    tell("m1", Direction.INBOUND, "Are you there?\0\U0001f600", 0)
    conversations.mark_read(
        db, conversations.ensure(db, account, LOCAL, REMOTE), TimelineKey(NOW + 1, 0)
    )
    ask("c1", "Yes.", 1000)
    tell("m2", Direction.OUTBOUND, "Yes.", 2000)
    tell("m3", Direction.INBOUND, "Good.", 3000)
    tell("m4", Direction.INBOUND, "Forget this.", 4000)
    messages.remove(db, account, MessageId("m4"), NOW + 5000)
    messages.report(db, account, MessageId("m5"), State.DELIVERED, now_ms=NOW)
    ask("c2", "Shall I call?", 6000)
    outbox.mark_unconfirmed(db, ClientId("c2"), "No answer came.")
    ask("c3", "Hello?", 7000, sending=False)
    conversations.set_draft(
        db, conversations.ensure(db, account, LOCAL, REMOTE), "I wonder", NOW + 8000
    )


if __name__ == "__main__":
    made = apsw.Connection(":memory:")
    migrations.migrate(made)
    fill(made)
    sys.stdout.write(as_sql(made))
