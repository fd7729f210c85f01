"""Every way in which a send can end: what the bubble says, and how often Kandy got the text."""

import asyncio
from typing import Any

import pytest

from sms_desktop.domain.address import DEFAULT_SENDER, Address
from sms_desktop.domain.delivery import State
from sms_desktop.store import numbers
from sms_desktop.sync import events
from sms_desktop.sync.sending.sendable import NothingToSend
from sms_desktop.ui.ports import ConversationFilter
from tests.helpers.desk import Desk
from tests.helpers.kandy_session import FOREIGN, OWN, PERSON, SECOND

ACCEPTED = State.ACCEPTED


async def _accepted(desk: Desk) -> list[str]:
    return [one["text"] for one in (await desk.kandy.control.get("/counters")).json()["accepted"]]


async def _sends(desk: Desk) -> int:
    seen = (await desk.kandy.control.get("/counters")).json()
    return int(seen["requests"].get("send", 0))


async def test_a_text_goes_out_once_and_is_accepted(desk: Desk) -> None:
    client_id = await desk.send("hello")
    row = await desk.until_state("hello", ACCEPTED)
    assert row.client_id == client_id
    assert await _accepted(desk) == ["hello"]
    echoes = desk.told(events.MessageEchoed)
    assert [echo.row.text for echo in echoes] == ["hello"]


@pytest.mark.parametrize("fault", ["notification-first", "repeat-notification"])
async def test_answer_and_notification_make_one_bubble(desk: Desk, fault: str) -> None:
    await desk.kandy.turn("faults", kind=fault, route="outbound")
    await desk.send("hello")
    await desk.until_state("hello", ACCEPTED)
    copies = 2 if fault == "repeat-notification" else 1
    await desk.kandy.until(lambda seen: seen["webhooks"].get("200", 0) == copies)
    assert desk.texts() == ["hello"]


async def test_a_refusal_says_why_and_is_not_repeated(desk: Desk) -> None:
    await desk.kandy.turn(
        "faults", kind="refuse", route="send", code="SVC0002", text="Bad %1", variables=["text"]
    )
    await desk.send("no way")
    row = await desk.until_state("no way", State.REFUSED)
    assert "Bad text" in row.reason
    assert await _sends(desk) == 1


async def test_a_foreign_sender_is_refused(desk: Desk) -> None:
    await desk.send("not mine", local=FOREIGN)
    row = await desk.until_state("not mine", State.REFUSED)
    assert "not assigned" in row.reason


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "drop-answer"},
        {"kind": "status-after", "status": 503},
        {"kind": "broken-body"},
    ],
    ids=lambda fault: str(fault["kind"]),
)
async def test_a_lost_answer_is_settled_by_the_notification(
    desk: Desk, fault: dict[str, Any]
) -> None:
    await desk.kandy.turn("faults", route="send", **fault)
    await desk.send("once only")
    await desk.until_state("once only", ACCEPTED)
    assert await _accepted(desk) == ["once only"]
    assert desk.texts() == ["once only"]


async def test_a_request_that_was_cut_is_not_sent_twice(desk: Desk) -> None:
    await desk.kandy.turn("faults", kind="cut", route="send")
    await desk.send("cut off")
    await desk.until_state("cut off", State.UNCONFIRMED)
    for _ in range(3):
        desk.engine.check_connection()
        await desk.until_live()
    assert await _sends(desk) == 1


async def test_a_server_error_before_the_work_is_unconfirmed(desk: Desk) -> None:
    await desk.kandy.turn("faults", kind="status", route="send", status=502)
    await desk.send("who knows")
    await desk.until_state("who knows", State.UNCONFIRMED)
    assert await _sends(desk) == 1


async def test_an_expired_token_costs_nothing_but_a_sign_in(desk: Desk) -> None:
    await desk.kandy.turn("tokens", revoke=True)
    await desk.send("with a new token")
    await desk.until_state("with a new token", ACCEPTED)
    assert await _accepted(desk) == ["with a new token"]


