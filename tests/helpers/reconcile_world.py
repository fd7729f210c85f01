"""A desk and its Kandy that can be stopped in the middle of anything, for tests over random histories.

Real store, real network, real listener. ``CrashPoint`` stands at every exchange with Kandy and every
commit, before it and after it, and holds the program there for good.
"""

import asyncio
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from sms_desktop.domain.account import Account
from sms_desktop.domain.address import Address
from sms_desktop.domain.errors import SmsDesktopError
from sms_desktop.domain.health import Receiving
from sms_desktop.domain.number_change import NumberChange
from sms_desktop.domain.setting_up import SignIn
from sms_desktop.net.errors import Unreachable
from sms_desktop.net.http import HttpDoor
from sms_desktop.net.tunnels.probe import OwnCalls
from sms_desktop.simulator import bodies
from sms_desktop.simulator.server import Simulator
from sms_desktop.simulator.subscriptions import Subscription
from sms_desktop.simulator.surroundings import Surroundings
from sms_desktop.store.database import Database
from sms_desktop.store.errors import StoreClosed
from tests.helpers.desk import CORRELATOR, Desk, Time
from tests.helpers.kandy_session import KandySession

PATIENCE_S = 20
_MOST_ROUNDS = 25


class CrashPoint:
    """Counts the points at which the program may die; ``armed`` with a number, it dies there."""

    def __init__(self, on_reached: Callable[[], None]) -> None:
        self._on_reached = on_reached
        self._left: int | None = None
        self._is_dead = False
        self.is_reached = False

    def arm(self, points: int) -> None:
        self._left, self.is_reached = points, False

    def die(self) -> None:
        """Nothing of the program reaches disk or network any more."""
        self._is_dead = True

    def reset(self) -> None:
        self._left, self._is_dead, self.is_reached = None, False, False

    async def stand(self, error: type[SmsDesktopError]) -> None:
        if self._is_dead:
            raise error
        if self._left is None:
            return
        if self._left > 0:
            self._left -= 1
            return
        self.is_reached = True
        self._on_reached()
        await asyncio.Event().wait()

    def install(self, patch: pytest.MonkeyPatch) -> None:
        exchange, write = HttpDoor.exchange, Database.write
        point = self

        async def guarded_exchange(door: HttpDoor, *given: Any) -> Any:
            await point.stand(Unreachable)
            answer = await exchange(door, *given)
            await point.stand(Unreachable)
            return answer

        async def guarded_write(store: Database, job: Any) -> Any:
            await point.stand(StoreClosed)
            result = await write(store, job)
            await point.stand(StoreClosed)
            return result

        patch.setattr(HttpDoor, "exchange", guarded_exchange)
        patch.setattr(Database, "write", guarded_write)


