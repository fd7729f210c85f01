"""Distinct types for the identifiers that travel through the program."""

from typing import NewType

AccountId = NewType("AccountId", int)
"""Row id of an account in the local store."""

ConversationId = NewType("ConversationId", int)
"""Row id of a conversation (one own number × one remote number) in the local store."""

ClientId = NewType("ClientId", str)
"""Made here, before the first attempt to send; identifies one wish of the person to send one text."""

MessageId = NewType("MessageId", str)
"""Made by Kandy; unique per account."""

NotificationId = NewType("NotificationId", str)
"""Made by Kandy for one notification; a repeated delivery carries the same one."""

SubscriptionId = NewType("SubscriptionId", str)
"""Made by Kandy; the last part of a subscription's resource URL."""

ChannelId = NewType("ChannelId", str)
"""Made by Kandy; what a subscription names as its ``notifyURL``."""

ContactId = NewType("ContactId", int)
"""Row id of a contact in the local store; never given again."""

ContactChangeId = NewType("ContactChangeId", int)
"""Row id of a change of contacts that can be undone."""
