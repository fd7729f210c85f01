"""The bodies of Kandy's notifications; each has one top-level key."""

from dataclasses import dataclass

from sms_desktop.simulator.messages import StoredMessage
from sms_desktop.simulator.paths import message_path, subscription_path
from sms_desktop.simulator.subscriptions import Subscription

Body = dict[str, object]


@dataclass(frozen=True, slots=True)
class Notification:
    """One notification on its way to one channel; ``message_id`` is empty for a cancellation."""

    user_id: str
    channel_id: str
    notification_id: str
    kind: str
    body: Body
    message_id: str = ""


def inbound(message: StoredMessage, notification_id: str, now_ms: int, *, misspelt: bool) -> Body:
    """A text arrived at an own number; ``misspelt`` writes the sender's key as Kandy once did."""
    sender_key = "senderAdress" if misspelt else "senderAddress"
    stated = {
        "dateTime": message.at_ms,
        "destinationAddress": message.local,
        "message": message.text,
        "messageId": message.message_id,
        sender_key: message.remote,
    }
    body = {"inboundSMSMessage": stated, "dateTime": now_ms, "id": notification_id}
    return {"inboundSMSMessageNotification": body}


def outbound_sync(message: StoredMessage, notification_id: str, now_ms: int) -> Body:
    """A text was sent from an own number, by whatever device."""
    stated = {
        "dateTime": message.at_ms,
        "destinationAddress": message.remote,
        "message": message.text,
        "messageId": message.message_id,
        "senderAddress": message.local,
    }
    body = {"outboundSMSMessage": stated, "dateTime": now_ms, "id": notification_id}
    return {"outboundSMSMessageNotification": body}


def deleted(user_id: str, message: StoredMessage, notification_id: str, now_ms: int) -> Body:
    """A message was deleted from the account."""
    path = message_path(user_id, message.remote, message.local, message.message_id)
    body = {
        "eventDescription": "A message has been deleted.",
        "eventType": "MessageDeleted",
        "link": [{"href": path, "rel": "smsMessage"}],
        "id": notification_id,
        "dateTime": now_ms,
    }
    return {"smsEventNotification": body}


def cancelled(user_id: str, subscription: Subscription, notification_id: str, now_ms: int) -> Body:
    """Kandy took a subscription away; its time is in seconds, as in Kandy's own sample."""
    path = subscription_path(user_id, subscription.subscription_id)
    body = {
        "link": [{"href": path, "rel": "Subscription"}],
        "dateTime": now_ms // 1000,
        "id": notification_id,
    }
    return {"smsSubscriptionCancellationNotification": body}


def delivery_report(message: StoredMessage, notification_id: str, now_ms: int) -> Body:
    """How far a sent text has come."""
    info = {
        "address": message.remote,
        "deliveryStatus": message.status.value,
        "messageId": message.message_id,
    }
    return {
        "deliveryInfoNotification": {
            "deliveryInfo": info,
            "id": notification_id,
            "dateTime": now_ms,
        }
    }
