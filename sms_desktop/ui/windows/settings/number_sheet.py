"""The sheet that edits an own number: name, colour, what shall come of its messages, signature."""

from typing import Final, TypeVar

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
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from sms_desktop.domain.account import OwnNumber
from sms_desktop.domain.number_change import LONGEST_NAME, NumberChange, tidy_name
from sms_desktop.domain.signature import SignatureTooLong, tidy_signature
from sms_desktop.ui.models.numbers import shown_number
from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.windows.settings.page import field_label
from sms_desktop.ui.windows.settings.signature_field import SignatureField
from sms_desktop.ui.windows.sheet_buttons import sheet_buttons

T = TypeVar("T")

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
    """Emits the number and what was changed of it; show it with ``open()``."""

    changed = Signal(OwnNumber, NumberChange)
    taken_off = Signal(OwnNumber)

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
        self.name_field.setMaxLength(LONGEST_NAME)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 18, 22, 18)
        column.setSpacing(6)
        column.addWidget(heading)
        column.addWidget(field_label("Name", self))
        column.addWidget(self.name_field)
        column.addWidget(field_label("Colour", self))
        column.addLayout(self._swatches(theme))
        column.addSpacing(6)
        for box in self._boxes():
            column.addWidget(box)
        column.addWidget(field_label("Signature", self))
        self.signature_field = SignatureField(theme, number.signature, self)
        column.addWidget(self.signature_field)
        column.addSpacing(12)
        buttons, self.save_button = sheet_buttons(self, "Save")
        self._offer_to_take_off(buttons)
        column.addLayout(buttons)
        self.setMinimumWidth(theme.px(400))

    def _boxes(self) -> tuple[QCheckBox, ...]:
        number = self._number
        self.receive_box = self._box("Receive messages to this number here", number.receive)
        self.notify_box = self._box("Notify me of its messages", number.notify)
        self.hidden_box = self._box("Hide its conversations from “All”", number.is_hidden)
        self.hidden_box.setToolTip("They are shown where the number is chosen in the rail")
        self.default_box = self._box(
            "My default sender: new messages begin with it", number.is_default_sender
        )
        return self.receive_box, self.notify_box, self.hidden_box, self.default_box

    def _box(self, words: str, is_on: bool) -> QCheckBox:
        box = QCheckBox(words, self)
        box.setChecked(is_on)
        return box

    def _offer_to_take_off(self, buttons: QHBoxLayout) -> None:
        self.take_off_button = QPushButton("Take off the list", self)
        self.take_off_button.setAutoDefault(False)
        self.take_off_button.setToolTip("You added this number by hand; its messages stay")
        self.take_off_button.setVisible(self._number.is_by_hand)
        self.take_off_button.clicked.connect(self._take_off)
        buttons.insertWidget(0, self.take_off_button)

    def _take_off(self) -> None:
        self.taken_off.emit(self._number)
        self.reject()

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
        """Take what was changed and close; say what cannot be."""
        try:
            wanted = self._wanted()
        except SignatureTooLong as error:
            self.signature_field.complain(error.text())
            return
        if wanted != NumberChange():
            self.changed.emit(self._number, wanted)
        super().accept()

    def _wanted(self) -> NumberChange:
        """Only what differs: what was changed elsewhere meanwhile stays."""
        before = self._number
        chosen = self.swatches.checkedButton()
        colour = chosen.colour if isinstance(chosen, Swatch) else before.colour
        return NumberChange(
            name=_other(tidy_name(self.name_field.text()), before.name),
            colour=_other(colour, before.colour),
            receive=_other(self.receive_box.isChecked(), before.receive),
            notify=_other(self.notify_box.isChecked(), before.notify),
            hidden=_other(self.hidden_box.isChecked(), before.is_hidden),
            signature=_other(tidy_signature(self.signature_field.text()), before.signature),
            default_sender=_other(self.default_box.isChecked(), before.is_default_sender),
        )


def _other(now: T, before: T) -> T | None:
    return None if now == before else now
