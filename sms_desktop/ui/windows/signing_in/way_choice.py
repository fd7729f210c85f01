"""The choice of a way in: one card for each, with its own address where it needs one."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QLabel,
    QLineEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.windows.settings.fields import Field
from sms_desktop.ui.windows.settings.ways_in import OWN, WayIn, ways_in

_NO_ADDRESS = "Your public address is missing. It looks like https://sms.example.com/inbound."


class WayCard(QFrame):
    """One way; a click anywhere on it chooses it."""

    def __init__(self, theme: Theme, way: WayIn, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.way = way
        self.button = QRadioButton(way.words, self)
        self.button.setAccessibleDescription(way.hint)
        hint = QLabel(way.hint, self)
        hint.setProperty("role", "small")
        hint.setWordWrap(True)
        self.under = QVBoxLayout()
        self.under.setContentsMargins(theme.px(24), 0, 0, 0)
        self.under.setSpacing(6)
        self.under.addWidget(hint)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 11, 14, 11)
        column.setSpacing(3)
        column.addWidget(self.button)
        column.addLayout(self.under)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click."""
        if event.button() is Qt.MouseButton.LeftButton and self.button.isEnabled():
            self.button.setChecked(True)
            self.button.setFocus()


class WayChoice(QWidget):
    """What can be chosen depends on where Kandy is; ``changed`` tells of every other choice."""

    changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self.cards: dict[str, WayCard] = {
            way.name: WayCard(theme, way, self) for way in ways_in(loopback=True)
        }
        self.own_url = Field(theme, "Your public address", QLineEdit(self), self)
        self.own_url.edit.setPlaceholderText("https://sms.example.com/inbound")
        self.own_url.edit.textChanged.connect(self.changed)
        for card in self.cards.values():
            self._column.addWidget(card)
            self._group.addButton(card.button)
            card.button.toggled.connect(self._on_toggled)
        self.cards[OWN].under.addWidget(self.own_url)
        self._is_loopback: bool | None = None
        self.offer(loopback=False)

    @property
    def tunnel(self) -> str:
        """The chosen way, as accounts name it."""
        name = self._chosen()
        return OWN + self.own_url.text() if name == OWN else name

    def offer(self, *, loopback: bool) -> None:
        """Offer what fits; what was chosen stays chosen where it still can be."""
        if loopback is self._is_loopback:
            return
        before, self._is_loopback = self._is_loopback, loopback
        offered = [way.name for way in ways_in(loopback)]
        for name, card in self.cards.items():
            card.setVisible(name in offered)
        # Another kind of host is another question; its first answer is the one to begin with.
        if before is None or self._chosen() not in offered or loopback:
            self.cards[offered[0]].button.setChecked(True)
        self._on_toggled()

    def choose(self, tunnel: str) -> None:
        """Choose a way by the name that accounts keep."""
        name, _, url = tunnel.partition(":")
        if url:
            self.own_url.edit.setText(url)
        card = self.cards.get(OWN if url else name)
        if card is not None:
            card.button.setChecked(True)

    def problem(self) -> str:
        """A sentence where the choice is not complete."""
        return _NO_ADDRESS if self._chosen() == OWN and not self.own_url.text() else ""

    def complain(self, sentence: str) -> bool:
        """Say what is wrong with the way's address; false where it has none."""
        self.own_url.complain(sentence)
        if sentence:
            self.own_url.edit.setFocus()
        return not self.own_url.isHidden()

    def set_busy(self, busy: bool) -> None:
        """Let nothing be changed meanwhile."""
        for card in self.cards.values():
            card.button.setEnabled(not busy)
        self.own_url.edit.setReadOnly(busy)

    def focus_choice(self) -> None:
        """Go to the chosen one."""
        self.cards[self._chosen()].button.setFocus()

    def order(self) -> list[QWidget]:
        """What Tab visits, in this order."""
        return [*(card.button for card in self.cards.values()), self.own_url.edit]

    def _chosen(self) -> str:
        return next((n for n, card in self.cards.items() if card.button.isChecked()), "websocket")

    def _on_toggled(self, checked: bool = True) -> None:
        self.own_url.setVisible(self._chosen() == OWN)
        if checked:
            self.changed.emit()
