"""Writes what the person asked for, and how the attempts to send it went.

Every step is one that the table in ``domain.delivery`` allows; any other is left out. A wish that a
message already carries (see ``claims``) still notes its steps, but nobody sees them.
"""

from apsw import Connection

from sms_desktop.domain.address import Address
from sms_desktop.domain.changes import NOTHING, Changes
from sms_desktop.domain.delivery import UNKNOWABLE, State, may_become
from sms_desktop.domain.ids import AccountId, ClientId, ConversationId
from sms_desktop.domain.message import OutboxItem
from sms_desktop.store import claims, summaries, thread_flags, wishes
from sms_desktop.store.answers import confirm
from sms_desktop.store.connection import select
from sms_desktop.store.values import clamped_ms, clean
from sms_desktop.store.wishes import Wish

__all__ = [
    "confirm",
    "counts",
    "discard",
    "doubt_all",
    "enqueue",
    "item",
    "mark_not_sent",
    "mark_refused",
    "mark_sending",
    "mark_unconfirmed",
    "mark_unknowable",
    "next_waiting",
    "put_back",
    "recover",
    "retry",
    "unconfirmed",
    "waiting",
]


def enqueue(
    db: Connection,
    account_id: AccountId,
    conversation_id: ConversationId,
    client_id: ClientId,
    sender: Address,
    remote: Address,
    text: str,
    now_ms: int,
) -> OutboxItem:
    """Keep a wish to send, below everything in its conversation, and clear the draft there.

    A client id that is known already gives what it stands for; nothing is asked twice.
    """
    before = item(db, client_id)
    if before is not None:
        return before
    now_ms = clamped_ms(now_ms)
    last_at_ms = db.execute(
        "UPDATE conversation SET draft = '', draft_at_ms = 0 WHERE id = ? RETURNING last_at_ms",
        (conversation_id,),
    ).get
    wish = Wish(
        client_id, account_id, conversation_id, sender, remote, clean(text), now_ms, None,
        max(now_ms, (last_at_ms or 0) + 1), summaries.next_tie(db), State.QUEUED, 0, 0, "",
        False, None,
    )  # fmt: skip
    db.execute(
        "INSERT INTO outbox (client_id, account_id, conversation_id, sender, remote, text,"
        " created_at_ms, sort_at_ms, tie, state) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            wish.client_id,
            wish.account_id,
            wish.conversation_id,
            wish.sender,
            wish.remote,
            wish.text,
            wish.created_at_ms,
            wish.sort_at_ms,
            wish.tie,
            wish.state,
        ),
    )
    summaries.refresh(db, conversation_id)
    thread_flags.note_news(db, conversation_id, inbound=False)
    return wish.item()


def waiting(db: Connection, account_id: AccountId) -> list[OutboxItem]:
    """Every queued wish of an account, in the order in which they were made."""
    return _items(db, account_id, State.QUEUED)


def next_waiting(db: Connection, conversation_id: ConversationId) -> OutboxItem | None:
    """The queued wish that comes first in a conversation."""
    found = wishes.wishes(
        db,
        "conversation_id = ? AND state = ? AND message_id IS NULL",
        (conversation_id, State.QUEUED),
        limit=1,
    )
    return found[0].item() if found else None


def unconfirmed(db: Connection, account_id: AccountId) -> list[OutboxItem]:
    """Every wish of an account of which nobody knows whether it reached Kandy."""
    return _items(db, account_id, State.UNCONFIRMED)


def counts(db: Connection) -> dict[AccountId, tuple[int, int]]:
    """For each account with unsettled wishes: how many wait or travel, how many are unconfirmed."""
    found = select(
        db,
        "SELECT account_id, sum(state IN (?, ?)), sum(state = ?) FROM outbox"
        " WHERE message_id IS NULL GROUP BY account_id",
        (State.QUEUED, State.SENDING, State.UNCONFIRMED),
    )
    return {AccountId(row[0]): (row[1], row[2]) for row in found}


def item(db: Connection, client_id: ClientId) -> OutboxItem | None:
    """A wish, also after a message carries it: then with that message's state and number."""
    wish = wishes.wish(db, client_id)
    if wish is not None and wish.message_id is None:
        return wish.item()
    found = select(
        db,
        "SELECT m.client_id, c.id, c.local, c.remote, m.text, m.at_ms, m.state"
        " FROM message m JOIN conversation c ON c.id = m.conversation_id WHERE m.client_id = ?",
        (client_id,),
    )
    if not found:
        return None
    client, conversation, local, remote, text, at_ms, state = found[0]
    return OutboxItem(client, conversation, local, remote, text, at_ms, State(state))


def mark_sending(db: Connection, client_id: ClientId, now_ms: int | None = None) -> bool:
    """Take a queued wish for an attempt; ``False`` where it must not be sent (any more).

    ``now_ms``: when the attempt begins, so that news about it is recognised even when the wish had
    waited for hours. A wish that is dated later than that was dated by a wrong clock.
    """
    wish = wishes.wish(db, client_id)
    if wish is None or wish.message_id is not None or wish.state is not State.QUEUED:
        return False
    db.execute(
        "UPDATE outbox SET attempts = attempts + 1, sent_at_ms = ifnull(?1, created_at_ms),"
        " created_at_ms = min(created_at_ms, ifnull(?1, created_at_ms)) WHERE client_id = ?2",
        (now_ms if now_ms is None else clamped_ms(now_ms), client_id),
    )
    _step(db, wish, State.SENDING, "")
    return True


