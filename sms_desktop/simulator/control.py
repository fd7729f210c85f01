"""Control routes to look and to act: counters, numbers, subscriptions, reports, accounts."""

from collections.abc import Callable, Sequence
from dataclasses import asdict

from aiohttp import web

from sms_desktop.domain.address import Address, canonical
from sms_desktop.simulator.accounts import SimulatedAccount
from sms_desktop.simulator.carrier import Carrier
from sms_desktop.simulator.journal import Journal
from sms_desktop.simulator.kandy import Kandy
from sms_desktop.simulator.labels import NumberLabel
from sms_desktop.simulator.messages import Status
from sms_desktop.simulator.notification_delivery import NotificationDelivery
from sms_desktop.simulator.polling import address_in, long_poll
from sms_desktop.simulator.reading import Fields, json_body, text_of
from sms_desktop.simulator.refusals import forbidden, invalid_input


class ControlRoutes:
    """``/simulator/…`` apart from the knobs."""

    def __init__(
        self,
        kandy: Kandy,
        carrier: Carrier,
        courier: NotificationDelivery,
        journal: Journal,
        labels: Sequence[NumberLabel],
        sign_in_of: Callable[[SimulatedAccount], dict[str, object]],
        open_account: Callable[[Sequence[Address]], SimulatedAccount],
    ) -> None:
        self._kandy = kandy
        self._carrier = carrier
        self._courier = courier
        self._journal = journal
        self._labels = {label.number: label for label in labels}
        self._sign_in_of = sign_in_of
        self._open_account = open_account

    def routes(self) -> list[web.RouteDef]:
        """The routes to add to an application."""
        return [
            web.get("/simulator/numbers", self.numbers),
            web.post("/simulator/report", self.report),
            web.get("/simulator/counters", self.counters),
            web.delete("/simulator/counters", self.clear_counters),
            web.get("/simulator/changes", self.changes),
            web.get("/simulator/subscriptions", self.subscriptions),
            web.post("/simulator/subscriptions/cancel", self.cancel),
            web.post("/simulator/numbers/assign", self.assign),
            web.post("/simulator/numbers/unassign", self.unassign),
            web.get("/simulator/accounts", self.all_accounts),
            web.post("/simulator/accounts", self.accounts),
        ]

    async def numbers(self, _request: web.Request) -> web.Response:
        """The own numbers of every account, with what the demo calls them."""
        return web.json_response(
            [
                self._number(account, number)
                for account in self._kandy.accounts()
                for number in account.numbers
            ]
        )

    async def report(self, request: web.Request) -> web.Response:
        """``{message_id, status}``: a delivery report."""
        wanted = await json_body(request)
        message_id, status = text_of(wanted, "message_id"), text_of(wanted, "status")
        if status not in set(Status):
            raise invalid_input("status")
        for account in self._kandy.accounts():
            if message_id in account.messages:
                self._carrier.report(account, message_id, Status(status))
                return web.json_response({})
        raise invalid_input("message_id")

    async def counters(self, _request: web.Request) -> web.Response:
        """What the server saw and did."""
        return web.json_response(self._journal.snapshot())

    async def clear_counters(self, _request: web.Request) -> web.Response:
        """Start counting again."""
        self._journal.clear()
        return web.json_response({})

    async def changes(self, request: web.Request) -> web.Response:
        """Long poll: answers once something newer than ``?since=…`` is counted."""
        return await long_poll(self._journal.changes, request)

    async def subscriptions(self, _request: web.Request) -> web.Response:
        """Every subscription that exists; ``number`` is null for those to receipts."""
        return web.json_response(
            [
                asdict(one)
                for account in self._kandy.accounts()
                for one in (*account.inbound.all(), *account.receipts.all())
            ]
        )

    async def cancel(self, request: web.Request) -> web.Response:
        """``{number}``: Kandy cancels a number's subscriptions and says so."""
        number = address_in(await json_body(request), "number")
        self._courier.post(self._kandy.cancel_subscriptions(self._owner(number), number))
        return web.json_response({})

    async def assign(self, request: web.Request) -> web.Response:
        """``{number, default?}``: one more number for the first account."""
        wanted = await json_body(request)
        number = address_in(wanted, "number")
        numbers = self._kandy.accounts()[0].numbers
        if number not in numbers:
            numbers.insert(0 if wanted.get("default") is True else len(numbers), number)
        return web.json_response({})

    async def unassign(self, request: web.Request) -> web.Response:
        """``{number}``: the number is the account's no more; its subscriptions are cancelled."""
        number = address_in(await json_body(request), "number")
        self._courier.post(self._kandy.unassign(self._owner(number), number))
        return web.json_response({})

    async def all_accounts(self, _request: web.Request) -> web.Response:
        """How to sign in to each account, oldest first."""
        return web.json_response([self._sign_in_of(one) for one in self._kandy.accounts()])

    async def accounts(self, request: web.Request) -> web.Response:
        """``{numbers}``: one more account; answers how to sign in to it."""
        numbers = (await json_body(request)).get("numbers")
        if not isinstance(numbers, list) or not all(isinstance(n, str) for n in numbers):
            raise invalid_input("numbers")
        account = self._open_account([canonical(n) for n in numbers])
        return web.json_response(self._sign_in_of(account))

    def _owner(self, number: Address) -> SimulatedAccount:
        account = self._kandy.owner_of(number)
        if account is None:
            raise forbidden("number")
        return account

    def _number(self, account: SimulatedAccount, number: Address) -> Fields:
        label = self._labels.get(number, NumberLabel(number, "", ""))
        return {**asdict(label), "default": number == account.numbers[0]}
