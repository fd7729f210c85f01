"""Writes what Kandy states about messages: that they exist, how they fare, that they are deleted.

Every fact may come several times and in any order; the outcome is the same.
"""

from apsw import Connection

from sms_desktop.domain import delivery
from sms_desktop.domain.address import DEFAULT_SENDER
from sms_desktop.domain.changes import NOTHING, Changes
from sms_desktop.domain.delivery import State
from sms_desktop.domain.ids import AccountId, ConversationId, MessageId, NotificationId
from sms_desktop.domain.message import Direction, Origin, ServerMessage, TimelineKey, TimelineRow
from sms_desktop.store import (
    claims,
    conversations,
    deletion,
    notifications,
    summaries,
    thread_flags,
    timeline,
    wishes,
)
from sms_desktop.store.connection import select
from sms_desktop.store.values import clamped_ms, clean, tidy
from sms_desktop.store.wishes import Known


def record(
    db: Connection,
    account_id: AccountId,
    message: ServerMessage,
    *,
    notification_id: NotificationId | None = None,
    counts_as_unread: bool = True,
    sent_from: Origin = Origin.OTHER_DEVICE,
    now_ms: int,
    claim_window_ms: int = claims.WINDOW_MS,
) -> Changes:
    """Keep a message that a notification or a page of history states.

    A repeat, by notification or by message id, changes nothing but what it knows better. An
    outbound message settles the wish of this device that it seems to carry (see ``claims``).
    ``Changes.arrived`` holds a new inbound message, unless it was read already or
    ``counts_as_unread`` is false, as for a first import. ``sent_from`` is the origin of an outbound
    message that settles no wish.
    """
    if notification_id is not None and not notifications.first_time(
        db, account_id, notification_id, now_ms
    ):
        return NOTHING
    fact = tidy(message)
    known = wishes.known(db, account_id, fact.message_id)
    if known is not None:
        return _learn_again(db, known, fact)
    if not counts_as_unread and deletion.is_unwanted_history(db, account_id, fact):
        remove(db, account_id, fact.message_id, now_ms)
    new = insert(db, account_id, fact, now_ms, at_is_kandys=True, sent_from=sent_from)
    touched: claims.Touched = {new.conversation_id}
    if fact.direction is Direction.OUTBOUND:
        touched |= claims.claim(db, new, fact.text, (fact.local, fact.remote), claim_window_ms)
    arrived = fact.direction is Direction.INBOUND and _note_inbound(db, new, counts_as_unread)
    changes = summaries.refresh(db, *touched)
    if new.conversation_id is not None and (arrived or _is_new_outbound(db, new, counts_as_unread)):
        thread_flags.note_news(db, new.conversation_id, inbound=arrived)
    return changes | Changes(arrived=_bubble(db, new)) if arrived else changes


def insert(
    db: Connection,
    account_id: AccountId,
    fact: ServerMessage,
    now_ms: int,
    *,
    at_is_kandys: bool,
    sent_from: Origin = Origin.OTHER_DEVICE,
) -> Known:
    """Store a message that nobody knew, at its own place, with what was told before it came.

    ``fact`` is tidy. One that was deleted before it came begins as a tombstone.
    """
    state, deleted_at_ms = _early(db, account_id, fact)
    is_deleted = deleted_at_ms is not None
    conversation = None
    if not is_deleted:
        conversation = conversations.ensure(db, account_id, fact.local, fact.remote)
    tie = summaries.next_tie(db)
    db.execute(
        "INSERT INTO message (account_id, message_id, conversation_id, direction, origin, text,"
        " at_ms, at_is_kandys, sort_at_ms, tie, own_tie, state, recorded_at_ms, deleted_at_ms)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?7, ?9, ?9, ?10, ?11, ?12)",
        (
            account_id,
            fact.message_id,
            conversation,
            fact.direction,
            Origin.REMOTE if fact.direction is Direction.INBOUND else sent_from,
            "" if is_deleted else fact.text,
            fact.at_ms,
            at_is_kandys,
            tie,
            state,
            clamped_ms(now_ms),
            deleted_at_ms,
        ),
    )
    row_id = db.last_insert_rowid()
    if at_is_kandys and conversation is not None:
        _know_until(db, conversation, fact.at_ms)
    return Known(
        row_id, account_id, fact.message_id, conversation, fact.direction, fact.text, fact.at_ms,
        at_is_kandys, tie, state, False, None, is_deleted,
    )  # fmt: skip


def report(
    db: Connection,
    account_id: AccountId,
    message_id: MessageId,
    state: State,
    *,
    notification_id: NotificationId | None = None,
    now_ms: int,
) -> Changes:
    """Kandy says how an outbound message fares; kept for later where the message has not come."""
    if notification_id is not None and not notifications.first_time(
        db, account_id, notification_id, now_ms
    ):
        return NOTHING
    message_id = MessageId(clean(message_id))
    known = wishes.known(db, account_id, message_id)
    if known is not None:
        return advance(db, known, state)
    db.execute(
        "INSERT INTO early_fact (account_id, message_id) VALUES (?, ?) ON CONFLICT DO NOTHING",
        (account_id, message_id),
    )
    before = timeline.state_of(
        db.execute(
            "SELECT state FROM early_fact WHERE account_id = ? AND message_id = ?",
            (account_id, message_id),
        ).get
    )
    db.execute(
        "UPDATE early_fact SET state = ? WHERE account_id = ? AND message_id = ?",
        (delivery.advance(before or State.ACCEPTED, state), account_id, message_id),
    )
    return NOTHING


