"""What was missed while nobody listened: all of it, once, and nothing that was deleted."""

from sms_desktop.domain.delivery import State
from sms_desktop.domain.health import Level
from sms_desktop.domain.message import Origin
from sms_desktop.sync import events
from tests.helpers.desk import Desk
from tests.helpers.kandy_session import OWN, PERSON, SECOND


async def _write(desk: Desk, *texts: str, own: str = OWN) -> list[str]:
    ids = []
    for text in texts:
        desk.time.pass_s(1)
        done = await desk.kandy.turn("phone/write", person=PERSON, own=own, text=text)
        ids.append(str(done["message_id"]))
    return ids


async def _pull(desk: Desk) -> None:
    """Another client reads the thread: what is in it is new no more."""
    await desk.kandy.texts()


async def _look(desk: Desk) -> None:
    looks = desk.time.asked_s.count(300.0)
    desk.engine.check_connection()
    await desk.until(lambda: desk.time.asked_s.count(300.0) > looks)


async def test_the_first_time_only_what_kandy_calls_new_is_unread(cold_desk: Desk) -> None:
    desk = cold_desk
    await _write(desk, "old 1", "old 2")
    await desk.kandy.turn("another-device", own=OWN, person=PERSON, text="answered long ago")
    await _pull(desk)
    await _write(desk, "new 1", "new 2")
    await desk.start()
    await desk.sign_in()
    await desk.until_live()
    assert desk.texts() == ["old 1", "old 2", "answered long ago", "new 1", "new 2"]
    assert desk.row("answered long ago").origin is Origin.UNKNOWN
    assert desk.unread() == 2
    mark = desk.reader.read_mark(desk.row("new 1").conversation_id)
    assert mark is not None
    assert desk.row("answered long ago").key <= mark < desk.row("new 1").key


async def test_new_texts_of_the_very_second_of_the_last_read_one_are_unread(
    cold_desk: Desk,
) -> None:
    """Kandy may tell times in whole seconds."""
    desk = cold_desk
    await desk.kandy.turn("settings", history_in_seconds=True)
    await desk.kandy.turn("phone/write", person=PERSON, own=OWN, text="read")
    await _pull(desk)
    await desk.kandy.turn("phone/write", person=PERSON, own=OWN, text="new")
    await desk.start()
    await desk.sign_in()
    await desk.until_live()
    assert desk.unread() == 1


async def test_texts_of_one_second_keep_their_order(cold_desk: Desk) -> None:
    desk = cold_desk
    await desk.kandy.turn("settings", history_in_seconds=True)
    for text in ("one", "two", "three"):
        await desk.kandy.turn("phone/write", person=PERSON, own=OWN, text=text)
    await desk.start()
    await desk.sign_in()
    await desk.until_live()
    await desk.stop()
    desk.time.pass_s(5)
    for text in ("four", "five", "six"):
        await desk.kandy.turn("phone/write", person=PERSON, own=OWN, text=text)
    await desk.start()
    await desk.until_live()
    assert desk.texts() == ["one", "two", "three", "four", "five", "six"]


async def test_an_import_that_broke_off_does_not_forget_what_was_new(cold_desk: Desk) -> None:
    """Reading a thread makes Kandy count it as read, even where the answer is lost."""
    desk = cold_desk
    await _write(desk, "new 1", "new 2")
    await desk.kandy.turn("faults", kind="drop-answer", route="messages")
    await desk.start()
    await desk.sign_in()
    await desk.time.sleep_through(0.75)
    await desk.until_live()
    assert desk.texts() == ["new 1", "new 2"]
    assert desk.unread() == 2


async def test_a_thread_that_kandy_cannot_give_holds_up_no_other(cold_desk: Desk) -> None:
    desk = cold_desk
    await _write(desk, "in one thread")
    await _write(desk, "in another", own=SECOND)
    await desk.kandy.turn("faults", kind="status", route="messages", status=500)
    await desk.start()
    await desk.sign_in()
    await desk.until(lambda: desk.texts() == ["in one thread"])
    desk.engine.check_connection()
    await desk.until(lambda: sorted(desk.texts()) == ["in another", "in one thread"])
    await desk.stop()

    await _write(desk, "later in one")
    await _write(desk, "later in another", own=SECOND)
    await desk.kandy.turn("faults", kind="status", route="messages", status=500)
    await desk.start()
    await desk.until(lambda: "later in one" in desk.texts())
    assert "later in another" not in desk.texts()
    desk.engine.check_connection()
    await desk.until(lambda: "later in another" in desk.texts())


