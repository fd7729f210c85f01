"""Writes the notification channels and subscriptions that this program made at Kandy.

What stands here is ours to delete at Kandy; what does not belongs to another device.
"""

from dataclasses import dataclass, field
from typing import Final

from apsw import Connection

from sms_desktop.domain.address import Address
from sms_desktop.domain.ids import AccountId, ChannelId, SubscriptionId
from sms_desktop.store.connection import select
from sms_desktop.store.values import clamped_ms

_NO_NUMBER: Final = Address("")
_ASKED_FOR_MS: Final = 3 * 24 * 3600 * 1000
"""Kandy may carry out a request long after its answer was lost; some days are more than enough."""


@dataclass(frozen=True, slots=True)
class OurChannel:
    """A channel: ``kind`` is ``webhooks`` or ``websockets``; ``url`` leads to us or to Kandy.

    ``authorization_seen_at_ms``: when a call carried the authorization for the first time.
    """

    channel_id: ChannelId
    kind: str
    url: str = field(repr=False)
    authorization: str | None = field(repr=False)
    made_at_ms: int
    authorization_seen_at_ms: int | None


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
    """Keep a channel, or what is new about it; another authorization has yet to be seen."""
    db.execute(
        "INSERT INTO channel (account_id, channel_id, url, kind, authorization, made_at_ms)"
        " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET url = excluded.url,"
        " kind = excluded.kind, authorization = excluded.authorization,"
        " made_at_ms = excluded.made_at_ms, authorization_seen_at_ms ="
        " iif(authorization IS excluded.authorization, authorization_seen_at_ms, NULL)",
        (account_id, channel_id, url, kind, authorization, clamped_ms(now_ms)),
    )


def saw_authorization(
    db: Connection, account_id: AccountId, channel_id: ChannelId, now_ms: int
) -> None:
    """A call through this channel carried its authorization."""
    db.execute(
        "UPDATE channel SET authorization_seen_at_ms = ifnull(authorization_seen_at_ms, ?)"
        " WHERE account_id = ? AND channel_id = ?",
        (clamped_ms(now_ms), account_id, channel_id),
    )


def our_channels(db: Connection, account_id: AccountId) -> list[OurChannel]:
    """The account's channels, oldest first."""
    rows = select(
        db,
        "SELECT channel_id, kind, url, authorization, made_at_ms, authorization_seen_at_ms"
        " FROM channel WHERE account_id = ? ORDER BY made_at_ms, channel_id",
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
    """The account's subscriptions of numbers, oldest first."""
    return _subscriptions(db, account_id, of_numbers=True)


def save_receipts(
    db: Connection,
    account_id: AccountId,
    subscription_id: SubscriptionId,
    channel_id: ChannelId,
    now_ms: int,
) -> None:
    """Keep a subscription to delivery reports: it is for no single number."""
    save_subscription(db, account_id, _NO_NUMBER, subscription_id, channel_id, now_ms)


def our_receipts(db: Connection, account_id: AccountId) -> list[OurSubscription]:
    """The account's subscriptions to delivery reports, oldest first."""
    return _subscriptions(db, account_id, of_numbers=False)


def forget_subscription(db: Connection, subscription_id: SubscriptionId) -> Address | None:
    """The subscription is gone; gives the number that it was for, ``None`` for a strange one."""
    rows = select(
        db,
        "DELETE FROM subscription WHERE subscription_id = ? RETURNING number",
        (subscription_id,),
    )
    return Address(rows[0][0]) if rows and rows[0][0] else None


def ask_for_channel(db: Connection, account_id: AccountId, url: str, now_ms: int) -> None:
    """Kandy is about to be asked for a channel to this URL; forgets those asked for days ago."""
    db.execute(
        "DELETE FROM asked_channel WHERE account_id = ? AND asked_at_ms < ?",
        (account_id, now_ms - _ASKED_FOR_MS),
    )
    db.execute(
        "INSERT OR REPLACE INTO asked_channel (account_id, url, asked_at_ms) VALUES (?, ?, ?)",
        (account_id, url, clamped_ms(now_ms)),
    )


def asked_urls(db: Connection, account_id: AccountId) -> set[str]:
    """The URLs for which channels were asked of late, whatever came of it."""
    rows = select(db, "SELECT url FROM asked_channel WHERE account_id = ?", (account_id,))
    return {str(row[0]) for row in rows}


def _subscriptions(
    db: Connection, account_id: AccountId, *, of_numbers: bool
) -> list[OurSubscription]:
    rows = select(
        db,
        "SELECT subscription_id, number, channel_id, made_at_ms FROM subscription"
        " WHERE account_id = ? AND (number <> '') = ? ORDER BY made_at_ms, subscription_id",
        (account_id, of_numbers),
    )
    return [OurSubscription(*row) for row in rows]