async def test_slowing_down_holds_up_the_whole_account_for_as_long_as_kandy_wants(
    desk: Desk,
) -> None:
    await desk.kandy.turn("faults", kind="status", route="send", status=429, retry_after_s=40)
    await desk.send("first")
    await desk.until(lambda: "slow down" in desk.row("first").reason)
    await desk.send("from the other number", local=SECOND)
    await desk.time.until_asleep(40.0)
    assert await _sends(desk) == 1
    desk.time.pass_s(40)
    await desk.until_state("first", ACCEPTED)
    await desk.until_state("from the other number", ACCEPTED)


async def test_retry_after_zero_does_not_mean_a_loop_without_end(desk: Desk) -> None:
    await desk.kandy.turn(
        "faults", kind="status", route="send", status=429, retry_after_s=0, times=2
    )
    await desk.send("patience")
    await desk.time.sleep_through(0.75)
    await desk.time.sleep_through(1.5)
    await desk.until_state("patience", ACCEPTED)
    assert await _sends(desk) == 3


async def test_without_a_network_it_waits_and_goes_out_once_when_it_is_back(desk: Desk) -> None:
    await desk.kandy.turn("network", up=False)
    await desk.send("when you can")
    await desk.until(lambda: bool(desk.row("when you can").reason))
    assert desk.state("when you can") is State.QUEUED
    await desk.kandy.turn("network", up=True)
    desk.engine.check_connection()
    await desk.until_state("when you can", ACCEPTED)
    assert await _accepted(desk) == ["when you can"]


async def test_the_default_sender_lands_with_the_real_number_which_is_learnt(desk: Desk) -> None:
    account = desk.reader.accounts()[0].account_id
    await desk.profile.store.write(lambda db: numbers.set_kandy_default(db, account, SECOND))
    await desk.send("from whatever", local=DEFAULT_SENDER)
    await desk.until_state("from whatever", ACCEPTED)
    conversation = desk.reader.conversation(desk.row("from whatever").conversation_id)
    assert conversation is not None
    assert conversation.local == OWN
    await desk.core.tasks.wait_idle()
    newest = desk.told(events.NumbersChanged)[-1]
    assert [s.number.number for s in newest.numbers if s.number.is_kandy_default] == [OWN]


async def test_a_fast_local_clock_does_not_put_the_answer_before_the_question(
    cold_desk: Desk,
) -> None:
    desk = cold_desk
    desk.time.local_is_fast_by_s = 3600
    await desk.start()
    await desk.sign_in()
    await desk.until_live()
    await desk.send("is it ready?")
    await desk.until_state("is it ready?", ACCEPTED)
    desk.time.pass_s(1)
    await desk.kandy.turn("phone/write", person=PERSON, own=OWN, text="yes")
    await desk.until(lambda: desk.state("yes") is not None)
    assert desk.texts() == ["is it ready?", "yes"]


@pytest.mark.log_warnings("commit failed")
async def test_an_accepted_text_whose_answer_the_disk_does_not_take_is_never_sent_again(
    desk: Desk,
) -> None:
    await desk.kandy.turn("faults", kind="hold-answer", route="send")
    await desk.kandy.turn("faults", kind="drop-notification", route="outbound")
    await desk.send("paid for once")
    await desk.kandy.until(lambda seen: seen["held"] == 1)
    await desk.fill_disk()
    await desk.kandy.turn("faults/release")
    await desk.time.until_asleep(0.75)
    assert any("disk is full" in e.sentence for e in desk.told(events.TroubleArose))
    assert desk.state("paid for once") is State.SENDING
    await desk.free_disk()
    desk.time.pass_s(0.75)
    await desk.until_state("paid for once", ACCEPTED)
    assert await _accepted(desk) == ["paid for once"]


@pytest.mark.log_warnings("commit failed")
async def test_a_full_disk_gives_the_text_back(desk: Desk) -> None:
    conversation = await desk.conversation()
    await desk.fill_disk()
    desk.engine.send(conversation, "too much")
    await desk.until(lambda: bool(desk.told(events.EchoWithdrawn)))
    withdrawn = desk.told(events.EchoWithdrawn)[0]
    assert withdrawn.text == "too much"
    assert "disk is full" in withdrawn.sentence
    await desk.free_disk()