async def test_what_came_while_closed_is_there_and_unread(desk: Desk) -> None:
    await _write(desk, "before")
    await desk.until_state("before", State.RECEIVED)
    await desk.stop()
    await _write(desk, "missed 1", "missed 2")
    await _write(desk, "missed too", own=SECOND)
    await desk.kandy.turn("another-device", own=OWN, person=PERSON, text="sent elsewhere")
    await desk.start()
    await desk.until_live()
    assert desk.texts() == ["before", "missed 1", "missed 2", "sent elsewhere", "missed too"]
    assert desk.unread() == 4
    assert desk.row("sent elsewhere").origin is Origin.OTHER_DEVICE
    arrived = [row.text for e in desk.told(events.TimelineChanged) for row in e.changes.arrived]
    assert sorted(arrived) == ["missed 1", "missed 2", "missed too"]


async def test_reading_again_doubles_nothing(desk: Desk) -> None:
    await _write(desk, "one", "two")
    await desk.until_state("two", State.RECEIVED)
    await desk.send("three")
    await desk.until_state("three", State.ACCEPTED)
    for _ in range(3):
        await _look(desk)
    assert desk.texts() == ["one", "two", "three"]
    assert desk.unread() == 2


async def test_a_lost_notification_is_made_up_for_by_the_next_look(desk: Desk) -> None:
    await desk.kandy.turn("faults", kind="drop-notification", route="inbound")
    await _write(desk, "nobody told me")
    desk.time.pass_s(300)
    await desk.until_state("nobody told me", State.RECEIVED)


async def test_a_fast_local_clock_hides_no_gap(cold_desk: Desk) -> None:
    desk = cold_desk
    desk.time.local_is_fast_by_s = 3600
    await desk.start()
    await desk.sign_in()
    await desk.until_live()
    await desk.stop()
    await _write(desk, "within the hour")
    await desk.start()
    await desk.until_live()
    assert desk.texts() == ["within the hour"]


async def test_deleted_stays_deleted_whatever_history_says(desk: Desk) -> None:
    (message_id,) = await _write(desk, "take this back")
    await desk.until_state("take this back", State.RECEIVED)
    await desk.kandy.turn("faults", kind="hold-answer", route="messages")
    desk.engine.check_connection()
    await desk.kandy.until(lambda seen: seen["held"] == 1)
    # History's page, with the message in it, is on its way while the deletion is told.
    await desk.kandy.sms(
        "DELETE", f"/remoteAddresses/{PERSON}/localAddresses/{OWN}/messages/{message_id}"
    )
    await desk.until(lambda: not desk.rows())
    looks = desk.time.asked_s.count(300.0)
    await desk.kandy.turn("faults/release")
    await desk.until(lambda: desk.time.asked_s.count(300.0) > looks)
    assert desk.texts() == []
    assert desk.unread() == 0


async def test_what_fell_out_of_a_trial_account_is_kept_here(desk: Desk) -> None:
    await _write(desk, "one", "two", "three")
    await desk.until_state("three", State.RECEIVED)
    await desk.kandy.turn("settings", message_cap=1)
    await _look(desk)
    assert desk.texts() == ["one", "two", "three"]


async def test_a_long_history_comes_in_whole(cold_desk: Desk) -> None:
    desk = cold_desk
    await desk.kandy.turn("burst", own=OWN, count=230, within_s=0, person=PERSON)
    while "'length': 230" not in str((await desk.kandy.sms("GET", "/remoteAddresses")).json()):
        pass
    await desk.start()
    await desk.sign_in()
    await desk.until_live()
    assert len(desk.rows()) == 230
    assert desk.unread() == 230
    assert desk.health.level is Level.LIVE
