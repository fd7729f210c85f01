"""Answers about subscriptions."""

from dataclasses import dataclass

from sms_desktop.domain.address import Address
from sms_desktop.domain.ids import ChannelId, SubscriptionId
from sms_desktop.wire.answers.channels import channel_id_of
from sms_desktop.wire.answers.reading import one, several
from sms_desktop.wire.errors import UnreadableAnswer
from sms_desktop.wire.fields import Fields, address, fields, word
from sms_desktop.wire.paths import subscription_id


@dataclass(frozen=True, slots=True)
class Subscription:
    """One subscription; somebody else's program may have made it.

    ``number`` is ``None`` where Kandy does not say. ``correlator`` names the device that asked.
    """

    subscription_id: SubscriptionId
    channel_id: ChannelId
    number: Address | None
    correlator: str


def subscriptions(body: bytes) -> tuple[Subscription, ...]:
    """Reads the list of subscriptions, leaving out what makes no sense.

    Raises ``UnreadableAnswer``.
    """
    found, _, _ = several(body, "subscriptionList", "subscription")
    return tuple(read for read in map(_subscription, found) if read is not None)


def subscription(body: bytes) -> Subscription:
    """Reads one subscription. Raises ``UnreadableAnswer``."""
    found = _subscription(one(body, "subscription"))
    if found is None:
        raise UnreadableAnswer("Kandy's answer does not name the subscription.")
    return found


def receipts_subscription(body: bytes) -> SubscriptionId:
    """Reads the id of a subscription to delivery reports. Raises ``UnreadableAnswer``."""
    found = subscription_id(word(one(body, "deliveryReceiptSubscription"), "resourceURL"))
    if found is None:
        raise UnreadableAnswer("Kandy's answer does not name the subscription.")
    return found


def _subscription(item: Fields) -> Subscription | None:
    named = subscription_id(word(item, "resourceURL"))
    if named is None:
        return None
    reference = fields(item.get("callbackReference"))
    return Subscription(
        subscription_id=named,
        channel_id=channel_id_of(word(reference, "notifyURL")),
        number=address(item, "destinationAddress") or None,
        correlator=word(item, "clientCorrelator"),
    )
