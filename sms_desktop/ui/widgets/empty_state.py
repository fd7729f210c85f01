"""What stands where there is nothing to show: why, and what can be done about it."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from sms_desktop.ui.theme.icons import icon
from sms_desktop.ui.theme.theme import Theme


class EmptyState(QWidget):
    """A drawing, a heading, a sentence, and perhaps one button."""

    chosen = Signal()

    def __init__(self, theme: Theme, drawing: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._drawing = drawing
        self._picture = QLabel(self)
        self.heading = QLabel(self)
        self.heading.setProperty("role", "heading")
        self.sentence = QLabel(self)
        self.sentence.setProperty("role", "muted")
        self.sentence.setWordWrap(True)
        self.button = QPushButton(self)
        self.button.setProperty("kind", "primary")
        self.button.clicked.connect(self.chosen)
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 32, 32, 32)
        column.setSpacing(8)
        column.addStretch(2)
        for part in (self._picture, self.heading, self.sentence):
            part.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(part)
        column.addSpacing(8)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        theme.changed.connect(self._draw)
        self._draw()

    def say(self, heading: str, sentence: str, button: str = "") -> None:
        """Show these words; no button without a text for it."""
        self.heading.setText(heading)
        self.sentence.setText(sentence)
        self.button.setText(button)
        self.button.setVisible(bool(button))
        self.setAccessibleName(f"{heading}. {sentence}")

    def _draw(self) -> None:
        edge = self._theme.px(44)
        drawing = icon(self._theme, self._drawing, "text_disabled", 44)
        self._picture.setPixmap(drawing.pixmap(QSize(edge, edge), self.devicePixelRatioF()))
