"""Every request that the program makes to Kandy, as values; they are sent elsewhere."""

from sms_desktop.wire.requests.auth import sign_in_project, sign_in_user
from sms_desktop.wire.requests.channels import (
    channel,
    channels,
    delete_channel,
    renew_channel,
    webhook_channel,
    websocket_channel,
)
from sms_desktop.wire.requests.messages import (
    delete_message,
    delete_thread,
    message_status,
    messages,
    send,
    thread,
    threads,
    threads_with,
)
from sms_desktop.wire.requests.request import EVERYTHING, PageQuery, Request
from sms_desktop.wire.requests.subscriptions import (
    subscribe,
    subscribe_receipts,
    subscription,
    subscriptions,
    unsubscribe,
    unsubscribe_receipts,
)

__all__ = [
    "EVERYTHING",
    "PageQuery",
    "Request",
    "channel",
    "channels",
    "delete_channel",
    "delete_message",
    "delete_thread",
    "message_status",
    "messages",
    "renew_channel",
    "send",
    "sign_in_project",
    "sign_in_user",
    "subscribe",
    "subscribe_receipts",
    "subscription",
    "subscriptions",
    "thread",
    "threads",
    "threads_with",
    "unsubscribe",
    "unsubscribe_receipts",
    "webhook_channel",
    "websocket_channel",
]
