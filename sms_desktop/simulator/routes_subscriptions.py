"""Routes for subscriptions to inbound texts and to delivery receipts."""

from aiohttp import web

from sms_desktop.simulator import bodies
from sms_desktop.simulator.accounts import SimulatedAccount
from sms_desktop.simulator.middleware import account_of
from sms_desktop.simulator.paths import SMS
from sms_desktop.simulator.reading import Fields, json_body, optional_text, part, text_of
from sms_desktop.simulator.refusals import Refusal, invalid_input

_INBOUND = SMS + "/{user_id}/inbound/subscriptions"
_RECEIPTS = SMS + "/{user_id}/outbound/{sender}/subscriptions"


class SubscriptionRoutes:
    """``…/inbound/subscriptions`` and ``…/outbound/{user_id}/subscriptions``."""

    def routes(self) -> list[web.RouteDef]:
        """The routes to add to the application."""
        return [
            web.get(_INBOUND, self.list_all, name="subscriptions"),
            web.post(_INBOUND, self.subscribe, name="subscribe"),
            web.get(_INBOUND + "/{id}", self.one, name="subscription"),
            web.delete(_INBOUND + "/{id}", self.unsubscribe, name="unsubscribe"),
            web.post(_RECEIPTS, self.subscribe_receipts, name="subscribe-receipts"),
            web.delete(_RECEIPTS + "/{id}", self.unsubscribe_receipts, name="unsubscribe-receipts"),
        ]

    async def list_all(self, request: web.Request) -> web.Response:
        """Every inbound subscription."""
        account = account_of(request)
        return web.json_response(bodies.subscription_list(account.user_id, account.inbound.all()))

    async def one(self, request: web.Request) -> web.Response:
        """One inbound subscription."""
        account = account_of(request)
        found = account.inbound.find(request.match_info["id"])
        return web.json_response({"subscription": bodies.subscription(account.user_id, found)})

    async def subscribe(self, request: web.Request) -> web.Response:
        """Subscribe one number, the default one where none is named; 403 for foreign numbers."""
        account = account_of(request)
        wanted = part((await json_body(request)).get("subscription"), "subscription")
        named = optional_text(wanted, "destinationAddress")
        number = account.own_number(named) if named else account.default_number()
        channel_id = _channel_of(account, wanted)
        made = account.inbound.add(channel_id, number, optional_text(wanted, "clientCorrelator"))
        answer = {"subscription": bodies.subscription(account.user_id, made)}
        return web.json_response(answer, status=201)

    async def unsubscribe(self, request: web.Request) -> web.Response:
        """End one inbound subscription."""
        account_of(request).inbound.remove(request.match_info["id"])
        return web.Response(status=204)

    async def subscribe_receipts(self, request: web.Request) -> web.Response:
        """Ask for delivery reports of every text of the account."""
        account = account_of(request)
        body = await json_body(request)
        wanted = part(body.get("deliveryReceiptSubscription"), "deliveryReceiptSubscription")
        correlator = optional_text(wanted, "clientCorrelator")
        made = account.receipts.add(_channel_of(account, wanted), None, correlator)
        return web.json_response(bodies.receipts_subscription(account.user_id, made), status=201)

    async def unsubscribe_receipts(self, request: web.Request) -> web.Response:
        """No more delivery reports."""
        account_of(request).receipts.remove(request.match_info["id"])
        return web.Response(status=204)


def _channel_of(account: SimulatedAccount, wanted: Fields) -> str:
    reference = part(wanted.get("callbackReference"), "callbackReference")
    channel_id = text_of(reference, "notifyURL")
    try:
        return account.channels.find(channel_id).channel_id
    except Refusal:
        raise invalid_input("notifyURL") from None
