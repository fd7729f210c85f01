"""First run, step 2: the numbers that Kandy knows of, and what the person wants of each."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from sms_desktop.domain.address import Address
from sms_desktop.domain.setting_up import FoundNumber, NumberChoice, Source
from sms_desktop.sync.accounts.typed_number import NoOwnNumber, typed_number
from sms_desktop.ui.ports import Commands
from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.windows.first_run.number_row import NumberRow
from sms_desktop.ui.windows.first_run.step import Doubt, Draft
from sms_desktop.ui.windows.settings.fields import Field
from sms_desktop.ui.windows.settings.number_sheet import COLOURS
from sms_desktop.ui.windows.settings.page import Page

_ABOUT: Final = (
    "Give each number a name and a colour. “Receive here” brings its messages to this computer."
)
_NONE: Final = (
    "Kandy has assigned no number to this project or account. Without one nothing can be received. "
    "Assign one in Kandy's portal and look again, or add a number that you know is yours."
)
_WORDS: Final = {
    Source.ASSIGNED: "assigned by Kandy",
    Source.SUBSCRIBED: "has a subscription at Kandy",
    Source.HISTORY: "appears in your history",
}
_BY_HAND: Final = "added by you"


class NumbersStep(Page):
    """Rows stay as they were left when one goes back and comes again."""

    name = "Numbers"
    next_words = "Next"
    skip_words = ""
    said = Signal(str)
    submitted = Signal()
    mended = Signal()
    """No number in the list is one that Kandy refuses any more."""

    def __init__(
        self, commands: Commands, theme: Theme, draft: Draft, parent: QWidget | None = None
    ) -> None:
        super().__init__("Your numbers", _ABOUT, parent)
        self._commands = commands.accounts
        self._theme = theme
        self._draft = draft
        self._user = ""
        self._left: dict[Address, NumberChoice] = {}
        self.rows: dict[Address, NumberRow] = {}
        self.none_label = QLabel(_NONE, self.inside)
        self.none_label.setWordWrap(True)
        self.trouble_label = QLabel(self.inside)
        self.trouble_label.setProperty("role", "warning")
        self.trouble_label.setWordWrap(True)
        self.again_button = QPushButton("Look again", self.inside)
        self.again_button.setAutoDefault(False)
        self.add_field = Field(theme, "Add a number by hand", QLineEdit(self.inside), self.inside)
        self.add_field.edit.setPlaceholderText("+1 613 555 0144")
        self.add_field.edit.returnPressed.connect(self.add_typed)
        self.add_button = QPushButton("Add", self.inside)
        self.add_button.setAutoDefault(False)
        self.add_button.setAccessibleName("Add this number")
        self.add_button.clicked.connect(self.add_typed)
        self._lay_out()

    def enter(self) -> None:
        """Show what was found; names and colours that were given stay."""
        user = self._draft.findings.user_id if self._draft.findings else ""
        if user != self._user:
            # Somebody else's numbers; what was said about the others is remembered all the same.
            for number in list(self.rows):
                self._take_off(number)
            self._user = user
        sources = {found.number: found for found in self._draft.found.numbers}
        for number in [n for n, row in self.rows.items() if not row.by_hand and n not in sources]:
            self._take_off(number)
        is_sure = any(f.sources != {Source.HISTORY} for f in sources.values())
        for found in sources.values():
            if found.number not in self.rows:
                self._put_on(_begin_with(found, is_sure), _where(found), by_hand=False)
        self._show()
        self._focus_first()

    def add_typed(self) -> None:
        """Take the typed number into the list, or say why not."""
        try:
            number = typed_number(self.add_field.text(), self.rows)
        except NoOwnNumber as error:
            self.add_field.complain(error.text())
            self.add_field.edit.setFocus()
            return
        self.add_field.edit.clear()
        self._put_on(NumberChoice(number), _BY_HAND, by_hand=True)
        self._show()
        self.rows[number].name_field.setFocus()

    async def advance(self, *, insist: bool) -> Doubt | None:
        """Ask Kandy about each number that shall receive."""
        if not self._takes_what_is_typed():
            return Doubt("")
        choices = tuple(row.choice() for row in self.rows.values())
        if not choices and not insist:
            return Doubt("There is no number in the list yet.", "Continue without a number")
        wanted = [choice.number for choice in choices if choice.receive]
        if wanted and not insist:
            self.said.emit("Asking Kandy about each number…")
            if self._complain(await self._commands.cannot_receive(self._draft.typed, wanted)):
                return Doubt(
                    "Switch “Receive here” off for the numbers that Kandy refuses, to go on.",
                    "Continue anyway",
                )
        self._draft.choices = choices
        return None

    async def look_again(self) -> None:
        """Ask Kandy once more which numbers there are; raises ``SignInTrouble``."""
        self.said.emit("Looking for your numbers…")
        self._draft.found = await self._commands.find_numbers(self._draft.typed)
        self.enter()

    def set_busy(self, busy: bool) -> None:
        """Let nothing be changed meanwhile."""
        for row in self.rows.values():
            row.set_busy(busy)
        self.add_field.edit.setReadOnly(busy)
        for button in (self.add_button, self.again_button):
            button.setEnabled(not busy)

    def _takes_what_is_typed(self) -> bool:
        """A number that was typed and not added is surely meant."""
        if self.add_field.text():
            self.add_typed()
        return not self.add_field.complaint

    def _complain(self, troubles: Mapping[Address, str]) -> bool:
        first: NumberRow | None = None
        for number, row in self.rows.items():
            row.complain(troubles.get(number, ""))
            first = first or (row if number in troubles else None)
        if first is not None:
            first.receive_box.setFocus()
            self.ensureWidgetVisible(first)
        return first is not None

    def _put_on(self, choice: NumberChoice, source: str, *, by_hand: bool) -> None:
        choice = self._left.get(choice.number, choice)
        if not choice.colour:
            used = [row.colour_button.colour for row in self.rows.values()]
            colours = [colour for _, colour in COLOURS]
            colour = min(colours, key=lambda one: (used.count(one), colours.index(one)))
            choice = replace(choice, colour=colour)
        row = NumberRow(self._theme, choice, source, by_hand, self.inside)
        row.removed.connect(lambda number: self._take_off(Address(number)))
        row.submitted.connect(self.submitted)
        row.mended.connect(self._tell_whether_mended)
        self._list.addWidget(row)
        self.rows[choice.number] = row

    def _take_off(self, number: Address) -> None:
        row = self.rows.pop(number)
        self._left[number] = row.choice()
        self._list.removeWidget(row)
        row.hide()
        row.deleteLater()
        self._show()
        if row.by_hand:
            self.add_field.edit.setFocus()
        if row.is_refused:
            self._tell_whether_mended()

    def _tell_whether_mended(self) -> None:
        if not any(row.is_refused for row in self.rows.values()):
            self.mended.emit()

    def _show(self) -> None:
        self.none_label.setVisible(not self.rows)
        trouble = self._draft.found.trouble
        self.trouble_label.setText(f"{trouble} There may be more numbers than these.")
        self.trouble_label.setVisible(bool(trouble))
        self.again_button.setVisible(bool(trouble) or not self.rows)
        order = [part for row in self.rows.values() for part in row.order()]
        order += [self.again_button, self.add_field.edit, self.add_button]
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def _focus_first(self) -> None:
        first = next(iter(self.rows.values()), None)
        (self.add_field.edit if first is None else first.name_field).setFocus()

    def _lay_out(self) -> None:
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        foot = QHBoxLayout()
        foot.addWidget(self.again_button)
        foot.addStretch(1)
        self.add_field.put_beside(self.add_button)
        self.add_field.setMaximumWidth(self._theme.px(420))
        self.body.addWidget(self.none_label)
        self.body.addLayout(self._list)
        self.body.addWidget(self.trouble_label)
        self.body.addLayout(foot)
        self.body.addSpacing(4)
        self.body.addWidget(self.add_field)


def _begin_with(found: FoundNumber, others_are_sure: bool) -> NumberChoice:
    # An old conversation may be of a number that was given back: only without better news is it ours.
    is_old = found.sources == {Source.HISTORY} and others_are_sure
    return NumberChoice(found.number, receive=not is_old)


def _where(found: FoundNumber) -> str:
    first = next(source for source in Source if source in found.sources)
    return _WORDS[first]
