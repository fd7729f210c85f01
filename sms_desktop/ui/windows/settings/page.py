"""The frame that every page of the settings stands in: title, one sentence, content that scrolls."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget


class Page(QScrollArea):
    """``body`` is the column that a page fills; it ends with a stretch of its own."""

    def __init__(self, title: str, sentence: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(title)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.inside = QWidget(self)
        column = QVBoxLayout(self.inside)
        column.setContentsMargins(26, 20, 26, 24)
        column.setSpacing(4)
        heading = QLabel(title, self.inside)
        heading.setProperty("role", "title")
        self.sentence = QLabel(sentence, self.inside)
        self.sentence.setProperty("role", "muted")
        self.sentence.setWordWrap(True)
        self.body = QVBoxLayout()
        self.body.setSpacing(10)
        column.addWidget(heading)
        column.addWidget(self.sentence)
        column.addSpacing(12)
        column.addLayout(self.body)
        column.addStretch(1)
        self.setWidget(self.inside)

    def show_part(self, part: QWidget) -> None:
        """Scroll to what has just been shown, once the layout has given it its place."""
        QTimer.singleShot(0, part, lambda: self.ensureWidgetVisible(part))


def field_label(text: str, parent: QWidget) -> QLabel:
    """The name of a field, above it."""
    label = QLabel(text, parent)
    label.setContentsMargins(1, 6, 0, 0)
    return label


def line(parent: QWidget) -> QFrame:
    """A thin horizontal line between rows."""
    frame = QFrame(parent)
    frame.setProperty("role", "line")
    frame.setFixedHeight(1)
    return frame
