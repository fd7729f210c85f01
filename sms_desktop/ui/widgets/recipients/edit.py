"""Where a recipient is typed or pasted; tells apart keys that write and keys that do something."""

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit

from sms_desktop.domain.recipient_list import split_recipients

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
_ENDS = ",;"


class RecipientEdit(QLineEdit):
    """Without a frame of its own: the field around it has one."""

    focused = Signal(bool)
    entered = Signal()
    stepped = Signal(int)
    """Down (1) or up (-1) in the list of people."""
    ended = Signal()
    """A comma or semicolon: what stands before is whole."""
    several_pasted = Signal(tuple)
    left_backwards = Signal()
    """Backspace or Left where nothing stands before the cursor."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Lists are taken apart; Enter, arrows and separators mean something here."""
        key = event.key()
        back = (Qt.Key.Key_Backspace, Qt.Key.Key_Left)
        if event.matches(QKeySequence.StandardKey.Paste):
            self._paste(QGuiApplication.clipboard().mimeData())
        elif key in _ENTER:
            self.entered.emit()
        elif key in _STEPS:
            self.stepped.emit(_STEPS[Qt.Key(key)])
        elif event.text() and event.text() in _ENDS:
            self.ended.emit()
        elif key in back and not self.cursorPosition() and not self.hasSelectedText():
            self.left_backwards.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Somebody types here now."""
        super().focusInEvent(event)
        self.focused.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Nobody does any more."""
        super().focusOutEvent(event)
        self.focused.emit(False)

    def _paste(self, data: QMimeData) -> None:
        parts = split_recipients(data.text())
        if len(parts) > 1:
            self.several_pasted.emit(parts)
        elif parts:
            self.insert(parts[0])
