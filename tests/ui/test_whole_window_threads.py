"""What a person does with whole conversations, in the real program, by mouse and by keys."""

import time

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from sms_desktop.domain.thread_flags import ThreadChange
from sms_desktop.ui.widgets.filter_chips import ThreadView
from sms_desktop.ui.windows.snooze_sheet import SnoozeSheet
from tests.helpers.simulator import SimulatorProcess, simulator
from tests.helpers.whole_program import LEFT, WholeProgram, program

__all__ = ["program", "simulator"]

MARIA, JONAS, NOAH = "+16131234567", "+15205550188", "+12065550100"
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
BOTH = CTRL | SHIFT


def three_wrote(program: WholeProgram, simulator: SimulatorProcess) -> None:
    """Noah, then Jonas, then Maria have written one text each."""
    program.open_signed_in(simulator)
    for person in (NOAH, JONAS, MARIA):
        simulator.write_as(person, simulator.default_number, f"from {person[-2:]}")
        program.until("it came", lambda person=person: program.is_listed(person))
    program.settle()
    assert remotes(program) == [MARIA, JONAS, NOAH]


def remotes(program: WholeProgram) -> list[str]:
    return [row.remote for row in program.in_list()]


def resets(program: WholeProgram) -> list[None]:
    told: list[None] = []
    program.window.threads.modelReset.connect(lambda: told.append(None))
    return told


def menu_of(program: WholeProgram, remote: str) -> QMenu:
    """Press the right button on a row."""
    view = program.window.thread_pane.list
    at = view.visualRect(view.model().index(program.place_in_list(remote), 0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.RightButton, Qt.KeyboardModifier(0), at)
    where = view.viewport().mapToGlobal(at)
    # A window manager would make this of the click.
    told = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, where)
    QApplication.sendEvent(view.viewport(), told)
    return open_menu(program)


