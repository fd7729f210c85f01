"""Searching inside one conversation: the words, "3 of 17", up, down, close."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from sms_desktop.ui.theme.icons import dress, icon
from sms_desktop.ui.theme.theme import Theme


class FindBar(QFrame):
    """``typed``: other words. ``stepped``: -1 to the older hit, 1 to the newer. Shows, decides nothing."""

    typed = Signal(str)
    stepped = Signal(int)
    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self.setObjectName("findBar")
        self._theme = theme
        self.field = _Field(self)
        self.field.setPlaceholderText(self.tr("Search in this conversation"))
        self.field.setAccessibleName(self.tr("Search in this conversation"))
        self._glass = self.field.addAction(
            icon(theme, "search", "text_muted", 16), QLineEdit.ActionPosition.LeadingPosition
        )
        self._glass.setText(self.tr("Search"))
        self.count = QLabel(self)
        self.count.setProperty("role", "muted")
        self.older = self._button("arrow-up", self.tr("Previous hit"))
        self.newer = self._button("arrow-down", self.tr("Next hit"))
        self.close_button = self._button("close", self.tr("Close the search"))
        row = QHBoxLayout(self)
        row.addWidget(self.field, 1)
        for part in (self.count, self.older, self.newer, self.close_button):
            row.addWidget(part)
        self._row = row
        self.field.textEdited.connect(self.typed)
        self.field.stepped.connect(self.stepped)
        self.older.clicked.connect(lambda: self.stepped.emit(-1))
        self.newer.clicked.connect(lambda: self.stepped.emit(1))
        self.close_button.clicked.connect(self.closed)
        theme.changed.connect(self._measure)
        self._measure()
        self.show_place(None, 0)
        self.hide()

    def show_place(self, at: int | None, count: int, *, is_cut: bool = False) -> None:
        """Which of how many hits is shown; ``at`` counts from 0, ``is_cut``: there are more."""
        of = f"{count}+" if is_cut else str(count)
        if not self.field.text().strip():
            words = ""
        elif count == 0:
            words = self.tr("Nothing found")
        else:
            words = self.tr("{n} of {count}").format(n=(at or 0) + 1, count=of)
        self.count.setText(words)
        for button in (self.older, self.newer):
            button.setEnabled(count > 0)

    def set_shortcuts(self, older: str, newer: str) -> None:
        """Name the shortcuts in the tool tips."""
        self.older.setToolTip(f"{self.older.accessibleName()} ({older})")
        self.newer.setToolTip(f"{self.newer.accessibleName()} ({newer})")

    def tab_stops(self) -> list[QWidget]:
        """Where Tab stops, in order."""
        return [self.field, self.older, self.newer, self.close_button]

    def _button(self, drawing: str, name: str) -> QPushButton:
        button = QPushButton(self)
        button.setProperty("kind", "icon")
        button.setAccessibleName(name)
        button.setToolTip(name)
        dress(button, self._theme, drawing, size=18)
        return button

    def _measure(self) -> None:
        px = self._theme.px
        self._row.setContentsMargins(px(16), px(6), px(12), px(6))
        self._row.setSpacing(px(6))
        self._glass.setIcon(icon(self._theme, "search", "text_muted", 16))


class _Field(QLineEdit):
    stepped = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Up go to older hits, Shift+Enter and Down to newer ones."""
        is_shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.stepped.emit(1 if is_shifted else -1)
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.stepped.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)
