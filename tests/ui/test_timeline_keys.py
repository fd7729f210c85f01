"""Reading a conversation by keyboard: every pixel comes on screen, and one sees where the keys go."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from sms_desktop.ui.models.conversation_model import ConversationModel
from sms_desktop.ui.models.moments import Moments
from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.widgets.timeline_view import TimelineView
from tests.helpers.reader import MemoryReader

BOOK = "A text of many words that wraps over very many lines of its bubble. " * 60
Open = Callable[[list[str]], TimelineView]


@pytest.fixture
def open_with(reader: MemoryReader, theme: Theme, moments: Moments, qtbot: QtBot) -> Open:
    windows = []

    def open_with(texts: list[str]) -> TimelineView:
        thread = reader.thread()
        for number, text in enumerate(texts):
            reader.receive(thread, text, 1_000_000 + number * 60_000)
        reader.look(thread)
        model = ConversationModel(reader, moments)
        window = QWidget()
        windows.append(window)
        view = TimelineView(model, theme, moments)
        column = QVBoxLayout(window)
        field = QLineEdit(window)
        column.addWidget(field)
        column.addWidget(view)
        window.resize(700, 500)
        qtbot.addWidget(window)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        view.open(thread)
        field.setFocus()
        return view

    return open_with


def lines_in_view(view: TimelineView) -> dict[str, range]:
    """Which pixels of which row are on screen, by text and counted from the row's upper edge."""
    page = view.viewport().height()
    seen = {}
    for row in view.visible_rows():
        top, height = view.row_top(row), view.row_height(row)
        text = view.model().index(row, 0).data()
        seen[f"{row} {text[:9]}"] = range(max(0, -top), min(height, page - top))
    return seen


def gather(seen: dict[str, set[int]], view: TimelineView) -> None:
    for text, pixels in lines_in_view(view).items():
        seen.setdefault(text.split(" ", 1)[1], set()).update(pixels)


@pytest.mark.parametrize("key", [Qt.Key.Key_Up, Qt.Key.Key_PageUp])
def test_going_up_shows_every_pixel_of_every_message(
    open_with: Open, qtbot: QtBot, key: Qt.Key
) -> None:
    texts = [f"{n:04} {BOOK if n % 3 == 1 else 'short'}" for n in range(12)]
    view = open_with(texts)
    view.setFocus(Qt.FocusReason.TabFocusReason)
    seen: dict[str, set[int]] = {}
    gather(seen, view)
    heights: dict[str, int] = {}
    for _ in range(600):
        for row in view.visible_rows():
            heights[view.model().index(row, 0).data()[:9]] = view.row_height(row)
        qtbot.keyClick(view, key)
        gather(seen, view)
        if view.currentIndex().row() == 0 and view.row_top(0) >= 0:
            break
    heights[texts[0][:9]] = view.row_height(0)
    assert len(heights) == 12
    for text, height in heights.items():
        assert seen[text] >= set(range(height - 2)), text


@pytest.mark.parametrize("key", [Qt.Key.Key_Down, Qt.Key.Key_PageDown])
def test_going_down_shows_every_pixel_of_every_message(
    open_with: Open, qtbot: QtBot, key: Qt.Key
) -> None:
    view = open_with([f"{n:04} {BOOK if n % 3 == 1 else 'short'}" for n in range(12)])
    view.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(view, Qt.Key.Key_Home)
    seen: dict[str, set[int]] = {}
    gather(seen, view)
    for _ in range(600):
        qtbot.keyClick(view, key)
        gather(seen, view)
        if view.is_at_end and view.currentIndex().row() == 11:
            break
    heights = {view.model().index(r, 0).data()[:9]: view.row_height(r) for r in range(12)}
    assert view.is_at_end
    for text, height in heights.items():
        assert seen[text] >= set(range(height - 2)), text


def test_the_keys_are_visible_before_the_first_of_them(open_with: Open, qtbot: QtBot) -> None:
    view = open_with(["one", "two", "three"])
    before = view.viewport().grab().toImage()
    view.setFocus(Qt.FocusReason.TabFocusReason)
    assert view.viewport().grab().toImage() != before
    assert view.currentIndex().data() == "three"
    qtbot.keyClick(view, Qt.Key.Key_Up)
    assert view.currentIndex().data() == "two"


def test_an_empty_conversation_too_shows_that_it_has_the_keys(open_with: Open) -> None:
    view = open_with([])
    before = view.viewport().grab().toImage()
    view.setFocus(Qt.FocusReason.TabFocusReason)
    assert view.viewport().grab().toImage() != before


def test_the_mark_leaves_nothing_behind(open_with: Open, qtbot: QtBot) -> None:
    view = open_with(["one", "two", "three", "four"])
    view.setFocus(Qt.FocusReason.TabFocusReason)
    for key in (Qt.Key.Key_End, Qt.Key.Key_Up, Qt.Key.Key_Up):
        qtbot.keyClick(view, key)
        qtbot.wait(1)
    on_screen = shown(view)
    view.viewport().update()
    qtbot.wait(1)
    assert shown(view) == on_screen


def shown(view: TimelineView) -> QImage:
    """What really stands on the screen, from all the paints that there were."""
    window = view.window()
    picture = window.screen().grabWindow(window.winId())
    assert not picture.isNull()
    return picture.toImage()


def test_from_the_pill_the_keys_go_to_the_messages(open_with: Open, qtbot: QtBot) -> None:
    view = open_with([f"message {n}" for n in range(200)])
    view.verticalScrollBar().setValue(0)
    qtbot.waitUntil(view._pill.isVisible)
    view._pill.setFocus(Qt.FocusReason.BacktabFocusReason)
    qtbot.keyClick(view._pill, Qt.Key.Key_End)
    assert not view._pill.isVisible()
    assert view.hasFocus()
    assert view.currentIndex().data() == "message 199"


def test_arrow_keys_lead_from_the_pill_to_the_messages(open_with: Open, qtbot: QtBot) -> None:
    view = open_with([f"message {n}" for n in range(200)])
    view.verticalScrollBar().setValue(0)
    qtbot.waitUntil(view._pill.isVisible)
    view._pill.setFocus(Qt.FocusReason.BacktabFocusReason)
    qtbot.keyClick(view._pill, Qt.Key.Key_Up)
    assert view.hasFocus()
    assert view.currentIndex().row() in view.visible_rows()


def test_a_pill_that_goes_gives_the_keys_to_the_messages(open_with: Open, qtbot: QtBot) -> None:
    view = open_with([f"message {n}" for n in range(200)])
    view.verticalScrollBar().setValue(0)
    qtbot.waitUntil(view._pill.isVisible)
    view._pill.setFocus(Qt.FocusReason.BacktabFocusReason)
    qtbot.keyClick(view._pill, Qt.Key.Key_Space)
    assert not view._pill.isVisible()
    assert view.hasFocus()
