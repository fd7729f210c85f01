"""Requests that ask Kandy to notify us: of inbound messages per number, and of delivery."""

from sms_desktop.domain.address import Address
from sms_desktop.domain.ids import ChannelId, SubscriptionId
from sms_desktop.wire.paths import sms_path
from sms_desktop.wire.requests.request import Request
from sms_desktop.wire.text import storable


def subscriptions(user_id: str) -> Request:
    """Lists the subscriptions of all numbers of a user, whoever made them."""
    return Request("GET", sms_path(user_id, "inbound", "subscriptions"))


def subscription(user_id: str, subscription_id: SubscriptionId) -> Request:
    """Describes one subscription."""
    return Request("GET", sms_path(user_id, "inbound", "subscriptions", subscription_id))


def subscribe(
    user_id: str, number: Address | None, channel_id: ChannelId, correlator: str
) -> Request:
    """Lets one own number receive through a channel; each number needs its own subscription.

    Without a number it is Kandy's default number, which the answer names.
    """
    named = {} if number is None else {"destinationAddress": storable(number)}
    body = {"subscription": {**_reference(channel_id, correlator), **named}}
    return Request("POST", sms_path(user_id, "inbound", "subscriptions"), json=body)


def unsubscribe(user_id: str, subscription_id: SubscriptionId) -> Request:
    """Ends one subscription."""
    return Request("DELETE", sms_path(user_id, "inbound", "subscriptions", subscription_id))


def subscribe_receipts(user_id: str, channel_id: ChannelId, correlator: str) -> Request:
    """Asks for delivery reports of everything that the user sends."""
    body = {"deliveryReceiptSubscription": _reference(channel_id, correlator)}
    return Request("POST", sms_path(user_id, "outbound", user_id, "subscriptions"), json=body)


def unsubscribe_receipts(user_id: str, subscription_id: SubscriptionId) -> Request:
    """Ends the delivery reports."""
    path = sms_path(user_id, "outbound", user_id, "subscriptions", subscription_id)
    return Request("DELETE", path)


def _reference(channel_id: ChannelId, correlator: str) -> dict[str, object]:
    return {
        "callbackReference": {"notifyURL": storable(channel_id)},
        "clientCorrelator": storable(correlator),
    }
