"""What becomes of a text whose answer was lost: settled by facts, never sent again by the program."""

from sms_desktop.domain.address import DEFAULT_SENDER, Address
from sms_desktop.domain.delivery import UNKNOWABLE, State
from sms_desktop.sync.events import CheckAnswered, TroubleArose
from tests.helpers.desk import Desk
from tests.helpers.kandy_session import OWN, PERSON

CHECKS_S = (1.0, 4.0, 10.0, 20.0)


async def _sends(desk: Desk) -> int:
    seen = (await desk.kandy.control.get("/counters")).json()
    return int(seen["requests"].get("send", 0))


async def _deaf_to_syncs(desk: Desk) -> None:
    await desk.kandy.turn("faults", kind="drop-notification", route="outbound", times=None)


async def _unconfirmed(desk: Desk, text: str, fault: str, local: Address = OWN) -> str:
    await desk.kandy.turn("faults", kind=fault, route="send")
    client_id = await desk.send(text, local=local)
    await desk.until_state(text, State.UNCONFIRMED)
    return client_id


async def test_history_shows_that_it_was_accepted(desk: Desk) -> None:
    await _deaf_to_syncs(desk)
    client_id = await _unconfirmed(desk, "gate code is 4471", "drop-answer")
    await desk.time.sleep_through(1.0)
    row = await desk.until_state("gate code is 4471", State.ACCEPTED)
    assert row.client_id == client_id
    assert await _sends(desk) == 1


async def test_silence_means_not_sent_only_after_the_last_check(desk: Desk) -> None:
    await _unconfirmed(desk, "lost", "cut")
    for wait_s in CHECKS_S:
        await desk.time.until_asleep(wait_s)
        assert desk.state("lost") is State.UNCONFIRMED
        desk.time.pass_s(wait_s)
    row = await desk.until_state("lost", State.NOT_SENT)
    assert "history does not show" in row.reason
    assert await _sends(desk) == 1


async def test_silence_says_nothing_once_kandy_has_forgotten_that_time(desk: Desk) -> None:
    """A trial account's oldest messages fall out: the lost answer's message was one of them."""
    await _deaf_to_syncs(desk)
    await desk.kandy.turn("faults", kind="drop-notification", route="inbound", times=None)
    client_id = await _unconfirmed(desk, "gate code is 4471", "drop-answer")
    await desk.kandy.turn("burst", own=OWN, count=1000, within_s=0)
    await desk.kandy.until(lambda seen: seen["webhooks"].get("dropped", 0) > 1000)
    for wait_s in CHECKS_S:
        await desk.time.sleep_through(wait_s)
    await desk.until(lambda: desk.row("gate code is 4471").reason == UNKNOWABLE)
    assert desk.state("gate code is 4471") is State.UNCONFIRMED
    assert await _sends(desk) == 1
    # Only the person can go on with it.
    desk.engine.retry(type(desk.row("gate code is 4471").client_id or "")(client_id))
    await desk.until_state("gate code is 4471", State.ACCEPTED)
    assert await _sends(desk) == 2


async def test_not_sent_can_be_sent_again_by_the_person_alone(desk: Desk) -> None:
    client_id = await _unconfirmed(desk, "lost", "cut")
    for wait_s in CHECKS_S:
        await desk.time.sleep_through(wait_s)
    await desk.until_state("lost", State.NOT_SENT)
    desk.engine.retry(type(desk.row("lost").client_id or "")(client_id))
    await desk.until_state("lost", State.ACCEPTED)
    assert await _sends(desk) == 2


async def test_an_impatient_person_gets_no_wrong_answer(desk: Desk) -> None:
    """The request is still in the network: silence of history says nothing yet."""
    await _deaf_to_syncs(desk)
    await _unconfirmed(desk, "in flight", "cut")
    client_id = desk.row("in flight").client_id
    assert client_id is not None
    desk.engine.check_now(client_id)
    await desk.kandy.until(lambda seen: seen["answers"].get("messages 200", 0) >= 1)
    await desk.core.tasks.wait_idle()
    assert desk.state("in flight") is State.UNCONFIRMED
    (answer,) = desk.told(CheckAnswered)
    assert answer.client_id == client_id
    assert "does not show it yet" in answer.sentence
    # It arrives late after all.
    await desk.kandy.turn("another-device", own=OWN, person=PERSON, text="in flight")
    desk.engine.check_now(client_id)
    row = await desk.until_state("in flight", State.ACCEPTED)
    assert row.client_id == client_id
    await desk.core.tasks.wait_idle()
    assert desk.told(CheckAnswered)[-1] == CheckAnswered(client_id, "")


async def test_who_asks_while_kandy_cannot_be_reached_is_told_so_beside_the_message(
    desk: Desk,
) -> None:
    await _deaf_to_syncs(desk)
    await _unconfirmed(desk, "cut off", "drop-answer")
    await desk.kandy.turn("network", up=False)
    client_id = desk.row("cut off").client_id
    assert client_id is not None
    desk.engine.check_now(client_id)
    await desk.until(lambda: bool(desk.told(CheckAnswered)))
    assert desk.told(CheckAnswered)[-1].sentence.startswith("Kandy could not be asked:")
    assert not desk.told(TroubleArose)


