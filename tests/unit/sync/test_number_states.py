"""What Kandy tells us, by webhook and by websocket: each fact shown once, none lost."""

from typing import Any

import pytest

from sms_desktop.domain.address import Address
from sms_desktop.domain.delivery import State
from sms_desktop.domain.health import Level, Receiving
from sms_desktop.domain.message import Origin
from sms_desktop.domain.number_change import NumberChange
from sms_desktop.sync import events
from tests.helpers.desk import Desk
from tests.helpers.kandy_session import OWN, PERSON, SECOND


@pytest.fixture(params=["webhook", "websocket"])
def any_desk(request: pytest.FixtureRequest) -> Desk:
    """The same, whichever way the notifications come."""
    found: Desk = request.getfixturevalue(
        "desk" if request.param == "webhook" else "websocket_desk"
    )
    return found


async def _write(desk: Desk, text: str, own: Address = OWN) -> str:
    done = await desk.kandy.turn("phone/write", person=PERSON, own=own, text=text)
    return str(done["message_id"])


async def test_a_text_arrives_is_news_and_shows_that_the_way_works(any_desk: Desk) -> None:
    assert "last inbound" not in any_desk.health.sentence
    await _write(any_desk, "is it ready?")
    await any_desk.until_state("is it ready?", State.RECEIVED)
    assert any_desk.unread() == 1
    arrived = [row.text for e in any_desk.told(events.TimelineChanged) for row in e.changes.arrived]
    assert arrived == ["is it ready?"]
    assert "last inbound" in any_desk.health.sentence


async def test_a_text_from_another_device_is_shown_in_the_right_thread(any_desk: Desk) -> None:
    await any_desk.kandy.turn("another-device", own=SECOND, person=PERSON, text="from my phone")
    row = await any_desk.until_state("from my phone", State.ACCEPTED)
    assert row.origin is Origin.OTHER_DEVICE
    conversation = any_desk.reader.conversation(row.conversation_id)
    assert conversation is not None
    assert (conversation.local, conversation.unread) == (SECOND, 0)


async def test_delivery_reports_move_the_ticks_forward_only(any_desk: Desk) -> None:
    await any_desk.send("there?")
    row = await any_desk.until_state("there?", State.ACCEPTED)
    report = {"message_id": row.message_id}
    await any_desk.kandy.turn("report", status="DeliveredToTerminal", **report)
    await any_desk.until_state("there?", State.DELIVERED)
    await any_desk.kandy.turn("report", status="DeliveredToNetwork", **report)
    await _write(any_desk, "yes")
    await any_desk.until_state("yes", State.RECEIVED)
    assert any_desk.state("there?") is State.DELIVERED


async def test_a_message_deleted_elsewhere_disappears(any_desk: Desk) -> None:
    message_id = await _write(any_desk, "wrong number")
    await any_desk.until_state("wrong number", State.RECEIVED)
    await any_desk.kandy.sms(
        "DELETE", f"/remoteAddresses/{PERSON}/localAddresses/{OWN}/messages/{message_id}"
    )
    await any_desk.until(lambda: not any_desk.rows())
    assert any_desk.unread() == 0


async def test_a_repeated_notification_changes_nothing(any_desk: Desk) -> None:
    await any_desk.kandy.turn("faults", kind="repeat-notification", route="inbound", copies=3)
    await _write(any_desk, "once")
    await any_desk.kandy.until(
        lambda seen: len([n for n in seen["notifications"] if n["kind"] == "inbound"]) == 3
    )
    await _write(any_desk, "and this")
    await any_desk.until_state("and this", State.RECEIVED)
    assert any_desk.texts() == ["once", "and this"]
    assert any_desk.unread() == 2


async def test_notifications_in_the_wrong_order_end_up_in_the_right_one(any_desk: Desk) -> None:
    await any_desk.kandy.turn(
        "faults", kind="reorder-notifications", route="inbound", times=3, window=3
    )
    for text in ("one", "two", "three"):
        any_desk.time.pass_s(1)
        await _write(any_desk, text)
    await any_desk.until(lambda: len(any_desk.rows()) == 3)
    assert any_desk.texts() == ["one", "two", "three"]


async def test_a_cancellation_shows_at_once_and_stays_until_the_person_subscribes_again(
    any_desk: Desk,
) -> None:
    await any_desk.kandy.turn("subscriptions/cancel", number=SECOND)
    await any_desk.until(lambda: bool(any_desk.told(events.SubscriptionWasCancelled)))
    await any_desk.core.tasks.wait_idle()
    assert any_desk.receiving() == {OWN: Receiving.ACTIVE, SECOND: Receiving.CANCELLED}
    assert any_desk.health.level is Level.DEGRADED
    assert "1 of 2" in any_desk.health.sentence
    assert "Kandy cancelled" in any_desk.check("subscriptions")

    before = any_desk.time.asked_s.count(300.0)
    any_desk.engine.check_connection()
    await any_desk.until(lambda: any_desk.time.asked_s.count(300.0) > before)
    assert any_desk.receiving()[SECOND] is Receiving.CANCELLED
    assert await _subscribed(any_desk) == [OWN]

    any_desk.engine.subscribe_again(any_desk.reader.accounts()[0].account_id, SECOND)
    await any_desk.until(lambda: any_desk.health.level is Level.LIVE)
    assert await _subscribed(any_desk) == sorted([OWN, SECOND])