def open_menu(program: WholeProgram) -> QMenu:
    program.until("the menu is open", lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def words(menu: QMenu) -> list[str]:
    return [action.text().split("\t")[0] for action in menu.actions() if action.text()]


def take(program: WholeProgram, menu: QMenu, wanted: str) -> None:
    """Click an entry of an open menu."""
    [action] = [one for one in menu.actions() if one.text().split("\t")[0] == wanted]
    QTest.mouseClick(menu, LEFT, Qt.KeyboardModifier(0), menu.actionGeometry(action).center())
    program.settle()


def show(program: WholeProgram, view: ThreadView) -> list[str]:
    program.click(program.window.thread_pane.chips.chip(view))
    return remotes(program)


def click_with(program: WholeProgram, remote: str, keys: Qt.KeyboardModifier) -> None:
    view = program.window.thread_pane.list
    area = view.visualRect(view.model().index(program.place_in_list(remote), 0))
    QTest.mouseClick(view.viewport(), LEFT, keys, area.center())


def test_a_pinned_conversation_goes_to_the_top_and_stays_there(
    program: WholeProgram, simulator: SimulatorProcess
) -> None:
    three_wrote(program, simulator)
    told = resets(program)
    take(program, menu_of(program, NOAH), "Pin")
    assert remotes(program) == [NOAH, MARIA, JONAS]
    assert program.open_with() == ""
    assert program.spoken_row(NOAH).startswith("+1 206 555 0100. Pinned. 1 unread message.")
    simulator.write_as(JONAS, simulator.default_number, "later")
    program.until("it came", lambda: program.listed(JONAS).last_text == "later")
    assert remotes(program) == [NOAH, JONAS, MARIA]
    assert told == []
    program.close()
    program.open()
    assert remotes(program) == [NOAH, JONAS, MARIA]
    program.click_thread(NOAH)
    program.press(Qt.Key.Key_P, BOTH)
    program.settle()
    assert remotes(program) == [JONAS, MARIA, NOAH]


def test_an_archived_conversation_comes_back_with_a_new_message(
    program: WholeProgram, simulator: SimulatorProcess
) -> None:
    three_wrote(program, simulator)
    told = resets(program)
    program.click_thread(JONAS)
    program.press(Qt.Key.Key_E, BOTH)
    program.settle()
    assert remotes(program) == [MARIA, NOAH]
    assert program.open_with() == ""
    assert told == []
    assert show(program, ThreadView.ARCHIVED) == [JONAS]
    assert "Archived" in program.spoken_row(JONAS)
    simulator.write_as(JONAS, simulator.default_number, "still there?")
    program.until("it left the archive", lambda: not program.is_listed(JONAS))
    assert show(program, ThreadView.ALL) == [JONAS, MARIA, NOAH]


def test_archiving_can_be_undone_by_click_and_by_key(
    program: WholeProgram, simulator: SimulatorProcess
) -> None:
    three_wrote(program, simulator)
    bar = program.window.thread_pane.undo_bar
    take(program, menu_of(program, MARIA), "Archive")
    assert remotes(program) == [JONAS, NOAH]
    assert bar.isVisible()
    assert bar.sentence.text() == "Archived"
    program.click(bar.undo_button)
    program.settle()
    assert remotes(program) == [MARIA, JONAS, NOAH]
    assert not bar.isVisible()
    program.click_thread(MARIA)
    program.press(Qt.Key.Key_E, BOTH)
    program.settle()
    assert remotes(program) == [JONAS, NOAH]
    program.press(Qt.Key.Key_Z, CTRL)
    program.settle()
    assert remotes(program) == [MARIA, JONAS, NOAH]


def test_a_muted_conversation_is_in_the_list_but_not_in_the_title(
    program: WholeProgram, simulator: SimulatorProcess
) -> None:
    three_wrote(program, simulator)
    assert program.window.windowTitle() == "(3) SMS Desktop"
    take(program, menu_of(program, JONAS), "Mute")
    assert program.window.windowTitle() == "(2) SMS Desktop"
    assert program.window.rail.all_button.unread == 3
    assert "Muted" in program.spoken_row(JONAS)
    take(program, menu_of(program, JONAS), "Unmute")
    assert program.window.windowTitle() == "(3) SMS Desktop"


def test_marked_unread_lasts_until_it_is_opened(
    program: WholeProgram, simulator: SimulatorProcess
) -> None:
    three_wrote(program, simulator)
    program.click_thread(MARIA)
    program.until("it was read", lambda: program.unread(MARIA) == 0)
    program.press(Qt.Key.Key_L, BOTH)
    program.settle()
    assert program.open_with() == ""
    assert program.window.windowTitle() == "(3) SMS Desktop"
    assert "Marked unread" in program.spoken_row(MARIA)
    assert show(program, ThreadView.UNREAD) == [MARIA, JONAS, NOAH]
    program.click_thread(MARIA)
    program.until("it is read again", lambda: not program.listed(MARIA).is_unread)
    assert program.window.windowTitle() == "(2) SMS Desktop"


def test_a_blocked_number_still_arrives_where_it_can_be_found(
    program: WholeProgram, simulator: SimulatorProcess
) -> None:
    three_wrote(program, simulator)
    chip = program.window.thread_pane.chips.chip(ThreadView.BLOCKED)
    assert not chip.isVisible()
    take(program, menu_of(program, JONAS), "Block")
    assert chip.isVisible()
    assert remotes(program) == [MARIA, NOAH]
    simulator.write_as(JONAS, simulator.default_number, "buy this")
    simulator.write_as(JONAS, simulator.numbers[1], "and that")
    simulator.write_as(MARIA, simulator.default_number, "hello")
    program.until("Maria's came", lambda: program.unread(MARIA) == 2)
    program.settle()
    assert remotes(program) == [MARIA, NOAH]
    assert program.window.rail.all_button.unread == 3
    assert program.window.windowTitle() == "(3) SMS Desktop"
    program.until("both", lambda: len(show(program, ThreadView.BLOCKED)) == 2)
    assert {row.last_text for row in program.in_list()} == {"buy this", "and that"}
    take(program, menu_of(program, JONAS), "Unblock")
    assert remotes(program) == []
    assert sorted(show(program, ThreadView.ALL)) == sorted([MARIA, JONAS, JONAS, NOAH])


def test_a_snoozed_conversation_is_away_until_its_time(
    program: WholeProgram, simulator: SimulatorProcess
) -> None:
    three_wrote(program, simulator)
    chip = program.window.thread_pane.chips.chip(ThreadView.SNOOZED)
    assert not chip.isVisible()
    menu = menu_of(program, NOAH)
    [times] = [one.menu() for one in menu.actions() if one.text() == "Snooze"]
    QTest.mouseClick(
        menu, LEFT, Qt.KeyboardModifier(0), menu.actionGeometry(times.menuAction()).center()
    )
    program.until("the times are offered", times.isVisible)
    take(program, times, "Tomorrow morning")
    assert remotes(program) == [MARIA, JONAS]
    assert show(program, ThreadView.SNOOZED) == [NOAH]
    assert "Snoozed until Tomorrow" in program.spoken_row(NOAH)
    noah = program.listed(NOAH).conversation_id
    show(program, ThreadView.ALL)
    soon = int(time.time() * 1000) + 50
    program.built.engine.threads.change([noah], ThreadChange(snoozed_until_ms=soon))
    program.until("it came back", lambda: program.is_listed(NOAH))
    assert remotes(program)[0] == NOAH
    assert not chip.isVisible()


def test_the_snooze_sheet_takes_only_times_that_are_ahead(
    program: WholeProgram, simulator: SimulatorProcess
) -> None:
    three_wrote(program, simulator)
    program.click_thread(NOAH)
    program.press(Qt.Key.Key_S, BOTH)
    sheet = program.window.findChild(SnoozeSheet)
    assert sheet is not None
    program.until("it is asked", sheet.isVisible)
    sheet.date_field.setDate(sheet.date_field.minimumDate())
    sheet.time_field.setTime(sheet.time_field.minimumTime())
    program.click(sheet.snooze_button)
    assert sheet.trouble.isVisible()
    sheet.date_field.setDate(sheet.date_field.minimumDate().addDays(2))
    program.click(sheet.snooze_button)
    program.settle()
    assert remotes(program) == [MARIA, JONAS]


def test_several_are_picked_with_the_mouse_and_archived_at_once(
    program: WholeProgram, simulator: SimulatorProcess
) -> None:
    three_wrote(program, simulator)
    bar = program.window.thread_pane.picked_bar
    click_with(program, MARIA, CTRL)
    click_with(program, NOAH, CTRL)
    assert bar.isVisible()
    assert bar.label.full_text == "2 selected"
    assert program.open_with() == ""
    program.click(bar.buttons["archive"])
    program.settle()
    assert remotes(program) == [JONAS]
    assert not bar.isVisible()
    assert program.window.thread_pane.undo_bar.sentence.text() == "2 conversations archived"
    program.press(Qt.Key.Key_Z, CTRL)
    program.settle()
    assert remotes(program) == [MARIA, JONAS, NOAH]


def test_several_are_picked_with_keys_and_escape_stops_it(
    program: WholeProgram, simulator: SimulatorProcess
) -> None:
    three_wrote(program, simulator)
    pane = program.window.thread_pane
    program.click_thread(JONAS)
    assert program.open_with() != ""
    click_with(program, NOAH, SHIFT)
    assert pane.picked_bar.label.full_text == "2 selected"
    pane.list.setFocus()
    program.press(Qt.Key.Key_A, CTRL)
    assert pane.picked_bar.label.full_text == "3 selected"
    program.press(Qt.Key.Key_Escape)
    assert not pane.picked_bar.isVisible()
    assert pane.chips.isVisible()
    assert [index.row() for index in pane.list.selectedIndexes()] == [1]
    program.press(Qt.Key.Key_A, CTRL)
    program.press(Qt.Key.Key_R, BOTH)
    program.settle()
    assert [row.unread for row in program.in_list()] == [0, 0, 0]
    assert program.open_with() != ""


def test_arrow_keys_with_shift_pick_and_without_open(
    program: WholeProgram, simulator: SimulatorProcess
) -> None:
    three_wrote(program, simulator)
    pane = program.window.thread_pane
    program.click_thread(MARIA)
    opened = program.open_with()
    pane.list.setFocus()
    program.press(Qt.Key.Key_Down, SHIFT)
    program.press(Qt.Key.Key_Down, SHIFT)
    assert pane.picked_bar.label.full_text == "3 selected"
    assert program.open_with() == opened
    program.press(Qt.Key.Key_Up, SHIFT)
    assert pane.picked_bar.label.full_text == "2 selected"
    program.press(Qt.Key.Key_Down)
    assert not pane.picked_bar.isVisible()
    assert pane.list.chosen == program.listed(NOAH).conversation_id


def test_picked_ones_stay_picked_while_rows_move(
    program: WholeProgram, simulator: SimulatorProcess
) -> None:
    three_wrote(program, simulator)
    view = program.window.thread_pane.list
    click_with(program, JONAS, CTRL)
    click_with(program, NOAH, CTRL)
    picked = set(view.picked)
    simulator.write_as(NOAH, simulator.default_number, "up it goes")
    program.until("it moved", lambda: remotes(program) == [NOAH, MARIA, JONAS])
    assert set(view.picked) == picked
    assert [index.row() for index in sorted(view.selectedIndexes())] == [0, 2]


def test_the_keyboard_opens_the_menu_of_the_row_where_the_keys_are(
    program: WholeProgram, simulator: SimulatorProcess
) -> None:
    three_wrote(program, simulator)
    program.click_thread(JONAS)
    view = program.window.thread_pane.list
    view.setFocus()
    # A window manager would make this of Shift+F10.
    told = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint())
    QApplication.sendEvent(view.viewport(), told)
    menu = open_menu(program)
    assert QRect(view.mapToGlobal(QPoint()), view.size()).contains(menu.pos())
    take(program, menu, "Pin")
    assert remotes(program) == [JONAS, MARIA, NOAH]


