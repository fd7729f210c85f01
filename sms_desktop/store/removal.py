"""Deletes what an account left behind: messages, wishes, drafts, numbers, and the account itself."""

from typing import Final

from apsw import Connection

from sms_desktop.domain.changes import Changes
from sms_desktop.domain.ids import AccountId, ConversationId
from sms_desktop.store.connection import select

# In the order that the references between the tables ask for.
_TABLES: Final = (
    "deletion_at_kandy",
    "batch",
    "outbox",
    "scheduled",
    "message",
    "early_fact",
    "notification_seen",
    "unknown_notification",
    "subscription",
    "channel",
    "asked_channel",
    "imported_thread",
    "history_import",
    "number",
    "conversation",
)


def delete_everything(db: Connection, account_id: AccountId) -> Changes:
    """Delete the account with all its messages, for good; nothing at Kandy is touched.

    Names of contacts stay: they belong to no account. Says which conversations are gone. Nothing may
    write for the account any more.
    """
    # What is deleted must not stand in free pages until something else overwrites it.
    before = db.pragma("secure_delete")
    db.pragma("secure_delete", 1)
    found = select(db, "SELECT id FROM conversation WHERE account_id = ?", (account_id,))
    for table in _TABLES:
        db.execute(f"DELETE FROM {table} WHERE account_id = ?", (account_id,))  # noqa: S608 - ours
    db.execute("DELETE FROM account WHERE id = ?", (account_id,))
    db.pragma("secure_delete", before)
    return Changes(frozenset(ConversationId(row[0]) for row in found))


def message_count(db: Connection, account_id: AccountId) -> int:
    """How many messages an account has here, deleted ones and unsent wishes not counted."""
    return int(
        db.execute(
            "SELECT count(*) FROM message WHERE account_id = ? AND deleted_at_ms IS NULL",
            (account_id,),
        ).get
    )
