"""Choosing words and messages, by mouse and keyboard, and what copying gives."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from sms_desktop.domain.delivery import State
from sms_desktop.ui.models.moments import Moments
from sms_desktop.ui.theme.theme import Theme
from tests.helpers.reader import MemoryReader
from tests.helpers.screen import Screen

At = Callable[..., int]
LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def screen(reader: MemoryReader, theme: Theme, moments: Moments, qtbot: QtBot, at: At) -> Screen:
    screen = Screen(reader, theme, moments, qtbot)
    thread = reader.thread(name="Maria Rossi")
    reader.receive(thread, "Could you come at four?", at(23, 14, 20))
    reader.add(reader.row(thread, "Yes, at four", at(23, 14, 21), state=State.DELIVERED))
    reader.receive(thread, "שלום עולם", at(23, 14, 22))
    reader.receive(thread, "see https://ship.example/7Q2\nbye", at(23, 14, 23))
    screen.show()
    screen.view.open(thread)
    screen.paint()
    return screen


def place(screen: Screen, row: int, letter: int) -> QPoint:
    """Where a gap between two letters of the first line stands."""
    layout = screen.view._layout(row)
    line = layout.text._layout.lineAt(0)
    x = (
        line.cursorToX(letter)[0]
        if isinstance(line.cursorToX(letter), tuple)
        else line.cursorToX(letter)
    )
    at = layout.text_at
    y = screen.view.row_top(row) + at.y() + line.height() / 2
    return QPoint(round(at.x() + x), round(y))


def drag(screen: Screen, start: QPoint, *via: QPoint) -> None:
    area = screen.view.viewport()
    QTest.mousePress(area, LEFT, NONE, start)
    for point in via:
        # Qt sends the moves of QTest without buttons; the window's own events have them.
        move(screen, point)
    QTest.mouseRelease(area, LEFT, NONE, via[-1])


def move(screen: Screen, point: QPoint) -> None:
    from PySide6.QtCore import QEvent, QPointF
    from PySide6.QtGui import QMouseEvent
    from PySide6.QtWidgets import QApplication

    area = screen.view.viewport()
    spot = QPointF(point)
    event = QMouseEvent(
        QEvent.Type.MouseMove, spot, QPointF(area.mapToGlobal(point)), LEFT, LEFT, NONE
    )
    QApplication.sendEvent(area, event)


def copied(screen: Screen) -> str:
    QGuiApplication.clipboard().clear()
    QTest.keyClick(screen.view, Qt.Key.Key_C, CTRL)
    return QGuiApplication.clipboard().text()


def chosen_rows(screen: Screen) -> list[int]:
    return sorted(index.row() for index in screen.view.selectedIndexes())


def test_a_drag_inside_of_a_bubble_copies_only_the_words(screen: Screen) -> None:
    drag(screen, place(screen, 0, 6), place(screen, 0, 14))
    assert copied(screen) == "you come"
    assert chosen_rows(screen) == []


def test_it_may_go_backwards(screen: Screen) -> None:
    drag(screen, place(screen, 1, 12), place(screen, 1, 5))
    assert copied(screen) == "at four"


def test_chosen_words_are_seen(screen: Screen) -> None:
    before = screen.view.viewport().grab().toImage()
    QTest.mousePress(screen.view.viewport(), LEFT, NONE, place(screen, 1, 0))
    move(screen, place(screen, 1, 8))
    chosen = screen.view.viewport().grab().toImage()
    assert chosen != before
    move(screen, place(screen, 1, 4))
    assert screen.view.viewport().grab().toImage() != chosen


def test_a_drag_over_several_bubbles_copies_messages_in_order(screen: Screen) -> None:
    drag(screen, place(screen, 2, 3), place(screen, 1, 3), place(screen, 0, 3))
    assert chosen_rows(screen) == [0, 1, 2]
    assert copied(screen).splitlines() == [
        "[Monday, 23 November 2026 14:20:00] Maria Rossi: Could you come at four?",
        "[Monday, 23 November 2026 14:21:00] You: Yes, at four",
        "[Monday, 23 November 2026 14:22:00] Maria Rossi: שלום עולם",
    ]


def test_who_comes_back_into_the_bubble_chooses_words_again(screen: Screen) -> None:
    drag(screen, place(screen, 0, 0), place(screen, 1, 2), place(screen, 0, 5))
    assert chosen_rows(screen) == []
    assert copied(screen) == "Could"


def test_rows_that_come_in_above_during_a_drag_move_nothing(screen: Screen, at: At) -> None:
    area = screen.view.viewport()
    QTest.mousePress(area, LEFT, NONE, place(screen, 1, 3))
    thread = screen.model.conversation_id
    assert thread is not None
    screen.model.take_change(screen.reader.receive(thread, "earlier", at(22, 14)))
    screen.paint()
    move(screen, place(screen, 3, 3))
    QTest.mouseRelease(area, LEFT, NONE, place(screen, 3, 3))
    assert [screen.model.bubble(row).row.text for row in chosen_rows(screen)] == [
        "Yes, at four",
        "שלום עולם",
    ]


def test_a_click_lets_go_of_the_words(screen: Screen) -> None:
    drag(screen, place(screen, 0, 6), place(screen, 0, 14))
    QTest.mouseClick(screen.view.viewport(), LEFT, NONE, place(screen, 1, 3))
    assert screen.view.chosen_words() == ""
    assert copied(screen) == "Yes, at four"


def test_a_double_click_chooses_a_word(screen: Screen) -> None:
    QTest.mouseDClick(screen.view.viewport(), LEFT, NONE, place(screen, 0, 12))
    assert copied(screen) == "come"


def test_a_drag_that_begins_on_a_link_chooses_its_letters_and_opens_nothing(screen: Screen) -> None:
    drag(screen, place(screen, 3, 4), place(screen, 3, 12))
    assert copied(screen) == "https://"
    assert screen.opened == []


def test_chosen_lines_keep_their_ends(screen: Screen) -> None:
    layout = screen.view._layout(3)
    screen.view._choose_words(3, 0, layout.text.length)
    assert copied(screen) == "see https://ship.example/7Q2\nbye"


def test_words_are_chosen_by_keyboard(screen: Screen) -> None:
    view = screen.view
    view.setFocus(Qt.FocusReason.TabFocusReason)
    view.setCurrentIndex(screen.model.index(0))
    for _ in range(2):
        QTest.keyClick(view, Qt.Key.Key_Right, SHIFT | CTRL)
    assert copied(screen).strip() == "Could you"
    QTest.keyClick(view, Qt.Key.Key_Left, SHIFT)
    QTest.keyClick(view, Qt.Key.Key_Left, SHIFT)
    assert copied(screen) == "Could yo"
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert view.chosen_words() == ""


def test_from_right_to_left_the_keys_go_as_one_sees(screen: Screen) -> None:
    view = screen.view
    view.setCurrentIndex(screen.model.index(2))
    QTest.keyClick(view, Qt.Key.Key_Left, SHIFT | CTRL)
    assert copied(screen).strip() == "שלום"


def test_the_menu_copies_the_chosen_words(screen: Screen) -> None:
    drag(screen, place(screen, 0, 6), place(screen, 0, 9))
    menu = screen.view.menu_for(screen.model.index(0))
    copy = next(a for a in menu.actions() if a.text().startswith("Copy the chosen words"))
    copy.trigger()
    assert QGuiApplication.clipboard().text() == "you"


def test_another_conversation_has_nothing_chosen(screen: Screen, reader: MemoryReader) -> None:
    drag(screen, place(screen, 0, 6), place(screen, 0, 9))
    other = reader.thread(remote="+15205550188")
    screen.view.open(other)
    assert screen.view.chosen_words() == ""
