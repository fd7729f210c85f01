"""Recipients as they are typed, pasted and picked, with a sentence on each while it is typed."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from sms_desktop.domain.address import Address
from sms_desktop.domain.conversation import Correspondent
from sms_desktop.domain.national import region_of
from sms_desktop.ui.destination import Destination, Verdict, destination
from sms_desktop.ui.models.people import People
from sms_desktop.ui.theme.stylesheet import restyle
from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.widgets.recipients.field import RecipientsField
from sms_desktop.ui.widgets.recipients.people_list import PeopleList

_ROLES: Final = {
    Verdict.EMPTY: "small",
    Verdict.INCOMPLETE: "small",
    Verdict.GOOD: "success",
    Verdict.UNSURE: "warning",
    Verdict.WRONG: "danger",
}
_MOST_PEOPLE: Final = 50


class RecipientsChooser(QWidget):
    """Chips, what is being typed, the verdict on it, and the people whom it may mean."""

    changed = Signal()
    """Recipients or the words about them are different."""
    finished = Signal()
    """Enter, and nothing is left to add."""

    def __init__(
        self, theme: Theme, people: People, regions: Sequence[str], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._people = people
        self._regions = tuple(regions)
        self._own: Address | None = None
        self._note: tuple[str, str] | None = None
        self.judged = destination("")
        self.field = RecipientsField(theme, self)
        self.edit = self.field.edit
        self.people_list = PeopleList(theme, self)
        self.verdict_label = QLabel(self)
        self.verdict_label.setWordWrap(True)
        self.verdict_label.setAlignment(Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.field)
        column.addWidget(self.verdict_label)
        column.addWidget(self.people_list, 1)
        self.setFocusProxy(self.edit)
        self._wire()
        self.judge()

    @property
    def addresses(self) -> list[Address]:
        """The chips, and what is typed where that is whole; each once."""
        typed = [self.judged.address] if self.judged.address is not None else []
        return list(dict.fromkeys([*self.field.addresses, *typed]))

    @property
    def is_clear(self) -> bool:
        """Whether nothing stands there that cannot be texted."""
        return not self.edit.text().strip() or self.judged.address is not None

    def set_sender(self, own: Address | None) -> None:
        """Numbers may be typed as in the country of the sending one, too."""
        self._own = own
        self.judge()

    def fill(self, to: Sequence[str]) -> None:
        """Begin with these, as from a link."""
        if len(to) == 1:
            self.edit.setText(to[0])
        elif to:
            self.add_several(to)

    def add_several(self, parts: Sequence[str]) -> None:
        """A pasted list: what cannot be texted is left in the field, to be mended."""
        left, twice = [], 0
        for part in parts:
            before = len(self.field.chips)
            if not self._add(part):
                left.append(part)
            elif len(self.field.chips) == before:
                twice += 1
        self.edit.setText("; ".join(left))
        told = []
        if twice:
            told.append("1 was there twice." if twice == 1 else f"{twice} were there twice.")
        if left:
            told.append(f"{len(left)} of {len(parts)} cannot be texted as written.")
        self._note = (" ".join(told), "warning" if left else "small") if told else None
        self.judge()

    def judge(self) -> None:
        """Look again at what is typed, and say it."""
        typed = self.edit.text()
        self.judged = self._judged(typed)
        found = self._people.matching(typed, _MOST_PEOPLE, self.field.addresses)
        is_name = any(c.isalpha() for c in typed) and self.judged.address is None
        self.people_list.show_people(found, first=is_name)
        self.people_list.setVisible(bool(found))
        self._say(is_typed=bool(typed.strip()), may_pick=is_name and bool(found))
        self.changed.emit()

    def _wire(self) -> None:
        self.edit.textChanged.connect(self._on_typed)
        self.edit.entered.connect(self._on_enter)
        self.edit.ended.connect(self._take_typed)
        self.edit.stepped.connect(self.people_list.step)
        self.edit.several_pasted.connect(self.add_several)
        self.field.changed.connect(self.judge)
        self.people_list.picked.connect(self._pick)

    def _on_typed(self) -> None:
        self._note = None
        self.judge()

    def _on_enter(self) -> None:
        chosen = self.people_list.chosen()
        if chosen is not None:
            self._pick(chosen)
        elif self.field.chips and self.edit.text().strip():
            self._take_typed()
        else:
            self.finished.emit()

    def _take_typed(self) -> None:
        typed = self.edit.text()
        if typed.strip() and self._add(typed):
            note = self._note
            self.edit.clear()
            self._note = note
            self.judge()

    def _pick(self, one: Correspondent) -> None:
        self.edit.clear()
        self._add_address(one.remote, "")
        self.judge()
        self.edit.setFocus()

    def _add(self, raw: str) -> bool:
        """Whether what was typed can be texted; then it is a chip now, or was one before."""
        judged = self._judged(raw)
        if judged.address is not None:
            doubt = judged.sentence if judged.verdict is Verdict.UNSURE else ""
            self._add_address(judged.address, doubt)
            return True
        people = self._people.called(raw)
        if len(people) == 1:
            self._add_address(people[0].remote, "")
        return len(people) == 1

    def _add_address(self, address: Address, doubt: str) -> None:
        name = self._people.name_of(address) or ""
        self._note = None
        if address in self.field.addresses:
            self._note = (f"{name or 'That number'} is among the recipients already.", "small")
        else:
            self.field.add(address, name, doubt)

    def _judged(self, raw: str) -> Destination:
        country = region_of(self._own) if self._own is not None and raw.strip() else ""
        regions = dict.fromkeys(region for region in (*self._regions, country) if region)
        return destination(raw, tuple(regions), self._people.name_of)

    def _say(self, *, is_typed: bool, may_pick: bool) -> None:
        role, sentence = _ROLES[self.judged.verdict], self.judged.sentence
        is_wrong = self.judged.verdict is Verdict.WRONG and not may_pick
        if may_pick:
            role, sentence = "small", "Enter picks the marked one."
        elif not is_typed:
            role, sentence = self._resting_words(sentence)
        if self._note is not None:
            sentence, role = self._note
        self.verdict_label.setText(sentence)
        self.verdict_label.setFont(self._theme.font(9))
        restyle(self.verdict_label, role=role)
        self.field.show_invalid(invalid=is_wrong)

    def _resting_words(self, sentence: str) -> tuple[str, str]:
        count = len(self.field.chips)
        doubtful = next((chip.note for chip in self.field.chips if chip.note), "")
        if doubtful:
            return "warning", doubtful
        if count > 1:
            return "small", f"{count} separate messages: nobody sees who else gets one."
        if count == 1:
            return "small", "Add another, or press Enter to write."
        return "small", f"{sentence} A comma adds another."
