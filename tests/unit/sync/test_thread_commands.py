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


async def at_kandy(desk: Desk) -> list[str]:
    """The texts of the person's thread that Kandy still has."""
    path = f"/remoteAddresses/{PERSON}/localAddresses/{OWN}/messages"
    found = (await desk.kandy.sms("GET", path)).json()["smsMessageList"].get("smsMessage", [])
    return sorted(message["message"] for message in found)


async def answered(desk: Desk, route: str) -> None:
    """Kandy has answered a request of this kind."""
    await desk.kandy.until(lambda seen: seen["answers"].get(route) == 1)


async def test_deleted_here_stays_deleted_after_reading_the_history_again(desk: Desk) -> None:
    here = await written(desk)
    desk.engine.threads.delete([here], at_kandy=False)
    await desk.until(lambda: folder(desk, here) is Folder.GONE)
    await desk.time.sleep_through(10.0)
    await desk.until(lambda: desk.reader.rows_before(here, None, 9) == [])  # type: ignore[arg-type]
    assert await at_kandy(desk) == ["hello"]
    desk.engine.hurry()
    await desk.kandy.turn("phone/write", person=PERSON, own=OWN, text="new")
    await desk.until(lambda: desk.texts() == ["new"])
    await desk.stop()
    await desk.start()
    await desk.until_live()
    assert desk.texts() == ["new"]


async def test_deleting_can_be_undone_until_its_time(desk: Desk) -> None:
    here = await written(desk)
    desk.engine.threads.delete([here], at_kandy=True)
    await desk.time.until_asleep(10.0)
    desk.engine.threads.undo()
    await desk.until(lambda: folder(desk, here) is Folder.INBOX)
    desk.time.pass_s(60.0)
    desk.engine.threads.mark_all_read([here])
    await desk.until(lambda: desk.unread() == 0)
    assert desk.texts() == await at_kandy(desk) == ["hello"]


async def test_deleted_at_kandy_too(desk: Desk) -> None:
    here = await written(desk)
    await written(desk, "again")
    desk.engine.threads.delete([here], at_kandy=True)
    await desk.time.sleep_through(10.0)
    await answered(desk, "delete-thread 204")
    assert desk.texts() == await at_kandy(desk) == []


async def test_what_came_to_kandy_meanwhile_is_not_deleted_with_it(desk: Desk) -> None:
    here = await written(desk)
    desk.engine.threads.delete([here], at_kandy=True)
    await desk.time.until_asleep(10.0)
    await desk.kandy.turn("faults", kind="drop-notification", route="inbound")
    await desk.kandy.turn("phone/write", person=PERSON, own=OWN, text="did you see this?")
    desk.time.pass_s(10.0)
    await answered(desk, "delete-message 204")
    assert await at_kandy(desk) == ["did you see this?"]
    desk.engine.hurry()
    await desk.until(lambda: desk.texts() == ["did you see this?"])


async def test_kandy_deletes_it_later_when_it_cannot_be_reached_now(desk: Desk) -> None:
    here = await written(desk)
    desk.engine.threads.delete([here], at_kandy=True)
    await desk.time.until_asleep(10.0)
    await desk.stop()
    desk.time.ms += 60_000
    await desk.start()
    await answered(desk, "delete-thread 204")
    assert await at_kandy(desk) == []
    await desk.until(lambda: folder(desk, here) is Folder.GONE)
