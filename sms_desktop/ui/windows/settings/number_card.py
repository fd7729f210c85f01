"""One own number in the settings: what it is called, whether it receives, and what to do if not."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from sms_desktop.domain.account import OwnNumber
from sms_desktop.domain.health import Receiving
from sms_desktop.sync.events import NumberState
from sms_desktop.ui.clock_text import clock_text
from sms_desktop.ui.models.moments import Moments
from sms_desktop.ui.models.numbers import shown_number
from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.widgets.dot import Dot

_LOOKS: Final = {
    Receiving.UNKNOWN: ("Not known yet", "text_disabled", ""),
    Receiving.ACTIVE: ("Receiving", "live", ""),
    Receiving.PAUSED: ("Paused", "text_muted", ""),
    Receiving.CANCELLED: ("Subscription cancelled by Kandy", "warning", "warning"),
    Receiving.NOT_ASSIGNED: ("No longer assigned to your project", "danger", "danger"),
    Receiving.FAILED: ("Not receiving", "danger", "danger"),
}
_BROKEN: Final = (Receiving.CANCELLED, Receiving.NOT_ASSIGNED, Receiving.FAILED)


class NumberCard(QFrame):
    """Shows a `NumberState` and never more than it says."""

    edit_wanted = Signal(OwnNumber)
    subscribe_wanted = Signal(OwnNumber)

    def __init__(
        self, theme: Theme, state: NumberState, moments: Moments, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._theme = theme
        self._state = state
        bar = QFrame(self)
        bar.setFixedSize(theme.px(12), theme.px(42))
        bar.setStyleSheet(f"background: {state.number.colour}; border-radius: {theme.px(6)}px;")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 13, 16, 13)
        row.setSpacing(14)
        row.addWidget(bar)
        row.addLayout(self._names(), 11)
        row.addLayout(self._standing(moments), 12)
        self._add_buttons(row)

    def _names(self) -> QVBoxLayout:
        number = self._state.number
        shown = shown_number(number.number)
        name = QLabel(number.name or shown, self)
        name.setFont(self._theme.font(10.5, 600))
        first = QHBoxLayout()
        first.setSpacing(10)
        first.addWidget(name)
        if number.is_kandy_default:
            tag = QLabel("Kandy default", self)
            tag.setProperty("role", "soft")
            tag.setToolTip("Kandy sends from this number when no other is named")
            first.addWidget(tag)
        first.addStretch(1)
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addStretch(1)
        column.addLayout(first)
        second = QLabel(shown if number.name else "No name yet", self)
        second.setProperty("role", "muted")
        column.addWidget(second)
        column.addStretch(1)
        return column

    def _standing(self, moments: Moments) -> QVBoxLayout:
        state = self._state
        words, colour, role = _LOOKS[state.receiving]
        since = clock_text(moments, state.since_ms) if state.since_ms else ""
        if state.receiving in _BROKEN and since:
            words = f"{words} at {since}"
        self.words = QLabel(words, self)
        self.words.setProperty("role", role)
        self.words.setWordWrap(True)
        small = [state.detail] if state.detail else []
        if state.receiving is Receiving.ACTIVE and since:
            small.insert(0, f"subscribed {since}")
        self.detail = QLabel(" · ".join(small), self)
        self.detail.setProperty("role", "small")
        self.detail.setWordWrap(True)
        self.detail.setVisible(bool(small))
        first = QHBoxLayout()
        first.setSpacing(6)
        first.addWidget(Dot(self._theme, colour, 10, self), 0, Qt.AlignmentFlag.AlignVCenter)
        first.addWidget(self.words, 1)
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addStretch(1)
        column.addLayout(first)
        column.addWidget(self.detail)
        column.addStretch(1)
        self.setAccessibleName(f"{number_sentence(state)}: {words}. {self.detail.text()}")
        return column

    def _add_buttons(self, row: QHBoxLayout) -> None:
        number = self._state.number
        self.subscribe_button = QPushButton("Subscribe again", self)
        self.subscribe_button.setProperty("kind", "primary")
        self.subscribe_button.setVisible(self._state.receiving in _BROKEN)
        self.subscribe_button.clicked.connect(lambda: self.subscribe_wanted.emit(number))
        self.edit_button = QPushButton("Edit…", self)
        self.edit_button.setAccessibleName(f"Edit {number_sentence(self._state)}")
        self.edit_button.clicked.connect(lambda: self.edit_wanted.emit(number))
        row.addWidget(self.subscribe_button)
        row.addWidget(self.edit_button)


def number_sentence(state: NumberState) -> str:
    """The number as a screen reader shall say it."""
    number = state.number
    return " ".join(p for p in (number.name, shown_number(number.number)) if p)
