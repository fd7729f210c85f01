"""Whole conversations: put away, undone, brought back at their time, also across a restart."""

from sms_desktop.domain.thread_flags import Folder, ThreadChange
from sms_desktop.sync import events
from tests.helpers.desk import Desk
from tests.helpers.kandy_session import OWN, PERSON


async def written(desk: Desk, text: str = "hello") -> int:
    """A person's text has come; the conversation."""
    await desk.kandy.turn("phone/write", person=PERSON, own=OWN, text=text)
    await desk.until(lambda: text in desk.texts())
    return await desk.conversation()


def folder(desk: Desk, conversation: int) -> Folder:
    row = desk.reader.conversation(conversation)  # type: ignore[arg-type]
    assert row is not None
    return row.folder


async def test_a_snooze_ends_at_its_time_and_is_told(desk: Desk) -> None:
    here = await written(desk)
    until_ms = desk.time.ms + 45_000
    desk.engine.threads.change([here], ThreadChange(snoozed_until_ms=until_ms))
    await desk.until(lambda: folder(desk, here) is Folder.SNOOZED)
    await desk.time.sleep_through(30.0)
    await desk.time.until_asleep(15.0)
    assert folder(desk, here) is Folder.SNOOZED
    desk.events.clear()
    desk.time.pass_s(15.0)
    await desk.until(lambda: folder(desk, here) is Folder.INBOX)
    await desk.until(lambda: bool(desk.told(events.TimelineChanged)))


async def test_a_snooze_that_ended_while_the_program_was_closed_is_over_at_the_start(
    desk: Desk,
) -> None:
    here = await written(desk)
    desk.engine.threads.change([here], ThreadChange(snoozed_until_ms=desk.time.ms + 60_000))
    await desk.until(lambda: folder(desk, here) is Folder.SNOOZED)
    await desk.stop()
    desk.time.ms += 3_600_000
    await desk.start()
    await desk.until(lambda: folder(desk, here) is Folder.INBOX)


async def test_a_sooner_snooze_is_not_kept_waiting_by_a_later_one(desk: Desk) -> None:
    here = await written(desk)
    desk.engine.threads.change([here], ThreadChange(snoozed_until_ms=desk.time.ms + 600_000))
    await desk.time.until_asleep(30.0)
    desk.engine.threads.change([here], ThreadChange(snoozed_until_ms=desk.time.ms + 2_000))
    await desk.time.sleep_through(2.0)
    await desk.until(lambda: folder(desk, here) is Folder.INBOX)


async def test_the_last_change_is_taken_back_once(desk: Desk) -> None:
    here = await written(desk)
    desk.engine.threads.change([here], ThreadChange(muted=True))
    desk.engine.threads.change([here], ThreadChange(archived=True))
    desk.engine.threads.undo()
    desk.engine.threads.undo()
    desk.engine.threads.mark_all_read([here])
    await desk.until(lambda: desk.unread() == 0)
    row = desk.reader.conversation(here)  # type: ignore[arg-type]
    assert row is not None
    assert row.flags.is_muted
    assert row.folder is Folder.INBOX