async def test_silence_of_the_network_is_no_answer(desk: Desk) -> None:
    await _deaf_to_syncs(desk)
    await _unconfirmed(desk, "cut off", "drop-answer")
    await desk.kandy.turn("network", up=False)
    await desk.time.sleep_through(1.0)
    for wait_s in (20.75, 21.5, 23.0):
        await desk.time.sleep_through(wait_s)
    await desk.time.until_asleep(26.0)
    assert desk.state("cut off") is State.UNCONFIRMED
    await desk.kandy.turn("network", up=True)
    desk.time.pass_s(26)
    await desk.until_state("cut off", State.ACCEPTED)
    assert await _sends(desk) == 1


async def test_the_default_sender_is_looked_for_under_every_number(desk: Desk) -> None:
    await _deaf_to_syncs(desk)
    await _unconfirmed(desk, "from whatever", "drop-answer", local=DEFAULT_SENDER)
    await desk.time.sleep_through(1.0)
    row = await desk.until_state("from whatever", State.ACCEPTED)
    conversation = desk.reader.conversation(row.conversation_id)
    assert conversation is not None
    assert conversation.local == OWN


async def test_a_start_settles_what_an_earlier_run_left(desk: Desk) -> None:
    await _deaf_to_syncs(desk)
    await desk.kandy.turn("faults", kind="hold-answer", route="send")
    await desk.send("while closing")
    await desk.kandy.until(lambda seen: seen["held"] == 1)
    await desk.stop()
    await desk.kandy.turn("faults/release")
    await desk.start()
    await desk.until_state("while closing", State.ACCEPTED)
    assert await _sends(desk) == 1


async def test_a_start_without_a_network_says_nothing_about_what_is_unconfirmed(
    desk: Desk,
) -> None:
    await _unconfirmed(desk, "from whatever", "cut", local=DEFAULT_SENDER)
    await desk.stop()
    await desk.kandy.turn("network", up=False)
    await desk.start()
    await desk.time.sleep_through(1.0)
    for wait_s in (20.75, 21.5, 23.0):
        await desk.time.sleep_through(wait_s)
    await desk.time.until_asleep(26.0)
    assert desk.state("from whatever") is State.UNCONFIRMED


async def test_two_equal_texts_are_two_messages(desk: Desk) -> None:
    await _deaf_to_syncs(desk)
    await _unconfirmed(desk, "yes", "drop-answer")
    conversation = await desk.conversation()
    desk.engine.send(conversation, "yes")
    await desk.until(lambda: [r.state for r in desk.rows()].count(State.ACCEPTED) == 1)
    await desk.time.sleep_through(1.0)
    await desk.until(lambda: [r.state for r in desk.rows()] == [State.ACCEPTED, State.ACCEPTED])
    assert len({row.message_id for row in desk.rows()}) == 2
    assert await _sends(desk) == 2


async def test_another_accounts_silence_says_nothing(desk: Desk) -> None:
    other = await desk.kandy.turn("accounts", numbers=["+12025550123"])
    await desk.sign_in(**other)
    await desk.until(lambda: "3 of 3" in desk.health.sentence)
    await desk.time.until_asleep(300.0, sleepers=2)
    client_id = await _unconfirmed(desk, "whose?", "cut")
    for wait_s in CHECKS_S[:2]:
        await desk.time.sleep_through(wait_s)
    await desk.time.until_asleep(CHECKS_S[2])
    before = (await desk.kandy.control.get("/counters")).json()["requests"]["messages"]
    desk.engine.check_now(type(desk.row("whose?").client_id or "")(client_id))
    await desk.core.tasks.wait_idle()
    assert desk.state("whose?") is State.UNCONFIRMED
    # Only the account that the text belongs to has asked, and may draw conclusions.
    after = (await desk.kandy.control.get("/counters")).json()["requests"]["messages"]
    assert after == before + 1


async def test_a_text_that_was_taken_for_another_is_looked_for_again(desk: Desk) -> None:
    """The news about the second of two equal texts comes before its answer, and looks like the first."""
    await _unconfirmed(desk, "same", "cut")
    await desk.kandy.turn("faults", kind="notification-first", route="outbound")
    await desk.kandy.turn("faults", kind="hold-answer", route="send")
    await desk.send("same")
    await desk.kandy.until(lambda seen: seen["held"] == 1)
    await desk.until(lambda: State.ACCEPTED in [row.state for row in desk.rows()])
    await desk.time.sleep_through(1.0)
    await desk.until_nobody_runs("settle")
    await desk.kandy.turn("faults/release")
    for wait_s in CHECKS_S:
        await desk.time.sleep_through(wait_s)
    await desk.until(lambda: State.NOT_SENT in [row.state for row in desk.rows()])
    assert sorted(row.state for row in desk.rows()) == [State.ACCEPTED, State.NOT_SENT]
    assert await _sends(desk) == 2
