"""Subscriptions of one account: which numbers' notifications go to which channel."""

from collections.abc import Callable
from dataclasses import dataclass

from sms_desktop.domain.address import Address
from sms_desktop.simulator.refusals import not_found


@dataclass(frozen=True, slots=True)
class Subscription:
    """One number's messages for one channel; ``number`` is ``None`` for delivery receipts."""

    subscription_id: str
    channel_id: str
    number: Address | None
    correlator: str


class SubscriptionBook:
    """The subscriptions that exist, of one sort (inbound, or receipts)."""

    def __init__(self, make_id: Callable[[], str]) -> None:
        self._make_id = make_id
        self._subscriptions: dict[str, Subscription] = {}

    def add(self, channel_id: str, number: Address | None, correlator: str) -> Subscription:
        """Make one; asking twice makes two, as nothing says that Kandy would merge them."""
        subscription = Subscription(self._make_id(), channel_id, number, correlator)
        self._subscriptions[subscription.subscription_id] = subscription
        return subscription

    def all(self) -> tuple[Subscription, ...]:
        """Every subscription, oldest first."""
        return tuple(self._subscriptions.values())

    def find(self, subscription_id: str) -> Subscription:
        """One subscription; raises ``Refusal`` (404)."""
        if subscription_id not in self._subscriptions:
            raise not_found("subscriptionId")
        return self._subscriptions[subscription_id]

    def remove(self, subscription_id: str) -> Subscription:
        """Delete one; raises ``Refusal`` (404)."""
        subscription = self.find(subscription_id)
        del self._subscriptions[subscription_id]
        return subscription

    def of_number(self, number: Address) -> tuple[Subscription, ...]:
        """The subscriptions for one own number."""
        return tuple(s for s in self._subscriptions.values() if s.number == number)

    def drop_channel(self, channel_id: str) -> None:
        """Delete every subscription that names a channel."""
        kept = {k: s for k, s in self._subscriptions.items() if s.channel_id != channel_id}
        self._subscriptions = kept