def test_next_unread_goes_down_the_list_and_begins_again_at_the_top(
    program: WholeProgram, simulator: SimulatorProcess
) -> None:
    three_wrote(program, simulator)
    names = []
    program.click_thread(JONAS)
    for _ in range(2):
        program.until("it was read", lambda: program.listed(JONAS).unread == 0)
        program.press(Qt.Key.Key_U, BOTH)
        names.append(program.window.thread_pane.list.chosen)
        program.settle()
    wanted = [program.listed(one).conversation_id for one in (NOAH, MARIA)]
    assert names == wanted
    program.until("all are read", lambda: not any(row.unread for row in program.in_list()))
    program.press(Qt.Key.Key_U, BOTH)
    assert program.window.thread_pane.list.chosen == wanted[-1]


def test_the_header_tells_what_was_made_of_the_open_conversation(
    program: WholeProgram, simulator: SimulatorProcess
) -> None:
    three_wrote(program, simulator)
    program.click_thread(JONAS)
    label = program.window.conversation_pane.header.number_label
    assert not label.isVisible()
    program.press(Qt.Key.Key_M, BOTH)
    program.settle()
    assert label.full_text == "Muted"
    assert label.isVisible()


def test_a_click_opens_one_and_ends_picking(
    program: WholeProgram, simulator: SimulatorProcess
) -> None:
    three_wrote(program, simulator)
    pane = program.window.thread_pane
    program.click_thread(MARIA)
    click_with(program, NOAH, CTRL)
    assert pane.picked_bar.isVisible()
    program.click_thread(MARIA)
    assert not pane.picked_bar.isVisible()
    program.click_thread(JONAS)
    assert program.listed(JONAS).conversation_id == pane.list.chosen
    assert pane.list.picked == ()


