"""Texts for later: sent at their time, asked about when late, never twice, whatever clocks do."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from sms_desktop.domain.delivery import State
from sms_desktop.domain.ids import ClientId
from sms_desktop.domain.scheduling import LATE_MS, ScheduledMessage
from sms_desktop.store import conversations, outbox
from sms_desktop.store import scheduled as store
from sms_desktop.sync import events
from sms_desktop.sync.sending.scheduling import TooLate
from tests.helpers.desk import Desk, open_desk

HOUR_MS = 3_600_000


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with open_desk(tmp_path) as desk:
        await desk.start()
        await desk.sign_in()
        await desk.until_live()
        yield desk


async def schedule(desk: Desk, text: str, in_ms: int) -> ClientId:
    here = await desk.conversation()
    client_id = desk.engine.scheduled.schedule(here, text, desk.time.ms + in_ms)
    await desk.until(lambda: find(desk, text) is not None)
    return client_id


def find(desk: Desk, text: str) -> ScheduledMessage | None:
    return next((one for one in desk.reader.scheduled() if one.text == text), None)


async def come_round(desk: Desk) -> None:
    """Have the clock looked at, and wait until that was done."""
    desk.engine.scheduled.look_again()
    await desk.profile.store.write(lambda _db: None)


async def test_it_is_sent_at_its_time_and_not_before(desk: Desk) -> None:
    client_id = await schedule(desk, "at four", HOUR_MS)
    await desk.time.until_asleep(30.0)
    desk.time.pass_s(3590)
    await desk.time.until_asleep(10.0)
    assert desk.state("at four") is None
    desk.time.pass_s(10)
    row = await desk.until_state("at four", State.ACCEPTED)
    assert row.client_id == client_id
    assert find(desk, "at four") is None


async def test_the_timeline_and_the_list_of_conversations_know_nothing_of_it(desk: Desk) -> None:
    await schedule(desk, "later", HOUR_MS)
    here = await desk.conversation()
    row = desk.reader.conversation(here)
    assert row is not None
    assert (row.last_at_ms, row.last_text) == (0, "")
    assert desk.rows() == []
    assert [one.text for one in desk.reader.scheduled_in(here)] == ["later"]


async def test_what_came_due_a_moment_ago_is_sent_at_the_start(desk: Desk) -> None:
    await schedule(desk, "nearly", HOUR_MS)
    await desk.stop()
    desk.time.pass_s(3600 + LATE_MS / 1000)
    await desk.start()
    await desk.until_state("nearly", State.ACCEPTED)
    assert desk.told(events.CameDueLate) == []


async def test_what_is_later_waits_for_the_person_whatever_the_clocks_do(desk: Desk) -> None:
    await schedule(desk, "too late", HOUR_MS)
    await schedule(desk, "too late as well", HOUR_MS + 1000)
    await desk.stop()
    desk.time.pass_s(3600 + LATE_MS / 1000 + 2)
    await desk.start()
    await desk.until(lambda: bool(desk.told(events.CameDueLate)))
    assert desk.told(events.CameDueLate) == [events.CameDueLate(2)]
    await desk.stop()
    # The clock is put back to before its time, and goes on.
    desk.time.local_is_fast_by_s = -7200
    await desk.start()
    await desk.until_live()
    desk.time.local_is_fast_by_s = -(LATE_MS // 1000)
    await come_round(desk)
    late = find(desk, "too late")
    assert late is not None
    assert "was not sent" in late.held
    assert desk.state("too late") is None
    desk.engine.scheduled.send_now(late.client_id)
    await desk.until_state("too late", State.ACCEPTED)
    other = find(desk, "too late as well")
    assert other is not None
    await desk.engine.scheduled.amend(other.client_id, "tomorrow then", desk.time.ms + HOUR_MS)
    kept = find(desk, "tomorrow then")
    assert kept is not None
    assert not kept.held


async def test_it_can_be_rewritten_moved_sent_now_and_cancelled(desk: Desk) -> None:
    client_id = await schedule(desk, "one", HOUR_MS)
    await desk.engine.scheduled.amend(client_id, "two", desk.time.ms + 2 * HOUR_MS)
    desk.time.pass_s(3700)
    await come_round(desk)
    assert desk.rows() == []
    desk.engine.scheduled.send_now(client_id)
    desk.engine.scheduled.send_now(client_id)
    await desk.until_state("two", State.ACCEPTED)
    assert desk.texts() == ["two"]
    with pytest.raises(TooLate):
        await desk.engine.scheduled.amend(client_id, "three", desk.time.ms + HOUR_MS)
    other = await schedule(desk, "never", HOUR_MS)
    desk.engine.scheduled.cancel(other)
    await desk.until(lambda: find(desk, "never") is None)
    desk.time.pass_s(4000)
    await come_round(desk)
    assert desk.texts() == ["two"]


async def test_with_undo_it_goes_out_after_ten_seconds_or_comes_back(desk: Desk) -> None:
    here = await desk.conversation()
    taken = desk.engine.scheduled.send_soon(here, "in anger")
    await desk.until(lambda: find(desk, "in anger") is not None)
    desk.engine.scheduled.take_back(taken)
    await desk.until(lambda: bool(desk.told(events.EchoWithdrawn)))
    (back,) = desk.told(events.EchoWithdrawn)
    assert (back.conversation_id, back.text, back.sentence) == (here, "in anger", "")
    desk.engine.scheduled.send_soon(here, "in peace")
    await desk.time.sleep_through(10.0)
    await desk.until_state("in peace", State.ACCEPTED)
    assert desk.texts() == ["in peace"]


@pytest.mark.log_warnings("commit failed")
async def test_a_full_disk_gives_the_text_back(desk: Desk) -> None:
    here = await desk.conversation()
    await desk.fill_disk()
    desk.engine.scheduled.schedule(here, "for later", desk.time.ms + HOUR_MS)
    await desk.until(lambda: bool(desk.told(events.EchoWithdrawn)))
    (back,) = desk.told(events.EchoWithdrawn)
    assert back.text == "for later"
    assert back.sentence
    await desk.free_disk()


async def test_a_jump_of_the_clock_or_a_long_sleep_sends_nothing_late(desk: Desk) -> None:
    await schedule(desk, "while it slept", HOUR_MS)
    await desk.time.until_asleep(30.0)
    desk.time.local_is_fast_by_s = 3 * 3600
    desk.engine.hurry()
    await desk.until(lambda: bool(desk.told(events.CameDueLate)))
    assert desk.rows() == []


async def test_the_draft_that_was_written_since_stays(desk: Desk) -> None:
    client_id = await schedule(desk, "later", HOUR_MS)
    here = await desk.conversation()
    await desk.profile.store.write(lambda db: conversations.set_draft(db, here, "new", 1))
    desk.engine.scheduled.send_now(client_id)
    await desk.until_state("later", State.ACCEPTED)
    row = desk.reader.conversation(here)
    assert row is not None
    assert row.draft == "new"


async def test_what_comes_from_a_backup_waits_for_the_person(desk: Desk) -> None:
    client_id = await schedule(desk, "perhaps sent since", HOUR_MS)
    await desk.profile.store.write(store.hold_all)
    desk.time.pass_s(3601)
    await come_round(desk)
    assert desk.rows() == []
    held = find(desk, "perhaps sent since")
    assert held is not None
    assert "backup" in held.held
    assert desk.reader.read(lambda db: outbox.item(db, client_id)) is None
