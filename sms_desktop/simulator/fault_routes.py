"""Control routes that make things go wrong, or different: faults, network, clock, tokens, settings."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from aiohttp import web

from sms_desktop.domain.address import canonical
from sms_desktop.simulator.carrier import Carrier
from sms_desktop.simulator.clock import MovableClock
from sms_desktop.simulator.faults import Faults
from sms_desktop.simulator.kandy import Kandy
from sms_desktop.simulator.lifetimes import Lifetimes
from sms_desktop.simulator.messages import Status
from sms_desktop.simulator.network import Outage
from sms_desktop.simulator.notification_delivery import NotificationDelivery
from sms_desktop.simulator.reading import (
    Fields,
    json_body,
    number_of,
    optional_bool,
    optional_text,
    part,
    text_of,
)
from sms_desktop.simulator.refusals import invalid_input
from sms_desktop.simulator.routes_channels import ChannelRoutes
from sms_desktop.simulator.routes_messages import MessageRoutes
from sms_desktop.simulator.routes_websocket import WebsocketRoutes
from sms_desktop.simulator.tokens import TokenOffice

SwitchNetwork = Callable[[Outage | None, web.Request], Awaitable[None]]
_AUTHORIZATION = {
    "sent": (True, True),
    "withheld": (True, False),
    "absent": (False, False),
    "refused": (False, False),
}


@dataclass(frozen=True, slots=True)
class Adjustable:
    """The parts of the simulator that the knobs turn."""

    kandy: Kandy
    carrier: Carrier
    courier: NotificationDelivery
    faults: Faults
    clock: MovableClock
    tokens: TokenOffice
    lifetimes: Lifetimes
    messages: MessageRoutes
    channels: ChannelRoutes
    websockets: WebsocketRoutes


class KnobRoutes:
    """``/simulator/{faults,network,clock,tokens,script,settings}``."""

    def __init__(self, parts: Adjustable, switch_network: SwitchNetwork) -> None:
        self._parts = parts
        self._switch_network = switch_network

    def routes(self) -> list[web.RouteDef]:
        """The routes to add to an application."""
        return [
            web.get("/simulator/faults", self.standing_faults),
            web.post("/simulator/faults", self.order_fault),
            web.delete("/simulator/faults", self.clear_faults),
            web.post("/simulator/faults/release", self.release),
            web.post("/simulator/network", self.network),
            web.post("/simulator/clock", self.move_clock),
            web.post("/simulator/tokens", self.tokens),
            web.post("/simulator/script", self.script),
            web.post("/simulator/settings", self.settings),
        ]

    async def standing_faults(self, _request: web.Request) -> web.Response:
        """The orders that have not been used up."""
        return web.json_response(self._parts.faults.standing())

    async def order_fault(self, request: web.Request) -> web.Response:
        """Order one fault; the fields are those of ``faults.Fault``."""
        self._parts.faults.order(await json_body(request))
        return web.json_response(self._parts.faults.standing())

    async def clear_faults(self, _request: web.Request) -> web.Response:
        """No more faults; what is held goes on."""
        self._parts.faults.clear()
        return web.json_response([])

    async def release(self, _request: web.Request) -> web.Response:
        """What is held goes on."""
        self._parts.faults.release()
        return web.json_response({})

    async def network(self, request: web.Request) -> web.Response:
        """``{"up": false, "how": "refuse"|"cut"}`` takes the network down."""
        wanted = await json_body(request)
        how = optional_text(wanted, "how") or Outage.REFUSE.value
        if how not in set(Outage):
            raise invalid_input("how")
        outage = None if optional_bool(wanted, "up", True) else Outage(how)
        await self._switch_network(outage, request)
        return web.json_response({"up": outage is None})

    async def move_clock(self, request: web.Request) -> web.Response:
        """``{"advance_s": …}`` moves Kandy's time; what has run out by then is ended."""
        advance_s = number_of(await json_body(request), "advance_s")
        self._parts.clock.advance(int(advance_s * 1000))
        await self._parts.lifetimes.end_expired()
        return web.json_response({"now_ms": self._parts.clock.now_ms()})

    async def tokens(self, request: web.Request) -> web.Response:
        """``{"lifetime_s": …}`` for tokens from now on; ``{"revoke": true}`` for those until now."""
        wanted = await json_body(request)
        tokens = self._parts.tokens
        tokens.lifetime_s = int(number_of(wanted, "lifetime_s", tokens.lifetime_s))
        if optional_bool(wanted, "revoke", False):
            tokens.revoke_all()
        return web.json_response({"lifetime_s": tokens.lifetime_s})

    async def script(self, request: web.Request) -> web.Response:
        """How the far end behaves; the fields are those of ``carrier.Script``."""
        wanted = await json_body(request)
        script = self._parts.carrier.script
        if "delivery" in wanted:
            script.delivery = _status(wanted["delivery"])
        script.replies = optional_bool(wanted, "replies", script.replies)
        script.delivery_s = _between(wanted, "delivery_s", script.delivery_s)
        script.reply_s = _between(wanted, "reply_s", script.reply_s)
        if "unreachable" in wanted:
            script.unreachable = {canonical(raw) for raw in _texts(wanted, "unreachable")}
        return web.json_response({})

    async def settings(self, request: web.Request) -> web.Response:
        """What nobody is sure of, and limits; a field that is missing stays as it is."""
        wanted = await json_body(request)
        self._turn_quirks(wanted)
        self._turn_channels(wanted)
        return web.json_response({})

    def _turn_quirks(self, wanted: Fields) -> None:
        parts = self._parts
        parts.messages.history_in_seconds = optional_bool(
            wanted, "history_in_seconds", parts.messages.history_in_seconds
        )
        parts.kandy.misspells_senders = optional_bool(
            wanted, "misspelt_sender", parts.kandy.misspells_senders
        )
        parts.tokens.lists_numbers = optional_bool(
            wanted, "lists_numbers", parts.tokens.lists_numbers
        )
        if "message_cap" in wanted:
            cap = wanted["message_cap"]
            limit = None if cap is None else int(number_of(wanted, "message_cap"))
            for account in parts.kandy.accounts():
                account.messages.set_cap(limit)

    def _turn_channels(self, wanted: Fields) -> None:
        parts = self._parts
        if "authorization" in wanted:
            mode = text_of(wanted, "authorization")
            if mode not in _AUTHORIZATION:
                raise invalid_input("authorization")
            given, sent = _AUTHORIZATION[mode]
            parts.channels.gives_authorization, parts.courier.sends_authorization = given, sent
            parts.channels.knows_authorization = mode != "refused"
        parts.courier.lanes = max(1, int(number_of(wanted, "lanes", parts.courier.lanes)))
        sockets = parts.websockets
        sockets.interval_s = number_of(wanted, "connection_check_s", sockets.interval_s)
        sockets.acknowledges = optional_bool(wanted, "acknowledges", sockets.acknowledges)


def _status(value: object) -> Status | None:
    if value is None:
        return None
    if not isinstance(value, str) or value not in set(Status):
        raise invalid_input("delivery")
    return Status(value)


def _between(wanted: Fields, name: str, default: tuple[float, float]) -> tuple[float, float]:
    value = wanted.get(name, list(default))
    if not isinstance(value, list) or len(value) != 2:
        raise invalid_input(name)
    shortest, longest = (number_of(part({"s": one}), "s") for one in value)
    return shortest, longest


def _texts(wanted: Fields, name: str) -> list[str]:
    value = wanted[name]
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise invalid_input(name)
    return value