def test_the_menus_of_row_and_header_offer_the_same_with_their_keys(
    program: WholeProgram, simulator: SimulatorProcess
) -> None:
    three_wrote(program, simulator)
    menu = menu_of(program, MARIA)
    assert {"Mark read", "Pin", "Mute", "Archive", "Snooze", "Block"} <= set(words(menu))
    shown = {a.text().split("\t")[0]: a.text().split("\t")[1:] for a in menu.actions()}
    assert shown["Archive"] == ["Ctrl+Shift+E"]
    of_row = set(words(menu))
    menu.close()
    program.click_thread(JONAS)
    header = program.window.conversation_pane.header
    QTest.mouseClick(header.menu_button, LEFT, pos=QPoint(8, 8))
    of_header = open_menu(program)
    assert of_row - {"Mark read"} <= set(words(of_header)) | {"Mark unread"}
    take(program, of_header, "Archive")
    assert remotes(program) == [MARIA, NOAH]


def test_a_deleted_conversation_can_be_had_back_for_some_seconds(
    program: WholeProgram, simulator: SimulatorProcess
) -> None:
    three_wrote(program, simulator)
    told = resets(program)
    program.click_thread(MARIA)
    program.type("unsent")
    program.press(Qt.Key.Key_Delete, BOTH)
    program.settle()
    assert remotes(program) == [JONAS, NOAH]
    assert program.open_with() == ""
    bar = program.window.thread_pane.undo_bar
    assert bar.sentence.text() == "Deleted"
    program.press(Qt.Key.Key_Z, CTRL)
    program.settle()
    assert remotes(program) == [MARIA, JONAS, NOAH]
    assert told == []
    program.click_thread(MARIA)
    assert program.texts() == ["from 67"]
    assert program.written() == "unsent"


