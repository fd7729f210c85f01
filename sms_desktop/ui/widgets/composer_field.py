"""The text field of the composer: plain text, Enter sends, grows with what is typed."""

import math

from PySide6.QtCore import QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextEdit, QWidget

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_NEW_LINE = Qt.KeyboardModifier.ShiftModifier


class ComposerField(QTextEdit):
    """Never taller than ``limit_px`` and never shorter than one line."""

    enter_pressed = Signal()
    line_height_changed = Signal(int)
    """How high the field is with one line, in pixels."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("composerField")
        self.setProperty("role", "field")
        self.setAccessibleName("Message")
        self.setAcceptRichText(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(0)
        self.setViewportMargins(2, 5, 2, 5)
        self._limit_px = 240
        self._is_composing = False
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self._fit()

    def set_limit(self, limit_px: int) -> None:
        """At most this many pixels high; beyond them the text scrolls."""
        if limit_px != self._limit_px:
            self._limit_px = limit_px
            self._fit()

    def replace_all(self, text: str) -> None:
        """Put another text in place as one step that Ctrl+Z takes back; the cursor goes to its end."""
        cursor = self.textCursor()
        cursor.beginEditBlock()
        cursor.select(cursor.SelectionType.Document)
        cursor.insertText(text)
        cursor.endEditBlock()
        self.setTextCursor(cursor)

    def finish_composing(self) -> None:
        """Take over what an input method still holds, so that nothing typed is left behind."""
        if self._is_composing:
            QGuiApplication.inputMethod().commit()

    def _fit(self) -> None:
        self.ensurePolished()
        # What the frame, its padding and the margins take, as the stylesheet of the moment has it.
        chrome = max(0, self.height() - self.viewport().height())
        one_line = self.fontMetrics().lineSpacing()
        content = max(one_line, math.ceil(self.document().size().height()))
        height = max(one_line, min(content, self._limit_px - chrome)) + chrome
        policy = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(
            policy.ScrollBarAsNeeded if content + chrome > height else policy.ScrollBarAlwaysOff
        )
        self.line_height_changed.emit(one_line + chrome)
        if height != self.minimumHeight():
            self.setFixedHeight(height)

    def sizeHint(self) -> QSize:
        """What suits it."""
        return QSize(240, self.minimumHeight())

    def minimumSizeHint(self) -> QSize:
        """As narrow as it may get."""
        return QSize(80, self.minimumHeight())

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Text only."""
        return source.hasText()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste as plain text."""
        # Other programs put NUL and carriage returns on the clipboard; neither belongs in a text.
        text = source.text().replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
        self.textCursor().insertText(text)
        self.ensureCursorVisible()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Know whether an input method composes."""
        self._is_composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter sends or begins a line."""
        # While an input method composes, Enter belongs to it.
        if event.key() in _ENTER and not self._is_composing:
            if event.modifiers() & _NEW_LINE:
                self.textCursor().insertText("\n")
                self.ensureCursorVisible()
            else:
                self.enter_pressed.emit()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the contents to the new size."""
        super().resizeEvent(event)
        self._fit()
