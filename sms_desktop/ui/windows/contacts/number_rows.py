"""The numbers of somebody while they are edited: one row each, with its label."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QLineEdit, QPushButton, QWidget

from sms_desktop.domain.address import Address
from sms_desktop.domain.contact import LABELS, MOST_NUMBERS, ContactNumber, UnreadableNumber
from sms_desktop.ui.destination import destination
from sms_desktop.ui.models.number_labels import label_meant, label_words
from sms_desktop.ui.models.numbers import shown_number
from sms_desktop.ui.theme.icons import dress
from sms_desktop.ui.theme.stylesheet import restyle
from sms_desktop.ui.theme.theme import Theme

_DIGITS_SHOWN = 11


class NumberRow(QWidget):
    """A number as it is typed. ``number`` is the stored one while nobody touched its text."""

    removed = Signal()
    edited = Signal()

    def __init__(
        self, theme: Theme, regions: Sequence[str], given: ContactNumber, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._given = given
        self._regions = regions
        self.field = QLineEdit(shown_number(given.number) if given.number else "", self)
        self._untouched = self.field.text()
        self.field.setPlaceholderText(self.tr("Phone number"))
        self.field.setAccessibleName(self.tr("Phone number"))
        self.field.setMaxLength(60)
        self.field.textChanged.connect(lambda *_: self.edited.emit())
        self.label_box = QComboBox(self)
        self.label_box.setEditable(True)
        self.label_box.setAccessibleName(self.tr("Kind of number"))
        self.label_box.addItem("")
        for label in LABELS:
            self.label_box.addItem(label_words(label))
        self.label_box.setCurrentText(label_words(given.label))
        line = self.label_box.lineEdit()
        if line is not None:
            line.setPlaceholderText(self.tr("Kind"))
        self.remove_button = QPushButton(self)
        self.remove_button.setProperty("kind", "icon")
        self.remove_button.setAutoDefault(False)
        self.remove_button.setAccessibleName(self.tr("Remove this number"))
        self.remove_button.setToolTip(self.tr("Remove this number"))
        dress(self.remove_button, theme, "close", size=14)
        self.remove_button.clicked.connect(self.removed)
        self.note = QLabel(self)
        self.note.setWordWrap(True)
        self.note.hide()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px(6))
        grid.setVerticalSpacing(theme.px(2))
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 2)
        for column, part in enumerate((self.field, self.label_box, self.remove_button)):
            grid.addWidget(part, 0, column)
        grid.addWidget(self.note, 1, 0, 1, 3)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed."""
        return not self.field.text().strip()

    def number(self) -> ContactNumber | None:
        """What is meant; ``None`` for an empty row. Raises ``UnreadableNumber``."""
        if self.is_empty:
            return None
        label = label_meant(self.label_box.currentText())
        if self._given.number and self.field.text() == self._untouched:
            return ContactNumber(self._given.number, label)
        found = destination(self.field.text(), self._regions)
        if found.address is None:
            raise UnreadableNumber(found.sentence)
        return ContactNumber(found.address, label)

    def say(self, sentence: str, role: str) -> None:
        """A sentence about the number, red where it will not do."""
        self.note.setText(sentence)
        self.note.setVisible(bool(sentence))
        restyle(self.note, role=role)
        restyle(self.field, invalid="true" if role == "danger" and sentence else "false")


class NumberRows(QWidget):
    """Grows by a link; tells of a number that somebody else has, too."""

    changed = Signal()

    def __init__(
        self,
        theme: Theme,
        regions: Sequence[str],
        owner_name: Callable[[Address], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._regions = regions
        self._owner_name = owner_name
        self.rows: list[NumberRow] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(theme.px(6))
        self.add_button = QPushButton(self.tr("Add a number"), self)
        self.add_button.setProperty("kind", "link")
        self.add_button.setAutoDefault(False)
        self.add_button.clicked.connect(self._add_empty)
        self._grid.addWidget(self.add_button, MOST_NUMBERS + 1, 0)

    def add(self, given: ContactNumber) -> NumberRow:
        """One more row."""
        row = NumberRow(self._theme, self._regions, given, self)
        row.removed.connect(lambda: self._remove(row))
        row.edited.connect(lambda: self._look_at(row))
        self.rows.append(row)
        self._grid.addWidget(row, len(self.rows), 0)
        row.show()
        QWidget.setTabOrder(row.remove_button, self.add_button)
        self.add_button.setVisible(len(self.rows) < MOST_NUMBERS)
        self.changed.emit()
        return row

    def _add_empty(self) -> None:
        self.add(ContactNumber(Address(""))).field.setFocus()

    def numbers(self) -> tuple[ContactNumber, ...]:
        """All that are meant, in order. Raises ``UnreadableNumber`` and goes to the row."""
        found: list[ContactNumber] = []
        for row in self.rows:
            try:
                number = row.number()
            except UnreadableNumber as error:
                row.say(error.text(), "danger")
                row.field.setFocus()
                raise
            if number is not None:
                found.append(number)
        return tuple(found)

    def _look_at(self, row: NumberRow) -> None:
        """Say whose number it is already; what is not whole yet is no mistake while one types."""
        other = ""
        if sum(letter.isdigit() for letter in row.field.text()) >= _DIGITS_SHOWN - 1:
            try:
                number = row.number()
            except UnreadableNumber:
                number = None
            other = self._owner_name(number.number) if number is not None else ""
        words = self.tr("{name} has this number, too.").format(name=other) if other else ""
        row.say(words, "small")

    def _remove(self, row: NumberRow) -> None:
        at = self.rows.index(row)
        self.rows.remove(row)
        self._grid.removeWidget(row)
        row.hide()
        row.deleteLater()
        for place, one in enumerate(self.rows, 1):
            self._grid.addWidget(one, place, 0)
        self.add_button.show()
        near = self.rows[min(at, len(self.rows) - 1)].field if self.rows else self.add_button
        near.setFocus()
        self.changed.emit()