def test_deleted_here_and_at_kandy_is_gone_here_and_there(
    program: WholeProgram, simulator: SimulatorProcess
) -> None:
    three_wrote(program, simulator)
    take(program, menu_of(program, JONAS), "Delete here and at Kandy")
    assert remotes(program) == [MARIA, NOAH]
    program.close()
    program.open()
    program.until_live()
    assert remotes(program) == [MARIA, NOAH]
    program.meanwhile(
        lambda: simulator.until(lambda seen: seen.answers.get("delete-thread 204") == 1)
    )
    simulator.write_as(JONAS, simulator.default_number, "are you there?")
    program.until("the new one is listed", lambda: program.is_listed(JONAS))
    program.click_thread(JONAS)
    assert program.texts() == ["are you there?"]


def test_the_delete_key_deletes_what_is_picked_in_the_list_and_no_letter_elsewhere(
    program: WholeProgram, simulator: SimulatorProcess
) -> None:
    three_wrote(program, simulator)
    program.click_thread(JONAS)
    program.type("abc")
    program.press(Qt.Key.Key_Home)
    program.press(Qt.Key.Key_Delete)
    assert program.written() == "bc"
    assert len(remotes(program)) == 3
    click_with(program, NOAH, CTRL)
    program.window.thread_pane.list.setFocus()
    program.press(Qt.Key.Key_Delete)
    program.settle()
    assert remotes(program) == [MARIA]
    assert program.window.thread_pane.undo_bar.sentence.text() == "2 conversations deleted"


def test_what_was_written_in_a_deleted_conversation_does_not_come_back(
    program: WholeProgram, simulator: SimulatorProcess
) -> None:
    three_wrote(program, simulator)
    program.click_thread(MARIA)
    program.type("unsent")
    program.press(Qt.Key.Key_Delete, BOTH)
    program.settle()
    program.click(program.window.thread_pane.undo_bar.close_button)
    make_due(program)
    program.until("it is gone for good", lambda: not texts_of(program, "from 67"))
    simulator.write_as(MARIA, simulator.default_number, "hello again")
    program.until("it is listed", lambda: program.is_listed(MARIA))
    program.click_thread(MARIA)
    assert program.texts() == ["hello again"]
    assert program.written() == ""


def make_due(program: WholeProgram) -> None:
    """Let the time pass in which it can be had back."""
    sql = "UPDATE conversation SET doomed_at_ms = 1 WHERE doomed_at_ms > 0"
    program.run(program.built.profile.store.write(lambda db: db.execute(sql).fetchall()))
    program.built.engine.threads.mark_all_read([])


def texts_of(program: WholeProgram, text: str) -> int:
    sql = "SELECT count(*) FROM message WHERE text = ?"
    count: int = program.built.reader.read(lambda db: db.execute(sql, (text,)).get)
    return count
