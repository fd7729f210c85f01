"""Sending later in the real window: chosen in the menu, shown with its time, changed, and never lost."""

from datetime import datetime

from PySide6.QtCore import QDate, Qt, QTime
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from sms_desktop.profile.profile import open_profile
from sms_desktop.store.connection import Connection
from sms_desktop.ui.delegates.marks import Mark
from sms_desktop.ui.delegates.notes import NoteAction
from sms_desktop.ui.widgets.filter_chips import ThreadView
from sms_desktop.ui.windows.schedule_sheet import ScheduleSheet
from tests.helpers.simulator import SimulatorProcess, simulator
from tests.helpers.whole_program import ENVIRON, WholeProgram, program

__all__ = ["program", "simulator"]

MARIA = "+16131234567"
CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def begin(program: WholeProgram, simulator: SimulatorProcess) -> None:
    program.open_signed_in(simulator)
    simulator.write_as(MARIA, simulator.default_number, "hello?")
    program.until("it is there", lambda: program.is_listed(MARIA))
    program.click_thread(MARIA)
    program.until("it is open", lambda: program.texts() == ["hello?"])


def choose(program: WholeProgram, words: str) -> None:
    """Choose in the menu beside Send, which a key opens."""
    program.press(Qt.Key.Key_Return, CTRL_SHIFT)
    menu = program.window.conversation_pane.composer.later_button.findChild(QMenu)
    assert menu is not None
    entry = next(one for one in menu.actions() if one.text().startswith(words))
    entry.trigger()
    menu.close()


def write(program: WholeProgram, text: str) -> None:
    program.click(program.window.conversation_pane.composer.field.viewport())
    program.type(text)


def test_a_text_waits_with_its_time_and_goes_out_when_told(
    program: WholeProgram, simulator: SimulatorProcess
) -> None:
    begin(program, simulator)
    write(program, "see you tomorrow")
    choose(program, "Tomorrow")
    program.until("it is there", lambda: program.texts() == ["hello?", "see you tomorrow"])
    assert program.written() == ""
    assert program.mark("see you tomorrow") is Mark.CLOCK
    assert program.note("see you tomorrow") == "Scheduled."
    assert program.spoken("see you tomorrow") == "You: see you tomorrow. Tomorrow 09:00. Scheduled."
    assert program.listed(MARIA).last_text == "hello?"
    button = program.window.rail.scheduled_button
    program.until("it is counted", lambda: "1 waiting" in button.accessibleName())

    simulator.write_as(MARIA, simulator.default_number, "and now?")
    program.until("above it", lambda: program.texts() == ["hello?", "and now?", "see you tomorrow"])
    program.write("a moment")
    program.until(
        "above it",
        lambda: program.texts() == ["hello?", "and now?", "a moment", "see you tomorrow"],
    )
    program.click_note("see you tomorrow", NoteAction.SEND_NOW)
    program.until("it is sent", lambda: program.mark("see you tomorrow") is Mark.TICK)
    assert program.texts()[-1] == "see you tomorrow"
    assert simulator.seen().texts() == ["a moment", "see you tomorrow"]
    program.until("none is counted", lambda: "waiting" not in button.accessibleName())


def test_it_is_changed_and_cancelled_in_the_list(
    program: WholeProgram, simulator: SimulatorProcess
) -> None:
    begin(program, simulator)
    write(program, "at seven")
    choose(program, "Pick")
    sheet = program.window.findChild(ScheduleSheet)
    assert sheet is not None
    now = datetime.now().astimezone()
    sheet.date_field.setDate(QDate(now.year, now.month, now.day))
    sheet.time_field.setTime(QTime(0, 0))
    program.click(sheet.accept_button)
    assert "over" in sheet.trouble.text()
    assert sheet.isVisible()
    sheet.date_field.setDate(QDate(now.year + 1, 1, 31))
    sheet.time_field.setTime(QTime(7, 0))
    program.click(sheet.accept_button)
    program.until("it waits", lambda: "at seven" in program.texts())

    window = program.window.postponing.open_list()
    ((one, buttons),) = window.rows
    assert one.text == "at seven"
    program.click(buttons[NoteAction.CHANGE])
    sheet = next(s for s in program.window.findChildren(ScheduleSheet) if s.isVisible())
    assert sheet.time_field.time() == QTime(7, 0)
    sheet.text_field.setPlainText("at eight")
    sheet.time_field.setTime(QTime(8, 0))
    program.click(sheet.accept_button)
    program.until("it reads so", lambda: "at eight" in program.texts())
    program.until("the list, too", lambda: window.rows[0][0].text == "at eight")
    program.click(window.rows[0][1][NoteAction.CANCEL])
    program.until("it is gone", lambda: program.texts() == ["hello?"])
    program.until("the list, too", lambda: window.rows == [])
    window.close()


def test_ten_seconds_with_undo(program: WholeProgram, simulator: SimulatorProcess) -> None:
    begin(program, simulator)
    write(program, "in anger")
    choose(program, "Send in 10 s")
    program.until("it waits", lambda: "in anger" in program.texts())
    program.click_note("in anger", NoteAction.TAKE_BACK)
    program.until("it is back", lambda: program.written() == "in anger")
    program.until("it is gone", lambda: program.texts() == ["hello?"])
    assert not program.window.conversation_pane.composer.notice.isVisible()
    assert simulator.seen().texts() == []


def test_the_chip_shows_where_something_waits(
    program: WholeProgram, simulator: SimulatorProcess
) -> None:
    begin(program, simulator)
    chips = program.window.thread_pane.chips
    chip = chips.chip(ThreadView.SCHEDULED)
    assert not chip.isVisible()
    write(program, "tomorrow")
    choose(program, "Tomorrow")
    program.until("there is something to show", chip.isVisible)
    program.click(chip)
    program.until("there", lambda: program.is_listed(MARIA) and "tomorrow" in program.texts())
    program.click_note("tomorrow", NoteAction.CANCEL)
    program.until("nothing", lambda: program.in_list() == [])
    assert chip.isVisible()
    program.click(chips.chip(ThreadView.ALL))
    assert not chip.isVisible()


def test_what_came_due_while_closed_is_asked_about_once(
    program: WholeProgram, simulator: SimulatorProcess
) -> None:
    begin(program, simulator)
    for text in ("first", "second"):
        write(program, text)
        choose(program, "In an hour")
    program.until("they wait", lambda: program.texts() == ["hello?", "first", "second"])

    def let_two_hours_pass(db: Connection) -> None:
        db.execute("UPDATE scheduled SET send_at_ms = send_at_ms - 7200000")

    program.close()
    profile = open_profile(program.paths, ENVIRON)
    program.run(profile.store.write(let_two_hours_pass))
    profile.close()
    window = program.open()
    program.until("it asks", lambda: window.banner.isVisible())
    assert "2 messages came due while the program was closed" in program.words_in(window.banner)
    program.until_live()
    assert simulator.seen().texts() == []
    program.click(window.banner.findChildren(type(window.banner.tab_stops()[0]))[0])
    shown = window.postponing.open_list()
    assert shown.late_label.text() == "2 messages were not sent at their time."
    program.click(shown.all_now_button)
    program.until("both are sent", lambda: shown.rows == [])
    program.meanwhile(lambda: simulator.until(lambda seen: len(seen.texts()) == 2))
    assert sorted(simulator.seen().texts()) == ["first", "second"]
    QTest.keyClick(shown, Qt.Key.Key_Escape)
