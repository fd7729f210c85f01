"""What a notification can be, as values."""

from dataclasses import dataclass, field

from sms_desktop.domain.address import Address
from sms_desktop.domain.delivery import State
from sms_desktop.domain.ids import MessageId, NotificationId, SubscriptionId
from sms_desktop.domain.message import ServerMessage


@dataclass(frozen=True, slots=True)
class Inbound:
    """Somebody wrote to one of the own numbers."""

    notification_id: NotificationId | None
    at_ms: int
    message: ServerMessage


@dataclass(frozen=True, slots=True)
class OutboundSync:
    """A message went out from one of the own numbers, from here or from another device."""

    notification_id: NotificationId | None
    at_ms: int
    message: ServerMessage


@dataclass(frozen=True, slots=True)
class SubscriptionCancelled:
    """Kandy ended a subscription, mostly because its number was taken from the account."""

    notification_id: NotificationId | None
    at_ms: int
    subscription_id: SubscriptionId


@dataclass(frozen=True, slots=True)
class MessageEvent:
    """Something happened to a message or a thread; ``MessageDeleted`` is the event type known so far."""

    notification_id: NotificationId | None
    at_ms: int
    event_type: str
    description: str
    remote: Address | None
    local: Address | None
    message_id: MessageId | None


@dataclass(frozen=True, slots=True)
class DeliveryReport:
    """How far a sent message has come; ``state`` is ``None`` for words that say nothing about it."""

    notification_id: NotificationId | None
    at_ms: int
    message_id: MessageId
    remote: Address | None
    status: str
    state: State | None


@dataclass(frozen=True, slots=True)
class Unknown:
    """A notification of a kind that this program does not know; ``kind`` is its top-level key."""

    kind: str
    raw: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Bad:
    """Bytes that are no notification, or one that lacks what it is about."""

    reason: str
    raw: bytes = field(repr=False)


Known = Inbound | OutboundSync | SubscriptionCancelled | MessageEvent | DeliveryReport
Notification = Known | Unknown | Bad
