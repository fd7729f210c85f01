"""The mobile network: brings texts to phones and back, reports, and lets scripted people answer."""

import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from sms_desktop.domain.address import Address
from sms_desktop.simulator.accounts import SimulatedAccount
from sms_desktop.simulator.background_tasks import BackgroundTasks
from sms_desktop.simulator.handsets import Handsets
from sms_desktop.simulator.journal import AcceptedText, Journal
from sms_desktop.simulator.kandy import Kandy, Notices
from sms_desktop.simulator.messages import Status, StoredMessage
from sms_desktop.simulator.notification_delivery import NotificationDelivery
from sms_desktop.simulator.people import People
from sms_desktop.simulator.refusals import forbidden

Seconds = tuple[float, float]


@dataclass(slots=True)
class Script:
    """How the far end behaves.

    ``delivery``: what is reported of each text (``None``: nothing ever). ``delivery_s`` and
    ``reply_s``: shortest and longest wait. ``unreachable``: numbers that no text can be brought to.
    """

    delivery: Status | None = None
    delivery_s: Seconds = (0.0, 0.0)
    replies: bool = True
    reply_s: Seconds = (0.0, 0.0)
    unreachable: set[Address] = field(default_factory=set)


class Carrier:
    """Everything between the simulated Kandy and the phones."""

    def __init__(
        self,
        kandy: Kandy,
        courier: NotificationDelivery,
        journal: Journal,
        handsets: Handsets,
        people: People,
        errands: BackgroundTasks,
        sleep: Callable[[float], Awaitable[None]],
        rng: random.Random,
    ) -> None:
        self._kandy = kandy
        self._courier = courier
        self._journal = journal
        self._handsets = handsets
        self._people = people
        self._errands = errands
        self._sleep = sleep
        self._rng = rng
        self.script = Script()

    def send(
        self, account: SimulatedAccount, local: Address, remote: Address, text: str
    ) -> tuple[StoredMessage, Notices]:
        """Kandy accepts a text; call ``carry`` once its answer has left."""
        message, notices = self._kandy.send(account, local, remote, text)
        self._journal.accepted(
            AcceptedText(message.message_id, local, remote, text, message.at_ms, account.user_id)
        )
        return message, notices

    def carry(self, account: SimulatedAccount, message: StoredMessage) -> None:
        """Bring an accepted text to its phone."""
        self._errands.run(self._carry(account, message), "text to a phone")

    def send_from_elsewhere(self, local: Address, remote: Address, text: str) -> StoredMessage:
        """The owner of a number sends from another device; raises ``Refusal`` (403) without one."""
        account = self._kandy.owner_of(local)
        if account is None:
            raise forbidden("senderAddress")
        message, notices = self.send(account, local, remote, text)
        self._courier.post(notices)
        self.carry(account, message)
        return message

    def write(self, person: Address, own: Address, text: str) -> StoredMessage:
        """Somebody texts an own number; raises ``Refusal`` (404) where the number is nobody's."""
        message, notices = self._kandy.receive(own, person, text)
        self._handsets.add(person, own, text, mine=True, at_ms=message.at_ms)
        self._courier.post(notices)
        return message

    def report(self, account: SimulatedAccount, message_id: str, status: Status) -> None:
        """Report how far a text has come; raises ``Refusal`` (404) for an unknown one."""
        self._courier.post(self._kandy.report(account, message_id, status))
        self._journal.changes.note()

    async def _carry(self, account: SimulatedAccount, message: StoredMessage) -> None:
        await self._wait(self.script.delivery_s)
        if message.remote in self.script.unreachable:
            self._report_if_kept(account, message, Status.IMPOSSIBLE)
            return
        self._hand_over(message)
        if self.script.delivery is not None:
            self._report_if_kept(account, message, self.script.delivery)
        if self.script.replies and self._kandy.owner_of(message.local) is account:
            await self._reply(message)

    def _hand_over(self, message: StoredMessage) -> None:
        remote, local, text = message.remote, message.local, message.text
        if self._kandy.owner_of(remote) is not None:
            _, notices = self._kandy.receive(remote, local, text)
            self._courier.post(notices)
        else:
            self._handsets.add(remote, local, text, mine=False, at_ms=message.at_ms)

    async def _reply(self, message: StoredMessage) -> None:
        answer = self._people.answer(message.remote, message.text)
        if answer is not None:
            await self._wait(self.script.reply_s)
            self.write(message.remote, message.local, answer)

    def _report_if_kept(
        self, account: SimulatedAccount, message: StoredMessage, status: Status
    ) -> None:
        # Nothing is reported of a text that was deleted, or fell out of the box, meanwhile.
        if message.message_id in account.messages:
            self.report(account, message.message_id, status)

    async def _wait(self, between_s: Seconds) -> None:
        if between_s[1] > 0:
            await self._sleep(self._rng.uniform(*between_s))
