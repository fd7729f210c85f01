"""The list of keyboard shortcuts (F1), read from the table of actions."""

from itertools import groupby

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from sms_desktop.ui.actions import KEYS_IN_PLACE, TABLE, shortcut_of


class ShortcutsWindow(QDialog):
    """A small window beside the main one; Escape or F1 closes it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keyboard shortcuts")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(26, 8, 26, 8)
        grid.setHorizontalSpacing(36)
        grid.setVerticalSpacing(7)
        for group, entries in groupby(TABLE, key=lambda e: e.group):
            self._add_heading(grid, group)
            for entry in entries:
                self._add_row(grid, entry.text.rstrip("…"), shortcut_of(entry))
            for text, keys in KEYS_IN_PLACE.get(group, ()):
                self._add_row(grid, text, keys)
        close = QPushButton(self.tr("Close"), self)
        close.clicked.connect(self.close)
        area = QScrollArea(self)
        area.setWidget(inside)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 18)
        column.addWidget(area, 1)
        column.addSpacing(8)
        foot = QHBoxLayout()
        foot.setContentsMargins(26, 0, 26, 0)
        foot.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        column.addLayout(foot)
        self._area = area
        self._fit(inside.sizeHint())

    def _fit(self, wanted: QSize) -> None:
        """As large as the list, where the screen has room for it; else it scrolls."""
        bar = self._area.verticalScrollBar().sizeHint().width()
        chrome = self.sizeHint().height() - self._area.sizeHint().height()
        self.setMinimumWidth(wanted.width() + bar)
        self.resize(wanted.width() + bar, wanted.height() + chrome)

    def _add_heading(self, grid: QGridLayout, text: str) -> None:
        label = QLabel(text, self)
        label.setProperty("role", "heading")
        label.setContentsMargins(0, 8, 0, 2)
        grid.addWidget(label, grid.rowCount(), 0, 1, 2)

    def _add_row(self, grid: QGridLayout, text: str, keys: str) -> None:
        row = grid.rowCount()
        name = QLabel(text, self)
        native = QKeySequence.SequenceFormat.NativeText
        shown = " · ".join(
            QKeySequence.fromString(one).toString(native) or one for one in keys.split(", ")
        )
        key = QLabel(shown, self)
        key.setProperty("role", "tag")
        key.setAccessibleName(f"{text}: {keys}")
        grid.addWidget(name, row, 0)
        grid.addWidget(key, row, 1, Qt.AlignmentFlag.AlignLeft)
