"""Settings › Numbers: a card for every own number, in the order that the person gives them."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLabel, QPushButton, QWidget

from sms_desktop.domain.account import Account, OwnNumber
from sms_desktop.domain.clock import NowMs
from sms_desktop.domain.errors import SmsDesktopError
from sms_desktop.domain.number_change import NumberChange
from sms_desktop.sync.events import NumberState
from sms_desktop.ui.models.moments import Moments
from sms_desktop.ui.ports import Commands
from sms_desktop.ui.surroundings import Spawn
from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.windows.settings.add_number_sheet import AddNumberSheet
from sms_desktop.ui.windows.settings.card_column import CardColumn
from sms_desktop.ui.windows.settings.number_card import NumberCard
from sms_desktop.ui.windows.settings.number_sheet import NumberSheet
from sms_desktop.ui.windows.settings.page import Page
from sms_desktop.ui.windows.settings.refresh_words import refresh_words

_ABOUT: Final = (
    "The numbers that Kandy has assigned to this account. "
    "Each one needs its own subscription to receive messages."
)
_NONE: Final = (
    "No numbers are known yet. They appear here once you have signed in to an account "
    "that Kandy has assigned numbers to."
)
_ORDER: Final = "Drag a number, or press Alt+↑ or Alt+↓ on it, to change the order."
_REFRESH: Final = "Refresh from Kandy"


class NumbersPage(Page):
    """Shows what `NumbersChanged` told last; edits go out as commands and come back as facts."""

    def __init__(
        self,
        commands: Commands,
        theme: Theme,
        now_ms: NowMs,
        spawn: Spawn,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("Numbers", _ABOUT, parent)
        self._commands = commands
        self._theme = theme
        self._spawn = spawn
        self._states: tuple[NumberState, ...] = ()
        self._accounts: tuple[Account, ...] = ()
        self.none_label = QLabel(_NONE, self.inside)
        self.none_label.setWordWrap(True)
        self.column = CardColumn(theme, Moments(now_ms), self.inside)
        self.column.made.connect(self._wire)
        self.column.moved.connect(self.ensureWidgetVisible)
        self.column.ordered.connect(commands.numbers.put_in_order)
        self.order_label = QLabel(_ORDER, self.inside)
        self.refresh_button = QPushButton(_REFRESH, self.inside)
        self.refresh_button.clicked.connect(lambda: spawn(self._refresh(), "refresh numbers"))
        self.add_button = QPushButton("Add a number by hand…", self.inside)
        self.add_button.clicked.connect(self.ask_for_number)
        self.outcome_label = QLabel(self.inside)
        for label in (self.order_label, self.outcome_label):
            label.setProperty("role", "small")
            label.setWordWrap(True)
        self._buttons = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._buttons.setSpacing(10)
        for button in (self.refresh_button, self.add_button):
            self._buttons.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self._buttons.addStretch(1)
        for part in (self.none_label, self.column, self.order_label):
            self.body.addWidget(part)
        self.body.addSpacing(6)
        self.body.addLayout(self._buttons)
        self.body.addWidget(self.outcome_label)
        theme.changed.connect(self.column.start_over)
        self.show_accounts(())
        self.show_numbers(())
        self._say("")

    @property
    def cards(self) -> list[NumberCard]:
        """From above."""
        return self.column.cards

    def show_numbers(self, states: Sequence[NumberState]) -> None:
        """Show these cards from now on."""
        self._states = tuple(states)
        self.column.show_states(self._states, self._commands.numbers.last_inbound())
        self.none_label.setVisible(not states)
        self.column.setVisible(bool(states))
        self.order_label.setVisible(len(states) > 1)

    def show_accounts(self, accounts: Sequence[Account]) -> None:
        """Whose numbers they can be."""
        self._accounts = tuple(accounts)
        self.add_button.setEnabled(bool(accounts))
        self.refresh_button.setEnabled(bool(accounts))

    def look_again(self) -> None:
        """Messages came: say when, where that can be seen."""
        if self.isVisible():
            self.show_numbers(self._states)

    def edit(self, number: OwnNumber) -> NumberSheet:
        """Open the sheet of a number."""
        sheet = NumberSheet(self._theme, number, self.window())
        sheet.changed.connect(self._change)
        sheet.taken_off.connect(lambda one: self._commands.numbers.take_off(one.key))
        sheet.open()
        return sheet

    def ask_for_number(self) -> AddNumberSheet:
        """Open the sheet that takes a number by hand."""
        numbers = self._commands.numbers
        sheet = AddNumberSheet(self._theme, self._accounts, numbers, self._spawn, self.window())
        sheet.open()
        return sheet

    def _wire(self, card: NumberCard) -> None:
        card.edit_wanted.connect(self.edit)
        card.subscribe_wanted.connect(
            lambda number: self._commands.subscribe_again(number.account_id, number.number)
        )
        card.default_wanted.connect(
            lambda number, wanted: self._change(number, NumberChange(default_sender=wanted))
        )

    def _change(self, number: OwnNumber, wanted: NumberChange) -> None:
        self._commands.numbers.change(number.key, wanted)

    async def _refresh(self) -> None:
        self.refresh_button.setEnabled(False)
        self._say("Asking Kandy…")
        try:
            self._say(refresh_words(await self._commands.numbers.refresh()))
        except SmsDesktopError as error:
            self._say(error.text())
        finally:
            self.refresh_button.setEnabled(bool(self._accounts))

    def _say(self, sentence: str) -> None:
        self.outcome_label.setText(sentence)
        self.outcome_label.setVisible(bool(sentence))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The buttons stand one beneath the other where both do not fit."""
        needed = self.refresh_button.sizeHint().width() + self.add_button.sizeHint().width() + 70
        ways = QBoxLayout.Direction
        is_narrow = self.width() < needed
        self._buttons.setDirection(ways.TopToBottom if is_narrow else ways.LeftToRight)
        super().resizeEvent(event)
