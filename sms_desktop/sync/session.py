"""One account at work: builds the use cases of an account and starts them."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from sms_desktop.domain.account import Account
from sms_desktop.domain.address import Address
from sms_desktop.domain.clock import NowMs
from sms_desktop.net.kandy import KandyClient
from sms_desktop.net.listener import WebhookListener
from sms_desktop.net.tunnels.choose import choose
from sms_desktop.store.database import Database
from sms_desktop.sync.backoff import Random, Sleep
from sms_desktop.sync.catch_up import CatchUp
from sms_desktop.sync.events import Publish, SubscriptionWasCancelled
from sms_desktop.sync.facts import AccountFacts
from sms_desktop.sync.intake import Intake
from sms_desktop.sync.outbox_pump import OutboxPump
from sms_desktop.sync.reception import Reception
from sms_desktop.sync.settlement import Settlement
from sms_desktop.sync.subscriptions import Subscriptions
from sms_desktop.sync.tasks import TaskOwner
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
        self._intake = Intake(
            account.account_id,
            around.store,
            around.publish,
            around.now_ms,
            self._arrived,
            self._cancelled,
        )
        catch_up = CatchUp(
            account.account_id, client, around.store, around.publish, now_ms=around.now_ms
        )
        self.settlement = Settlement(
            account.account_id,
            around.store,
            catch_up,
            around.tasks,
            around.publish,
            now_ms=around.now_ms,
            sleep=around.sleep,
            own_numbers=lambda: tuple(self.facts.numbers),
        )
        self.pump = OutboxPump(
            account.account_id,
            client,
            around.store,
            around.tasks,
            around.publish,
            now_ms=around.now_ms,
            sleep=around.sleep,
            random=around.random,
            on_unconfirmed=self.settlement.watch,
        )
        self.reception = self._make_reception(catch_up)
        self._receiving: asyncio.Task[None] | None = None

    def start(self, *, receive: bool) -> None:
        """Send what waits; with ``receive``, also open the way in and stay subscribed."""
        self.pump.wake()
        self._around.tasks.spawn(self.settlement.watch_all(), "unconfirmed")
        if receive:
            self._receiving = self._around.tasks.spawn(
                self.reception.run(), "reception", service=True
            )

    async def take_leave(self) -> None:
        """Remove our subscriptions at Kandy, because the account is removed here."""
        await self._stop_receiving()
        await self.reception.unsubscribe_all()

    async def close(self) -> None:
        """Stop receiving and close the connections to Kandy."""
        await self._stop_receiving()
        await self._client.aclose()

    async def _stop_receiving(self) -> None:
        if self._receiving is not None:
            self._receiving.cancel()
            await asyncio.wait({self._receiving})
            self._receiving = None

    def _make_reception(self, catch_up: CatchUp) -> Reception:
        around = self._around
        return Reception(
            self.account.account_id,
            self._client,
            around.store,
            self._make_way,
            Subscriptions(
                self.account.account_id,
                self._client,
                around.store,
                correlator=around.correlator,
                now_ms=around.now_ms,
            ),
            catch_up,
            self.facts,
            now_ms=around.now_ms,
            sleep=around.sleep,
            random=around.random,
            on_facts=self._learnt,
            on_online=self.pump.wake,
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

    def _arrived(self, at_ms: int) -> None:
        self.facts.last_inbound_at_ms = at_ms
        self._learnt()

    def _cancelled(self, number: Address) -> None:
        self.reception.subscription_cancelled(number)
        self._around.publish(SubscriptionWasCancelled(self.account.account_id, number))

    def _learnt(self) -> None:
        self._around.on_facts()
