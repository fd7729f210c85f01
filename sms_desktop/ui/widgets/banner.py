"""A sentence about trouble that belongs to no single message; stays until it is read and closed."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from sms_desktop.ui.theme.icons import dress
from sms_desktop.ui.theme.theme import Theme


class Banner(QWidget):
    """Hidden while there is nothing to say; the newest sentence replaces the one before.

    ``is_calm``: for what was done as it should be.
    """

    chosen = Signal()

    def __init__(
        self, theme: Theme, parent: QWidget | None = None, *, is_calm: bool = False
    ) -> None:
        super().__init__(parent)
        card = QFrame(self)
        card.setProperty("role", "notice" if is_calm else "banner")
        self.sentence = QLabel(card)
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)
        self.sentence.setWordWrap(True)
        self.action_button = QPushButton(card)
        self.action_button.setProperty("kind", "link")
        self.action_button.clicked.connect(self._choose)
        self.close_button = QPushButton(card)
        self.close_button.setProperty("kind", "icon")
        self.close_button.setAccessibleName("Close this notice")
        self.close_button.setToolTip("Close")
        dress(self.close_button, theme, "close", size=14)
        self.close_button.clicked.connect(self.hide)
        row = QHBoxLayout(card)
        row.setContentsMargins(12, 4, 4, 4)
        row.addWidget(self.sentence, 1)
        row.addWidget(self.action_button)
        row.addWidget(self.close_button)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(10, 6, 10, 8)
        outer.addWidget(card)
        self.hide()

    def say(self, sentence: str, action: str = "") -> None:
        """Show a sentence, and a link to where it can be dealt with."""
        self.sentence.setText(sentence)
        self.action_button.setText(action)
        self.action_button.setVisible(bool(action))
        self.setAccessibleName(sentence)
        self.show()

    def tab_stops(self) -> list[QWidget]:
        """Where Tab stops, in order."""
        return [self.action_button, self.close_button]

    def _choose(self) -> None:
        self.hide()
        self.chosen.emit()
