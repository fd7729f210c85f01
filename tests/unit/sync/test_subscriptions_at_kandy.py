"""What stands at Kandy: one subscription of ours per number, whatever happened, and nobody else's gone."""

from typing import Any

import pytest

from sms_desktop.domain.delivery import State
from sms_desktop.domain.health import Level, Receiving
from tests.helpers.desk import Desk
from tests.helpers.kandy_session import OWN, PERSON, SECOND

BOTH = sorted([OWN, SECOND])


async def _subscriptions(desk: Desk) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await desk.kandy.control.get("/subscriptions")).json()
    return found


async def _ours(desk: Desk) -> list[str]:
    found = await _subscriptions(desk)
    return sorted(one["number"] for one in found if one["number"] and one["correlator"] != "tests")


async def _channels(desk: Desk) -> int:
    path = f"/cpaas/notificationchannel/v1/{desk.kandy.user_id}/channels"
    body = (await desk.kandy.http.get(path)).json()
    return str(body).count("callbackURL")


@pytest.mark.parametrize("tunnel", ["loopback", "websocket"])
async def test_restarts_leave_one_of_each_and_foreign_ones_alone(
    cold_desk: Desk, tunnel: str
) -> None:
    desk = cold_desk
    foreign = await desk.kandy.webhook_channel("http://127.0.0.1:9/elsewhere")
    await desk.kandy.subscribe(foreign, OWN)
    await desk.start()
    await desk.sign_in(tunnel)
    await desk.until_live()
    for _ in range(3):
        await desk.stop()
        await desk.start()
        await desk.until_live()
    assert await _ours(desk) == BOTH
    foreign_ones = [s for s in await _subscriptions(desk) if s["correlator"] == "tests"]
    assert [s["channel_id"] for s in foreign_ones] == [foreign]
    assert await _channels(desk) == 2


async def test_the_new_subscription_is_made_before_the_old_one_goes(desk: Desk) -> None:
    await desk.stop()
    await desk.kandy.turn("faults", kind="hold-answer", route="subscribe", times=2)
    await desk.start()
    await desk.kandy.until(lambda seen: seen["held"] == 1)
    assert len([s for s in await _subscriptions(desk) if s["number"] == OWN]) == 2
    await desk.kandy.turn("faults/release")
    await desk.kandy.until(lambda seen: seen["held"] == 1)
    await desk.kandy.turn("faults/release")
    await desk.until_live()
    assert await _ours(desk) == BOTH


@pytest.mark.parametrize("said", [{"status": 409}, {"status": 400, "code": "SVC0005"}])
async def test_where_a_new_one_is_called_a_duplicate_the_old_one_goes_first(
    desk: Desk, said: dict[str, Any]
) -> None:
    before = {one["subscription_id"] for one in await _subscriptions(desk)}
    await desk.stop()
    await desk.kandy.turn("faults", kind="refuse", route="subscribe", **said)
    await desk.start()
    await desk.until_live()
    assert await _ours(desk) == BOTH
    assert not before & {one["subscription_id"] for one in await _subscriptions(desk)}


async def test_old_ones_stay_while_a_new_one_is_refused(desk: Desk) -> None:
    await desk.stop()
    await desk.kandy.turn("faults", kind="refuse", route="subscribe", text="Not now")
    await desk.start()
    await desk.until(lambda: desk.health.level is Level.DEGRADED)
    await desk.time.until_asleep(300.0)
    assert "Not now" in desk.check("subscriptions")
    # The one that was refused has its old one still, which may be better than none.
    found = [s for s in await _subscriptions(desk) if s["number"]]
    assert sorted(s["number"] for s in found) == BOTH
    assert len({s["channel_id"] for s in found}) == 2
    desk.engine.check_connection()
    await desk.until(lambda: desk.health.level is Level.LIVE)
    await desk.time.until_asleep(300.0)
    assert await _ours(desk) == BOTH


async def test_a_subscription_whose_answer_was_lost_is_not_made_twice(cold_desk: Desk) -> None:
    desk = cold_desk
    await desk.start()
    await desk.kandy.turn("faults", kind="drop-answer", route="subscribe", times=2)
    await desk.sign_in()
    await desk.time.sleep_through(0.75)
    await desk.until_live()
    assert await _ours(desk) == BOTH


