"""Routes for notification channels."""

from collections.abc import Callable
from typing import Final

from aiohttp import web
from yarl import URL

from sms_desktop.simulator import bodies
from sms_desktop.simulator.accounts import SimulatedAccount
from sms_desktop.simulator.channels import Channel
from sms_desktop.simulator.lifetimes import Lifetimes
from sms_desktop.simulator.middleware import account_of
from sms_desktop.simulator.notification_delivery import NotificationDelivery
from sms_desktop.simulator.paths import CHANNELS
from sms_desktop.simulator.reading import Fields, json_body, number_of, optional_text, part, text_of
from sms_desktop.simulator.refusals import invalid_input

_ALL = CHANNELS + "/{user_id}/channels"
_ONE = _ALL + "/{id}"
DEFAULT_LIFETIME_S: Final = 3600


class ChannelRoutes:
    """``/cpaas/notificationchannel/v1/{user_id}/channels``.

    ``make_secret`` gives what ``x-authorization`` shall be where the client names nothing;
    ``gives_authorization`` says whether there is an ``x-authorization`` at all, and
    ``knows_authorization`` whether a request may name one.
    """

    def __init__(
        self, courier: NotificationDelivery, lifetimes: Lifetimes, make_secret: Callable[[], str]
    ) -> None:
        self._courier = courier
        self._lifetimes = lifetimes
        self._make_secret = make_secret
        self.gives_authorization = True
        self.knows_authorization = True

    def routes(self) -> list[web.RouteDef]:
        """The routes to add to the application."""
        renew = self.renew
        return [
            web.get(_ALL, self.list_all, name="channels"),
            web.post(_ALL, self.create, name="create-channel"),
            web.get(_ONE, self.one, name="channel"),
            web.delete(_ONE, self.delete, name="delete-channel"),
            web.put(_ONE + "/websocket/channelLifetime", renew, name="renew-channel"),
            web.put(_ONE + "/channelLifetime", renew),
        ]

    async def list_all(self, request: web.Request) -> web.Response:
        """Every channel that is alive."""
        account = account_of(request)
        return web.json_response(bodies.channel_list(account.user_id, account.channels.alive()))

    async def one(self, request: web.Request) -> web.Response:
        """One channel."""
        account = account_of(request)
        return _answer(account, account.channels.find(request.match_info["id"]), 200)

    async def create(self, request: web.Request) -> web.Response:
        """A webhook or a websocket channel."""
        account = account_of(request)
        wanted = part((await json_body(request)).get("notificationChannel"), "notificationChannel")
        kind = text_of(wanted, "channelType").lower()
        if kind == "webhooks":
            return _answer(account, self._webhook(account, wanted), 201)
        if kind == "websockets":
            return _answer(account, self._websocket(account, wanted), 201)
        raise invalid_input("channelType")

    async def renew(self, request: web.Request) -> web.Response:
        """A websocket channel's lifetime starts again."""
        wanted = (await json_body(request)).get("notificationChannelLifetime")
        lifetime_s = _lifetime_s(part(wanted, "notificationChannelLifetime"))
        account = account_of(request)
        channel = account.channels.renew(request.match_info["id"], lifetime_s)
        self._lifetimes.watch(channel)
        body = {"notificationChannelLifetime": {"channelLifetime": channel.lifetime_s}}
        return web.json_response(body)

    async def delete(self, request: web.Request) -> web.Response:
        """Delete a channel, with what is subscribed to it."""
        account = account_of(request)
        channel_id = request.match_info["id"]
        account.channels.remove(channel_id)
        account.drop_subscriptions_of(channel_id)
        await self._courier.hang_up([channel_id])
        return web.Response(status=204)

    def _webhook(self, account: SimulatedAccount, wanted: Fields) -> Channel:
        data = part(wanted.get("channelData"), "channelData")
        url = text_of(data, "x-webhookURL")
        if not _is_web_address(url):
            raise invalid_input("x-webhookURL")
        if "x-authorization" in data and not self.knows_authorization:
            raise invalid_input("x-authorization")
        authorization = optional_text(data, "x-authorization") or f"Bearer {self._make_secret()}"
        return account.channels.add_webhook(
            url,
            authorization if self.gives_authorization else None,
            optional_text(wanted, "clientCorrelator"),
        )

    def _websocket(self, account: SimulatedAccount, wanted: Fields) -> Channel:
        role = optional_text(wanted, "x-connCheckRole") or "client"
        if role not in {"client", "server"}:
            raise invalid_input("x-connCheckRole")
        correlator = optional_text(wanted, "clientCorrelator")
        channel = account.channels.add_websocket(_lifetime_s(wanted), role, correlator)
        self._lifetimes.watch(channel)
        return channel


def _is_web_address(text: str) -> bool:
    try:
        url = URL(text)
    except ValueError:
        return False
    return url.scheme in {"http", "https"} and bool(url.host)


def _answer(account: SimulatedAccount, channel: Channel, status: int) -> web.Response:
    body = {"notificationChannel": bodies.channel(account.user_id, channel)}
    return web.json_response(body, status=status)


def _lifetime_s(fields: Fields) -> int:
    lifetime_s = int(number_of(fields, "channelLifetime", DEFAULT_LIFETIME_S))
    if lifetime_s < 1:
        raise invalid_input("channelLifetime")
    return lifetime_s
