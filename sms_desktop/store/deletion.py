"""Deletes what whole conversations held at a moment, after a time in which it can be had back.

A message leaves a tombstone as any deleted one, so that reading history brings it back no more. What
came after the moment stays. A long conversation is deleted bit by bit.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from apsw import Connection

from sms_desktop.domain.address import DEFAULT_SENDER, Address
from sms_desktop.domain.changes import NOTHING, Changes
from sms_desktop.domain.delivery import UNKNOWABLE
from sms_desktop.domain.ids import AccountId, ConversationId, MessageId
from sms_desktop.domain.message import ServerMessage
from sms_desktop.store import conversations, summaries
from sms_desktop.store.connection import select
from sms_desktop.store.values import clamped_ms

AT_ONCE: Final = 500
_HELD: Final = (
    "FROM message WHERE conversation_id = ?1 AND (tie <= ?2 OR own_tie <= ?2)"
    " ORDER BY sort_at_ms {order}, tie {order} LIMIT ?3"
)
_IDS_HELD: Final = "SELECT id " + _HELD.format(order="DESC")
_OLDEST_HELD: Final = "SELECT at_ms " + _HELD.format(order="ASC")


def doom(
    db: Connection, conversation_ids: Iterable[ConversationId], due_ms: int, *, at_kandy: bool
) -> Changes:
    """Take conversations off every list; what they hold now is deleted for good at ``due_ms``."""
    tie = db.execute("SELECT value FROM counter").get
    touched = set()
    for one in conversation_ids:
        db.execute(
            "UPDATE conversation SET doomed_at_ms = ?, doomed_tie = ?, is_doomed_at_kandy = ?"
            " WHERE id = ?",
            (max(1, clamped_ms(due_ms)), tie, at_kandy, one),
        )
        if db.changes():
            touched.add(one)
    return Changes(frozenset(touched)) if touched else NOTHING


def spare(db: Connection, conversation_ids: Iterable[ConversationId]) -> Changes:
    """Have conversations back, as far as nothing of them was deleted yet."""
    touched = set()
    for one in conversation_ids:
        db.execute(
            "UPDATE conversation SET doomed_at_ms = 0 WHERE id = ? AND doomed_at_ms > 0", (one,)
        )
        if db.changes():
            touched.add(one)
    return Changes(frozenset(touched)) if touched else NOTHING


def next_due_ms(db: Connection) -> int | None:
    """When the next deletion is due; ``None`` while there is none."""
    found = db.execute("SELECT min(doomed_at_ms) FROM conversation WHERE doomed_at_ms > 0").get
    return None if found is None else int(found)


def due(db: Connection, now_ms: int) -> list[ConversationId]:
    """The conversations whose time has come."""
    found = select(
        db,
        "SELECT id FROM conversation WHERE doomed_at_ms > 0 AND doomed_at_ms <= ?",
        (now_ms,),
    )
    return [ConversationId(row[0]) for row in found]


def delete_some(
    db: Connection, conversation_id: ConversationId, now_ms: int, limit: int = AT_ONCE
) -> Changes:
    """Delete at most so many messages for good, the newest first; says what changed at the end.

    No change means that there is more to delete.
    """
    found = select(
        db,
        "SELECT doomed_tie FROM conversation WHERE id = ? AND doomed_at_ms > 0",
        (conversation_id,),
    )
    if not found:
        return Changes(frozenset({conversation_id}))
    [(tie,)] = found
    _note_oldest(db, conversation_id, tie)
    ids = select(db, _IDS_HELD, (conversation_id, tie, limit))
    # What is deleted must not stand in free pages until something else overwrites it.
    before = db.pragma("secure_delete")
    db.pragma("secure_delete", 1)
    db.executemany(
        "UPDATE message SET text = '', conversation_id = NULL, is_unread = 0, deleted_at_ms = ?"
        " WHERE id = ?",
        [(clamped_ms(now_ms), row[0]) for row in ids],
    )
    if len(ids) == limit:
        db.pragma("secure_delete", before)
        return NOTHING
    _finish(db, conversation_id, tie)
    db.pragma("secure_delete", before)
    return summaries.refresh(db, conversation_id)


def _note_oldest(db: Connection, conversation_id: ConversationId, tie: int) -> None:
    """What is older than the oldest message held was never read: it is not wanted any more either."""
    oldest = select(db, _OLDEST_HELD, (conversation_id, tie, 1))
    if oldest:
        db.execute(
            "UPDATE conversation SET deleted_below_ms = max(deleted_below_ms, ?) WHERE id = ?",
            (oldest[0][0], conversation_id),
        )


def _finish(db: Connection, conversation_id: ConversationId, tie: int) -> None:
    db.execute(
        "DELETE FROM outbox WHERE conversation_id = ? AND message_id IS NULL AND tie <= ?"
        " AND (state IN ('queued', 'refused', 'not_sent') OR state = 'unconfirmed' AND reason = ?)",
        (conversation_id, tie, UNKNOWABLE),
    )
    db.execute(
        "INSERT INTO deletion_at_kandy SELECT account_id, local, remote, deleted_below_ms"
        " FROM conversation WHERE id = ? AND is_doomed_at_kandy AND local <> ?"
        " ON CONFLICT DO UPDATE SET below_ms = max(below_ms, excluded.below_ms)",
        (conversation_id, DEFAULT_SENDER),
    )
    db.execute(
        "UPDATE conversation SET doomed_at_ms = 0, is_doomed_at_kandy = 0, is_gone = 1,"
        " draft = '', draft_at_ms = 0, is_pinned = 0, is_archived = 0, is_marked_unread = 0,"
        " snoozed_until_ms = 0, surfaced_at_ms = 0 WHERE id = ?",
        (conversation_id,),
    )
    conversations.count_unread(db, conversation_id)


def is_unwanted_history(db: Connection, account_id: AccountId, fact: ServerMessage) -> bool:
    """Whether a message is older than all that was deleted with its conversation."""
    found = select(
        db,
        "SELECT 1 FROM conversation WHERE account_id = ? AND local = ? AND remote = ?"
        " AND deleted_below_ms > ?",
        (account_id, fact.local, fact.remote, fact.at_ms),
    )
    return bool(found)


@dataclass(frozen=True, slots=True)
class DeletionAtKandy:
    """A thread of which Kandy shall delete what was deleted here, and all before ``below_ms``."""

    local: Address
    remote: Address
    below_ms: int


def next_at_kandy(db: Connection, account_id: AccountId) -> DeletionAtKandy | None:
    """A thread that still is to be deleted at Kandy."""
    found = select(
        db,
        "SELECT local, remote, below_ms FROM deletion_at_kandy WHERE account_id = ? LIMIT 1",
        (account_id,),
    )
    return DeletionAtKandy(*found[0]) if found else None


def settle_at_kandy(db: Connection, account_id: AccountId, done: DeletionAtKandy) -> None:
    """Kandy has deleted it, or never will. What was asked for again meanwhile stays."""
    db.execute(
        "DELETE FROM deletion_at_kandy"
        " WHERE account_id = ? AND local = ? AND remote = ? AND below_ms = ?",
        (account_id, done.local, done.remote, done.below_ms),
    )


def is_deleted(db: Connection, account_id: AccountId, message_id: MessageId) -> bool:
    """Whether a message was deleted here."""
    found = select(
        db,
        "SELECT 1 FROM message WHERE account_id = ? AND message_id = ? AND deleted_at_ms NOT NULL",
        (account_id, message_id),
    )
    return bool(found)
