"""Writes the names of remote numbers; a name is looked up when shown, never copied elsewhere."""

from apsw import Connection

from sms_desktop.domain.address import Address
from sms_desktop.domain.changes import Changes
from sms_desktop.domain.ids import ConversationId
from sms_desktop.store.connection import select
from sms_desktop.store.values import clean


def set_name(db: Connection, remote: Address, name: str) -> Changes:
    """Name a remote number; an empty name forgets it. Names the conversations that show it."""
    if name.strip():
        db.execute(
            "INSERT INTO contact VALUES (?1, ?2) ON CONFLICT DO UPDATE SET name = ?2",
            (clean(remote), clean(name).strip()),
        )
    else:
        db.execute("DELETE FROM contact WHERE remote = ?", (clean(remote),))
    shown = select(db, "SELECT id FROM conversation WHERE remote = ?", (clean(remote),))
    return Changes(frozenset(ConversationId(row[0]) for row in shown))


def names(db: Connection) -> dict[Address, str]:
    """Every named remote number."""
    found = select(db, "SELECT remote, name FROM contact ORDER BY name")
    return {Address(row[0]): row[1] for row in found}
