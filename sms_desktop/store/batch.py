"""Writes and reads the batch: one text to several people, each an ordinary wish of the outbox.

There is one batch at a time. What is sent while it lasts joins it; it ends when the person has seen
what became of it.
"""

from collections.abc import Sequence

from apsw import Connection

from sms_desktop.domain.address import Address
from sms_desktop.domain.batch import BatchPart
from sms_desktop.domain.changes import NOTHING, Changes
from sms_desktop.domain.ids import AccountId, ClientId, ConversationId
from sms_desktop.store import conversations, outbox
from sms_desktop.store.connection import select


def add(
    db: Connection,
    account_id: AccountId,
    sender: Address,
    recipients: Sequence[tuple[ClientId, Address]],
    text: str,
    now_ms: int,
) -> Changes:
    """Keep one wish for each recipient, each in its own conversation, whose draft stays."""
    at = int(db.execute("SELECT ifnull(max(position) + 1, 0) FROM batch").get)
    touched: set[ConversationId] = set()
    for position, (client_id, remote) in enumerate(recipients, at):
        before = conversations.find(db, account_id, sender, remote)
        here = before or conversations.ensure(db, account_id, sender, remote)
        draft, draft_at_ms = conversations.draft_of(db, here)
        outbox.enqueue(db, account_id, here, client_id, sender, remote, text, now_ms)
        # Written for somebody alone, and not sent by this.
        conversations.set_draft(db, here, draft, draft_at_ms)
        db.execute(
            "INSERT INTO batch VALUES (?, ?, ?, ?, ?)",
            (client_id, position, account_id, remote, before is None),
        )
        touched.add(here)
    return Changes(frozenset(touched))


def parts(db: Connection) -> list[BatchPart]:
    """Every part in its order, with what is known of it now."""
    found = select(db, "SELECT client_id, account_id, remote FROM batch ORDER BY position")
    return [_part(db, *row) for row in found]


def part(db: Connection, client_id: ClientId) -> BatchPart | None:
    """One part as it stands now."""
    found = select(
        db, "SELECT client_id, account_id, remote FROM batch WHERE client_id = ?", (client_id,)
    )
    return _part(db, *found[0]) if found else None


def cancel_queued(db: Connection) -> Changes:
    """Forget the wishes that are not under way, and the conversations that were made for them."""
    waiting = select(
        db,
        "SELECT b.client_id, o.conversation_id, b.is_new FROM batch b"
        " JOIN outbox o ON o.client_id = b.client_id"
        " WHERE o.state = 'queued' AND o.message_id IS NULL",
    )
    changes = NOTHING
    for client_id, conversation_id, is_new in waiting:
        changes |= outbox.discard(db, client_id)
        if is_new:
            conversations.forget_empty(db, conversation_id)
    return changes


def forget(db: Connection) -> None:
    """End the batch; its messages and wishes stay."""
    db.execute("DELETE FROM batch")


def _part(db: Connection, client_id: ClientId, account_id: AccountId, remote: Address) -> BatchPart:
    item = outbox.item(db, client_id)
    if item is None:
        return BatchPart(client_id, account_id, remote)
    return BatchPart(
        client_id, account_id, remote, item.conversation_id, item.state, item.reason, item.sender
    )