def put_back(db: Connection, client_id: ClientId, next_attempt_at_ms: int, reason: str) -> Changes:
    """The attempt failed before the request can have left; there will be another one."""
    changes = _from(db, client_id, {State.SENDING}, State.QUEUED, reason)
    db.execute(
        "UPDATE outbox SET next_attempt_at_ms = ? WHERE client_id = ? AND state = ?",
        (clamped_ms(next_attempt_at_ms), client_id, State.QUEUED),
    )
    return changes


def mark_refused(db: Connection, client_id: ClientId, reason: str) -> Changes:
    """Kandy said no; ``reason`` is its sentence."""
    return _from(db, client_id, {State.SENDING}, State.REFUSED, reason)


def mark_unconfirmed(db: Connection, client_id: ClientId, reason: str) -> Changes:
    """The request left and no answer came; only facts or the person settle it now."""
    return _from(db, client_id, {State.SENDING}, State.UNCONFIRMED, reason)


def mark_not_sent(db: Connection, client_id: ClientId, reason: str) -> Changes:
    """Kandy's history does not know an unconfirmed wish; the person decides."""
    return _from(db, client_id, {State.UNCONFIRMED}, State.NOT_SENT, reason)


def mark_unknowable(db: Connection, client_id: ClientId) -> Changes:
    """Kandy's history does not reach back to an unconfirmed wish; only the person goes on with it."""
    touched = db.execute(
        "UPDATE outbox SET reason = ?1 WHERE client_id = ?2 AND state = 'unconfirmed'"
        " AND message_id IS NULL AND reason <> ?1 RETURNING conversation_id",
        (UNKNOWABLE, client_id),
    ).get
    return summaries.refresh(db, touched)


def retry(db: Connection, client_id: ClientId, now_ms: int) -> Changes:
    """The person wants a refused, not-sent or unknowable wish to be sent again, now, at its place."""
    wish = wishes.wish(db, client_id)
    if wish is not None and wish.reason == UNKNOWABLE:
        mark_not_sent(db, client_id, UNKNOWABLE)
    changes = _from(db, client_id, {State.REFUSED, State.NOT_SENT}, State.QUEUED, "")
    if changes:
        db.execute(
            "UPDATE outbox SET attempts = 0, next_attempt_at_ms = ? WHERE client_id = ?",
            (clamped_ms(now_ms), client_id),
        )
    return changes


def discard(db: Connection, client_id: ClientId) -> Changes:
    """Forget a wish that is queued, refused, not sent or unknowable. Others stay."""
    gone = db.execute(
        "DELETE FROM outbox WHERE client_id = ? AND message_id IS NULL"
        " AND (state IN ('queued', 'refused', 'not_sent') OR state = 'unconfirmed' AND reason = ?)"
        " RETURNING conversation_id",
        (client_id, UNKNOWABLE),
    ).get
    return summaries.refresh(db, gone)


def recover(db: Connection) -> Changes:
    """At the start of the program: what was being sent when it ended is unconfirmed now.

    Guesses that no answer can correct any more are final.
    """
    db.execute("DELETE FROM outbox WHERE message_id IS NOT NULL")
    changes = NOTHING
    for wish in wishes.wishes(db, "state = ?", (State.SENDING,)):
        changes |= mark_unconfirmed(db, wish.client_id, "")
    return changes


def doubt_all(db: Connection) -> None:
    """In a store that comes from a backup: what waits may have been sent since, so nobody knows.

    Without this, a restored wish would be sent a second time.
    """
    for wish in wishes.wishes(db, "state IN (?, ?)", (State.QUEUED, State.SENDING)):
        db.execute(
            "UPDATE outbox SET sent_at_ms = ifnull(sent_at_ms, created_at_ms) WHERE client_id = ?",
            (wish.client_id,),
        )
        _step(db, wish, State.UNCONFIRMED, "")


def _items(db: Connection, account_id: AccountId, state: State) -> list[OutboxItem]:
    condition = "account_id = ? AND state = ? AND message_id IS NULL"
    return [wish.item() for wish in wishes.wishes(db, condition, (account_id, state))]


def _from(
    db: Connection, client_id: ClientId, allowed: set[State], later: State, reason: str
) -> Changes:
    wish = wishes.wish(db, client_id)
    if wish is None or wish.state not in allowed or not may_become(wish.state, later):
        return NOTHING
    return _step(db, wish, later, reason)


def _step(db: Connection, wish: Wish, later: State, reason: str) -> Changes:
    may_have_left = wish.may_have_left or later is State.UNCONFIRMED
    db.execute(
        "UPDATE outbox SET state = ?, reason = ?, may_have_left = ? WHERE client_id = ?",
        (later, clean(reason), may_have_left, wish.client_id),
    )
    if wish.message_id is None:
        return summaries.refresh(db, wish.conversation_id)
    if later in (State.QUEUED, State.REFUSED) and not may_have_left:
        return _undo_guess(db, wish)
    return NOTHING


def _undo_guess(db: Connection, wish: Wish) -> Changes:
    """The wish is not at Kandy for certain, so the message that seemed to carry it is another."""
    touched, freed = claims.unlink(db, wish.client_id)
    if freed is not None:
        touched |= claims.claim_again(db, freed, claims.WINDOW_MS)
    return summaries.refresh(db, *touched)