@pytest.mark.log_warnings("commit failed")
async def test_what_waits_when_the_disk_is_full_goes_out_when_it_is_not(desk: Desk) -> None:
    await desk.kandy.turn("network", up=False)
    await desk.send("later")
    await desk.until(lambda: bool(desk.row("later").reason))
    await desk.time.until_asleep(0.75)
    await desk.kandy.turn("network", up=True)
    await desk.fill_disk()
    desk.time.pass_s(0.75)
    await desk.time.until_asleep(20.0)
    assert await _sends(desk) == 0
    await desk.free_disk()
    desk.time.pass_s(20)
    await desk.until_state("later", ACCEPTED)


async def test_what_is_being_sent_cannot_be_taken_back(desk: Desk) -> None:
    await desk.kandy.turn("faults", kind="hold-answer", route="send")
    client_id = await desk.send("gone already")
    await desk.kandy.until(lambda seen: seen["held"] == 1)
    desk.engine.discard(client_id)
    await desk.until(lambda: bool(desk.told(events.TroubleArose)))
    assert "cannot be taken back" in desk.told(events.TroubleArose)[0].sentence
    await desk.kandy.turn("faults/release")
    await desk.until_state("gone already", ACCEPTED)


async def test_a_waiting_text_can_be_taken_back(desk: Desk) -> None:
    await desk.kandy.turn("network", up=False)
    client_id = await desk.send("never mind")
    await desk.until(lambda: bool(desk.row("never mind").reason))
    desk.engine.discard(client_id)
    await desk.until(lambda: not desk.rows())
    await desk.kandy.turn("network", up=True)
    desk.engine.check_connection()
    await desk.until_live()
    assert await _sends(desk) == 0


async def test_two_wait_for_outcomes_and_both_are_told(desk: Desk) -> None:
    sending = desk.core.sending
    one = await desk.engine.submit(OWN, PERSON, "one")
    two = await desk.engine.submit(SECOND, PERSON, "two")
    states = await asyncio.gather(sending.outcome(one, 30), sending.outcome(two, 30))
    assert states == [ACCEPTED, ACCEPTED]


async def test_behind_one_that_waits_the_next_is_answered_at_once_and_told_why(desk: Desk) -> None:
    await desk.kandy.turn("network", up=False)
    sending = desk.core.sending
    first = await desk.engine.submit(OWN, PERSON, "first")
    assert await sending.outcome(first, 3600) is State.QUEUED
    assert sending.reason(first)
    second = await desk.engine.submit(OWN, PERSON, "second")
    async with asyncio.timeout(30):
        assert await sending.outcome(second, 3600) is State.QUEUED
    assert "An earlier message to this person waits" in sending.reason(second)
    await desk.kandy.turn("network", up=True)
    desk.engine.check_connection()
    await desk.until_state("second", ACCEPTED)
    assert sending.reason(second) == ""
    assert await _accepted(desk) == ["first", "second"]


async def test_what_waits_since_an_earlier_run_does_not_keep_this_one_from_trying(
    desk: Desk,
) -> None:
    await desk.kandy.turn("network", up=False)
    first = await desk.engine.submit(OWN, PERSON, "first")
    assert await desk.core.sending.outcome(first, 3600) is State.QUEUED
    await desk.stop()
    await desk.kandy.turn("network", up=True)
    await desk.start(receive=False)
    second = await desk.engine.submit(OWN, PERSON, "second")
    assert await desk.core.sending.outcome(second, 3600) is ACCEPTED


async def test_a_number_that_cannot_be_kept_leaves_no_empty_conversation(desk: Desk) -> None:
    odd = Address("+1206\udcff")
    with pytest.raises(UnicodeEncodeError):
        await desk.engine.submit(OWN, odd, "hello")
    assert not desk.reader.conversations(ConversationFilter(), None, 100)


async def test_spaces_alone_are_no_text(desk: Desk) -> None:
    for text in ("", "   ", "\n\n"):
        with pytest.raises(NothingToSend):
            await desk.engine.submit(OWN, PERSON, text)
