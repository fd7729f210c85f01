"""Reads rows of ``outbox`` and ``message`` as the store's own functions need them."""

from dataclasses import dataclass
from typing import Any, Final

from apsw import Connection

from sms_desktop.domain.address import Address
from sms_desktop.domain.delivery import State
from sms_desktop.domain.ids import AccountId, ClientId, ConversationId, MessageId
from sms_desktop.domain.message import OutboxItem
from sms_desktop.store.connection import select

_SELECT_WISHES: Final = (
    "SELECT client_id, account_id, conversation_id, sender, remote, text, created_at_ms, sent_at_ms,"
    " sort_at_ms, tie, state, attempts, next_attempt_at_ms, reason, may_have_left, message_id"
    " FROM outbox WHERE "
)
_SELECT_MESSAGES: Final = (
    "SELECT id, account_id, message_id, conversation_id, direction, text, at_ms, at_is_kandys, own_tie,"
    " state, is_unread, client_id, deleted_at_ms IS NOT NULL"
    " FROM message WHERE "
)


@dataclass(frozen=True, slots=True)
class Wish:
    """One row of ``outbox``; ``message_id`` names the message that seems to carry it."""

    client_id: ClientId
    account_id: AccountId
    conversation_id: ConversationId | None
    sender: Address
    remote: Address
    text: str
    created_at_ms: int
    sent_at_ms: int | None
    sort_at_ms: int
    tie: int
    state: State
    attempts: int
    next_attempt_at_ms: int
    reason: str
    may_have_left: bool
    message_id: MessageId | None

    def item(self) -> OutboxItem:
        """The wish as other rings see it; only for one that no message carries."""
        assert self.conversation_id is not None  # noqa: S101 - a carried wish has no place
        return OutboxItem(
            self.client_id,
            self.conversation_id,
            self.sender,
            self.remote,
            self.text,
            self.created_at_ms,
            self.state,
            self.attempts,
            self.next_attempt_at_ms,
            self.reason,
        )


@dataclass(frozen=True, slots=True)
class Known:
    """One row of ``message``; ``conversation_id`` is ``None`` exactly for a tombstone."""

    row_id: int
    account_id: AccountId
    message_id: MessageId
    conversation_id: ConversationId | None
    direction: str
    text: str
    at_ms: int
    at_is_kandys: bool
    own_tie: int
    state: State
    is_unread: bool
    client_id: ClientId | None
    is_deleted: bool


def wish(db: Connection, client_id: ClientId) -> Wish | None:
    """The wish with this client id."""
    found = wishes(db, "client_id = ?", (client_id,))
    return found[0] if found else None


def wishes(
    db: Connection, condition: str, values: tuple[object, ...], limit: int = -1
) -> list[Wish]:
    """The first ``limit`` (-1: all) wishes that a condition of ours selects, oldest first."""
    found = []
    for row in select(db, _SELECT_WISHES + condition + " ORDER BY tie LIMIT ?", (*values, limit)):
        fields: list[Any] = list(row)
        fields[10] = State(row[10])
        fields[14] = bool(row[14])
        found.append(Wish(*fields))
    return found


def known(db: Connection, account_id: AccountId, message_id: MessageId) -> Known | None:
    """The message with this id of Kandy's."""
    found = known_where(db, "account_id = ? AND message_id = ?", (account_id, message_id))
    return found[0] if found else None


def known_where(db: Connection, condition: str, values: tuple[object, ...]) -> list[Known]:
    """The messages that a condition (a constant of ours) selects, in order of arrival."""
    found = []
    for row in select(db, _SELECT_MESSAGES + condition + " ORDER BY id", values):
        fields: list[Any] = list(row)
        fields[9] = State(row[9])
        for flag in (7, 10, 12):
            fields[flag] = bool(row[flag])
        found.append(Known(*fields))
    return found