def remove(db: Connection, account_id: AccountId, message_id: MessageId, now_ms: int) -> Changes:
    """Kandy or the person deleted a message: nothing of it stays but its id, for good.

    An id that is not known yet is remembered, so that the message is never shown when it comes.
    """
    message_id = MessageId(clean(message_id))
    known = wishes.known(db, account_id, message_id)
    if known is None:
        db.execute(
            "INSERT INTO early_fact (account_id, message_id, deleted_at_ms) VALUES (?1, ?2, ?3)"
            " ON CONFLICT DO UPDATE SET deleted_at_ms = ?3",
            (account_id, message_id, clamped_ms(now_ms)),
        )
        return NOTHING
    if known.is_deleted:
        return NOTHING
    _bury(db, known, clamped_ms(now_ms))
    return summaries.refresh(db, known.conversation_id)


def advance(db: Connection, known: Known, state: State) -> Changes:
    """Move a message's state forward, where the table of states allows it."""
    later = delivery.advance(known.state, state)
    if later is known.state:
        return NOTHING
    db.execute("UPDATE message SET state = ? WHERE id = ?", (later, known.row_id))
    return summaries.refresh(db, known.conversation_id)


def _learn_again(db: Connection, known: Known, fact: ServerMessage) -> Changes:
    changes = advance(db, known, fact.state)
    if known.conversation_id is None:
        return changes
    conversation = _home(db, known, known.conversation_id, fact)
    if not known.at_is_kandys:
        db.execute(
            "UPDATE message SET at_ms = ?, at_is_kandys = 1 WHERE id = ?",
            (fact.at_ms, known.row_id),
        )
        _know_until(db, conversation, fact.at_ms)
    if conversation != known.conversation_id or not known.at_is_kandys:
        changes |= summaries.refresh(db, known.conversation_id, conversation)
    return changes


def _home(
    db: Connection, known: Known, here: ConversationId, fact: ServerMessage
) -> ConversationId:
    """Where a message belongs: one that still waits with ``default`` moves to the real number."""
    local, remote = db.execute("SELECT local, remote FROM conversation WHERE id = ?", (here,)).get
    if local != DEFAULT_SENDER or fact.local == DEFAULT_SENDER:
        return here
    there = conversations.ensure(db, known.account_id, fact.local, remote)
    db.execute("UPDATE message SET conversation_id = ? WHERE id = ?", (there, known.row_id))
    return there


def _early(db: Connection, account_id: AccountId, fact: ServerMessage) -> tuple[State, int | None]:
    found = select(
        db,
        "DELETE FROM early_fact WHERE account_id = ? AND message_id = ?"
        " RETURNING state, deleted_at_ms",
        (account_id, fact.message_id),
    )
    if not found:
        return fact.state, None
    told = timeline.state_of(found[0][0])
    return delivery.advance(fact.state, told) if told else fact.state, found[0][1]


def _note_inbound(db: Connection, new: Known, counts_as_unread: bool) -> bool:
    """Whether the message is news; keeps the conversation's count.

    It is news when it stands after the read mark, or after every inbound message so far: the mark
    may be on a bubble of ours that a fast clock of this computer has put too late.
    """
    if new.is_deleted:
        return False
    unread = counts_as_unread and bool(
        db.execute(
            "SELECT read_at_ms IS NULL OR (read_at_ms, read_tie) < (?1, ?2)"
            " OR newest_inbound_at_ms < ?1 FROM conversation WHERE id = ?3",
            (new.at_ms, new.own_tie, new.conversation_id),
        ).get
    )
    db.execute(
        "UPDATE conversation SET unread = unread + ?,"
        " newest_inbound_at_ms = max(newest_inbound_at_ms, ?) WHERE id = ?",
        (unread, new.at_ms, new.conversation_id),
    )
    if unread:
        db.execute("UPDATE message SET is_unread = 1 WHERE id = ?", (new.row_id,))
    return unread


def _is_new_outbound(db: Connection, new: Known, counts_as_unread: bool) -> bool:
    """Whether a message that left from anywhere is the newest of its conversation."""
    if new.direction != Direction.OUTBOUND or new.is_deleted or not counts_as_unread:
        return False
    last = "SELECT last_at_ms FROM conversation WHERE id = ?"
    return bool(new.at_ms >= (db.execute(last, (new.conversation_id,)).get or 0))


def _bury(db: Connection, known: Known, deleted_at_ms: int) -> None:
    db.execute(
        "UPDATE message SET text = '', conversation_id = NULL, is_unread = 0, deleted_at_ms = ?"
        " WHERE id = ?",
        (deleted_at_ms, known.row_id),
    )
    if known.is_unread and known.conversation_id is not None:
        conversations.count_unread(db, known.conversation_id)


def _know_until(db: Connection, conversation: ConversationId, at_ms: int) -> None:
    db.execute(
        "UPDATE conversation SET newest_known_at_ms = max(ifnull(newest_known_at_ms, 0), ?)"
        " WHERE id = ?",
        (at_ms, conversation),
    )


def _bubble(db: Connection, new: Known) -> tuple[TimelineRow, ...]:
    if new.conversation_id is None:
        return ()
    row = timeline.row_at(db, new.conversation_id, TimelineKey(new.at_ms, new.own_tie))
    return (row,) if row else ()
