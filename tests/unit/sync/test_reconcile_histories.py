"""Whatever happened: one live subscription of ours per receiving number, and nobody else's touched."""

import asyncio
import shutil
import tempfile
from collections.abc import Coroutine
from pathlib import Path
from typing import Any, ClassVar

from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from sms_desktop.domain.address import Address
from tests.helpers.reconcile_world import World

NUMBERS = tuple(Address(f"+1613999887{last}") for last in range(4))
number = st.sampled_from(NUMBERS)
ROUTES = (
    "subscribe",
    "unsubscribe",
    "subscriptions",
    "create-channel",
    "delete-channel",
    "channels",
    "subscribe-receipts",
    "token",
    "threads",
)


class Histories(RuleBasedStateMachine):
    """Things happen to an installation, to its account and on the way between them, in any order."""

    ways: ClassVar[tuple[str, ...]] = ("loopback", "websocket", "own:http://127.0.0.1:9/x")
    repeats_correlators = True

    def __init__(self) -> None:
        super().__init__()
        self._loop = asyncio.new_event_loop()
        self._folder = Path(tempfile.mkdtemp())
        self._world = World(self._folder, NUMBERS[:2], repeats_correlators=self.repeats_correlators)
        self._run(self._world.open())

    def teardown(self) -> None:
        try:
            self._run(self._world.settle())
        finally:
            self._run(self._world.close())
            self._loop.close()
            shutil.rmtree(self._folder)
        assert not self._world.breaches, self._world.breaches

    @property
    def is_running(self) -> bool:
        return self._world.is_running

    # The person

    @precondition(lambda self: self.is_running)
    @rule(which=number, receive=st.booleans())
    def receive(self, which: Address, receive: bool) -> None:
        self._run(self._call(lambda: self._world.toggle(which, receive)))

    @precondition(lambda self: self.is_running)
    @rule(way=st.integers(0, 2))
    def change_the_way(self, way: int) -> None:
        self._run(self._world.change_tunnel(self.ways[way % len(self.ways)]))

    @precondition(lambda self: self.is_running)
    @rule()
    def look(self) -> None:
        self._run(self._call(lambda: self._world.desk.engine.check_connection()))

    @rule()
    def settle(self) -> None:
        self._run(self._world.settle())

    # The program

    @precondition(lambda self: self.is_running)
    @rule()
    def end(self) -> None:
        self._run(self._world.stop())

    @precondition(lambda self: not self.is_running)
    @rule()
    def start(self) -> None:
        self._run(self._world.start())

    @precondition(lambda self: not self.is_running)
    @rule(points=st.integers(0, 60))
    def crash_while_starting(self, points: int) -> None:
        self._run(self._world.crash_during(points, self._world.start))

    @precondition(lambda self: self.is_running)
    @rule(points=st.integers(0, 40))
    def crash_while_looking(self, points: int) -> None:
        self._run(self._world.crash_during(points))

    @precondition(lambda self: self.is_running)
    @rule(points=st.integers(0, 60), way=st.integers(0, 2))
    def crash_while_changing_the_way(self, points: int, way: int) -> None:
        world, tunnel = self._world, self.ways[way % len(self.ways)]
        self._run(world.crash_during(points, lambda: world.change_tunnel(tunnel)))

    @rule(seconds=st.sampled_from([1, 20, 300]))
    def time_passes(self, seconds: int) -> None:
        self._run(self._call(lambda: self._world.time.pass_s(seconds)))

    # Kandy, and the way to it

    @rule(which=number)
    def cancel(self, which: Address) -> None:
        if which in self._world.simulator.account.numbers:
            self._world.cancelled_at_kandy(which)
            self._turn("subscriptions/cancel", number=which)

    @rule(which=number)
    def unassign(self, which: Address) -> None:
        assigned = self._world.simulator.account.numbers
        if which in assigned and len(assigned) > 1:
            self._world.cancelled_at_kandy(which)
            self._turn("numbers/unassign", number=which)

    @rule(which=number)
    def assign(self, which: Address) -> None:
        self._turn("numbers/assign", number=which)

    @rule(kind=st.sampled_from(["drop-answer", "status-after"]), route=st.sampled_from(ROUTES))
    def lose_an_answer(self, kind: str, route: str) -> None:
        self._turn("faults", kind=kind, route=route)

    @rule(kind=st.sampled_from(["cut", "status", "refuse"]), route=st.sampled_from(ROUTES[:7]))
    def fail(self, kind: str, route: str) -> None:
        self._turn("faults", kind=kind, route=route)

    @rule(kind=st.sampled_from(["drop-notification", "repeat-notification"]))
    def spoil_the_news_of_a_cancellation(self, kind: str) -> None:
        self._turn("faults", kind=kind, route="cancelled")

    @rule(which=number)
    def another_client_subscribes(self, which: Address) -> None:
        self._world.foreign_subscription(which)

    @invariant()
    def never_a_moment_without(self) -> None:
        assert not self._world.breaches, self._world.breaches

    def _turn(self, path: str, **wanted: Any) -> None:
        self._run(self._world.kandy.turn(path, **wanted))

    def _run(self, work: Coroutine[Any, Any, None]) -> None:
        self._loop.run_until_complete(work)

    async def _call(self, doing: Any) -> None:
        doing()


class HistoriesWithoutCorrelators(Histories):
    """Kandy's lists need not repeat the correlator; a webhook's URL tells all the same."""

    ways: ClassVar[tuple[str, ...]] = ("loopback", "own:http://127.0.0.1:9/x")
    repeats_correlators = False


class TestHistories(Histories.TestCase):
    settings = settings(max_examples=12, stateful_step_count=25, phases=[Phase.generate])


class TestHistoriesWithoutCorrelators(HistoriesWithoutCorrelators.TestCase):
    settings = settings(max_examples=6, stateful_step_count=25, phases=[Phase.generate])
