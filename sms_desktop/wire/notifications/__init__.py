"""Kandy's notifications: ``parse`` turns any bytes into a value and never raises."""

from sms_desktop.wire.notifications.parsing import parse
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
from sms_desktop.wire.notifications.vendor_names import vendor_fields

__all__ = [
    "Bad",
    "DeliveryReport",
    "Inbound",
    "Known",
    "MessageEvent",
    "Notification",
    "OutboundSync",
    "SubscriptionCancelled",
    "Unknown",
    "parse",
    "vendor_fields",
]
