"""One recipient in the field; a click, Delete or Backspace takes it out."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget

from sms_desktop.domain.address import Address
from sms_desktop.ui.models.numbers import shown_number

_LONGEST = 24
_TAKES_OUT = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


class RecipientChip(QPushButton):
    """``Maria Rossi ×``; the number is in the tool tip. ``note`` says what is odd about it."""

    removed = Signal()
    moved = Signal(int)
    """The person goes to the neighbour: -1 or 1."""

    def __init__(self, address: Address, name: str, note: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.address = address
        self.note = note
        shown = shown_number(address)
        words = name or shown
        cut = words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"
        # An ampersand would underline the next letter.
        self.setText(f"{cut.replace('&', '&&')}  ×")
        self.setProperty("kind", "chip")
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        if note:
            self.setProperty("doubtful", "true")
        about = [part for part in (shown if name else "", note) if part]
        self.setToolTip(" · ".join([*about, "Click to take out"]))
        self.setAccessibleName(". ".join([words, *about, "Press Delete to take out"]))
        self.clicked.connect(self.removed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that take it out, or lead to a neighbour."""
        if event.key() in _TAKES_OUT:
            self.removed.emit()
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.moved.emit(-1 if event.key() == Qt.Key.Key_Left else 1)
        else:
            super().keyPressEvent(event)
