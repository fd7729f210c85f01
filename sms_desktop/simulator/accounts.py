"""One simulated account: how it signs in, its numbers, messages, channels and subscriptions."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from sms_desktop.domain.address import DEFAULT_SENDER, Address, canonical
from sms_desktop.domain.clock import NowMs
from sms_desktop.simulator.address_book import AddressBook
from sms_desktop.simulator.channels import ChannelBook
from sms_desktop.simulator.messages import MessageBox
from sms_desktop.simulator.refusals import forbidden
from sms_desktop.simulator.subscriptions import SubscriptionBook


@dataclass(frozen=True, slots=True)
class Credentials:
    """Both ways to sign in: project key with secret, or the same key with e-mail and password."""

    client_id: str
    client_secret: str = field(repr=False)
    email: str
    password: str = field(repr=False)


class SimulatedAccount:
    """Everything of one user; the first of ``numbers`` is the default one."""

    def __init__(
        self,
        user_id: str,
        credentials: Credentials,
        numbers: Sequence[Address],
        now_ms: NowMs,
        make_id: Callable[[], str],
    ) -> None:
        self.user_id = user_id
        self.credentials = credentials
        self.numbers = list(numbers)
        self.messages = MessageBox(now_ms)
        self.channels = ChannelBook(now_ms, make_id)
        self.inbound = SubscriptionBook(make_id)
        self.receipts = SubscriptionBook(make_id)
        self.address_book = AddressBook(make_id)

    def own_number(self, raw: str) -> Address:
        """The own number that an address means; raises ``Refusal`` (403) for any other."""
        number = canonical(raw)
        if number not in self.numbers:
            raise forbidden(number)
        return number

    def sender(self, raw: str) -> Address:
        """The own number to send from; ``default`` and the user id mean the default number."""
        if raw in {DEFAULT_SENDER, self.user_id}:
            return self.default_number()
        return self.own_number(raw)

    def default_number(self) -> Address:
        """The number that Kandy picks; raises ``Refusal`` (403) where none is assigned."""
        if not self.numbers:
            raise forbidden("default")
        return self.numbers[0]

    def drop_expired_channels(self) -> tuple[str, ...]:
        """Forget channels whose lifetime is over, and their subscriptions; returns their ids."""
        over = self.channels.drop_expired()
        for channel_id in over:
            self.drop_subscriptions_of(channel_id)
        return over

    def drop_subscriptions_of(self, channel_id: str) -> None:
        """Delete what would notify a channel that is gone."""
        self.inbound.drop_channel(channel_id)
        self.receipts.drop_channel(channel_id)
