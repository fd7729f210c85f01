"""Settings › Numbers: a card for every own number."""

from collections.abc import Sequence

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from sms_desktop.domain.account import OwnNumber
from sms_desktop.domain.clock import NowMs
from sms_desktop.sync.events import NumberState
from sms_desktop.ui.models.moments import Moments
from sms_desktop.ui.ports import Commands
from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.windows.settings.number_card import NumberCard
from sms_desktop.ui.windows.settings.number_sheet import NumberSheet
from sms_desktop.ui.windows.settings.page import Page

_ABOUT = (
    "The numbers that Kandy has assigned to this account. "
    "Each one needs its own subscription to receive messages."
)
_NONE = (
    "No numbers are known yet. They appear here once you have signed in to an account "
    "that Kandy has assigned numbers to."
)


class NumbersPage(Page):
    """Shows what `NumbersChanged` told last; edits go out as commands and come back as facts."""

    def __init__(
        self, commands: Commands, theme: Theme, now_ms: NowMs, parent: QWidget | None = None
    ) -> None:
        super().__init__("Numbers", _ABOUT, parent)
        self._commands = commands
        self._theme = theme
        self._moments = Moments(now_ms)
        self._states: tuple[NumberState, ...] = ()
        self._holder: QWidget | None = None
        self.cards: list[NumberCard] = []
        self.none_label = QLabel(_NONE, self.inside)
        self.none_label.setWordWrap(True)
        self.body.addWidget(self.none_label)
        theme.changed.connect(self._rebuild)

    def show_numbers(self, states: Sequence[NumberState]) -> None:
        """Show these cards from now on."""
        self._states = tuple(states)
        self._rebuild()

    def edit(self, number: OwnNumber) -> NumberSheet:
        """Open the sheet of a number."""
        sheet = NumberSheet(self._theme, number, self.window())
        sheet.changed.connect(self._commands.change_number)
        sheet.open()
        return sheet

    def _rebuild(self) -> None:
        if self._holder is not None:
            self.body.removeWidget(self._holder)
            self._holder.deleteLater()
        self._holder = QWidget(self.inside)
        column = QVBoxLayout(self._holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        self.cards = []
        for state in self._states:
            card = NumberCard(self._theme, state, self._moments, self._holder)
            card.edit_wanted.connect(self.edit)
            card.subscribe_wanted.connect(self._subscribe)
            column.addWidget(card)
            self.cards.append(card)
        self.body.addWidget(self._holder)
        self.none_label.setVisible(not self._states)

    def _subscribe(self, number: OwnNumber) -> None:
        self._commands.subscribe_again(number.account_id, number.number)
