"""What can go wrong between Kandy and the program, as buttons: the demo shows how it survives."""

from collections.abc import Callable, Coroutine
from typing import Any

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QWidget

from sms_desktop.domain.address import Address
from sms_desktop.ui.ports import PhoneLine

Act = Callable[[Coroutine[Any, Any, None]], None]
"""Starts a request to the simulator and tells when it fails."""


class MischiefBar(QWidget):
    """Four buttons; ``own`` gives the number that they are about."""

    def __init__(
        self,
        line: PhoneLine,
        own: Callable[[], Address | None],
        act: Act,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._line = line
        self._own = own
        self._columns = 0
        self._act = act
        self.network_button = self._button(
            "Network down", "Cut the program off from Kandy; click again to heal it"
        )
        self.network_button.setCheckable(True)
        self.network_button.toggled.connect(self._switch_network)
        self.cancel_button = self._button(
            "Cancel subscription", "Kandy stops telling the program about this number, and says so"
        )
        self.cancel_button.clicked.connect(
            lambda: self._about_number(self._line.cancel_subscription)
        )
        self.lose_button = self._button(
            "Lose next answer",
            "Kandy takes the next text and nobody hears of it: write one in the program",
        )
        self.lose_button.clicked.connect(lambda: self._act(self._line.lose_next_answer()))
        self.burst_button = self._button("1,000 messages", "They all write within ten seconds")
        self.burst_button.clicked.connect(lambda: self._about_number(self._line.burst))
        self._lay_out()

    def _switch_network(self, is_down: bool) -> None:
        self.network_button.setText("Network up again" if is_down else "Network down")
        self._act(self._line.set_network(up=not is_down))

    def _about_number(self, ask: Callable[[Address], Coroutine[Any, Any, None]]) -> None:
        if (own := self._own()) is not None:
            self._act(ask(own))

    def _button(self, words: str, explanation: str) -> QPushButton:
        button = QPushButton(words, self)
        button.setToolTip(explanation)
        button.setAccessibleDescription(explanation)
        return button

    def _lay_out(self) -> None:
        title = QLabel("Make trouble, and watch the program", self)
        title.setProperty("role", "small")
        title.setWordWrap(True)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 4, 0, 0)
        self._grid.setSpacing(8)
        self._grid.addWidget(title, 0, 0, 1, 2)
        self._arrange(2)

    def _arrange(self, columns: int) -> None:
        if columns != self._columns:
            self._columns = columns
            for place, button in enumerate(self._buttons()):
                span = 3 - columns
                self._grid.addWidget(button, 1 + place // columns, place % columns, 1, span)

    def _buttons(self) -> tuple[QPushButton, ...]:
        return self.network_button, self.lose_button, self.cancel_button, self.burst_button

    def _widest(self) -> int:
        return max(button.sizeHint().width() for button in self._buttons())

    def minimumSizeHint(self) -> QSize:
        """One button beside nothing."""
        return QSize(self._widest(), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two columns where they fit."""
        super().resizeEvent(event)
        self._arrange(2 if self.width() >= 2 * self._widest() + self._grid.spacing() else 1)
