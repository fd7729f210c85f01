"""Settles a wish by Kandy's own answer, the one fact that names both the wish and the message."""

from dataclasses import replace

from apsw import Connection

from sms_desktop.domain.changes import NOTHING, Changes
from sms_desktop.domain.ids import ClientId
from sms_desktop.domain.message import ServerMessage
from sms_desktop.store import claims, messages, summaries, wishes
from sms_desktop.store.values import tidy
from sms_desktop.store.wishes import Known, Wish


def confirm(
    db: Connection,
    client_id: ClientId,
    message: ServerMessage,
    now_ms: int,
    claim_window_ms: int = claims.WINDOW_MS,
) -> Changes:
    """Kandy's answer names the message that carries the wish, for good.

    The bubble keeps its place. What a guess had put together otherwise is taken apart: a message
    that had claimed this wish stands for itself, a wish that this message had claimed waits again,
    and the former may be the latter's. A wish of the ``default`` sender moves to the conversation of
    the number that Kandy took; ``Changes`` names both conversations.
    """
    wish = wishes.wish(db, client_id)
    if wish is None:
        return _answered_before(db, client_id, message, now_ms)
    # The remote is the one that was asked for, in whatever form the answer gives it back.
    fact = replace(tidy(message), remote=wish.remote)
    known = wishes.known(db, wish.account_id, fact.message_id)
    robbed = known.client_id if known and known.client_id != client_id else None
    if robbed is not None and wishes.wish(db, robbed) is None:
        # One message id in the answers to two sends: the first wish keeps it.
        claims.settle(db, client_id)
        return summaries.refresh(db, wish.conversation_id)
    touched: claims.Touched = {wish.conversation_id}
    freed: Known | None = None
    if wish.message_id not in (None, fact.message_id):
        undone, freed = claims.unlink(db, client_id)
        touched |= undone
    if robbed is not None:
        touched |= claims.unlink(db, robbed)[0]
    touched |= _carry(db, wish, known, fact, now_ms)
    if freed is not None:
        touched |= claims.claim_again(db, freed, claim_window_ms)
    return summaries.refresh(db, *touched)


def _carry(
    db: Connection, wish: Wish, known: Known | None, fact: ServerMessage, now_ms: int
) -> claims.Touched:
    if known is None:
        known = messages.insert(db, wish.account_id, fact, now_ms, at_is_kandys=False)
    else:
        messages.advance(db, known, fact.state)
    touched = claims.link(db, known, wish)
    claims.settle(db, wish.client_id)
    if not known.is_deleted:
        # What the person wrote, even where the server has trimmed it.
        db.execute("UPDATE message SET text = ? WHERE id = ?", (wish.text, known.row_id))
    return touched


def _answered_before(
    db: Connection, client_id: ClientId, message: ServerMessage, now_ms: int
) -> Changes:
    """A repeated answer; one with another id means that the text was sent twice, and shows it."""
    carriers = wishes.known_where(db, "client_id = ?", (client_id,))
    if not carriers:
        return NOTHING
    fact = tidy(message)
    if fact.message_id == carriers[0].message_id:
        return messages.advance(db, carriers[0], fact.state)
    return messages.record(db, carriers[0].account_id, fact, counts_as_unread=False, now_ms=now_ms)