class World:
    """The installation under test, its Kandy, and another client of the same account."""

    def __init__(
        self, folder: Path, numbers: tuple[Address, ...], *, repeats_correlators: bool
    ) -> None:
        self._patch = pytest.MonkeyPatch()
        if not repeats_correlators:
            for name in ("subscription", "channel"):
                self._patch.setattr(bodies, name, _without_correlator(getattr(bodies, name)))
        # The addresses that a history moves between lead nowhere; Kandy is told of them all the same.
        self._patch.setattr(OwnCalls, "call", _comes_back)
        self.time = Time()
        around = Surroundings(now_ms=self.time.now_ms, rng=random.Random(1))
        self.simulator = Simulator(numbers, "empty", around)
        self.folder = folder
        self.breaches: list[str] = []
        self.foreign: set[str] = set()
        self.undisturbed: set[Address] = set()
        self.is_running = False

    async def open(self) -> None:
        await self.simulator.start()
        self.kandy = KandySession(self.simulator)
        await self.kandy.sign_in()
        self.desk = Desk(self.kandy, self.folder, self.time)
        self.crash_point = CrashPoint(self.desk.look_again)
        self.crash_point.install(self._patch)
        self._watch_removals()
        await self.start()
        await self.desk.sign_in()
        await self.settle()

    async def close(self) -> None:
        self.crash_point.reset()
        await self.stop()
        await self.kandy.aclose()
        await self.simulator.close()
        self._patch.undo()

    # The program

    async def start(self) -> None:
        self.is_running = True
        await self.desk.start()

    async def stop(self) -> None:
        self.is_running = False
        await self.desk.stop()

    async def crash(self) -> None:
        """From one moment to the next: no goodbye to anybody, and nothing more is written."""
        self.is_running = False
        self.crash_point.die()
        await self.desk.stop()
        self.crash_point.reset()

    async def crash_during(self, points: int, doing: Callable[[], Any] = lambda: None) -> None:
        """Do something and look, and die at the so-manieth point, or when it rests."""

        async def all_of_it() -> None:
            await _tolerant(doing())
            await self.look()

        self.crash_point.arm(points)
        work = asyncio.ensure_future(all_of_it())
        work.add_done_callback(lambda _: self.desk.look_again())
        await self.desk.until(lambda: self.crash_point.is_reached or work.done())
        work.cancel()
        await asyncio.gather(work, return_exceptions=True)
        await self.crash()

    @property
    def account(self) -> Account:
        return self.desk.reader.accounts()[0]

    def receives(self, number: Address) -> bool:
        """Whether the person wants this number to receive, as the store has it."""
        return any(n.number == number and n.receive for n in self.desk.reader.numbers())

    def toggle(self, number: Address, receive: bool) -> None:
        self.undisturbed.discard(number)
        for own in self.desk.reader.numbers():
            if own.number == number:
                self.desk.engine.numbers.change(own.key, NumberChange(receive=receive))

    async def change_tunnel(self, tunnel: str) -> None:
        known, account = self.kandy.known, self.account
        typed = SignIn(
            account.kind, known["base_url"], known["client_id"], secret=known["client_secret"]
        )
        await _tolerant(self.desk.engine.accounts.change(account, typed, tunnel))

    # Another client

    def foreign_subscription(self, number: Address) -> None:
        """Straight into Kandy's books: what is ordered to go wrong is for the program alone."""
        account = self.simulator.account
        if number in account.numbers:
            channel = account.channels.add_webhook("http://127.0.0.1:9/x", None, "another")
            made = account.inbound.add(channel.channel_id, number, "another")
            self.foreign.add(made.subscription_id)

    def cancelled_at_kandy(self, number: Address) -> None:
        """Kandy is about to cancel everybody's subscriptions of a number."""
        self.undisturbed.discard(number)
        self.foreign -= {
            s.subscription_id for s in self.simulator.account.inbound.of_number(number)
        }

    # What must be so

    def ours(self) -> list[Subscription]:
        return [s for s in self.simulator.account.inbound.all() if s.correlator == CORRELATOR]

    def faults_found(self) -> list[str]:
        """What is not as it should be once everything has come to rest."""
        return list(self._faults_found())

    def _faults_found(self) -> Iterator[str]:
        account = self.simulator.account
        ours, wanted = self.ours(), {n for n in account.numbers if self.receives(n)}
        if sorted(s.number or "" for s in ours) != sorted(wanted):
            yield f"subscribed {[s.number for s in ours]}, wanted {wanted}"
        channels = [c for c in account.channels.alive() if c.correlator == CORRELATOR]
        if {s.channel_id for s in ours} - {c.channel_id for c in channels}:
            yield "a subscription stands on no channel"
        if len(channels) != 1:
            yield f"{len(channels)} channels"
        if not any(s.correlator == CORRELATOR for s in account.receipts.all()):
            yield "no delivery receipts"
        if self.foreign - {s.subscription_id for s in account.inbound.all()}:
            yield "a foreign subscription is gone"
        # What is known is told a moment later, and at once to whoever asks.
        assert self.desk.health
        shown = self.desk.receiving() if self.desk.has_told_numbers() else {}
        if {n for n, how in shown.items() if how is Receiving.ACTIVE} != wanted:
            yield f"shown {shown}, wanted {wanted}"

    async def settle(self) -> None:
        """No more mischief, and the person asks: it must come to rest as it should be, and stay so."""
        await self.kandy.control.delete("/faults")
        if not self.is_running:
            await self.start()
        for _ in range(_MOST_ROUNDS):
            if not self.faults_found():
                break
            await self._ask()
        await self.full_look()
        await self.full_look()
        assert not self.faults_found(), self.faults_found()
        self.undisturbed = {n for n in self.simulator.account.numbers if self.receives(n)}

    async def look(self) -> None:
        """The person asks how things stand; whatever comes of it, somebody rests afterwards."""
        rests = len(self.time.asked_s)
        self.desk.engine.check_connection()
        await self.desk.until(lambda: len(self.time.asked_s) > rests)

    async def full_look(self) -> None:
        """A look from its beginning to its end."""
        for _ in range(2):
            looks = self.time.asked_s.count(300.0)
            self.desk.engine.check_connection()
            await self.desk.until(lambda looks=looks: self.time.asked_s.count(300.0) > looks)

    async def _ask(self) -> None:
        for number in self._cancelled():
            self.desk.engine.subscribe_again(self.account.account_id, number)
        await self.look()
        self.time.pass_s(20)

    def _cancelled(self) -> list[Address]:
        shown = self.desk.receiving() if self.desk.has_told_numbers() else {}
        return [n for n, how in shown.items() if how is Receiving.CANCELLED]

    def _watch_removals(self) -> None:
        """Nothing that we take away may be the last of a number that receives undisturbed."""
        book = self.simulator.account.inbound
        for name in ("remove", "drop_channel"):
            self._patch.setattr(book, name, self._watched(getattr(book, name)))

    def _watched(self, removing: Callable[[str], Any]) -> Callable[[str], Any]:
        def watched(which: str) -> Any:
            before = {s.number for s in self.ours()}
            done = removing(which)
            after = {s.number for s in self.ours()}
            for number in (before - after) & self.undisturbed:
                self.breaches.append(f"{number} was without a subscription")
            return done

        return watched


def _without_correlator(making: Callable[..., dict[str, Any]]) -> Callable[..., dict[str, Any]]:
    def body(*given: Any) -> dict[str, Any]:
        made = making(*given)
        del made["clientCorrelator"]
        return made

    return body


async def _comes_back(*_given: object, **_named: object) -> float:
    """Whatever is called, at once."""
    return 0.0


async def _tolerant(work: Any) -> None:
    """What a person would be told, and try again."""
    try:
        if asyncio.iscoroutine(work):
            await work
    except SmsDesktopError:
        return
