"""Our own address is called, and Kandy is asked: what an agent or a quiet day says counts for nothing."""

from typing import Any

import pytest

from sms_desktop.domain.delivery import State
from sms_desktop.domain.health import CheckState, Level
from sms_desktop.net.errors import ConnectionWasRefused
from sms_desktop.net.tunnels import choose as choosing
from sms_desktop.net.tunnels.models import Calling
from sms_desktop.net.tunnels.probe import OwnCalls
from sms_desktop.sync.ways import kandy_watch, probed_tunnel
from tests.helpers.cuttable_tunnel import EVERY_S, CuttableTunnel
from tests.helpers.desk import Desk
from tests.helpers.kandy_session import OWN, PERSON


@pytest.fixture
async def line(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> CuttableTunnel:
    """The desk is live through this tunnel."""
    made = CuttableTunnel()
    monkeypatch.setattr(choosing, "choose", made.choose)
    await desk.stop()
    await desk.start()
    await desk.until_live()
    await desk.time.until_asleep(EVERY_S)
    return made


def _state(desk: Desk, name: str) -> CheckState:
    return next(check.state for check in desk.health.checks if check.name == name)


async def _requests(desk: Desk) -> Any:
    return (await desk.kandy.control.get("/counters")).json()["requests"]


async def _dies_silently(desk: Desk, line: CuttableTunnel) -> None:
    """Two calls are lost, the tunnel is given up and says why, and cannot be opened for a while."""
    await line.cut()
    line.is_refused = True
    desk.engine.hurry()
    await desk.time.until_asleep(probed_tunnel.AGAIN_S)
    desk.time.pass_s(probed_tunnel.AGAIN_S)
    # Another way stands in so soon that nobody need see the program without one.
    await desk.until(lambda: _state(desk, "tunnel") is CheckState.FAILED)
    assert "does not lead here" in desk.check("tunnel")


async def test_live_is_said_once_something_came_round(desk: Desk, line: CuttableTunnel) -> None:
    assert _state(desk, "probe") is CheckState.OK
    assert "probe returned through the tunnel" in desk.check("probe")
    assert desk.check("tunnel").startswith("test line · http://127.0.0.1:")
    assert line.name in desk.check("tunnel")
    assert desk.health.checked_at_ms is not None
    assert desk.health.next_check_at_ms == desk.time.ms + 570_000


async def test_a_call_that_is_lost_is_told_before_the_second_one(
    desk: Desk, line: CuttableTunnel
) -> None:
    await line.cut()
    desk.time.pass_s(EVERY_S)
    await desk.time.until_asleep(probed_tunnel.AGAIN_S)
    assert _state(desk, "probe") is CheckState.FAILED
    assert desk.health.level is not Level.LIVE
    assert "does not lead here" in desk.check("probe")


async def test_a_tunnel_that_died_silently_gives_way_to_the_websocket(
    desk: Desk, line: CuttableTunnel
) -> None:
    await _dies_silently(desk, line)
    await desk.kandy.turn("phone/write", person=PERSON, own=OWN, text="into the gap")
    await desk.until(lambda: desk.health.level is Level.LIVE)
    await desk.until_state("into the gap", State.RECEIVED)
    assert "websocket stands in" in desk.health.sentence
    assert _state(desk, "tunnel") is CheckState.FAILED


async def test_one_lost_call_is_no_reason_to_give_a_tunnel_up(
    desk: Desk, line: CuttableTunnel
) -> None:
    await line.cut()
    desk.engine.hurry()
    await desk.time.until_asleep(probed_tunnel.AGAIN_S)
    await line.rise()
    await desk.until(lambda: desk.health.level is Level.LIVE)
    assert _state(desk, "probe") is CheckState.OK
    assert "test line" in desk.health.sentence


async def test_a_kandy_that_is_gone_is_noticed_without_any_text(desk: Desk) -> None:
    await desk.kandy.turn("network", up=False)
    desk.time.pass_s(kandy_watch.EVERY_S)
    await desk.until(lambda: desk.health.level is Level.DEAF)
    assert _state(desk, "account") is CheckState.FAILED
    await desk.kandy.turn("network", up=True)
    desk.engine.check_connection()
    await desk.until(lambda: desk.health.level is Level.LIVE)


async def test_a_kandy_that_has_just_answered_a_look_is_not_asked(desk: Desk) -> None:
    await desk.time.until_asleep(kandy_watch.EVERY_S)
    desk.time.pass_s(kandy_watch.EVERY_S - 1)
    looks = desk.time.asked_s.count(300.0)
    desk.engine.check_connection()
    await desk.until(lambda: desk.time.asked_s.count(300.0) > looks)
    await desk.kandy.control.delete("/counters")
    desk.time.pass_s(1)
    await desk.time.until_asleep(kandy_watch.EVERY_S - 1 + kandy_watch.A_LITTLE_S)
    assert not await _requests(desk)


async def test_a_text_that_was_told_into_a_moment_of_silence_is_found_soon(
    desk: Desk, line: CuttableTunnel
) -> None:
    """Nobody noticed the moment: the line is as good as before, and Kandy does not call again."""
    await desk.kandy.turn("faults", kind="drop-notification", route="inbound")
    await desk.kandy.turn("phone/write", person=PERSON, own=OWN, text="unheard")
    await desk.kandy.turn("phone/write", person=PERSON, own=OWN, text="heard")
    await desk.until_state("heard", State.RECEIVED)
    assert desk.texts() == ["heard"]
    desk.time.pass_s(kandy_watch.EVERY_S + kandy_watch.A_LITTLE_S)
    await desk.until_state("unheard", State.RECEIVED)
    assert sorted(desk.texts()) == ["heard", "unheard"]
    assert desk.health.level is Level.LIVE


async def test_what_kandy_sends_by_the_address_is_as_good_as_a_call(
    desk: Desk, line: CuttableTunnel
) -> None:
    desk.time.pass_s(EVERY_S - 1)
    await desk.kandy.turn("phone/write", person=PERSON, own=OWN, text="here it is")
    await desk.until_state("here it is", State.RECEIVED)
    await line.cut()
    desk.time.pass_s(1)
    await desk.time.until_asleep(EVERY_S)
    assert desk.health.level is Level.LIVE
    desk.time.pass_s(EVERY_S)
    await desk.time.until_asleep(probed_tunnel.AGAIN_S)
    assert desk.health.level is not Level.LIVE


async def test_an_own_address_that_leads_back_from_outside_only_is_not_called_deaf(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A router without a way from inside to its own public address: Kandy gets through, we do not."""

    async def no_way_back(*_given: object, **_named: object) -> float:
        raise ConnectionWasRefused

    made = CuttableTunnel()
    made.calling = Calling(EVERY_S, patience_s=10.0, may_not_lead_back=True)
    monkeypatch.setattr(choosing, "choose", made.choose)
    monkeypatch.setattr(OwnCalls, "call", no_way_back)
    await desk.stop()
    await desk.start()
    await desk.time.sleep_through(probed_tunnel.AGAIN_S)
    await desk.until(lambda: desk.health.level is Level.SLOW)
    assert "cannot be checked from here" in desk.health.sentence
    assert _state(desk, "probe") is CheckState.WARNING
    await desk.kandy.turn("phone/write", person=PERSON, own=OWN, text="from outside")
    await desk.until_state("from outside", State.RECEIVED)
    await desk.until(lambda: desk.health.level is Level.LIVE)
    assert "Kandy came in by it" in desk.check("probe")
    desk.time.pass_s(700)
    await desk.time.sleep_through(probed_tunnel.AGAIN_S)
    await desk.until(lambda: desk.health.level is Level.SLOW)
    assert "websocket" not in desk.health.sentence


async def test_an_own_address_that_came_back_once_and_does_not_any_more_is_deaf(
    desk: Desk, line: CuttableTunnel
) -> None:
    line.calling = Calling(EVERY_S, patience_s=10.0, may_not_lead_back=True)
    await _dies_silently(desk, line)
