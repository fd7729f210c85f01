"""The sheet that edits an own number: name, colour, whether it receives."""

from dataclasses import replace
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from sms_desktop.domain.account import OwnNumber
from sms_desktop.ui.models.numbers import shown_number
from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.windows.settings.page import field_label
from sms_desktop.ui.windows.sheet_buttons import sheet_buttons

COLOURS: Final = (
    ("Violet", "#7c5cfc"),
    ("Green", "#12a866"),
    ("Orange", "#e27d2f"),
    ("Raspberry", "#d2476b"),
    ("Blue", "#2f6fed"),
    ("Brown", "#8b5a3c"),
    ("Teal", "#0f9aa8"),
    ("Grey", "#6b7280"),
)


class Swatch(QAbstractButton):
    """One colour to choose."""

    def __init__(self, theme: Theme, name: str, colour: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.colour = colour
        self._theme = theme
        self.setCheckable(True)
        self.setAccessibleName(name)
        self.setToolTip(name)

    def sizeHint(self) -> QSize:
        """What suits it."""
        return QSize(self._theme.px(30), self._theme.px(30))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The colour, and a ring around the chosen one."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.colour))
        edge = QRectF(self.rect())
        painter.drawEllipse(edge.adjusted(5, 5, -5, -5))
        if self.isChecked() or self.hasFocus():
            role = "text" if self.isChecked() else "border_strong"
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._theme.colour(role), 2))
            painter.drawEllipse(edge.adjusted(1.5, 1.5, -1.5, -1.5))


class NumberSheet(QDialog):
    """Emits the changed number; show it with ``open()``."""

    changed = Signal(OwnNumber)

    def __init__(self, theme: Theme, number: OwnNumber, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Edit number")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._number = number
        heading = QLabel(shown_number(number.number), self)
        heading.setProperty("role", "title")
        self.name_field = QLineEdit(number.name, self)
        self.name_field.setAccessibleName("Name")
        self.name_field.setPlaceholderText("Support, On-call, …")
        self.name_field.setMaxLength(40)
        self.receive_box = QCheckBox("Receive messages to this number here", self)
        self.receive_box.setChecked(number.receive)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 18, 22, 18)
        column.setSpacing(6)
        column.addWidget(heading)
        column.addWidget(field_label("Name", self))
        column.addWidget(self.name_field)
        column.addWidget(field_label("Colour", self))
        column.addLayout(self._swatches(theme))
        column.addSpacing(6)
        column.addWidget(self.receive_box)
        column.addSpacing(12)
        buttons, self.save_button = sheet_buttons(self, "Save")
        column.addLayout(buttons)
        self.setMinimumWidth(400)

    def _swatches(self, theme: Theme) -> QHBoxLayout:
        self.swatches = QButtonGroup(self)
        row = QHBoxLayout()
        row.setSpacing(4)
        known = {colour for _, colour in COLOURS}
        extra = () if self._number.colour in known else (("Present colour", self._number.colour),)
        for name, colour in (*COLOURS, *extra):
            swatch = Swatch(theme, name, colour, self)
            swatch.setChecked(colour == self._number.colour)
            self.swatches.addButton(swatch)
            row.addWidget(swatch)
        row.addStretch(1)
        return row

    def accept(self) -> None:
        """Take the answer and close."""
        chosen = self.swatches.checkedButton()
        after = replace(
            self._number,
            name=" ".join(self.name_field.text().split()),
            colour=chosen.colour if isinstance(chosen, Swatch) else self._number.colour,
            receive=self.receive_box.isChecked(),
        )
        if after != self._number:
            self.changed.emit(after)
        super().accept()
