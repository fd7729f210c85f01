"""Writes the notification channels and subscriptions that this program made at Kandy.

What stands here is ours to delete at Kandy; what does not belongs to another device.
"""

from dataclasses import dataclass, field

from apsw import Connection

from sms_desktop.domain.address import Address
from sms_desktop.domain.ids import AccountId, ChannelId, SubscriptionId
from sms_desktop.store.connection import select
from sms_desktop.store.values import clamped_ms


@dataclass(frozen=True, slots=True)
class OurChannel:
    """A channel: ``kind`` is ``webhooks`` or ``websockets``; ``url`` leads to us or to Kandy."""

    channel_id: ChannelId
    kind: str
    url: str = field(repr=False)
    authorization: str | None = field(repr=False)
    made_at_ms: int


@dataclass(frozen=True, slots=True)
class OurSubscription:
    """A subscription of one own number to one channel."""

    subscription_id: SubscriptionId
    number: Address
    channel_id: ChannelId
    made_at_ms: int


def save_channel(
    db: Connection,
    account_id: AccountId,
    channel_id: ChannelId,
    url: str,
    kind: str,
    authorization: str | None,
    now_ms: int,
) -> None:
    """Keep a channel, or what is new about it."""
    db.execute(
        "INSERT OR REPLACE INTO channel"
        " (account_id, channel_id, url, kind, authorization, made_at_ms) VALUES (?, ?, ?, ?, ?, ?)",
        (account_id, channel_id, url, kind, authorization, clamped_ms(now_ms)),
    )


def our_channels(db: Connection, account_id: AccountId) -> list[OurChannel]:
    """The account's channels, oldest first."""
    rows = select(
        db,
        "SELECT channel_id, kind, url, authorization, made_at_ms FROM channel"
        " WHERE account_id = ? ORDER BY made_at_ms, channel_id",
        (account_id,),
    )
    return [OurChannel(*row) for row in rows]


def forget_channel(db: Connection, account_id: AccountId, channel_id: ChannelId) -> None:
    """The channel is gone, and with it the subscriptions that named it."""
    values = (account_id, channel_id)
    db.execute("DELETE FROM subscription WHERE account_id = ? AND channel_id = ?", values)
    db.execute("DELETE FROM channel WHERE account_id = ? AND channel_id = ?", values)


def save_subscription(
    db: Connection,
    account_id: AccountId,
    number: Address,
    subscription_id: SubscriptionId,
    channel_id: ChannelId,
    now_ms: int,
) -> None:
    """Keep a subscription, or what is new about it."""
    db.execute(
        "INSERT OR REPLACE INTO subscription"
        " (account_id, subscription_id, number, channel_id, made_at_ms) VALUES (?, ?, ?, ?, ?)",
        (account_id, subscription_id, number, channel_id, clamped_ms(now_ms)),
    )


def our_subscriptions(db: Connection, account_id: AccountId) -> list[OurSubscription]:
    """The account's subscriptions, oldest first."""
    rows = select(
        db,
        "SELECT subscription_id, number, channel_id, made_at_ms FROM subscription"
        " WHERE account_id = ? ORDER BY made_at_ms, subscription_id",
        (account_id,),
    )
    return [OurSubscription(*row) for row in rows]


def forget_subscription(db: Connection, subscription_id: SubscriptionId) -> Address | None:
    """The subscription is gone; gives the number that it was for, ``None`` for a strange one."""
    rows = select(
        db,
        "DELETE FROM subscription WHERE subscription_id = ? RETURNING number",
        (subscription_id,),
    )
    return Address(rows[0][0]) if rows else None
