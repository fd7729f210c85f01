"""After a sleep, or with the network back, nobody waits for the next round."""

import asyncio

import pytest

from sms_desktop.domain.delivery import State
from sms_desktop.domain.health import Level
from sms_desktop.sync.running.wake_watch import WakeWatch
from tests.helpers.desk import Desk
from tests.helpers.kandy_session import OWN, PERSON


class _Clocks:
    """Both clocks, and a sleep that ends after ``wall_s`` on the wall and ``steady_s`` on the other."""

    def __init__(self, *passes: tuple[float, float]) -> None:
        self._passes = list(passes)
        self.wall_s = 1_000_000.0
        self.steady_s = 50.0

    async def sleep(self, _seconds: float) -> None:
        if not self._passes:
            raise asyncio.CancelledError
        wall_s, steady_s = self._passes.pop(0)
        self.wall_s += wall_s
        self.steady_s += steady_s


@pytest.mark.parametrize(
    ("passes", "wakes"),
    [
        pytest.param([(5, 5), (5.5, 5.5), (9, 9)], 0, id="a busy computer"),
        pytest.param([(5, 5), (3600, 5), (5, 5)], 1, id="the computer slept"),
        pytest.param([(5, 5), (60, 60), (5, 5)], 1, id="the process was stopped"),
        pytest.param([(-3600, 5)], 1, id="the clock was set back"),
        pytest.param([(6, 5), (4, 5)], 0, id="the clock was corrected"),
    ],
)
async def test_jumps_of_the_clocks(passes: list[tuple[float, float]], wakes: int) -> None:
    clocks = _Clocks(*passes)
    woken: list[None] = []
    watch = WakeWatch(
        lambda: int(clocks.wall_s * 1000),
        lambda: clocks.steady_s,
        clocks.sleep,
        lambda: woken.append(None),
    )
    with pytest.raises(asyncio.CancelledError):
        await watch.run()
    assert len(woken) == wakes


async def test_what_came_during_a_sleep_is_there_at_once(desk: Desk) -> None:
    await desk.kandy.turn("faults", kind="drop-notification", route="inbound")
    await desk.kandy.turn("phone/write", person=PERSON, own=OWN, text="while you slept")
    desk.engine.hurry()
    await desk.until_state("while you slept", State.RECEIVED)


async def test_the_next_attempt_is_told_and_a_network_that_is_back_is_used_at_once(
    desk: Desk,
) -> None:
    await desk.kandy.turn("network", up=False)
    desk.time.pass_s(300)
    for wait_s in (0.75, 1.5, 3.0, 6.0, 12.0):
        await desk.time.sleep_through(wait_s)
    await desk.time.until_asleep(15.0)
    await desk.until(lambda: "Next try at" in desk.health.sentence)
    await desk.kandy.turn("network", up=True)
    desk.engine.hurry()
    await desk.until(lambda: desk.health.level is Level.LIVE)
    assert "Next try" not in desk.health.sentence


async def test_a_network_that_is_not_back_after_all_is_waited_for_briefly_again(desk: Desk) -> None:
    await desk.kandy.turn("network", up=False)
    desk.time.pass_s(300)
    for wait_s in (0.75, 1.5, 3.0):
        await desk.time.sleep_through(wait_s)
    await desk.time.until_asleep(6.0)
    before = desk.time.asked_s.count(0.75)
    desk.engine.hurry()
    await desk.until(lambda: desk.time.asked_s.count(0.75) > before)


async def test_a_refused_secret_is_not_asked_again_because_the_computer_woke_up(desk: Desk) -> None:
    await desk.kandy.turn("tokens", revoke=True)
    await desk.kandy.turn("faults", kind="status", route="token", status=401, times=None)
    desk.time.pass_s(300)
    await desk.time.until_asleep(600.0)
    await desk.kandy.control.delete("/counters")
    desk.engine.hurry()
    await desk.core.tasks.wait_idle()
    assert (await desk.kandy.control.get("/counters")).json()["requests"] == {}
