"""One account at work: builds the use cases of an account, starts them, and ends them."""

from collections.abc import Callable
from dataclasses import dataclass

from sms_desktop.domain.account import Account
from sms_desktop.domain.address import Address
from sms_desktop.domain.clock import NowMs
from sms_desktop.domain.contact_card import MOST_CARDS, Card
from sms_desktop.domain.errors import SmsDesktopError
from sms_desktop.domain.facts import AccountFacts
from sms_desktop.domain.message import OutboxItem
from sms_desktop.net.kandy import KandyClient
from sms_desktop.net.listener import WebhookListener
from sms_desktop.store.database import Database
from sms_desktop.store.reading import StoreReader
from sms_desktop.sync.events import Publish, SubscriptionWasCancelled, TroubleArose
from sms_desktop.sync.receiving.account_check import Look
from sms_desktop.sync.receiving.catch_up import CatchUp
from sms_desktop.sync.receiving.intake import Intake
from sms_desktop.sync.receiving.number_states import ReceivingNumbers
from sms_desktop.sync.receiving.our_channels import OurChannels
from sms_desktop.sync.receiving.receipts import Receipts
from sms_desktop.sync.receiving.reception import Reception
from sms_desktop.sync.receiving.subscriptions import Subscriptions
from sms_desktop.sync.running.backoff import Random, Sleep
from sms_desktop.sync.running.tasks import TaskGroup, TaskOwner
from sms_desktop.sync.sending.attempt import Attempts
from sms_desktop.sync.sending.outbox_pump import OutboxPump
from sms_desktop.sync.sending.settlement import Settlement
from sms_desktop.sync.sessions.clocks import KandyClocks
from sms_desktop.sync.threads.kandy_deletion import KandyDeletion
from sms_desktop.sync.ways.kandy_watch import KandyWatch
from sms_desktop.sync.ways.probes import Probes
from sms_desktop.sync.ways.reconnecting_way import ReconnectingWay
from sms_desktop.sync.ways.shared_tunnels import SharedTunnels
from sms_desktop.sync.ways.way_in import WEBSOCKET, WayIn
from sms_desktop.sync.ways.ways_in import WaysIn
from sms_desktop.sync.ways.webhook_way import WebhookWay
from sms_desktop.sync.ways.websocket_way import WebsocketWay


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What every session shares: store, tasks, listener, tunnels, their probes, time, chance, facts.

    ``correlator`` names this installation to Kandy; ``on_facts`` is called when a session learnt
    something about the connection, ``on_wait`` with a message that must wait and holds up others.
    """

    store: Database
    reader: StoreReader
    tasks: TaskOwner
    listener: WebhookListener
    tunnels: SharedTunnels
    probes: Probes
    publish: Publish
    now_ms: NowMs
    clocks: KandyClocks
    sleep: Sleep
    random: Random
    correlator: str
    on_facts: Callable[[], None]
    on_wait: Callable[[OutboxItem], None]


class Session:
    """One signed-in account: ``pump``, ``settlement``, ``deletion``, ``reception`` are its use cases."""

    def __init__(self, account: Account, client: KandyClient, around: Surroundings) -> None:
        self.account = account
        self.facts = AccountFacts(account.account_id)
        if account.tunnel != WEBSOCKET:
            self.facts.tunnel = around.probes.fact(account.tunnel)
        self._client = client
        self._around = around
        self._sends = TaskGroup(around.tasks)
        self._receives = TaskGroup(around.tasks)
        account_id, store, publish = account.account_id, around.store, around.publish
        self._intake = Intake(account_id, store, publish, self._kandy_ms, self)
        self._catch_up = CatchUp(
            account_id, client, store, publish, now_ms=self._kandy_ms, on_inbound=self._found
        )
        correlator, now_ms = around.correlator, around.now_ms
        self._our_channels = OurChannels(
            account_id, client, store, correlator=correlator, now_ms=now_ms
        )
        self._subscriptions = Subscriptions(
            account_id,
            client,
            store,
            self._our_channels,
            correlator=correlator,
            now_ms=now_ms,
        )
        self._receipts = Receipts(account_id, client, store, around.now_ms)
        self.settlement = Settlement(
            account_id,
            store,
            self._catch_up,
            self._sends,
            publish,
            now_ms=self._kandy_ms,
            sleep=around.sleep,
            random=around.random,
        )
        self.deletion = KandyDeletion(
            account_id, client, store, publish, sleep=around.sleep, random=around.random
        )
        self.pump = self._make_pump()
        self.reception = self._make_reception()

    def start(self, *, send: bool, receive: bool) -> None:
        """Send what waits; with ``receive``, also open the way in and stay subscribed."""
        if send:
            self.pump.wake()
            self._sends.spawn(self._watch_unconfirmed(), "unconfirmed")
            self._sends.spawn(self.deletion.run(), "deletion at Kandy", service=True)
        if receive:
            self._receives.spawn(self.reception.run(), "reception", service=True)
            self._receives.spawn(self._make_kandy_watch().run(), "kandy watch", service=True)

    async def take_leave(self) -> None:
        """Remove what is ours at Kandy, as far as it can be reached: the account is removed here."""
        await self._receives.close()
        try:
            await self._subscriptions.remove_all()
            await self._receipts.drop_but(None)
            await self._our_channels.drop_all()
        except SmsDesktopError as error:
            self._around.publish(TroubleArose(error.text()))

    async def address_book(self) -> tuple[Card, ...]:
        """Everybody in the account's address book at Kandy; raises ``SmsDesktopError``."""
        found = [card async for card in self._client.contacts()]
        return tuple(found[:MOST_CARDS])

    async def close(self) -> None:
        """Stop; what is being sent is unconfirmed then. Closes the connections to Kandy."""
        await self._receives.close()
        await self._sends.close()
        await self._client.aclose()

    # What the notifications say about the connection itself

    def arrived(self) -> None:
        """A text came in."""
        self.facts.last_inbound_at_ms = self._around.now_ms()
        self.facts.last_notified_at_ms = self.facts.last_inbound_at_ms
        self._around.on_facts()

    def _heard_at(self, url: str) -> None:
        """Kandy came in by our address: as good as a call of our own."""
        tunnel = self.facts.tunnel
        if tunnel is not None and tunnel.url == url:
            tunnel.heard_at_ms = self._around.now_ms()
            if tunnel.is_blind and not tunnel.is_heard:
                tunnel.is_heard = True
                self._around.on_facts()

    def _found(self) -> None:
        """Texts came in that only history had: the way in has nothing to do with it."""
        self.facts.last_inbound_at_ms = self._around.now_ms()
        self._around.on_facts()

    def was_not_kept(self) -> None:
        """Only history has it now."""
        self._look_soon()

    def cancelled(self, number: Address | None) -> None:
        """Kandy ended a subscription; of one that we did not write down, Kandy's list knows more."""
        if number is None:
            self._look_soon()
        elif self.reception.subscription_cancelled(number):
            self._around.publish(SubscriptionWasCancelled(self.account.account_id, number))

    def _look_soon(self) -> None:
        self.reception.look_soon()

    def _kandy_ms(self) -> int:
        # Whoever signed in, a send before the first look too: a wrong date of a message that gets no
        # answer would hide it from its own history.
        self._around.clocks.set(self.account.account_id, self._client.clock_offset_ms)
        return self._around.clocks.now_ms(self.account.account_id)

    async def _watch_unconfirmed(self) -> None:
        try:
            await self.settlement.watch_all()
        except SmsDesktopError as error:
            self._around.publish(TroubleArose(error.text()))

    def _make_pump(self) -> OutboxPump:
        around = self._around
        attempts = Attempts(
            self.account.account_id,
            self._client,
            around.store,
            around.publish,
            now_ms=self._kandy_ms,
            sleep=around.sleep,
            random=around.random,
            on_unconfirmed=self.settlement.watch,
        )
        return OutboxPump(
            self.account.account_id,
            around.reader,
            attempts,
            self._sends,
            around.publish,
            now_ms=around.now_ms,
            sleep=around.sleep,
            on_offline=self._look_soon,
            on_wait=around.on_wait,
        )

    def _make_reception(self) -> Reception:
        around = self._around
        receiving = ReceivingNumbers(self.facts.numbers, around.now_ms)
        look = Look(
            self.account.account_id,
            self._client,
            around.store,
            self._our_channels,
            self._subscriptions,
            self._receipts,
            self._catch_up,
            self.facts,
            receiving,
            around.clocks,
            now_ms=around.now_ms,
            on_facts=around.on_facts,
        )
        return Reception(
            self._make_ways,
            look,
            self.facts,
            receiving,
            now_ms=around.now_ms,
            sleep=around.sleep,
            random=around.random,
            on_facts=around.on_facts,
            on_online=self.pump.online,
        )

    def _make_kandy_watch(self) -> KandyWatch:
        around = self._around
        return KandyWatch(
            self._client,
            self._catch_up.read_news,
            self.facts,
            now_ms=around.now_ms,
            sleep=around.sleep,
            on_facts=around.on_facts,
            on_trouble=self._look_soon,
        )

    def _make_ways(self, on_change: Callable[[], None]) -> WaysIn:
        ways: list[WaysIn] = []

        def changed() -> None:
            for one in ways:
                one.changed()

        if self.account.tunnel == WEBSOCKET:
            chosen, stand_in = self._kept(self._websocket_way, changed), None
        else:
            chosen = self._kept(self._webhook_way, changed)
            stand_in = self._kept(self._websocket_way, changed)
        ways.append(WaysIn(chosen, stand_in, sleep=self._around.sleep, on_change=on_change))
        return ways[0]

    def _kept(self, make: Callable[[], WayIn], on_change: Callable[[], None]) -> ReconnectingWay:
        around = self._around
        return ReconnectingWay(
            make,
            now_ms=around.now_ms,
            sleep=around.sleep,
            random=around.random,
            on_change=on_change,
        )

    def _webhook_way(self) -> WebhookWay:
        around = self._around
        tunnel = around.tunnels.share(self.account.tunnel, self.account.base_url)
        return WebhookWay(
            self._our_channels, around.listener, tunnel, self._intake.take, self._heard_at
        )

    def _websocket_way(self) -> WebsocketWay:
        return WebsocketWay(
            self._our_channels,
            self._client,
            self._intake.take,
            self._around.sleep,
            self._around.random,
        )
