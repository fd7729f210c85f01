"""Above a conversation whose own number does not receive: that answers will not come, and the way out."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from sms_desktop.domain.address import Address
from sms_desktop.domain.health import Receiving
from sms_desktop.sync.events import NumberState
from sms_desktop.ui.models.receiving import notice_words


class NumberNotice(QWidget):
    """Hidden while the number receives."""

    subscribe_asked = Signal()
    numbers_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("numberNotice")
        card = QFrame(self)
        card.setProperty("role", "banner")
        self.sentence = QLabel(card)
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)
        self.sentence.setWordWrap(True)
        self.subscribe_button = QPushButton("Subscribe again", card)
        self.numbers_button = QPushButton("Settings › Numbers", card)
        for button in (self.subscribe_button, self.numbers_button):
            button.setProperty("kind", "link")
            button.setCursor(Qt.CursorShape.PointingHandCursor)
        self.subscribe_button.clicked.connect(self.subscribe_asked)
        self.numbers_button.clicked.connect(self.numbers_asked)
        row = QHBoxLayout(card)
        row.setContentsMargins(12, 6, 8, 6)
        row.addWidget(self.sentence, 1)
        row.addWidget(self.subscribe_button)
        row.addWidget(self.numbers_button)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(10, 8, 10, 4)
        outer.addWidget(card)
        self.hide()

    def show_number(self, local: Address, state: NumberState | None) -> None:
        """Speak of this number, or be silent."""
        words = notice_words(local, state)
        self.sentence.setText(words)
        self.setAccessibleName(words)
        can_subscribe = state is not None and state.receiving is not Receiving.NOT_ASSIGNED
        self.subscribe_button.setVisible(can_subscribe)
        self.setVisible(bool(words))
