"""Writes what belongs to a conversation as a whole: its being there, its draft, its read mark."""

from apsw import Connection

from sms_desktop.domain.address import DEFAULT_SENDER, Address
from sms_desktop.domain.changes import NOTHING, Changes
from sms_desktop.domain.ids import AccountId, ConversationId
from sms_desktop.domain.message import TimelineKey
from sms_desktop.store.connection import select
from sms_desktop.store.values import clamped_ms, clean


def ensure(
    db: Connection, account_id: AccountId, local: Address, remote: Address
) -> ConversationId:
    """The conversation of an own number with a remote one, made where there is none."""
    pair = (account_id, clean(local), clean(remote))
    found = db.execute(
        "SELECT id FROM conversation WHERE account_id = ? AND local = ? AND remote = ?", pair
    ).get
    if found is None:
        found = db.execute(
            "INSERT INTO conversation (account_id, local, remote, is_blocked) VALUES"
            " (?1, ?2, ?3, EXISTS (SELECT 1 FROM blocked WHERE remote = ?3)) RETURNING id",
            pair,
        ).get
    return ConversationId(found)


def find(
    db: Connection, account_id: AccountId, local: Address, remote: Address
) -> ConversationId | None:
    """The conversation of an own number with a remote one, where there is one."""
    found = db.execute(
        "SELECT id FROM conversation WHERE account_id = ? AND local = ? AND remote = ?",
        (account_id, clean(local), clean(remote)),
    ).get
    return None if found is None else ConversationId(found)


def begin(db: Connection, account_id: AccountId, local: Address, remote: Address) -> ConversationId:
    """As ``ensure``, for a person who wants to write there: one that was deleted is listed again."""
    found = ensure(db, account_id, local, remote)
    db.execute("UPDATE conversation SET is_gone = 0 WHERE id = ? AND is_gone", (found,))
    return found


def draft_of(db: Connection, conversation_id: ConversationId) -> tuple[str, int]:
    """The text that waits in the composer, and when it was written."""
    text, at_ms = select(
        db, "SELECT draft, draft_at_ms FROM conversation WHERE id = ?", (conversation_id,)
    )[0]
    return text, at_ms


def forget_empty(db: Connection, conversation_id: ConversationId) -> bool:
    """Let a conversation vanish that holds nothing: no message, no wish, no draft. Whether it did."""
    db.execute(
        "DELETE FROM conversation WHERE id = ?1 AND last_at_ms = 0 AND draft = ''"
        " AND NOT EXISTS (SELECT 1 FROM message WHERE conversation_id = ?1)"
        " AND NOT EXISTS (SELECT 1 FROM outbox WHERE conversation_id = ?1)",
        (conversation_id,),
    )
    return db.changes() > 0


def set_draft(db: Connection, conversation_id: ConversationId, text: str, now_ms: int) -> Changes:
    """Keep the text that waits in the composer; an empty one forgets it."""
    draft = clean(text)
    db.execute(
        "UPDATE conversation SET draft = ?, draft_at_ms = ? WHERE id = ? AND draft <> ?",
        (draft, clamped_ms(now_ms) if draft else 0, conversation_id, draft),
    )
    is_changed = db.changes() > 0
    if not draft and _is_room(db, conversation_id):
        # The waiting room of the default sender is left where nothing waits in it.
        is_changed |= forget_empty(db, conversation_id)
    return _changed(conversation_id) if is_changed else NOTHING


def _is_room(db: Connection, conversation_id: ConversationId) -> bool:
    found = "SELECT 1 FROM conversation WHERE id = ? AND local = ?"
    return db.execute(found, (conversation_id, DEFAULT_SENDER)).get is not None


def mark_read(db: Connection, conversation_id: ConversationId, up_to: TimelineKey) -> Changes:
    """Everything up to and including ``up_to`` was looked at; the mark never moves back."""
    db.execute(
        "UPDATE message SET is_unread = 0 WHERE conversation_id = ? AND is_unread = 1"
        " AND (sort_at_ms, tie) <= (?, ?)",
        (conversation_id, *up_to),
    )
    fewer = db.changes()
    db.execute(
        "UPDATE conversation SET read_at_ms = ?1, read_tie = ?2 WHERE id = ?3"
        " AND (read_at_ms IS NULL OR (read_at_ms, read_tie) < (?1, ?2))",
        (*up_to, conversation_id),
    )
    moved = db.changes()
    if fewer:
        count_unread(db, conversation_id)
    changes = unmark(db, conversation_id)
    return _changed(conversation_id) if fewer or moved else changes


def unmark(db: Connection, conversation_id: ConversationId) -> Changes:
    """The person looked at a conversation that was marked as unread."""
    db.execute(
        "UPDATE conversation SET is_marked_unread = 0 WHERE id = ? AND is_marked_unread",
        (conversation_id,),
    )
    return _changed(conversation_id) if db.changes() else NOTHING


def oldest_unread(
    db: Connection, account_id: AccountId, local: Address, remote: Address
) -> TimelineKey | None:
    """The first message of a conversation that nobody has looked at; ``None`` where there is none."""
    rows = select(
        db,
        "SELECT sort_at_ms, tie FROM message WHERE conversation_id = ? AND is_unread = 1"
        " ORDER BY sort_at_ms, tie LIMIT 1",
        (find(db, account_id, local, remote),),
    )
    return TimelineKey(*rows[0]) if rows else None


def count_unread(db: Connection, conversation_id: ConversationId) -> None:
    """Make the conversation's number of unread messages exact."""
    db.execute(
        "UPDATE conversation SET unread = (SELECT count(*) FROM message"
        " WHERE conversation_id = ?1 AND is_unread = 1) WHERE id = ?1",
        (conversation_id,),
    )


def _changed(conversation_id: ConversationId) -> Changes:
    return Changes(frozenset({conversation_id}))