async def test_one_that_vanished_without_a_word_is_made_again(desk: Desk) -> None:
    await desk.kandy.turn("faults", kind="drop-notification", route="cancelled")
    await desk.kandy.turn("subscriptions/cancel", number=SECOND)
    assert await _ours(desk) == [OWN]
    desk.time.pass_s(300)
    await desk.kandy.until(lambda seen: seen["requests"].get("subscribe", 0) == 1)
    await desk.until_live()
    assert await _ours(desk) == BOTH


async def test_a_channel_that_kandy_forgot_is_replaced(desk: Desk) -> None:
    channel_id = (await _subscriptions(desk))[0]["channel_id"]
    path = f"/cpaas/notificationchannel/v1/{desk.kandy.user_id}/channels/{channel_id}"
    await desk.kandy.http.delete(path)
    desk.time.pass_s(300)
    await desk.until(lambda: desk.health.level is not Level.LIVE)
    await desk.time.sleep_through(0.75)
    await desk.until_live()
    assert await _ours(desk) == BOTH
    await desk.kandy.turn("phone/write", person=PERSON, own=OWN, text="hello again")
    await desk.until_state("hello again", State.RECEIVED)


async def test_a_failing_list_does_not_tear_down_the_way_in(desk: Desk) -> None:
    await desk.kandy.turn("faults", kind="status", route="subscriptions", status=503)
    desk.time.pass_s(300)
    await desk.until(lambda: desk.health.level is Level.DEGRADED)
    assert "trouble of its own" in desk.health.sentence
    await desk.kandy.turn("phone/write", person=PERSON, own=OWN, text="still heard")
    await desk.until_state("still heard", State.RECEIVED)
    await desk.time.sleep_through(0.75)
    await desk.until(lambda: desk.health.level is Level.LIVE)
    seen = (await desk.kandy.control.get("/counters")).json()
    assert "create-channel" not in seen["requests"]


async def test_a_failing_history_does_not_tear_down_the_way_in_and_is_not_called_live(
    desk: Desk,
) -> None:
    # Two read it when the time has come: the look, and whoever asks what is new.
    await desk.kandy.turn("faults", kind="status", route="threads", status=500, times=2)
    desk.time.pass_s(300)
    await desk.until(lambda: desk.health.level is Level.DEGRADED)
    assert desk.receiving() == {OWN: Receiving.ACTIVE, SECOND: Receiving.ACTIVE}
    await desk.time.sleep_through(0.75)
    await desk.until(lambda: desk.health.level is Level.LIVE)
    seen = (await desk.kandy.control.get("/counters")).json()
    assert "create-channel" not in seen["requests"]


async def test_one_number_in_trouble_does_not_keep_the_others_from_receiving(
    cold_desk: Desk,
) -> None:
    desk = cold_desk
    await desk.start()
    await desk.kandy.turn("faults", kind="status", route="subscribe", status=500, times=2)
    await desk.sign_in()
    await desk.until(lambda: desk.health.level is Level.DEGRADED)
    assert sorted(desk.receiving().values()) == [Receiving.ACTIVE, Receiving.FAILED]
    await desk.time.sleep_through(0.75)
    await desk.until_live()


async def test_without_receipts_everything_else_works(cold_desk: Desk) -> None:
    desk = cold_desk
    await desk.start()
    await desk.kandy.turn("faults", kind="refuse", route="subscribe-receipts")
    await desk.sign_in()
    await desk.until_live()


async def test_removing_the_account_leaves_nothing_of_ours_at_kandy(desk: Desk) -> None:
    foreign = await desk.kandy.webhook_channel("http://127.0.0.1:9/elsewhere")
    await desk.kandy.subscribe(foreign, OWN)
    await desk.engine.accounts.remove(desk.reader.accounts()[0].account_id)
    assert [s["correlator"] for s in await _subscriptions(desk)] == ["tests"]
    assert await _channels(desk) == 1
    assert desk.health.level is Level.NO_ACCOUNT
