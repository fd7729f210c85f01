"""Starting, ending, and accounts that come and go while much is under way."""

import asyncio

import pytest

from sms_desktop.domain.delivery import State
from sms_desktop.domain.health import Level
from sms_desktop.domain.ids import AccountId
from sms_desktop.store import outbox
from sms_desktop.sync.events import AccountsChanged, HealthChanged, NumbersChanged, TimelineChanged
from sms_desktop.sync.sending.sending import Sending
from tests.helpers.desk import Desk, tasks_of_the_program
from tests.helpers.kandy_session import OWN, PERSON

WATCHES = {"snoozes", "deletions", "scheduling"}
"""They wait for times, not for Kandy, and stay as long as the program."""


async def test_ending_leaves_no_task(desk: Desk) -> None:
    await desk.kandy.turn("faults", kind="hold-answer", route="send")
    await desk.send("on its way")
    await desk.kandy.until(lambda seen: seen["held"] == 1)
    assert tasks_of_the_program()
    await desk.stop()
    assert tasks_of_the_program() == []


async def test_ending_while_nobody_can_be_reached(desk: Desk) -> None:
    await desk.kandy.turn("network", up=False)
    await desk.send("later")
    desk.time.pass_s(300)
    await desk.until(lambda: desk.health.level is Level.DEAF)
    await desk.stop()
    assert tasks_of_the_program() == []


async def test_what_was_typed_in_the_last_moment_is_on_the_disk(desk: Desk) -> None:
    await desk.kandy.turn("network", up=False)
    conversation = await desk.conversation()
    desk.engine.send(conversation, "goodbye")
    desk.engine.set_draft(conversation, "not finis")
    await desk.stop()
    await desk.start()
    row = desk.reader.conversation(conversation)
    assert row is not None
    assert row.draft == "not finis"
    assert desk.state("goodbye") in (State.QUEUED, State.SENDING)
    await desk.kandy.turn("network", up=True)
    desk.engine.check_connection()
    await desk.until_state("goodbye", State.ACCEPTED)


async def test_who_waits_for_an_outcome_is_answered_when_the_program_ends(desk: Desk) -> None:
    await desk.kandy.turn("faults", kind="hold-answer", route="send")
    sending: Sending = desk.core.sending
    client_id = await desk.engine.submit(OWN, PERSON, "half way")
    behind = await desk.engine.submit(OWN, PERSON, "behind it")
    waiting = [
        asyncio.create_task(sending.outcome(client_id, 3600)),
        asyncio.create_task(sending.outcome(behind, 3600)),
    ]
    await desk.kandy.until(lambda seen: seen["held"] == 1)
    await desk.engine.close()
    assert await asyncio.gather(*waiting) == [State.UNCONFIRMED, State.QUEUED]


async def test_two_reloads_at_once_open_one_session(desk: Desk) -> None:
    await desk.stop()
    desk.begin()
    await desk.kandy.control.delete("/counters")
    await asyncio.gather(*(desk.engine.reload() for _ in range(4)))
    await desk.until_live()
    seen = (await desk.kandy.control.get("/counters")).json()
    assert seen["requests"]["create-channel"] == 1


async def test_a_reload_after_the_end_begins_nothing(desk: Desk) -> None:
    await desk.engine.close()
    await desk.engine.reload()
    await desk.core.tasks.wait_idle()
    assert tasks_of_the_program() == []


async def test_a_removed_account_stops_at_once_and_its_texts_stay(desk: Desk) -> None:
    await desk.kandy.turn("faults", kind="hold-answer", route="send")
    await desk.send("half way")
    await desk.kandy.until(lambda seen: seen["held"] == 1)
    await desk.engine.accounts.remove(desk.reader.accounts()[0].account_id)
    await desk.core.tasks.wait_idle()
    assert set(tasks_of_the_program()) == WATCHES
    assert desk.health.level is Level.NO_ACCOUNT
    # Back again: nothing is sent twice, and what nobody knew is found out.
    await desk.kandy.turn("faults/release")
    await desk.sign_in()
    await desk.until_state("half way", State.ACCEPTED)
    seen = (await desk.kandy.control.get("/counters")).json()
    assert [one["text"] for one in seen["accepted"]] == ["half way"]


async def test_adding_the_account_again_replaces_its_session(desk: Desk) -> None:
    await desk.sign_in("websocket")
    await desk.until(lambda: "websocket" in desk.health.sentence)
    await desk.until_live()
    found = (await desk.kandy.control.get("/subscriptions")).json()
    assert len({one["channel_id"] for one in found}) == 1
    assert len([one for one in found if one["number"]]) == 2


async def test_without_receiving_nothing_is_made_at_kandy(cold_desk: Desk) -> None:
    desk = cold_desk
    await desk.start(receive=False)
    await desk.sign_in()
    await desk.send("from a script")
    await desk.until_state("from a script", State.ACCEPTED)
    seen = (await desk.kandy.control.get("/counters")).json()
    assert not seen["requests"].keys() & {"create-channel", "subscribe"}


async def test_an_account_that_has_lost_its_secret_says_so(desk: Desk) -> None:
    from sms_desktop.vault.keys import account_secret

    await desk.stop()
    desk.vault.delete(account_secret(AccountId(1)))
    await desk.start()
    await desk.until(lambda: desk.health.level is Level.DEAF)
    assert "secret" in desk.health.sentence


@pytest.mark.log_warnings("commit failed")
async def test_ending_with_a_full_disk_does_not_wait_for_room(desk: Desk) -> None:
    await desk.kandy.turn("faults", kind="hold-answer", route="send")
    await desk.kandy.turn("faults", kind="drop-notification", route="outbound", times=None)
    await desk.send("half way")
    await desk.kandy.until(lambda seen: seen["held"] == 1)
    await desk.fill_disk()
    await desk.stop()
    await desk.kandy.turn("faults/release")
    await desk.start()
    await desk.until_live()
    await desk.until_state("half way", State.ACCEPTED)
    seen = (await desk.kandy.control.get("/counters")).json()
    assert [one["text"] for one in seen["accepted"]] == ["half way"]


async def test_settling_what_a_crash_left_does_not_claim_that_there_is_no_account(
    desk: Desk,
) -> None:
    await desk.kandy.turn("network", up=False)
    client_id = await desk.send("on its way when the power went")
    await desk.stop()
    desk.begin(receive=False)
    await desk.profile.store.write(lambda db: outbox.mark_sending(db, client_id, desk.time.ms))
    desk.events.clear()
    desk.engine.tell_what_is_stored()
    assert [type(event) for event in desk.events] == [AccountsChanged, NumbersChanged]
    await desk.engine.start()
    assert desk.told(TimelineChanged)
    assert Level.NO_ACCOUNT not in [event.health.level for event in desk.told(HealthChanged)]


async def test_without_any_account_it_says_so(cold_desk: Desk) -> None:
    cold_desk.begin(receive=False)
    cold_desk.engine.tell_what_is_stored()
    assert cold_desk.events == []
    await cold_desk.engine.start()
    assert cold_desk.health.level is Level.NO_ACCOUNT
