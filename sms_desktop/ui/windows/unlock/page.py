"""What the pages of the unlocking window have in common: drawing, title, text, body, buttons."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from sms_desktop.sync.unlocking.questions import Answer, Question
from sms_desktop.ui.theme.icons import icon
from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.windows.unlock.words import words_for


class UnlockPage(QWidget):
    """Fill ``body``, add buttons from left to right, and tell which one Enter means."""

    answered = Signal(object)
    """An ``Answer``."""
    quit_asked = Signal()

    def __init__(self, theme: Theme, question: Question, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        words = words_for(question)
        self.setAccessibleName(f"{words.title}. {words.text}")
        self.picture = _Picture(theme, words.drawing, self)
        title = QLabel(words.title, self)
        title.setProperty("role", "title")
        title.setWordWrap(True)
        text = QLabel(words.text, self)
        text.setProperty("role", "muted")
        text.setTextFormat(Qt.TextFormat.PlainText)
        text.setWordWrap(True)
        self.body = QVBoxLayout()
        self.body.setSpacing(theme.px(10))
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(theme.px(10))
        self.quit_button = self._add(QPushButton("Quit", self))
        self.quit_button.clicked.connect(self.quit_asked)
        self._buttons.addStretch(1)
        self._primary: tuple[QPushButton, str] | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(*(theme.px(edge) for edge in (30, 26, 30, 24)))
        column.setSpacing(0)
        for part, gap in ((self.picture, 14), (title, 6), (text, 18)):
            column.addWidget(part)
            column.addSpacing(theme.px(gap))
        column.addLayout(self.body)
        column.addStretch(1)
        column.addSpacing(theme.px(22))
        column.addLayout(self._buttons)

    def first(self) -> QWidget:
        """Where the focus begins."""
        return self._primary[0] if self._primary is not None else self.quit_button

    def take(self, question: Question) -> None:
        """The same question again, with a complaint about the answer before."""

    def answer(self, answer: Answer) -> None:
        """Tell an answer."""
        self.answered.emit(answer)

    def add_button(self, text: str, answer: Answer) -> QPushButton:
        """A button that is an answer by itself."""
        button = self._add(QPushButton(text, self))
        button.clicked.connect(lambda: self.answer(answer))
        return button

    def add_primary(self, text: str, busy_text: str) -> QPushButton:
        """The button that Enter presses; ``busy_text`` stands on it while the answer is worked on."""
        button = self._add(QPushButton(text, self))
        button.setProperty("kind", "primary")
        button.setDefault(True)
        self._primary = (button, busy_text)
        self._idle_text = text
        return button

    def set_busy(self, busy: bool) -> None:
        """Nothing can be changed while the answer is worked on."""
        self.setEnabled(not busy)
        if self._primary is not None:
            button, busy_text = self._primary
            button.setText(busy_text if busy else self._idle_text)

    def _add(self, button: QPushButton) -> QPushButton:
        button.setAutoDefault(False)
        self._buttons.addWidget(button)
        return button


class _Picture(QLabel):
    """The drawing on a soft ground."""

    def __init__(self, theme: Theme, drawing: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._drawing = drawing
        theme.changed.connect(self._draw)
        self._draw()

    def _draw(self) -> None:
        px = self._theme.px
        self.setFixedSize(px(48), px(48))
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        role = {"warning": "warning", "check": "success"}.get(self._drawing, "accent_text")
        ground = self._theme.colour("accent_soft" if role == "accent_text" else "field").name()
        self.setStyleSheet(f"background: {ground}; border-radius: {px(14)}px;")
        drawing = icon(self._theme, self._drawing, role, 24)
        self.setPixmap(drawing.pixmap(QSize(px(24), px(24)), self.devicePixelRatioF()))
