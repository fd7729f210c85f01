"""The sheet that makes one of entries that look alike, or remembers that they are different people."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from sms_desktop.domain.contact import Contact, ContactDetails, ContactRow
from sms_desktop.domain.errors import SmsDesktopError
from sms_desktop.domain.ids import ContactId
from sms_desktop.ui.models.number_labels import label_words
from sms_desktop.ui.models.numbers import shown_number
from sms_desktop.ui.ports.contact_commands import ContactCommands
from sms_desktop.ui.surroundings import Spawn
from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.windows.window_placement import bound

_MOST_SHOWN = 40


class GroupCard(QFrame):
    """Entries that may be one person; ``merge_asked`` carries the name to keep."""

    merge_asked = Signal(str)
    apart_asked = Signal()

    def __init__(self, theme: Theme, people: Sequence[Contact], parent: QWidget) -> None:
        super().__init__(parent)
        self.people = people
        self.setProperty("role", "card")
        px = theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(14), px(10), px(14), px(10))
        column.setSpacing(px(4))
        for one in people:
            name = QLabel(one.name, self)
            name.setTextFormat(Qt.TextFormat.PlainText)
            name.setProperty("role", "heading")
            numbers = QLabel(_numbers(one.details), self)
            numbers.setTextFormat(Qt.TextFormat.PlainText)
            numbers.setProperty("role", "muted")
            numbers.setWordWrap(True)
            column.addWidget(name)
            column.addWidget(numbers)
            column.addSpacing(px(4))
        given = dict.fromkeys(one.details.name for one in people if one.details.name)
        # The longest says most.
        names = sorted(given, key=len, reverse=True)
        self.name_box = QComboBox(self)
        self.name_box.addItems(names)
        self.name_box.setAccessibleName(self.tr("Name to keep"))
        self.name_box.setVisible(len(names) > 1)
        spoken = ", ".join(one.name for one in people)
        self.setAccessibleName(spoken)
        self.merge_button = QPushButton(self.tr("Merge"), self)
        self.merge_button.setProperty("kind", "primary")
        self.merge_button.setAccessibleName(self.tr("Merge {names}").format(names=spoken))
        self.merge_button.clicked.connect(
            lambda: self.merge_asked.emit(self.name_box.currentText())
        )
        self.apart_button = QPushButton(self.tr("Different people"), self)
        self.apart_button.clicked.connect(self.apart_asked)
        row = QHBoxLayout()
        row.addWidget(self.name_box)
        row.addStretch(1)
        for button in (self.apart_button, self.merge_button):
            button.setAutoDefault(False)
            row.addWidget(button)
        column.addLayout(row)


class DuplicatesSheet(QDialog):
    """``merged`` carries the ``ContactId`` that is left. Made for found groups, or for one chosen."""

    merged = Signal(int)

    def __init__(
        self,
        contacts: ContactCommands,
        theme: Theme,
        spawn: Spawn,
        groups: Sequence[Sequence[ContactId]],
        parent: QWidget | None = None,
        *,
        is_chosen: bool = False,
    ) -> None:
        super().__init__(parent)
        self._contacts = contacts
        self._theme = theme
        self._spawn = spawn
        self._is_chosen = is_chosen
        self.cards: list[GroupCard] = []
        title = self.tr("Merge contacts") if is_chosen else self.tr("Possible duplicates")
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        px = theme.px
        heading = QLabel(title, self)
        heading.setProperty("role", "title")
        self.sentence = QLabel(self)
        self.sentence.setProperty("role", "muted")
        self.sentence.setWordWrap(True)
        inside = QWidget(self)
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, px(8), 0)
        self._column.setSpacing(px(10))
        for group in groups[:_MOST_SHOWN]:
            self._add(inside, group)
        self._column.addStretch(1)
        area = QScrollArea(self)
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.close_button = QPushButton(self.tr("Cancel") if is_chosen else self.tr("Done"), self)
        self.close_button.setAutoDefault(False)
        self.close_button.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(22), px(18), px(22), px(18))
        column.setSpacing(px(8))
        column.addWidget(heading)
        column.addWidget(self.sentence)
        column.addWidget(area, 1)
        column.addLayout(row)
        self.resize(px(500), px(320 if is_chosen else 520))
        bound(self)
        self._say()

    def _add(self, inside: QWidget, group: Sequence[ContactId]) -> None:
        found = [one for one in map(self._contacts.contact, group) if one is not None]
        if len(found) < 2:
            return
        card = GroupCard(self._theme, found, inside)
        if self._is_chosen:
            card.apart_button.hide()
        card.merge_asked.connect(lambda name: self._spawn(self._merge(card, name), "merge"))
        card.apart_asked.connect(lambda: self._spawn(self._keep_apart(card), "keep apart"))
        self.cards.append(card)
        self._column.addWidget(card)

    async def _merge(self, card: GroupCard, name: str) -> None:
        card.setEnabled(False)
        those = [one.contact_id for one in card.people]
        try:
            await self._contacts.merge(those, together(card.people, name))
        except SmsDesktopError as error:
            card.setEnabled(True)
            self.sentence.setText(error.text())
            return
        self.merged.emit(min(those))
        self._take_away(card)

    async def _keep_apart(self, card: GroupCard) -> None:
        try:
            await self._contacts.keep_apart([one.contact_id for one in card.people])
        except SmsDesktopError as error:
            self.sentence.setText(error.text())
            return
        self._take_away(card)

    def _take_away(self, card: GroupCard) -> None:
        at = self.cards.index(card)
        self.cards.remove(card)
        card.hide()
        card.deleteLater()
        if self._is_chosen:
            self.accept()
            return
        self._say()
        near = self.cards[min(at, len(self.cards) - 1)].merge_button if self.cards else None
        (near or self.close_button).setFocus()

    def _say(self) -> None:
        if self._is_chosen:
            words = self.tr("All numbers go to one entry. It can be undone.")
        elif self.cards:
            words = self.tr("They have a name or a number in common. Every merge can be undone.")
        else:
            words = self.tr("No two entries look alike.")
        self.sentence.setText(words)


def together(people: Sequence[Contact], name: str) -> ContactDetails:
    """One of several: their numbers one after the other, what the first of them says else."""
    numbers = tuple(number for one in people for number in one.details.numbers)
    said = [one.details for one in people]
    organisation = next((one.organisation for one in said if one.organisation), "")
    notes = dict.fromkeys(one.note for one in said if one.note)
    return ContactDetails(name, numbers, organisation, "\n".join(notes))


def _numbers(details: ContactDetails) -> str:
    shown = (
        f"{shown_number(one.number)} {label_words(one.label)}".strip() for one in details.numbers
    )
    return ", ".join(shown)


def groups_of(found: Sequence[Sequence[ContactRow]]) -> list[list[ContactId]]:
    """The ids of groups of lines."""
    return [[row.contact_id for row in group] for group in found]