async def test_a_cancellation_is_not_painted_over_by_an_answer_that_was_under_way(
    desk: Desk,
) -> None:
    """Kandy's list, read before the cancellation, arrives after it."""
    await desk.kandy.turn("faults", kind="hold-answer", route="subscriptions")
    desk.engine.check_connection()
    await desk.kandy.until(lambda seen: seen["held"] == 1)
    await desk.kandy.turn("subscriptions/cancel", number=SECOND)
    await desk.until(lambda: bool(desk.told(events.SubscriptionWasCancelled)))
    looks = desk.time.asked_s.count(300.0)
    await desk.kandy.turn("faults/release")
    await desk.until(lambda: desk.time.asked_s.count(300.0) > looks)
    await desk.core.tasks.wait_idle()
    assert desk.receiving()[SECOND] is Receiving.CANCELLED
    assert desk.health.level is Level.DEGRADED


async def test_a_number_taken_away_says_so_when_it_is_subscribed_again(desk: Desk) -> None:
    await desk.kandy.turn("numbers/unassign", number=SECOND)
    await desk.until(lambda: bool(desk.told(events.SubscriptionWasCancelled)))
    # The token that we hold still lists the number.
    desk.core.standing.tell()
    await desk.core.tasks.wait_idle()
    assert desk.receiving()[SECOND] is Receiving.CANCELLED
    assert SECOND in {n.number for n in desk.reader.numbers()}


async def test_a_403_says_that_the_number_is_not_assigned(cold_desk: Desk) -> None:
    desk = cold_desk
    await desk.start()
    await desk.kandy.turn(
        "faults", kind="refuse", route="subscribe", status=403, policy=True, times=2
    )
    await desk.sign_in()
    await desk.until(lambda: desk.health.level is Level.DEGRADED)
    assert Receiving.NOT_ASSIGNED in desk.receiving().values()
    assert "not assigned" in desk.check("subscriptions")


async def test_a_paused_number_is_unsubscribed_and_counts_as_nothing_missing(desk: Desk) -> None:
    number = desk.number(SECOND)
    desk.engine.numbers.change(number.key, NumberChange(receive=False))
    await desk.until(lambda: desk.receiving()[SECOND] is Receiving.PAUSED)
    assert await _subscribed(desk) == [OWN]
    await desk.until(lambda: desk.health.level is Level.LIVE)
    assert "1 of 1" in desk.health.sentence
    desk.engine.numbers.change(number.key, NumberChange(receive=True))
    await desk.until(lambda: desk.receiving()[SECOND] is Receiving.ACTIVE)
    assert await _subscribed(desk) == sorted([OWN, SECOND])


async def test_naming_a_number_asks_nothing_of_kandy(desk: Desk) -> None:
    number = desk.number(SECOND)
    desk.engine.numbers.change(number.key, NumberChange(name="Support"))
    await desk.until(
        lambda: any(
            state.number.name == "Support"
            for told in desk.told(events.NumbersChanged)
            for state in told.numbers
        )
    )
    assert (await desk.kandy.control.get("/counters")).json()["requests"] == {}


async def test_numbers_assigned_and_taken_away_are_found_when_the_person_asks(desk: Desk) -> None:
    third = Address("+13162158007")
    await desk.kandy.turn("numbers/assign", number=third)
    desk.engine.check_connection()
    await desk.until(lambda: desk.receiving().get(third) is Receiving.ACTIVE)
    await desk.kandy.turn("numbers/unassign", number=SECOND)
    await desk.until(lambda: bool(desk.told(events.SubscriptionWasCancelled)))
    desk.engine.check_connection()
    await desk.until(lambda: SECOND not in desk.receiving())
    await desk.until(lambda: desk.health.level is Level.LIVE)
    assert "2 of 2" in desk.health.sentence


@pytest.mark.log_warnings("commit failed")
async def test_what_the_disk_does_not_take_is_not_acknowledged_and_comes_from_history(
    desk: Desk,
) -> None:
    await desk.fill_disk()
    await _write(desk, "do not lose me")
    await desk.kandy.until(lambda seen: seen["webhooks"].get("503", 0) == 1)
    assert desk.texts() == []
    await desk.time.until_asleep(0.75)
    await desk.free_disk()
    desk.time.pass_s(0.75)
    await desk.until_state("do not lose me", State.RECEIVED)
    assert desk.unread() == 1


async def _subscribed(desk: Desk) -> list[str]:
    found: list[dict[str, Any]] = (await desk.kandy.control.get("/subscriptions")).json()
    return sorted(one["number"] for one in found if one["number"])
