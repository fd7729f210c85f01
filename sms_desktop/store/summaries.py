"""Keeps each conversation's summary true: its last bubble and its number of unread messages."""

from apsw import Connection

from sms_desktop.domain.address import DEFAULT_SENDER
from sms_desktop.domain.changes import NOTHING, Changes
from sms_desktop.domain.ids import ConversationId
from sms_desktop.store import timeline


def next_tie(db: Connection) -> int:
    """The next number of the store's one counter."""
    value = db.execute("UPDATE counter SET value = value + 1 RETURNING value").get
    return int(value)


def refresh(db: Connection, *conversations: ConversationId | None) -> Changes:
    """Read the last bubble anew; says that these conversations changed.

    The conversation of the ``default`` sender is only a waiting room: it vanishes when empty.
    """
    touched = frozenset(one for one in conversations if one is not None)
    for conversation in touched:
        last = timeline.newest(db, conversation)
        if last is None and _vanished(db, conversation):
            continue
        db.execute(
            "UPDATE conversation SET last_at_ms = ?, last_tie = ? WHERE id = ?",
            (*(last or (0, 0)), conversation),
        )
    return Changes(touched) if touched else NOTHING


def _vanished(db: Connection, conversation: ConversationId) -> bool:
    db.execute(
        "DELETE FROM conversation WHERE id = ? AND local = ? AND draft = '' AND NOT EXISTS ("
        "SELECT 1 FROM scheduled s WHERE s.account_id = conversation.account_id"
        " AND s.local = conversation.local AND s.remote = conversation.remote)",
        (conversation, DEFAULT_SENDER),
    )
    return db.changes() > 0
