"""One honest sentence on the connection, at the foot of the window; a click opens its details."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from sms_desktop.domain.health import Health, Level
from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.widgets.dot import Dot
from sms_desktop.ui.widgets.elided import ElidedLabel

_LOOKS: Final = {
    Level.STARTING: ("Connecting…", "text_disabled"),
    Level.LIVE: ("Live", "live"),
    Level.SLOW: ("Slow", "warning"),
    Level.DEGRADED: ("Partly receiving", "warning"),
    Level.DEAF: ("Not receiving", "danger"),
    Level.NO_ACCOUNT: ("No account", "text_disabled"),
}
_KEYS: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


def on_its_way(health: Health) -> str:
    """What the check named ``sending`` says, without the things of which there are none."""
    sending = next((check for check in health.checks if check.name == "sending"), None)
    parts = sending.detail.split(" · ") if sending is not None else []
    return " · ".join(part for part in parts if not part.startswith("0 "))


class StatusLine(QFrame):
    """Dot, level and sentence at left, what is on its way at right."""

    clicked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setProperty("role", "bar")
        self.setObjectName("statusLine")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setToolTip("Open Settings › Connection")
        self.dot = Dot(theme, "text_disabled", 8, self)
        self.level_label = QLabel(self)
        self.level_label.setProperty("role", "small")
        self.sentence_label = ElidedLabel(self, "small")
        self.sending_label = QLabel(self)
        self.sending_label.setProperty("role", "small")
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(14, 6, 18, 6)
        row.setSpacing(6)
        row.addWidget(self.dot)
        row.addWidget(self.level_label)
        row.addSpacing(10)
        row.addWidget(self.sentence_label, 1)
        row.addWidget(self.sending_label)
        self.show_health(Health(Level.STARTING, ""))

    def show_health(self, health: Health) -> None:
        """Say this from now on."""
        word, colour = _LOOKS[health.level]
        self.dot.set_colour(colour)
        self.level_label.setText(word)
        self.sentence_label.set_full_text(health.sentence)
        self.sending_label.setText(on_its_way(health))
        parts = (word, health.sentence, self.sending_label.text())
        # Now, not in the next turn of the loop: a paint before would show the text cut off.
        self._row.activate()
        self.setAccessibleName("Connection: " + ". ".join(p for p in parts if p))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keys go."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The ring goes."""
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The bar, with a ring inside while it has the focus."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setPen(QPen(self._theme.colour("accent_text"), 2))
            painter.drawRect(self.rect().adjusted(2, 2, -2, -2))
            painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.clicked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and the space bar do what a click does."""
        if event.key() in _KEYS:
            self.clicked.emit()
        else:
            super().keyPressEvent(event)
