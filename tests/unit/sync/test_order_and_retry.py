"""The order of a conversation, over failures, waits and second tries."""

from sms_desktop.domain.delivery import State
from sms_desktop.sync import events
from tests.helpers.desk import Desk
from tests.helpers.kandy_session import FOREIGN, OWN, PERSON, SECOND

NUMBERED = [f"text {number}" for number in range(1, 6)]


async def _accepted(desk: Desk) -> list[str]:
    return [one["text"] for one in (await desk.kandy.control.get("/counters")).json()["accepted"]]


async def _all_accepted(desk: Desk, *texts: str) -> None:
    for text in texts:
        await desk.until_state(text, State.ACCEPTED)


async def test_texts_of_one_conversation_go_out_in_their_order(desk: Desk) -> None:
    conversation = await desk.conversation()
    for text in NUMBERED:
        desk.engine.send(conversation, text)
    await _all_accepted(desk, *NUMBERED)
    assert await _accepted(desk) == NUMBERED
    assert desk.texts() == NUMBERED


async def test_a_first_text_that_must_wait_is_not_overtaken(desk: Desk) -> None:
    await desk.kandy.turn("network", up=False)
    for text in NUMBERED:
        await desk.send(text)
    await desk.until(lambda: bool(desk.row(NUMBERED[0]).reason))
    await desk.kandy.turn("network", up=True)
    # A new one wakes the outbox; the first is not due yet.
    await desk.send("text 6")
    assert await _accepted(desk) == []
    await desk.time.sleep_through(0.75)
    await _all_accepted(desk, *NUMBERED, "text 6")
    assert await _accepted(desk) == [*NUMBERED, "text 6"]


async def test_other_conversations_do_not_wait_for_one_that_is_stuck(desk: Desk) -> None:
    await desk.kandy.turn("faults", kind="hold-answer", route="send")
    await desk.send("stuck")
    await desk.kandy.until(lambda seen: seen["held"] == 1)
    await desk.send("behind it")
    await desk.send("elsewhere", local=SECOND)
    await desk.until_state("elsewhere", State.ACCEPTED)
    assert desk.state("behind it") is State.QUEUED
    await desk.kandy.turn("faults/release")
    await _all_accepted(desk, "stuck", "behind it")


async def test_a_refused_text_lets_the_next_ones_pass_and_can_be_tried_again(desk: Desk) -> None:
    await desk.kandy.turn("faults", kind="refuse", route="send")
    conversation = await desk.conversation()
    refused = desk.engine.send(conversation, "first")
    desk.engine.send(conversation, "second")
    await desk.until_state("first", State.REFUSED)
    await _all_accepted(desk, "second")
    desk.engine.retry(refused)
    await _all_accepted(desk, "first")
    assert await _accepted(desk) == ["second", "first"]
    assert desk.texts() == ["first", "second"]


async def test_one_that_is_tried_again_goes_before_those_that_were_made_later(desk: Desk) -> None:
    await desk.kandy.turn("faults", kind="refuse", route="send")
    refused = await desk.send("first")
    await desk.until_state("first", State.REFUSED)
    await desk.kandy.turn("network", up=False)
    await desk.send("second")
    await desk.until(lambda: bool(desk.row("second").reason))
    desk.engine.retry(refused)
    await desk.until(lambda: desk.state("first") is State.QUEUED)
    await desk.kandy.turn("network", up=True)
    desk.engine.check_connection()
    await _all_accepted(desk, "first", "second")
    assert await _accepted(desk) == ["first", "second"]


async def test_a_restart_keeps_the_order(desk: Desk) -> None:
    await desk.kandy.turn("network", up=False)
    for text in NUMBERED:
        await desk.send(text)
    await desk.until(lambda: bool(desk.row(NUMBERED[0]).reason))
    await desk.stop()
    await desk.kandy.turn("network", up=True)
    await desk.start()
    await _all_accepted(desk, *NUMBERED)
    assert await _accepted(desk) == NUMBERED


async def test_many_conversations_at_once_all_get_through(desk: Desk) -> None:
    people = [f"+1613123{number:04}" for number in range(30)]
    for person in people:
        desk.engine.send(await desk.conversation(OWN, type(PERSON)(person)), f"to {person}")
    await _all_accepted(desk, *(f"to {person}" for person in people))
    assert sorted(await _accepted(desk)) == sorted(f"to {person}" for person in people)


async def test_waiting_leaves_one_alarm_however_often_it_is_woken(desk: Desk) -> None:
    await desk.kandy.turn("faults", kind="status", route="send", status=429, retry_after_s=60)
    await desk.send("slow")
    await desk.time.until_asleep(60.0)
    for number in range(20):
        await desk.send(f"more {number}")
    await desk.core.tasks.wait_idle()
    assert desk.time.sleepers(60.0) == 1


async def test_a_retry_of_what_was_not_refused_changes_nothing(desk: Desk) -> None:
    client_id = await desk.send("fine")
    await _all_accepted(desk, "fine")
    desk.engine.retry(client_id)
    desk.engine.discard(client_id)
    await desk.until(lambda: bool(desk.told(events.TroubleArose)))
    await desk.core.tasks.wait_idle()
    assert desk.state("fine") is State.ACCEPTED
    assert await _accepted(desk) == ["fine"]


async def test_a_refused_text_can_be_forgotten(desk: Desk) -> None:
    client_id = await desk.send("nobody's number", local=FOREIGN)
    await desk.until_state("nobody's number", State.REFUSED)
    desk.engine.discard(client_id)
    await desk.until(lambda: not desk.rows())
