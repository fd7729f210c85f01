"""Messages, wishes to send, and the rows of a timeline."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from sms_desktop.domain.address import Address
from sms_desktop.domain.delivery import State
from sms_desktop.domain.ids import ClientId, ConversationId, MessageId


class Direction(StrEnum):
    """Seen from the person who uses the program."""

    INBOUND = "inbound"
    OUTBOUND = "outbound"


class Origin(StrEnum):
    """Where a confirmed message came from.

    ``UNKNOWN``: an outbound message that was at Kandy before this program first looked; any device,
    an earlier installation of this one included, may have sent it.
    """

    THIS_DEVICE = "this_device"
    OTHER_DEVICE = "other_device"
    UNKNOWN = "unknown"
    REMOTE = "remote"


class TimelineKey(NamedTuple):
    """Place of a row in its conversation; unique in the store and unchanged when a wish is confirmed.

    ``at_ms``: milliseconds since the epoch that the row is sorted by. ``tie``: a number from the
    store's one counter, which orders rows of the same millisecond.
    """

    at_ms: int
    tie: int


@dataclass(frozen=True, slots=True)
class ServerMessage:
    """One message as Kandy states it, by an answer, a notification or history."""

    message_id: MessageId
    direction: Direction
    local: Address
    remote: Address
    text: str
    at_ms: int
    state: State


@dataclass(frozen=True, slots=True)
class OutboxItem:
    """One wish to send one text, not yet settled by Kandy."""

    client_id: ClientId
    conversation_id: ConversationId
    sender: Address
    remote: Address
    text: str
    created_at_ms: int
    state: State
    attempts: int = 0
    next_attempt_at_ms: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One bubble: a confirmed message, or a wish that no message carries yet."""

    key: TimelineKey
    conversation_id: ConversationId
    direction: Direction
    origin: Origin
    text: str
    at_ms: int
    state: State
    reason: str = ""
    message_id: MessageId | None = None
    client_id: ClientId | None = None
