"""The simulated Kandy as a pure model: what happens to accounts, and who is notified of it.

Nothing here sends, waits or looks at a real clock. Operations return the notifications to deliver.
"""

from collections.abc import Callable, Sequence

from sms_desktop.domain.address import Address
from sms_desktop.domain.clock import NowMs
from sms_desktop.domain.message import Direction
from sms_desktop.simulator import notifications
from sms_desktop.simulator.accounts import Credentials, SimulatedAccount
from sms_desktop.simulator.messages import Status, StoredMessage
from sms_desktop.simulator.notifications import Body, Notification
from sms_desktop.simulator.refusals import forbidden, not_found, sign_in_refused
from sms_desktop.simulator.subscriptions import Subscription

Notices = tuple[Notification, ...]


class Kandy:
    """All accounts. ``make_id`` gives a fresh UUID-like text on each call."""

    def __init__(self, now_ms: NowMs, make_id: Callable[[], str]) -> None:
        self._now_ms = now_ms
        self._make_id = make_id
        self._count = 0
        self._accounts: dict[str, SimulatedAccount] = {}
        self.misspells_senders = False

    def open_account(
        self, user_id: str, credentials: Credentials, numbers: Sequence[Address]
    ) -> SimulatedAccount:
        """A new user with these numbers, the first being the default one."""
        account = SimulatedAccount(user_id, credentials, numbers, self._now_ms, self._make_id)
        self._accounts[account.user_id] = account
        return account

    def accounts(self) -> tuple[SimulatedAccount, ...]:
        """Every account, oldest first."""
        return tuple(self._accounts.values())

    def account(self, user_id: str) -> SimulatedAccount:
        """One account; raises ``Refusal`` (403) where there is none."""
        if user_id not in self._accounts:
            raise forbidden("userId")
        return self._accounts[user_id]

    def owner_of(self, number: Address) -> SimulatedAccount | None:
        """The account that a number is assigned to."""
        return next((a for a in self._accounts.values() if number in a.numbers), None)

    def sign_in_project(self, client_id: str, client_secret: str) -> SimulatedAccount:
        """The account of a project key and its secret; raises ``Refusal`` (401)."""
        self._check_client(client_id)
        for account in self._accounts.values():
            known = account.credentials
            if (known.client_id, known.client_secret) == (client_id, client_secret):
                return account
        raise sign_in_refused("unauthorized_client", "Invalid client secret")

    def sign_in_user(self, client_id: str, email: str, password: str) -> SimulatedAccount:
        """The account of a user with a password; raises ``Refusal`` (401)."""
        self._check_client(client_id)
        for account in self._accounts.values():
            known = account.credentials
            if (known.client_id, known.email, known.password) == (client_id, email, password):
                return account
        raise sign_in_refused("invalid_grant", "Invalid user credentials")

    def send(
        self, account: SimulatedAccount, local: Address, remote: Address, text: str
    ) -> tuple[StoredMessage, Notices]:
        """Accept a text for the network; the account's other devices are told of it."""
        message = self.make_message(Direction.OUTBOUND, local, remote, text, self._now_ms())
        account.messages.add(message)
        return message, self._tell(account, local, "outbound", message)

    def receive(self, local: Address, remote: Address, text: str) -> tuple[StoredMessage, Notices]:
        """A text comes from the network for an own number; raises ``Refusal`` (404) for others."""
        account = self.owner_of(local)
        if account is None:
            raise not_found("destinationAddress")
        message = self.make_message(Direction.INBOUND, local, remote, text, self._now_ms())
        account.messages.add(message)
        return message, self._tell(account, local, "inbound", message)

    def delete(
        self, account: SimulatedAccount, remote: Address, local: Address, message_id: str | None
    ) -> Notices:
        """Delete a message or a thread; one event for each message that is gone."""
        gone = account.messages.delete(remote, local, message_id)
        return tuple(note for m in gone for note in self._tell(account, local, "deleted", m))

    def report(self, account: SimulatedAccount, message_id: str, status: Status) -> Notices:
        """A text came further, or did not; whoever asked for receipts is told."""
        message = account.messages.by_id(message_id)
        message.status = status
        return tuple(
            self._notification(account, subscription, "report", message)
            for subscription in account.receipts.all()
        )

    def cancel_subscriptions(self, account: SimulatedAccount, number: Address) -> Notices:
        """Take a number's subscriptions away; their channels are told."""
        gone = account.inbound.of_number(number)
        notices = tuple(self._notification(account, s, "cancelled", None) for s in gone)
        for subscription in gone:
            account.inbound.remove(subscription.subscription_id)
        return notices

    def unassign(self, account: SimulatedAccount, number: Address) -> Notices:
        """Take a number away from its account, and so its subscriptions."""
        account.own_number(number)
        notices = self.cancel_subscriptions(account, number)
        account.numbers.remove(number)
        return notices

    def make_message(
        self, direction: Direction, local: Address, remote: Address, text: str, at_ms: int
    ) -> StoredMessage:
        """A message with an id in Kandy's form, not stored yet."""
        self._count += 1
        way = "10" if direction is Direction.OUTBOUND else "00"
        unique = f"{self._make_id()[:8]}{self._count:x}"
        message_id = f"SM1-{at_ms // 1000}-1020821-{way}-{unique}"
        return StoredMessage(
            message_id, direction, local, remote, text, at_ms, Status.NETWORK, self._count
        )

    def _check_client(self, client_id: str) -> None:
        if all(a.credentials.client_id != client_id for a in self._accounts.values()):
            raise sign_in_refused("invalid_client", "Invalid client")

    def _tell(
        self, account: SimulatedAccount, local: Address, kind: str, message: StoredMessage
    ) -> Notices:
        return tuple(
            self._notification(account, subscription, kind, message)
            for subscription in account.inbound.of_number(local)
        )

    def _notification(
        self,
        account: SimulatedAccount,
        subscription: Subscription,
        kind: str,
        message: StoredMessage | None,
    ) -> Notification:
        notification_id = self._make_id()
        body = self._body(account, subscription, kind, message, notification_id)
        return Notification(
            account.user_id,
            subscription.channel_id,
            notification_id,
            kind,
            body,
            message.message_id if message else "",
        )

    def _body(
        self,
        account: SimulatedAccount,
        subscription: Subscription,
        kind: str,
        message: StoredMessage | None,
        notification_id: str,
    ) -> Body:
        now_ms = self._now_ms()
        if message is None:
            return notifications.cancelled(account.user_id, subscription, notification_id, now_ms)
        if kind == "inbound":
            return notifications.inbound(
                message, notification_id, now_ms, misspelt=self.misspells_senders
            )
        if kind == "outbound":
            return notifications.outbound_sync(message, notification_id, now_ms)
        if kind == "report":
            return notifications.delivery_report(message, notification_id, now_ms)
        return notifications.deleted(account.user_id, message, notification_id, now_ms)
