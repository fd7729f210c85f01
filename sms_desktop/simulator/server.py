"""The simulator put together: model, routes, courier and far end, listening on two ports.

The Kandy port goes away when the network is taken down; the control port stays.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from aiohttp import web

from sms_desktop.domain.address import Address
from sms_desktop.simulator.accounts import SimulatedAccount
from sms_desktop.simulator.background_tasks import BackgroundTasks
from sms_desktop.simulator.carrier import Carrier, Script
from sms_desktop.simulator.clock import MovableClock
from sms_desktop.simulator.control import ControlRoutes
from sms_desktop.simulator.demo_people import CAST
from sms_desktop.simulator.fault_routes import Adjustable, KnobRoutes
from sms_desktop.simulator.faults import Faults
from sms_desktop.simulator.handsets import Handsets
from sms_desktop.simulator.identities import Identities
from sms_desktop.simulator.journal import Journal
from sms_desktop.simulator.kandy import Kandy
from sms_desktop.simulator.lifetimes import Lifetimes
from sms_desktop.simulator.messages import Status
from sms_desktop.simulator.middleware import RequestGate, answer_refusals
from sms_desktop.simulator.network import Network, Outage
from sms_desktop.simulator.notification_delivery import NotificationDelivery
from sms_desktop.simulator.people import People
from sms_desktop.simulator.phone_routes import PhoneRoutes
from sms_desktop.simulator.ports import HOST, ListeningPort
from sms_desktop.simulator.routes_channels import ChannelRoutes
from sms_desktop.simulator.routes_contacts import ContactRoutes
from sms_desktop.simulator.routes_messages import MessageRoutes
from sms_desktop.simulator.routes_sign_in import SignInRoutes
from sms_desktop.simulator.routes_subscriptions import SubscriptionRoutes
from sms_desktop.simulator.routes_websocket import WebsocketRoutes
from sms_desktop.simulator.seed import DEMO_NUMBERS, plant
from sms_desktop.simulator.surroundings import Surroundings
from sms_desktop.simulator.tokens import TokenOffice

Routes = list[web.RouteDef]
_SHUTDOWN_S: Final = 0.2
_DEMO_SCRIPT: Final = (Status.TERMINAL, (0.4, 1.2), True, (2.0, 4.5))


class Simulator:
    """A simulated Kandy with everybody at the other end; ``start`` it, and ``close`` it.

    ``seed``: ``demo`` has a past and people who answer, ``empty`` has neither, and reports nothing
    of its own accord. The first of ``numbers`` is the account's default one. ``origin``: see
    ``Identities``.
    """

    def __init__(
        self, numbers: Sequence[Address], seed: str, around: Surroundings, origin: str = ""
    ) -> None:
        self._around = around
        self._identities = Identities(around, origin)
        self._errands = BackgroundTasks()
        self._network = Network()
        self._journal = Journal()
        self._clock = MovableClock(around.now_ms)
        self._kandy = Kandy(self._clock.now_ms, around.make_id)
        self._faults = Faults(around.rng, self._journal)
        self._tokens = TokenOffice(self._clock.now_ms, around.make_secret().encode())
        self._handsets = Handsets()
        self._people = People(CAST if seed == "demo" else (), around.rng)
        self._courier = NotificationDelivery(
            self._kandy, self._faults, self._journal, self._errands, self._network, around.sleep
        )
        self._carrier = Carrier(
            self._kandy,
            self._courier,
            self._journal,
            self._handsets,
            self._people,
            self._errands,
            around.sleep,
            around.rng,
        )
        self.account = self._open_account(numbers)
        if seed == "demo":
            plant(self._kandy, self.account, self._handsets, self._clock.now_ms())
            self._carrier.script = Script(*_DEMO_SCRIPT)
        self._kandy_port: ListeningPort | None = None
        self._control_port: ListeningPort | None = None

    async def start(self, port: int = 0) -> None:
        """Listen on 127.0.0.1; raises ``OSError`` where the port is taken."""
        kandy, control = self._routes()
        self._kandy_port = await self._listen([*kandy, *control], port)
        self._control_port = await self._listen(control, 0)

    def sign_in_of(self, account: SimulatedAccount) -> dict[str, object]:
        """What a client needs to sign in to an account; ``start`` comes first."""
        known = account.credentials
        return {
            "base_url": _url(self._kandy_port),
            "client_id": known.client_id,
            "client_secret": known.client_secret,
            "user_id": account.user_id,
            "numbers": list(account.numbers),
            "email": known.email,
            "password": known.password,
            "control_url": _url(self._control_port),
        }

    async def close(self) -> None:
        """End everything."""
        await self._errands.close()
        await self._courier.drop_connections()
        for port in (self._kandy_port, self._control_port):
            if port is not None:
                port.cut()
                await port.end()

    async def switch_network(self, outage: Outage | None, request: web.Request) -> None:
        """Take the network down or up; the asking request itself gets its answer."""
        self._network.outage = outage
        if self._kandy_port is None:
            return
        if outage is None:
            await self._kandy_port.open()
            return
        await self._courier.drop_connections()
        if outage is Outage.REFUSE:
            await self._kandy_port.close(spare=request)
        else:
            self._kandy_port.cut(spare=request)

    def _open_account(self, numbers: Sequence[Address]) -> SimulatedAccount:
        return self._kandy.open_account(*self._identities.make(), numbers)

    def _routes(self) -> tuple[Routes, Routes]:
        """Kandy's own routes, and the control routes."""
        around, courier = self._around, self._courier
        lifetimes = Lifetimes(self._kandy, courier, self._errands, self._clock.now_ms, around.sleep)
        messages = MessageRoutes(self._kandy, self._carrier, courier, self._faults)
        channels = ChannelRoutes(courier, lifetimes, around.make_secret)
        websockets = WebsocketRoutes(courier, self._errands, around.sleep)
        sign_in = SignInRoutes(self._kandy, self._tokens)
        subscriptions = SubscriptionRoutes()
        contacts = ContactRoutes(self._kandy)
        adjustable = Adjustable(
            self._kandy,
            self._carrier,
            courier,
            self._faults,
            self._clock,
            self._tokens,
            lifetimes,
            messages,
            channels,
            websockets,
        )
        knobs = KnobRoutes(adjustable, self.switch_network)
        kandy = (sign_in, messages, subscriptions, channels, websockets, contacts)
        control = (self._control(), self._phone(), knobs)
        return (
            [route for part in kandy for route in part.routes()],
            [
                *(route for part in control for route in part.routes()),
                *contacts.control_routes(),
            ],
        )

    def _control(self) -> ControlRoutes:
        return ControlRoutes(
            self._kandy,
            self._carrier,
            self._courier,
            self._journal,
            DEMO_NUMBERS,
            self.sign_in_of,
            self._open_account,
        )

    def _phone(self) -> PhoneRoutes:
        return PhoneRoutes(
            self._carrier, self._people, self._handsets, self._errands, self._around.sleep
        )

    async def _listen(self, routes: Iterable[web.RouteDef], number: int) -> ListeningPort:
        gate = RequestGate(
            self._kandy,
            self._tokens,
            self._faults,
            self._journal,
            self._network,
            self._clock.now_ms,
            self._around.sleep,
        )
        app = web.Application(middlewares=[gate.let_through, answer_refusals])
        app.add_routes(routes)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=_SHUTDOWN_S)
        await runner.setup()
        port = ListeningPort(runner, number)
        await port.open()
        return port


def _url(port: ListeningPort | None) -> str:
    return "" if port is None else f"http://{HOST}:{port.number}"
