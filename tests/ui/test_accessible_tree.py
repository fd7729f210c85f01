"""What a screen reader finds, asked through Qt's own accessibility interfaces."""

from collections.abc import Callable

from PySide6.QtGui import QAccessible
from pytestqt.qtbot import QtBot

from sms_desktop.ui.models.conversation_model import ConversationModel
from sms_desktop.ui.models.moments import Moments
from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.widgets.rail import Rail
from sms_desktop.ui.widgets.timeline_view import TimelineView
from tests.helpers.reader import MemoryReader


def test_the_timeline_is_a_list_whose_items_stand_where_they_are_painted(
    reader: MemoryReader, theme: Theme, moments: Moments, at: Callable[..., int], qtbot: QtBot
) -> None:
    thread = reader.thread(name="Maria Rossi")
    reader.receive(thread, "first", at(23, 9))
    reader.receive(thread, "second", at(23, 10))
    view = TimelineView(ConversationModel(reader, moments), theme, moments)
    qtbot.addWidget(view)
    view.resize(500, 400)
    view.show()
    view.open(thread)
    found = QAccessible.queryAccessibleInterface(view)
    assert found.role() == QAccessible.Role.List
    assert found.text(QAccessible.Text.Name) == "Messages"
    assert found.childCount() == 2
    second = found.child(1)
    assert second.role() == QAccessible.Role.ListItem
    assert second.text(QAccessible.Text.Name) == "Maria Rossi: second. Today 10:00."
    middle = second.rect().center()
    assert (
        found.childAt(middle.x(), middle.y())
        .text(QAccessible.Text.Name)
        .startswith("Maria Rossi: second")
    )


def test_squares_of_the_rail_are_one_choice_of_several(
    reader: MemoryReader, theme: Theme, qtbot: QtBot
) -> None:
    rail = Rail(reader, theme)
    qtbot.addWidget(rail)
    found = QAccessible.queryAccessibleInterface(rail.all_button)
    assert found.role() == QAccessible.Role.RadioButton
    assert found.text(QAccessible.Text.Name) == "All numbers, 0 unread messages"
