"""A window with a timeline in it, and what it told."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QMainWindow
from pytestqt.qtbot import QtBot

from sms_desktop.domain.message import TimelineKey
from sms_desktop.ui.models.conversation_model import ConversationModel
from sms_desktop.ui.models.moments import Moments
from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.widgets.timeline_view import TimelineView
from tests.helpers.reader import MemoryReader


class Screen:
    """A window with a timeline, and what it told."""

    def __init__(self, reader: MemoryReader, theme: Theme, moments: Moments, qtbot: QtBot) -> None:
        self.reader = reader
        self.model = ConversationModel(reader, moments)
        self.opened: list[str] = []
        self.view = TimelineView(self.model, theme, moments, open_link=self.opened.append)
        self.seen: list[TimelineKey] = []
        self.view.looked_at.connect(self.seen.append)
        self.window = QMainWindow()
        self.window.setCentralWidget(self.view)
        self.window.resize(700, 500)
        qtbot.addWidget(self.window)
        self.qtbot = qtbot

    def show(self) -> None:
        self.window.show()
        self.window.activateWindow()
        self.qtbot.waitUntil(self.window.isActiveWindow)
        self.paint()

    def leave(self) -> QMainWindow:
        """Work in another window."""
        other = QMainWindow()
        self.qtbot.addWidget(other)
        other.show()
        other.activateWindow()
        self.qtbot.waitUntil(other.isActiveWindow)
        return other

    def paint(self) -> None:
        """Let everything that waits happen: layout, paint, and what follows a paint."""
        for _ in range(3):
            self.view.viewport().repaint()
            QApplication.processEvents()

    def scroll_to(self, value: int) -> None:
        self.view.verticalScrollBar().setValue(value)
        self.paint()

    def tops(self) -> dict[TimelineKey, int]:
        """Where the rows on screen stand."""
        return {
            self.model.bubble(r).row.key: self.view.row_top(r) for r in self.view.visible_rows()
        }

    def texts(self) -> list[str]:
        return [self.model.bubble(r).row.text for r in self.view.visible_rows()]

    def point_of(self, row: int, wanted: object) -> QPoint:
        """The first point of a row where a click would do what is wanted."""
        box = self.view.visualRect(self.model.index(row))
        for y in range(box.top(), box.bottom(), 3):
            for x in range(0, box.width(), 3):
                hit = self.view.hit(QPoint(x, y))
                if hit == wanted or getattr(hit, "target", None) == wanted:
                    return QPoint(x, y)
        raise AssertionError(f"nothing in row {row} does {wanted}")

    def click(self, row: int, wanted: object) -> None:
        """Click where that is."""
        self.qtbot.mouseClick(
            self.view.viewport(), Qt.MouseButton.LeftButton, pos=self.point_of(row, wanted)
        )
