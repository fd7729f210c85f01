"""Reads notifications, as a webhook body or a websocket frame: any bytes become a value.

Nothing here raises: what cannot be understood is kept whole, as ``Unknown`` or ``Bad``.
"""

from collections.abc import Callable
from typing import Final

from sms_desktop.domain import delivery
from sms_desktop.domain.clock import dated
from sms_desktop.domain.delivery import State
from sms_desktop.domain.ids import MessageId, NotificationId
from sms_desktop.domain.message import Direction, ServerMessage
from sms_desktop.wire import json_text
from sms_desktop.wire.fields import Fields, address, entries, fields, text, text_of, word
from sms_desktop.wire.notifications.values import (
    Bad,
    DeliveryReport,
    Inbound,
    MessageEvent,
    Notification,
    OutboundSync,
    SubscriptionCancelled,
    Unknown,
)
from sms_desktop.wire.paths import resource, subscription_id
from sms_desktop.wire.text import storable
from sms_desktop.wire.times import milliseconds

_LONGEST_KIND: Final = 100


class _Lacking(Exception):
    """The notification does not say what it is about; the argument names what is missing."""


def parse(body: bytes, received_at_ms: int = 0) -> Notification:
    """Reads one notification; never raises, whatever the bytes.

    ``received_at_ms`` stands in for times that Kandy leaves out or that cannot be.
    """
    try:
        whole = json_text.load(body)
    except json_text.NotJson as error:
        return Bad(str(error), body)
    if not isinstance(whole, dict) or not whole:
        return Bad("not an object with a notification", body)
    kind = next((key for key in whole if key in _READERS), None)
    if kind is None:
        return Unknown(storable(next(iter(whole)))[:_LONGEST_KIND], body)
    try:
        return _READERS[kind](fields(whole[kind]), received_at_ms)
    except _Lacking as error:
        return Bad(f"{kind} without {error}", body)


def _inbound(outer: Fields, received_at_ms: int) -> Notification:
    at_ms = _time(outer, received_at_ms)
    return Inbound(_id(outer), at_ms, _message(outer, "inboundSMSMessage", at_ms))


def _outbound(outer: Fields, received_at_ms: int) -> Notification:
    at_ms = _time(outer, received_at_ms)
    return OutboundSync(_id(outer), at_ms, _message(outer, "outboundSMSMessage", at_ms))


def _cancelled(outer: Fields, received_at_ms: int) -> Notification:
    at_ms = _time(outer, received_at_ms)
    cancelled = subscription_id(_href(outer, "subscription"))
    if cancelled is None:
        raise _Lacking("the subscription")
    return SubscriptionCancelled(_id(outer), at_ms, cancelled)


def _event(outer: Fields, received_at_ms: int) -> Notification:
    named = resource(_href(outer, "smsmessage"))
    return MessageEvent(
        notification_id=_id(outer),
        at_ms=_time(outer, received_at_ms),
        event_type=word(outer, "eventType"),
        description=text(outer, "eventDescription"),
        remote=named.remote,
        local=named.local,
        message_id=named.message_id,
    )


def _report(outer: Fields, received_at_ms: int) -> Notification:
    info = fields(outer.get("deliveryInfo"))
    named = resource(_href(outer, "smsmessage"))
    message_id = word(info, "messageId") or word(outer, "messageId") or named.message_id
    status = word(info, "deliveryStatus")
    if not message_id:
        raise _Lacking("a message id")
    return DeliveryReport(
        notification_id=_id(outer),
        at_ms=_time(outer, received_at_ms),
        message_id=MessageId(message_id),
        remote=address(info, "address") or named.remote,
        status=status,
        state=delivery.from_kandy_status(status),
    )


_READERS: Final[dict[str, Callable[[Fields, int], Notification]]] = {
    "inboundSMSMessageNotification": _inbound,
    "outboundSMSMessageNotification": _outbound,
    "smsSubscriptionCancellationNotification": _cancelled,
    "smsEventNotification": _event,
    "deliveryInfoNotification": _report,
}


def _message(outer: Fields, name: str, at_ms: int) -> ServerMessage:
    inner = fields(outer.get(name))
    message_id = word(inner, "messageId")
    # One d: seen in inbound notifications.
    sender = address(inner, "senderAddress", "senderAdress")
    destination = address(inner, "destinationAddress")
    said = inner.get("message", "")
    if not message_id:
        raise _Lacking("a message id")
    if not sender or not destination:
        raise _Lacking("both addresses")
    if said is not None and text_of(said) is None:
        raise _Lacking("a readable text")
    inbound = name == "inboundSMSMessage"
    return ServerMessage(
        message_id=MessageId(message_id),
        direction=Direction.INBOUND if inbound else Direction.OUTBOUND,
        local=destination if inbound else sender,
        remote=sender if inbound else destination,
        text=text(inner, "message"),
        at_ms=dated(milliseconds(inner.get("dateTime")), at_ms),
        state=State.RECEIVED if inbound else State.ACCEPTED,
    )


def _time(outer: Fields, received_at_ms: int) -> int:
    return dated(milliseconds(outer.get("dateTime")), received_at_ms)


def _id(outer: Fields) -> NotificationId | None:
    return NotificationId(word(outer, "id")) or None


def _href(outer: Fields, relation: str) -> str:
    """The link of that relation, or else the first one; empty if there is none."""
    links, _ = entries(outer.get("link"))
    wanted = [link for link in links if word(link, "rel").lower() == relation]
    return next((href for link in [*wanted, *links] if (href := word(link, "href"))), "")
