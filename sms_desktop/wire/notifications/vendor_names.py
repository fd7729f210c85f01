"""A parsed notification by the vendor's own names, for scripts and for comparing with its SDKs."""

from sms_desktop.wire.notifications.values import (
    Bad,
    DeliveryReport,
    Inbound,
    Known,
    MessageEvent,
    Notification,
    OutboundSync,
    SubscriptionCancelled,
    Unknown,
)


def vendor_fields(notification: Notification) -> dict[str, object]:
    """The fields that the vendor's SDKs give for a notification; times in milliseconds.

    Addresses are canonical. A delivery report, which those SDKs leave as it comes, is described in
    the same manner; of what is not understood only the kind can be told.
    """
    match notification:
        case Inbound() | OutboundSync():
            return {**_message(notification), **_head(notification)}
        case SubscriptionCancelled():
            return {
                "type": "subscriptionCancel",
                "subscription_id": notification.subscription_id,
                **_head(notification),
            }
        case MessageEvent():
            details = {"type": notification.event_type, "description": notification.description}
            return {
                "type": "event",
                "message_id": notification.message_id,
                "event_details": details,
                **_head(notification),
            }
        case DeliveryReport():
            return {
                "type": "deliveryInfo",
                "message_id": notification.message_id,
                "destination_address": notification.remote,
                "delivery_status": notification.status,
                **_head(notification),
            }
        case Unknown():
            return {"type": notification.kind}
        case Bad():
            return {}


def _head(notification: Known) -> dict[str, object]:
    return {
        "notification_id": notification.notification_id,
        "notification_date_time": notification.at_ms,
    }


def _message(notification: Inbound | OutboundSync) -> dict[str, object]:
    message = notification.message
    inbound = isinstance(notification, Inbound)
    return {
        "type": "inbound" if inbound else "outbound",
        "message_id": message.message_id,
        "message": message.text,
        "sender_address": message.remote if inbound else message.local,
        "destination_address": message.local if inbound else message.remote,
        "date_time": message.at_ms,
    }
