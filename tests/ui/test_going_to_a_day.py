"""The calendar of a conversation: which days it offers, how it is used, where it leads."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QMainWindow
from pytestqt.qtbot import QtBot

from sms_desktop.domain.ids import ConversationId
from sms_desktop.ui.models.conversation_model import ConversationModel
from sms_desktop.ui.models.message_days import MessageDays
from sms_desktop.ui.models.moments import Moments, day_start_ms
from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.widgets.day_picker import DayPicker
from sms_desktop.ui.widgets.timeline_view import TimelineView
from tests.helpers.reader import MemoryReader
from tests.helpers.simulator import SimulatorProcess, simulator
from tests.helpers.whole_program import WholeProgram, program

__all__ = ["program", "simulator"]

MINUTE_MS = 60_000
WRITTEN = [
    date(2025, 12, 31),
    date(2026, 10, 30),
    date(2026, 11, 2),
    date(2026, 11, 3),
    date(2026, 11, 12),
    date(2026, 11, 23),
]


@pytest.fixture
def thread(reader: MemoryReader) -> ConversationId:
    """Forty messages on each of six days."""
    thread = reader.thread(name="Maria Rossi")
    for day in WRITTEN:
        for number in range(40):
            reader.receive(thread, f"{day} {number}", day_start_ms(day) + number * MINUTE_MS)
    reader.look(thread)
    return thread


@pytest.fixture
def days(reader: MemoryReader, thread: ConversationId) -> MessageDays:
    return MessageDays(reader, thread)


def test_a_conversation_knows_its_days(days: MessageDays) -> None:
    assert (days.oldest(), days.newest()) == (WRITTEN[0], WRITTEN[-1])
    assert days.within(date(2026, 10, 31), date(2026, 11, 22)) == set(WRITTEN[2:5])
    assert days.on_or_after(date(2026, 11, 4)) == date(2026, 11, 12)
    assert days.on_or_before(date(2026, 11, 11)) == date(2026, 11, 3)
    assert days.on_or_after(date(2026, 11, 24)) is None


def test_looking_for_days_costs_by_the_days_and_not_by_the_messages(
    reader: MemoryReader, days: MessageDays
) -> None:
    reader.queries = reader.rows_read = 0
    days.within(date(2026, 10, 26), date(2026, 12, 6))
    assert reader.queries <= 6
    assert reader.rows_read <= 6


class Calendar:
    def __init__(self, theme: Theme, moments: Moments, days: MessageDays, qtbot: QtBot) -> None:
        self.window = QMainWindow()
        self.window.resize(500, 400)
        qtbot.addWidget(self.window)
        self.window.show()
        self.picker = DayPicker(theme, moments, days, date(2026, 11, 23), self.window)
        # Closing would delete it before the test has looked.
        self.picker.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        self.chosen: list[date] = []
        self.picker.chosen.connect(self.chosen.append)
        self.picker.open_under(self.window)
        self._qtbot = qtbot
        qtbot.waitUntil(lambda: self.picker.grid.focused_day() is not None)

    def press(self, *keys: Qt.Key, shift: bool = False) -> date | None:
        none, shifted = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
        for key in keys:
            self._qtbot.keyClick(self.picker.focusWidget(), key, shifted if shift else none)
        return self.picker.grid.focused_day()


@pytest.fixture
def calendar(theme: Theme, moments: Moments, days: MessageDays, qtbot: QtBot) -> Calendar:
    return Calendar(theme, moments, days, qtbot)


def test_only_days_with_messages_can_be_chosen(calendar: Calendar) -> None:
    grid = calendar.picker.grid
    offered = [one.accessibleName() for one in grid.buttons if one.isEnabled()]
    assert len(offered) == 5
    assert offered[0] == "Friday, 30 October 2026"
    assert grid.button_of(date(2026, 11, 4)).accessibleName().endswith("2026, no messages")
    assert calendar.picker.month_label.text() == "November 2026"


def test_arrow_keys_go_from_day_to_day_that_has_messages(calendar: Calendar) -> None:
    assert calendar.picker.grid.focused_day() == date(2026, 11, 23)
    assert calendar.press(Qt.Key.Key_Left) == date(2026, 11, 12)
    assert calendar.press(Qt.Key.Key_Up) == date(2026, 11, 3)
    assert calendar.press(Qt.Key.Key_Left, Qt.Key.Key_Left) == date(2026, 10, 30)
    assert calendar.picker.month_label.text() == "October 2026"
    assert calendar.press(Qt.Key.Key_Home) == WRITTEN[0]
    assert calendar.press(Qt.Key.Key_Left) == WRITTEN[0]
    assert calendar.press(Qt.Key.Key_PageDown, shift=True) == date(2026, 11, 23)
    assert calendar.press(Qt.Key.Key_Down) == date(2026, 11, 23)
    calendar.press(Qt.Key.Key_Left, Qt.Key.Key_Return)
    assert calendar.chosen == [date(2026, 11, 12)]
    assert not calendar.picker.isVisible()


def test_months_end_where_the_messages_end(calendar: Calendar, qtbot: QtBot) -> None:
    picker = calendar.picker
    assert not picker.later.isEnabled()
    for _ in range(11):
        qtbot.mouseClick(picker.earlier, Qt.MouseButton.LeftButton)
    assert picker.month_label.text() == "December 2025"
    assert not picker.earlier.isEnabled()
    qtbot.mouseClick(picker.grid.button_of(WRITTEN[0]), Qt.MouseButton.LeftButton)
    assert calendar.chosen == [WRITTEN[0]]


def test_escape_leaves_everything_as_it_is(calendar: Calendar) -> None:
    calendar.press(Qt.Key.Key_Left, Qt.Key.Key_Escape)
    assert calendar.chosen == []
    assert not calendar.picker.isVisible()


def test_a_press_beside_it_closes_it(calendar: Calendar, qtbot: QtBot) -> None:
    qtbot.mouseClick(calendar.picker.month_label, Qt.MouseButton.LeftButton)
    assert calendar.picker.isVisible()
    qtbot.mouseClick(calendar.window, Qt.MouseButton.LeftButton, pos=QPoint(2, 2))
    assert not calendar.picker.isVisible()
    assert calendar.chosen == []


def test_it_stays_inside_of_its_window(calendar: Calendar) -> None:
    assert calendar.window.rect().contains(calendar.picker.geometry())
    calendar.window.resize(480, 380)
    QApplication.processEvents()
    assert not calendar.picker.isVisible()


@pytest.mark.parametrize("day", WRITTEN[:5], ids=str)
def test_a_day_is_shown_with_its_separator_on_top(
    reader: MemoryReader,
    theme: Theme,
    moments: Moments,
    thread: ConversationId,
    days: MessageDays,
    qtbot: QtBot,
    day: date,
) -> None:
    model = ConversationModel(reader, moments)
    view = TimelineView(model, theme, moments)
    qtbot.addWidget(view)
    view.resize(600, 400)
    view.show()
    view.open(thread)
    key = days.first_key(day)
    assert key is not None
    made = view.row_painter.layouts_made
    view.go_to_day(key)
    QApplication.processEvents()
    first = view.visible_rows()[0]
    assert view.row_top(first) == 0
    assert model.bubble(first).row.text == f"{day} 0"
    assert model.bubble(first).starts_day
    assert view.currentIndex().row() == first
    # Only what is on screen is laid out, not also what would have stood at the end.
    assert view.row_painter.layouts_made - made <= len(view.visible_rows()) + 2


def test_the_calendar_of_the_window_leads_to_a_day(
    program: WholeProgram, simulator: SimulatorProcess, at: Callable[..., int]
) -> None:
    window = program.open_signed_in(simulator)
    simulator.write_as("+16131234567", simulator.default_number, "hello")
    program.until("it has arrived", lambda: program.is_listed("+16131234567"))
    assert not window.shortcuts["go_to_day"].isEnabled()
    program.click_thread("+16131234567")
    program.press(Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    pane = window.conversation_pane
    picker = window.findChild(DayPicker)
    assert picker is not None
    program.until("the calendar is there", lambda: picker.grid.focused_day() is not None)
    program.press(Qt.Key.Key_Return)
    program.until("the messages have the keys", pane.timeline.hasFocus)
    assert "hello" in program.texts_in_view()
    # Nobody has to close it before the window.
    program.press(Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    assert window.findChild(DayPicker) is not None
    program.close()
