"""The right side of the address book: one person, or several that are chosen together."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from sms_desktop.domain.address import Address
from sms_desktop.domain.contact import Contact, ContactNumber
from sms_desktop.ui.models.contact_words import people
from sms_desktop.ui.models.number_labels import label_words
from sms_desktop.ui.models.numbers import shown_number
from sms_desktop.ui.photos import Photos
from sms_desktop.ui.theme.icons import dress
from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.widgets.avatar import Avatar


class PersonPane(QFrame):
    """``message_asked`` carries the number that shall be texted."""

    message_asked = Signal(str)
    edit_asked = Signal()
    merge_asked = Signal()
    delete_asked = Signal()

    def __init__(self, theme: Theme, photos: Photos, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self._theme = theme
        self.avatar = Avatar(theme, self, size=76)
        self.avatar.use_photos(photos)
        self.name_label = self._label("title")
        self.organisation_label = self._label("muted")
        self.note_label = self._label("")
        self._numbers: QWidget | None = None
        self.message_buttons: list[QPushButton] = []
        self.edit_button = self._button(self.tr("Edit"), "edit")
        self.edit_button.clicked.connect(self.edit_asked)
        self.merge_button = self._button(self.tr("Merge…"), "people")
        self.merge_button.clicked.connect(self.merge_asked)
        self.delete_button = self._button(self.tr("Delete"), "trash")
        self.delete_button.clicked.connect(self.delete_asked)
        self._lay_out()

    def show_contact(self, contact: Contact) -> None:
        """Show one person."""
        details = contact.details
        first = details.numbers[0].number if details.numbers else Address("")
        self.avatar.show_person(first, contact.name, contact.contact_id)
        self.avatar.show()
        self.name_label.setText(contact.name)
        self._show_words(self.organisation_label, details.organisation if details.name else "")
        self._show_words(self.note_label, details.note)
        self._show_numbers(details.numbers)
        self.edit_button.show()
        self.merge_button.hide()
        self.setAccessibleName(contact.name)

    def show_several(self, count: int) -> None:
        """Several are chosen."""
        self.avatar.hide()
        self.name_label.setText(people(count))
        for label in (self.organisation_label, self.note_label):
            self._show_words(label, "")
        self._show_numbers(())
        self.edit_button.hide()
        self.merge_button.show()
        self.setAccessibleName(people(count))

    def _show_numbers(self, numbers: Sequence[ContactNumber]) -> None:
        if self._numbers is not None:
            self._column.removeWidget(self._numbers)
            self._numbers.hide()
            self._numbers.deleteLater()
        self.message_buttons = []
        self._numbers = QWidget(self)
        grid = QGridLayout(self._numbers)
        grid.setContentsMargins(0, self._theme.px(18), 0, self._theme.px(14))
        grid.setVerticalSpacing(self._theme.px(12))
        grid.setHorizontalSpacing(self._theme.px(8))
        grid.setColumnStretch(0, 1)
        for at, one in enumerate(numbers):
            self._add_number(grid, at, one)
        self._column.insertWidget(self._numbers_at, self._numbers)
        self._numbers.show()

    def _add_number(self, grid: QGridLayout, at: int, one: ContactNumber) -> None:
        shown, label = shown_number(one.number), label_words(one.label)
        words = QWidget(self._numbers)
        column = QVBoxLayout(words)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        number = QLabel(shown, words)
        number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(number)
        if label:
            kind = QLabel(label, words)
            kind.setTextFormat(Qt.TextFormat.PlainText)
            kind.setProperty("role", "small")
            column.addWidget(kind)
        named = f"{label}, {shown}" if label else shown
        message = QPushButton(self.tr("Message"), self._numbers)
        message.setAccessibleName(self.tr("Message to {number}").format(number=named))
        dress(message, self._theme, "chat", "text_muted", 16)
        message.clicked.connect(lambda: self.message_asked.emit(one.number))
        copy = QPushButton(self._numbers)
        copy.setProperty("kind", "icon")
        copy.setAccessibleName(self.tr("Copy {number}").format(number=named))
        copy.setToolTip(self.tr("Copy number"))
        dress(copy, self._theme, "copy", "text_muted", 18)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(shown))
        self.message_buttons.append(message)
        for place, part in enumerate((words, message, copy)):
            grid.addWidget(part, at, place)

    def _lay_out(self) -> None:
        px = self._theme.px
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(px(28), px(28), px(28), px(20))
        self._column.setSpacing(px(4))
        self._column.addWidget(self.avatar, 0, Qt.AlignmentFlag.AlignHCenter)
        self._column.addSpacing(px(8))
        for label in (self.name_label, self.organisation_label):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            self._column.addWidget(label)
        self._numbers_at = self._column.count()
        self._column.addWidget(self.note_label)
        self._column.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addWidget(self.edit_button)
        row.addWidget(self.merge_button)
        row.addStretch(1)
        row.addWidget(self.delete_button)
        self._column.addLayout(row)

    def _label(self, role: str) -> QLabel:
        label = QLabel(self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        label.setWordWrap(True)
        if role:
            label.setProperty("role", role)
        return label

    def _button(self, words: str, drawing: str) -> QPushButton:
        button = QPushButton(words, self)
        dress(button, self._theme, drawing, "text_muted", 16)
        return button

    def _show_words(self, label: QLabel, words: str) -> None:
        label.setText(words)
        label.setVisible(bool(words))
