"""The choice of a way in: one card for each; the chosen one shows what belongs to it."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from sms_desktop.domain.errors import SmsDesktopError
from sms_desktop.domain.setting_up import Part
from sms_desktop.sync.accounts.sign_in import SignInTrouble
from sms_desktop.ui.ports import TunnelCommands
from sms_desktop.ui.surroundings import Spawn
from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.windows.settings.ways_in import WayIn, values_of, ways_in
from sms_desktop.ui.windows.signing_in.way_panel import WayPanel

_FIRST: Final = "websocket"


class WayCard(QFrame):
    """One way; a click anywhere on it chooses it, and Enter on its button is ``submitted``."""

    submitted = Signal()

    def __init__(self, theme: Theme, way: WayIn, panel: WayPanel | None, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.way = way
        self.panel = panel
        self.button = QRadioButton(way.words, self)
        self.button.setAccessibleDescription(way.hint)
        hint = QLabel(way.hint, self)
        hint.setProperty("role", "small")
        hint.setWordWrap(True)
        under = QVBoxLayout()
        under.setContentsMargins(theme.px(24), 0, 0, 0)
        under.setSpacing(6)
        under.addWidget(hint)
        if panel is not None:
            under.addWidget(panel)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 11, 14, 11)
        column.setSpacing(3)
        column.addWidget(self.button)
        column.addLayout(under)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click."""
        if event.button() is Qt.MouseButton.LeftButton and self.button.isEnabled():
            self.button.setChecked(True)
            self.button.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter on the button, which makes nothing of it; in the fields it is theirs."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and self.button.hasFocus():
            self.submitted.emit()
        else:
            super().keyPressEvent(event)


class WayChoice(QWidget):
    """What can be chosen depends on where Kandy is.

    ``changed`` tells of every other choice, ``submitted`` of Enter on a way or in one of its fields.
    """

    changed = Signal()
    submitted = Signal()

    def __init__(
        self,
        theme: Theme,
        commands: TunnelCommands,
        spawn: Spawn,
        base_url: Callable[[], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self.cards: dict[str, WayCard] = {}
        for way in ways_in(loopback=True):
            panel = WayPanel(theme, way, commands, spawn, base_url, self) if way.sample else None
            self._add(WayCard(theme, way, panel, self))
        self.more_button = QPushButton("More ways", self)
        self.more_button.setProperty("kind", "link")
        self.more_button.clicked.connect(self._show_more)
        more = QHBoxLayout()
        more.addWidget(self.more_button)
        more.addStretch(1)
        self._column.addLayout(more)
        self._shows_more = False
        self._is_loopback: bool | None = None
        self.offer(loopback=False)

    @property
    def tunnel(self) -> str:
        """The chosen way, as accounts name it."""
        panel = self._panel()
        return panel.tunnel if panel is not None else self._chosen()

    def offer(self, *, loopback: bool) -> None:
        """Offer what fits; what was chosen stays chosen where it still can be."""
        if loopback is self._is_loopback:
            return
        before, self._is_loopback = self._is_loopback, loopback
        offered = [way.name for way in ways_in(loopback)]
        # Another kind of host is another question; its first answer is the one to begin with.
        if before is None or self._chosen() not in offered or loopback:
            self.cards[offered[0]].button.setChecked(True)
        self._show_cards()
        self._on_toggled()

    def choose(self, tunnel: str) -> None:
        """Choose a way by the name that accounts keep."""
        name, values = values_of(tunnel)
        card = self.cards.get(name)
        if card is None:
            return
        if card.panel is not None:
            card.panel.fill(values)
        card.button.setChecked(True)
        self._show_cards()

    def problem(self) -> str:
        """A sentence where the choice is not complete."""
        panel = self._panel()
        return panel.problem() if panel is not None else ""

    def complain(self, sentence: str) -> bool:
        """Say what is wrong with what the way needs; false where it needs nothing."""
        panel = self._panel()
        return panel is not None and panel.complain(sentence)

    async def keep_secret(self) -> None:
        """Put the way's token or password into the vault; raises ``SignInTrouble``."""
        panel = self._panel()
        if panel is None:
            return
        try:
            await panel.keep_secret()
        except SmsDesktopError as error:
            raise SignInTrouble(Part.WHOLE, error.text()) from error

    def set_busy(self, busy: bool) -> None:
        """Let nothing be changed meanwhile."""
        for card in self.cards.values():
            card.button.setEnabled(not busy)
            if card.panel is not None:
                card.panel.set_busy(busy)

    def focus_choice(self) -> None:
        """Go to the chosen one."""
        self.cards[self._chosen()].button.setFocus()

    def order(self) -> list[QWidget]:
        """What Tab visits, in this order."""
        found: list[QWidget] = []
        for card in self.cards.values():
            found += [card.button, *(card.panel.order() if card.panel is not None else ())]
        return [*found, self.more_button]

    def _add(self, card: WayCard) -> None:
        self.cards[card.way.name] = card
        self._column.addWidget(card)
        self._group.addButton(card.button)
        card.button.toggled.connect(self._on_toggled)
        card.submitted.connect(self.submitted)
        if card.panel is not None:
            card.panel.changed.connect(self.changed)
            card.panel.submitted.connect(self.submitted)

    def _chosen(self) -> str:
        return next((n for n, card in self.cards.items() if card.button.isChecked()), _FIRST)

    def _panel(self) -> WayPanel | None:
        return self.cards[self._chosen()].panel

    def _show_more(self) -> None:
        self._shows_more = True
        self._show_cards()
        first = next(card for card in self.cards.values() if card.way.needs_more)
        first.button.setFocus()

    def _show_cards(self) -> None:
        offered = {way.name for way in ways_in(bool(self._is_loopback))}
        shows_more = self._shows_more or self.cards[self._chosen()].way.needs_more
        for name, card in self.cards.items():
            card.setVisible(name in offered and (shows_more or not card.way.needs_more))
        self.more_button.setVisible(not shows_more)

    def _on_toggled(self, checked: bool = True) -> None:
        for name, card in self.cards.items():
            if card.panel is not None:
                card.panel.setVisible(name == self._chosen())
        if checked:
            panel = self._panel()
            if panel is not None:
                panel.enter()
            self.changed.emit()
