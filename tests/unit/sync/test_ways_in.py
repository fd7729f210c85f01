"""The chosen way, the one that stands in, and asking: texts come by whichever is open, once."""

import random
from typing import Any

import pytest

from sms_desktop.domain.delivery import State
from sms_desktop.domain.health import Check, CheckState, Level, Receiving
from sms_desktop.net.tunnels import choose as choosing
from tests.helpers.cuttable_tunnel import CuttableTunnel
from tests.helpers.desk import CORRELATOR, Desk
from tests.helpers.kandy_session import OWN, PERSON, SECOND

PATIENCE_S = 2.0
OPENING_S = 5.0


@pytest.fixture
def tunnel(monkeypatch: pytest.MonkeyPatch) -> CuttableTunnel:
    made = CuttableTunnel()
    monkeypatch.setattr(choosing, "choose", made.choose)
    return made


@pytest.fixture
async def line(desk: Desk, tunnel: CuttableTunnel) -> CuttableTunnel:
    """The desk is live through this tunnel."""
    await desk.stop()
    await desk.start()
    await desk.until_live()
    assert "test line" in desk.health.sentence
    return tunnel


async def _write(desk: Desk, text: str) -> None:
    await desk.kandy.turn("phone/write", person=PERSON, own=OWN, text=text)


async def _ours(desk: Desk) -> list[dict[str, Any]]:
    found = (await desk.kandy.control.get("/subscriptions")).json()
    return [one for one in found if one["correlator"] == CORRELATOR and one["number"]]


async def _kinds(desk: Desk) -> set[str]:
    """The kinds of channels on which our numbers stand."""
    return {one["channel_id"][:2] for one in await _ours(desk)}


def _way(desk: Desk) -> Check:
    return next(one for one in desk.health.checks if one.name == "way_in")


async def _stands_in(desk: Desk, after_s: float = PATIENCE_S) -> None:
    """The websocket has taken over, and everything stands on it."""
    await desk.time.sleep_through(after_s)
    await desk.until(lambda: desk.health.level is Level.LIVE)
    await desk.time.until_asleep(300.0)
    assert await _kinds(desk) == {"ws"}


async def test_a_fallen_tunnel_is_told_at_once_and_the_websocket_stands_in(
    desk: Desk, line: CuttableTunnel
) -> None:
    await line.fall()
    await desk.until(lambda: desk.health.level in (Level.DEAF, Level.SLOW))
    assert "The line fell down." in desk.health.sentence
    assert Receiving.ACTIVE not in desk.receiving().values()
    await _write(desk, "into the gap")
    await _stands_in(desk)
    assert desk.texts() == ["into the gap"]
    assert "Kandy's websocket stands in" in desk.health.sentence
    assert _way(desk).state is CheckState.WARNING
    assert "The line fell down." in _way(desk).detail
    await _write(desk, "by websocket")
    await desk.until_state("by websocket", State.RECEIVED)


async def test_a_tunnel_that_is_back_takes_over_again_without_a_gap(
    desk: Desk, line: CuttableTunnel
) -> None:
    await line.fall()
    await _stands_in(desk)
    await desk.kandy.turn("faults", kind="hold-answer", route="subscribe", times=2)
    await line.rise()
    await desk.kandy.until(lambda seen: seen["held"] == 1)
    assert desk.health.level is Level.LIVE
    await _write(desk, "on the way back")
    await desk.until_state("on the way back", State.RECEIVED)
    await desk.kandy.turn("faults/release")
    await desk.kandy.until(lambda seen: seen["held"] == 1)
    await desk.kandy.turn("faults/release")
    await desk.until(lambda: "stands in" not in desk.health.sentence)
    await desk.kandy.until(lambda seen: seen["answers"].get("delete-channel 204", 0) >= 3)
    await desk.time.until_asleep(300.0)
    assert await _kinds(desk) == {"wh"}
    assert len(await _ours(desk)) == 2
    await _write(desk, "by webhook")
    await desk.until_state("by webhook", State.RECEIVED)
    assert desk.texts() == ["on the way back", "by webhook"]
    assert _way(desk).state is CheckState.OK


