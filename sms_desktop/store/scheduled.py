"""Writes and reads what is to be sent later; the rules are in ``domain.delivery``.

Only ``release`` leads into the outbox. It takes the row away in the same transaction, so that a text is in
one of the two places and never in both.
"""

from typing import Any, Final

from apsw import Connection

from sms_desktop.domain.address import Address
from sms_desktop.domain.changes import NOTHING, Changes
from sms_desktop.domain.ids import AccountId, ClientId, ConversationId
from sms_desktop.domain.scheduling import LATE_MS, ScheduledMessage
from sms_desktop.store import conversations, outbox, summaries
from sms_desktop.store.connection import select
from sms_desktop.store.values import clamped_ms, clean

_FIELDS: Final = "client_id, account_id, local, remote, text, send_at_ms, held, is_brief"
_LATE: Final = "The program was not running at its time, so it was not sent."
_RESTORED: Final = "It comes from a backup, and may have been sent since."


def add(
    db: Connection,
    client_id: ClientId,
    conversation_id: ConversationId,
    text: str,
    send_at_ms: int,
    *,
    is_brief: bool = False,
) -> Changes:
    """Keep a text for later and clear the draft; a client id that is known changes nothing."""
    pair = select(
        db, "SELECT account_id, local, remote FROM conversation WHERE id = ?", (conversation_id,)
    )
    if not pair or outbox.item(db, client_id) is not None:
        return NOTHING
    db.execute(
        "INSERT OR IGNORE INTO scheduled (client_id, account_id, local, remote, text, send_at_ms, tie,"
        " is_brief) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            client_id,
            *pair[0],
            clean(text),
            clamped_ms(send_at_ms),
            summaries.next_tie(db),
            is_brief,
        ),
    )
    db.execute(
        "UPDATE conversation SET draft = '', draft_at_ms = 0 WHERE id = ?", (conversation_id,)
    )
    return Changes(frozenset({conversation_id}))


def amend(db: Connection, client_id: ClientId, text: str, send_at_ms: int) -> Changes:
    """Another text or another time, by which it is held no longer; nothing where it is gone."""
    db.execute(
        "UPDATE scheduled SET text = ?, send_at_ms = ?, held = '', is_brief = 0 WHERE client_id = ?",
        (clean(text), clamped_ms(send_at_ms), client_id),
    )
    return _told(db, one(db, client_id)) if db.changes() else NOTHING


def cancel(db: Connection, client_id: ClientId) -> tuple[Changes, ScheduledMessage | None]:
    """Forget a text that still waits for its time; what it was."""
    found = one(db, client_id)
    if found is None:
        return NOTHING, None
    _forget(db, client_id)
    here = conversations.find(db, found.account_id, found.local, found.remote)
    return summaries.refresh(db, here), found


def release(db: Connection, client_id: ClientId, now_ms: int) -> Changes:
    """Put a text into the outbox, to be sent now; nothing where it is gone."""
    found = one(db, client_id)
    if found is None:
        return NOTHING
    _forget(db, client_id)
    here = conversations.ensure(db, found.account_id, found.local, found.remote)
    draft, draft_at_ms = conversations.draft_of(db, here)
    outbox.enqueue(
        db, found.account_id, here, client_id, found.local, found.remote, found.text, now_ms
    )
    # Written since, and not sent by this.
    conversations.set_draft(db, here, draft, draft_at_ms)
    return Changes(frozenset({here}))


def release_due(
    db: Connection, wall_ms: int, now_ms: "dict[AccountId, int]"
) -> tuple[Changes, set[AccountId], int]:
    """Put into the outbox what came due lately, and hold what came due longer ago.

    ``wall_ms``: the time by this computer's clock; ``now_ms``: the time at the Kandy of each account
    that can send, and what is of others waits. Gives the accounts with something to send, and how
    many texts are held from now on.
    """
    changes, woken, held = NOTHING, set[AccountId](), 0
    due = _read(db, "WHERE held = '' AND send_at_ms <= ? ORDER BY send_at_ms, tie", (wall_ms,))
    for found in due:
        if found.send_at_ms < wall_ms - LATE_MS:
            db.execute(
                "UPDATE scheduled SET held = ?, is_brief = 0 WHERE client_id = ?",
                (_LATE, found.client_id),
            )
            changes |= _told(db, found)
            held += 1
        elif found.account_id in now_ms:
            changes |= release(db, found.client_id, now_ms[found.account_id])
            woken.add(found.account_id)
    return changes, woken, held


def hold_all(db: Connection) -> None:
    """In a store that comes from a backup: each may have been sent since, so the person decides."""
    db.execute("UPDATE scheduled SET held = ?, is_brief = 0", (_RESTORED,))


def next_due_ms(db: Connection) -> int | None:
    """When the next text comes due that is not held."""
    found = select(db, "SELECT min(send_at_ms) FROM scheduled WHERE held = ''")
    return None if found[0][0] is None else int(found[0][0])


def one(db: Connection, client_id: ClientId) -> ScheduledMessage | None:
    """A text that waits for its time."""
    found = _read(db, "WHERE client_id = ?", (client_id,))
    return found[0] if found else None


def everything(db: Connection) -> list[ScheduledMessage]:
    """Every text that waits for its time, the soonest first."""
    return _read(db, "ORDER BY send_at_ms, tie")


def of_conversation(db: Connection, conversation_id: ConversationId) -> list[ScheduledMessage]:
    """Those of one conversation, the soonest first."""
    return _read(
        db,
        "WHERE (account_id, local, remote) ="
        " (SELECT account_id, local, remote FROM conversation WHERE id = ?)"
        " ORDER BY send_at_ms, tie",
        (conversation_id,),
    )


def count(db: Connection) -> int:
    """How many texts wait for their time."""
    return int(select(db, "SELECT count(*) FROM scheduled")[0][0])


def _forget(db: Connection, client_id: ClientId) -> None:
    db.execute("DELETE FROM scheduled WHERE client_id = ?", (client_id,))


def _read(
    db: Connection, condition: str, values: tuple[object, ...] = ()
) -> list[ScheduledMessage]:
    found = select(db, f"SELECT {_FIELDS} FROM scheduled {condition}", values)  # noqa: S608 - ours
    return [_message(*row) for row in found]


def _message(
    client_id: ClientId,
    account_id: AccountId,
    local: Address,
    remote: Address,
    *rest: Any,
) -> ScheduledMessage:
    text, send_at_ms, held, is_brief = rest
    return ScheduledMessage(
        client_id, account_id, local, remote, text, send_at_ms, held, bool(is_brief)
    )


def _told(db: Connection, found: ScheduledMessage | None) -> Changes:
    if found is None:
        return NOTHING
    here = conversations.find(db, found.account_id, found.local, found.remote)
    return NOTHING if here is None else Changes(frozenset({here}))
