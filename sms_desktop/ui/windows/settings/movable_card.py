"""A card that can be put somewhere else: pulled by the mouse, or sent by Alt+↑ and Alt+↓."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QFrame, QWidget

_STEPS: Final = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_ALT: Final = Qt.KeyboardModifier.AltModifier


class MovableCard(QFrame):
    """Says what is wanted and moves nothing itself."""

    step_wanted = Signal(int)
    """Up (-1) or down (1) by one place."""
    dragged = Signal(int)
    """The pointer's height on the screen, in pixels, while the button is held."""
    dropped = Signal(bool)
    """The button was released; false where Escape took the drag back."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._pressed_at: int | None = None
        self._is_dragged = False

    def _let_go(self, *, keep: bool) -> None:
        was_dragged, self._is_dragged = self._is_dragged, False
        self._pressed_at = None
        if was_dragged:
            self.unsetCursor()
            self.dropped.emit(keep)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Perhaps the beginning of a drag."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed_at = round(event.globalPosition().y())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Past a few pixels it is a drag."""
        if self._pressed_at is None:
            return
        at = round(event.globalPosition().y())
        if self._is_dragged or abs(at - self._pressed_at) >= QApplication.startDragDistance():
            self._is_dragged = True
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self.dragged.emit(at)

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Here it shall stay."""
        self._let_go(keep=True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt with an arrow moves it by one, Escape takes a drag back."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None and event.modifiers() & _ALT:
            self.step_wanted.emit(step)
        elif event.key() == Qt.Key.Key_Escape and self._is_dragged:
            self._let_go(keep=False)
        else:
            super().keyPressEvent(event)