async def test_a_short_fall_changes_no_subscription_but_for_the_address(
    desk: Desk, line: CuttableTunnel
) -> None:
    await line.fall()
    await desk.time.until_asleep(PATIENCE_S)
    await line.rise()
    await desk.until_live()
    desk.time.pass_s(PATIENCE_S)
    await _write(desk, "hello")
    await desk.until_state("hello", State.RECEIVED)
    assert await _kinds(desk) == {"wh"}
    assert len({one["channel_id"] for one in await _ours(desk)}) == 1
    assert "create-channel" in (await desk.kandy.control.get("/counters")).json()["requests"]


async def test_another_address_means_a_new_channel_before_the_old_one_goes(
    desk: Desk, line: CuttableTunnel
) -> None:
    (before,) = {one["channel_id"] for one in await _ours(desk)}
    await desk.kandy.turn("faults", kind="hold-answer", route="subscribe", times=2)
    await line.rise()
    for _ in range(2):
        await desk.kandy.until(lambda seen: seen["held"] == 1)
        assert {OWN, SECOND} <= {s["number"] for s in await _ours(desk)}
        assert before in {s["channel_id"] for s in await _ours(desk)}
        await desk.kandy.turn("faults/release")
    await desk.until(lambda: desk.health.level is Level.LIVE)
    await desk.kandy.until(lambda seen: seen["answers"].get("delete-channel 204", 0) >= 2)
    (after,) = {one["channel_id"] for one in await _ours(desk)}
    assert after != before
    await _write(desk, "to the new address")
    await desk.until_state("to the new address", State.RECEIVED)


async def test_a_tunnel_that_never_opened_is_stood_in_for_too(
    desk: Desk, tunnel: CuttableTunnel
) -> None:
    await desk.stop()
    tunnel.is_refused = True
    await desk.start()
    await desk.until(lambda: "out of order" in desk.health.sentence)
    await _stands_in(desk, OPENING_S)
    tunnel.is_refused = False
    desk.engine.check_connection()
    await desk.until(lambda: "through test line" in desk.health.sentence)
    await desk.time.until_asleep(300.0)
    assert await _kinds(desk) == {"wh"}


async def test_with_every_way_shut_history_is_asked_every_few_seconds(
    desk: Desk, line: CuttableTunnel
) -> None:
    await desk.kandy.turn("faults", kind="status", route="websocket", status=503, times=None)
    await line.fall()
    await desk.time.sleep_through(PATIENCE_S)
    await desk.until(lambda: desk.health.level is Level.SLOW)
    assert "asked for new messages again and again" in desk.health.sentence
    for text in ("slow one", "slow two"):
        await _write(desk, text)
        await desk.time.sleep_through(10.0)
        await desk.until_state(text, State.RECEIVED)
    assert desk.health.level is Level.SLOW
    assert "last inbound" not in desk.health.sentence


async def test_nothing_is_lost_or_doubled_over_many_cuts(desk: Desk, line: CuttableTunnel) -> None:
    rng = random.Random(4)
    sent = []
    for number in range(40):
        sent.append(f"text {number}")
        await _write(desk, sent[-1])
        what = rng.randrange(6)
        if what == 0:
            await line.cut()
        elif what == 1:
            await line.fall()
        elif what == 2:
            await line.rise()
        elif what == 3:
            await desk.kandy.turn("network", up=False, how=rng.choice(["refuse", "cut"]))
            desk.engine.check_connection()
            await desk.kandy.turn("network", up=True)
        elif what == 4:
            desk.engine.hurry()
        desk.time.pass_s(rng.choice([1, 6, 10, 20]))
    await line.rise()
    for _ in range(30):
        if desk.health.level is Level.LIVE and set(sent) <= set(desk.texts()):
            break
        desk.engine.check_connection()
        await desk.time.until_somebody_sleeps()
        desk.time.pass_s(20)
    await desk.until(lambda: desk.health.level is Level.LIVE and set(sent) <= set(desk.texts()))
    assert sorted(desk.texts()) == sorted(sent)
    assert desk.unread() == len(sent)
