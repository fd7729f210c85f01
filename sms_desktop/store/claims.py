"""Decides which message carries which wish, when only appearances tell.

Kandy's answer to a send names the message: that settles the wish for good. A notification or a
page of history does not name the wish, so a message *claims* one by remote, text and time. Such a
claim is a guess: the wish stays in ``outbox`` with ``message_id`` set, and a later answer may show
that the message was another one (two equal texts in flight, the same text from another device).
Then the guess is undone, and a message set free looks for another wish. A bubble keeps its place in all
of this: a claimed message stands where its wish stood, one set free stands at its own time.
"""

from typing import Final

from apsw import Connection

from sms_desktop.domain.ids import ClientId, ConversationId
from sms_desktop.domain.message import Origin
from sms_desktop.store import conversations, wishes
from sms_desktop.store.connection import select
from sms_desktop.store.values import same_text
from sms_desktop.store.wishes import Known, Wish

WINDOW_MS: Final = 15 * 60 * 1000
"""How far Kandy's time of a message may lie outside the time in which the wish was being sent."""

# A wish that the person has put back into the outbox may have reached Kandy the first time.
_CLAIMABLE: Final = (
    "(state IN ('sending', 'unconfirmed', 'not_sent') OR state = 'queued' AND may_have_left)"
    " AND message_id IS NULL"
)
Touched = set[ConversationId | None]


def link(db: Connection, message: Known, wish: Wish) -> Touched:
    """Let a message carry a wish: it takes the wish's place and client id."""
    db.execute("UPDATE message SET client_id = NULL WHERE client_id = ?", (wish.client_id,))
    db.execute(
        "UPDATE message SET client_id = ?, origin = ?, sort_at_ms = ?, tie = ? WHERE id = ?",
        (wish.client_id, Origin.THIS_DEVICE, wish.sort_at_ms, wish.tie, message.row_id),
    )
    db.execute(
        "UPDATE outbox SET message_id = ?, conversation_id = NULL WHERE client_id = ?",
        (message.message_id, wish.client_id),
    )
    return {message.conversation_id, wish.conversation_id}


def unlink(db: Connection, client_id: ClientId) -> tuple[Touched, Known | None]:
    """Undo a guess: the wish and the message stand for themselves again. Gives the message."""
    carriers = wishes.known_where(db, "client_id = ?", (client_id,))
    wish = wishes.wish(db, client_id)
    touched: Touched = set()
    for message in carriers:
        db.execute(
            "UPDATE message SET client_id = NULL, origin = ?, sort_at_ms = at_ms, tie = own_tie"
            " WHERE id = ?",
            (Origin.OTHER_DEVICE, message.row_id),
        )
        touched.add(message.conversation_id)
    if wish is not None:
        home = conversations.ensure(db, wish.account_id, wish.sender, wish.remote)
        db.execute(
            "UPDATE outbox SET message_id = NULL, conversation_id = ? WHERE client_id = ?",
            (home, client_id),
        )
        touched.add(home)
    return touched, carriers[0] if carriers else None


def settle(db: Connection, client_id: ClientId) -> None:
    """The wish is carried for good."""
    db.execute("DELETE FROM outbox WHERE client_id = ?", (client_id,))


def claim(
    db: Connection, message: Known, text: str, pair: tuple[str, str], window_ms: int
) -> Touched:
    """Let an outbound message that nobody claims take the wish that it most likely carries.

    ``pair``: the message's local and remote. Only wishes older than the first news of the message
    can be meant. Of several, one that names the very number goes before one of the ``default``
    sender, then the one whose sending is nearest in time, then the oldest: an earlier one that is
    still unconfirmed must not swallow the news about the present one.
    """
    local, remote = pair
    candidates = wishes.wishes(
        db,
        f"{_CLAIMABLE} AND account_id = ? AND remote = ? AND sender IN (?, 'default')"
        " AND tie < ? AND created_at_ms - ? <= ? AND ifnull(sent_at_ms, created_at_ms) + ? >= ?",
        (
            message.account_id,
            remote,
            local,
            message.own_tie,
            window_ms,
            message.at_ms,
            window_ms,
            message.at_ms,
        ),
    )
    fitting = [wish for wish in candidates if same_text(wish.text, text)]
    if not fitting:
        return set()
    best = min(fitting, key=lambda wish: (wish.sender != local, _distance(wish, message.at_ms)))
    return link(db, message, best)


def claim_again(db: Connection, message: Known, window_ms: int) -> Touched:
    """A message set free looks for another wish that it may carry."""
    pair = select(
        db, "SELECT local, remote FROM conversation WHERE id = ?", (message.conversation_id,)
    )
    return claim(db, message, message.text, pair[0], window_ms) if pair else set()


def _distance(wish: Wish, at_ms: int) -> int:
    sent = wish.created_at_ms if wish.sent_at_ms is None else wish.sent_at_ms
    return abs(sent - at_ms)
