"""The list of keyboard shortcuts (F1), read from the table of actions."""

from itertools import groupby

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from sms_desktop.ui.actions import FIELD_KEYS, TABLE


class ShortcutsWindow(QDialog):
    """A small window beside the main one; Escape or F1 closes it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keyboard shortcuts")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        grid = QGridLayout()
        grid.setHorizontalSpacing(36)
        grid.setVerticalSpacing(7)
        for group, entries in groupby(TABLE, key=lambda e: e.group):
            self._add_heading(grid, group)
            if group == "Messages":
                for text, keys in FIELD_KEYS:
                    self._add_row(grid, text, keys)
            for entry in entries:
                self._add_row(grid, entry.text.rstrip("…"), entry.shortcut)
        close = QPushButton("Close", self)
        close.clicked.connect(self.close)
        column = QVBoxLayout(self)
        column.setContentsMargins(26, 16, 26, 18)
        column.addLayout(grid)
        column.addSpacing(12)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        column.setSizeConstraint(QVBoxLayout.SizeConstraint.SetFixedSize)

    def _add_heading(self, grid: QGridLayout, text: str) -> None:
        label = QLabel(text, self)
        label.setProperty("role", "heading")
        label.setContentsMargins(0, 8, 0, 2)
        grid.addWidget(label, grid.rowCount(), 0, 1, 2)

    def _add_row(self, grid: QGridLayout, text: str, keys: str) -> None:
        row = grid.rowCount()
        name = QLabel(text, self)
        shown = QKeySequence.fromString(keys).toString(QKeySequence.SequenceFormat.NativeText)
        key = QLabel(shown or keys, self)
        key.setProperty("role", "tag")
        key.setAccessibleName(f"{text}: {keys}")
        grid.addWidget(name, row, 0)
        grid.addWidget(key, row, 1, Qt.AlignmentFlag.AlignLeft)
