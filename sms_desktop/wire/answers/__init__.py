"""Reads Kandy's answers: bytes in, values out, ``UnreadableAnswer`` for everything else."""

from sms_desktop.wire.answers.channels import Channel, channel, channels
from sms_desktop.wire.answers.messages import (
    MessagePage,
    SendAnswer,
    Thread,
    ThreadPage,
    messages,
    sent,
    status,
    threads,
)
from sms_desktop.wire.answers.subscriptions import (
    Subscription,
    receipts_subscription,
    subscription,
    subscriptions,
)
from sms_desktop.wire.answers.tokens import Tokens, tokens

__all__ = [
    "Channel",
    "MessagePage",
    "SendAnswer",
    "Subscription",
    "Thread",
    "ThreadPage",
    "Tokens",
    "channel",
    "channels",
    "messages",
    "receipts_subscription",
    "sent",
    "status",
    "subscription",
    "subscriptions",
    "threads",
    "tokens",
]
