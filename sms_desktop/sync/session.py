"""One account at work: builds the use cases of an account, starts them, and ends them."""

from collections.abc import Callable
from dataclasses import dataclass

from sms_desktop.domain.account import Account
from sms_desktop.domain.address import Address
from sms_desktop.domain.clock import NowMs
from sms_desktop.domain.errors import SmsDesktopError
from sms_desktop.net.kandy import KandyClient
from sms_desktop.net.listener import WebhookListener
from sms_desktop.net.tunnels.choose import choose
from sms_desktop.store.database import Database
from sms_desktop.sync.attempt import Attempts
from sms_desktop.sync.backoff import Random, Sleep
from sms_desktop.sync.catch_up import CatchUp
from sms_desktop.sync.clocks import KandyClocks
from sms_desktop.sync.events import Publish, SubscriptionWasCancelled, TroubleArose
from sms_desktop.sync.facts import AccountFacts
from sms_desktop.sync.intake import Intake
from sms_desktop.sync.look import Look
from sms_desktop.sync.outbox_pump import OutboxPump
from sms_desktop.sync.receiving import ReceivingNumbers
from sms_desktop.sync.reception import Reception
from sms_desktop.sync.settlement import Settlement
from sms_desktop.sync.subscriptions import Subscriptions
from sms_desktop.sync.tasks import TaskGroup, TaskOwner
from sms_desktop.sync.ways_in import WEBSOCKET, WayIn, WebhookWay, WebsocketWay


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What every session shares: store, tasks, listener, time, chance, and where facts go.

    ``correlator`` names this installation to Kandy; ``on_facts`` is called when a session learnt
    something about the connection.
    """

    store: Database
    tasks: TaskOwner
    listener: WebhookListener
    publish: Publish
    now_ms: NowMs
    clocks: KandyClocks
    sleep: Sleep
    random: Random
    correlator: str
    on_facts: Callable[[], None]


class Session:
    """One signed-in account: ``pump``, ``settlement`` and ``reception`` are its use cases."""

    def __init__(self, account: Account, client: KandyClient, around: Surroundings) -> None:
        self.account = account
        self.facts = AccountFacts()
        self._client = client
        self._around = around
        self._sends = TaskGroup(around.tasks)
        self._receives = TaskGroup(around.tasks)
        account_id, store, publish = account.account_id, around.store, around.publish
        self._intake = Intake(account_id, store, publish, around.now_ms, self)
        self._catch_up = CatchUp(account_id, client, store, publish, now_ms=self._kandy_ms)
        self._subscriptions = Subscriptions(
            account_id, client, store, correlator=around.correlator, now_ms=around.now_ms
        )
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
        self.pump = self._make_pump()
        self.reception = self._make_reception()

    def start(self, *, send: bool, receive: bool) -> None:
        """Send what waits; with ``receive``, also open the way in and stay subscribed."""
        if send:
            self.pump.wake()
            self._sends.spawn(self._watch_unconfirmed(), "unconfirmed")
        if receive:
            self._receives.spawn(self.reception.run(), "reception", service=True)

    async def take_leave(self) -> None:
        """Remove what is ours at Kandy, as far as it can be reached: the account is removed here."""
        await self._receives.close()
        try:
            await self._subscriptions.remove_all()
        except SmsDesktopError as error:
            self._around.publish(TroubleArose(error.text()))

    async def close(self) -> None:
        """Stop; what is being sent is unconfirmed then. Closes the connections to Kandy."""
        await self._receives.close()
        await self._sends.close()
        await self._client.aclose()

    # What the notifications say about the connection itself

    def arrived(self) -> None:
        """A text came in."""
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
            around.store,
            attempts,
            self._sends,
            around.publish,
            now_ms=around.now_ms,
            sleep=around.sleep,
            on_offline=self._look_soon,
        )

    def _make_reception(self) -> Reception:
        around = self._around
        receiving = ReceivingNumbers(self.facts.numbers, around.now_ms)
        look = Look(
            self.account.account_id,
            self._client,
            around.store,
            self._subscriptions,
            self._catch_up,
            self.facts,
            receiving,
            around.clocks,
            now_ms=around.now_ms,
            on_facts=around.on_facts,
        )
        return Reception(
            self._make_way,
            look,
            self.facts,
            receiving,
            sleep=around.sleep,
            random=around.random,
            on_facts=around.on_facts,
            on_online=self.pump.online,
        )

    def _make_way(self) -> WayIn:
        account, around = self.account, self._around
        if account.tunnel == WEBSOCKET:
            return WebsocketWay(
                account.account_id,
                self._client,
                around.store,
                self._intake.take,
                around.now_ms,
                around.sleep,
                around.random,
            )
        return WebhookWay(
            account.account_id,
            self._client,
            around.store,
            around.listener,
            choose(account.tunnel, account.base_url),
            self._intake.take,
            around.now_ms,
        )
