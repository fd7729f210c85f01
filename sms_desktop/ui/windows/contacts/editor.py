"""The sheet in which somebody is made or edited: picture, name, organisation, numbers, note."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from sms_desktop.domain.address import Address
from sms_desktop.domain.contact import (
    LONGEST_NAME,
    Contact,
    ContactDetails,
    ContactNumber,
    NamelessContact,
    PhotoChange,
    UnreadableNumber,
)
from sms_desktop.domain.contact_card import LARGEST_PHOTO
from sms_desktop.domain.errors import SmsDesktopError
from sms_desktop.domain.ids import ContactId
from sms_desktop.ui.photo import kept_photo, small_photo
from sms_desktop.ui.ports.contact_commands import ContactCommands
from sms_desktop.ui.surroundings import Spawn
from sms_desktop.ui.theme.stylesheet import restyle
from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.windows.contacts.number_rows import NumberRows
from sms_desktop.ui.windows.contacts.photo_editor import Face
from sms_desktop.ui.windows.settings.page import field_label
from sms_desktop.ui.windows.sheet_buttons import sheet_buttons
from sms_desktop.ui.windows.window_placement import bound

_NOTE_LINES = 3


class ContactEditor(QDialog):
    """Show it with ``open()``; ``saved`` carries the ``ContactId`` once it is on the disk."""

    saved = Signal(int)

    def __init__(
        self,
        contacts: ContactCommands,
        theme: Theme,
        spawn: Spawn,
        regions: Sequence[str],
        contact: Contact | None,
        number: Address | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._contacts = contacts
        self._theme = theme
        self._spawn = spawn
        self._contact = contact
        self._photo: PhotoChange | None = None
        self._is_saving = False
        self.setWindowTitle(self.tr("Edit contact") if contact else self.tr("New contact"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        details = contact.details if contact is not None else ContactDetails("")
        self.name_field = self._line(details.name, self.tr("Name"))
        self.organisation_field = self._line(details.organisation, self.tr("Organisation"))
        self.number_rows = NumberRows(theme, regions, self._other_owner, self)
        self.note_field = QPlainTextEdit(details.note, self)
        self.note_field.setProperty("role", "field")
        self.note_field.setAccessibleName(self.tr("Note"))
        self.note_field.setTabChangesFocus(True)
        height = self.note_field.fontMetrics().lineSpacing() * _NOTE_LINES + theme.px(18)
        self.note_field.setFixedHeight(height)
        self.trouble = QLabel(self)
        self.trouble.setProperty("role", "danger")
        self.trouble.setWordWrap(True)
        self.trouble.hide()
        self._lay_out()
        given = details.numbers or (ContactNumber(number or Address("")),)
        for one in given:
            self.number_rows.add(one)
        self._show_face()
        self.name_field.textChanged.connect(self._show_face)
        self.name_field.setFocus()

    def use_picture(self, path: Path) -> None:
        """Take a picture from a file; say where it is none."""
        try:
            with path.open("rb") as file:
                data = file.read(LARGEST_PHOTO + 1)
        except OSError as error:
            why = error.strerror or type(error).__name__
            self._say(self.tr("The picture cannot be read: {why}.").format(why=why))
            return
        small = small_photo(data)
        if small is None:
            self._say(self.tr("This is no picture that can be shown: a JPEG, PNG, GIF or WebP is."))
            return
        self._say("")
        self._photo = PhotoChange(small)
        self._show_face()

    def accept(self) -> None:
        """Save, and close once it is kept; say what cannot be."""
        if self._is_saving:
            return
        try:
            numbers = self.number_rows.numbers()
            details = ContactDetails(
                self.name_field.text(),
                numbers,
                self.organisation_field.text(),
                self.note_field.toPlainText(),
            ).tidied()
        except UnreadableNumber:
            return
        except NamelessContact as error:
            restyle(self.name_field, invalid="true")
            self.name_field.setFocus()
            self._say(error.text())
            return
        self._is_saving = True
        self.save_button.setEnabled(False)
        self._spawn(self._save(details), "save contact")

    async def _save(self, details: ContactDetails) -> None:
        contact_id = self._contact.contact_id if self._contact is not None else None
        try:
            saved = await self._contacts.save(contact_id, details, self._photo)
        except SmsDesktopError as error:
            self._is_saving = False
            self.save_button.setEnabled(True)
            self._say(error.text())
            return
        self.saved.emit(saved)
        super().accept()

    def _other_owner(self, number: Address) -> str:
        """The name of somebody else who has the number; empty where nobody has."""
        owner = self._contacts.owner_of(number)
        if owner is None or (self._contact is not None and owner == self._contact.contact_id):
            return ""
        found = self._contacts.contact(owner)
        return found.name if found is not None else ""

    def _choose_picture(self) -> None:
        dialog = QFileDialog(self, self.tr("Choose a picture"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters(
            [
                self.tr("Pictures") + " (*.jpg *.jpeg *.png *.webp *.gif)",
                self.tr("All files") + " (*)",
            ]
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self.use_picture(Path(name)))
        dialog.open()

    def _remove_picture(self) -> None:
        self._photo = PhotoChange(None)
        self._show_face()

    def _show_face(self) -> None:
        restyle(self.name_field, invalid="false")
        photo = self._shown_photo()
        image = kept_photo(photo) if photo is not None else None
        self.face.show_face(
            self.name_field.text(),
            self._contact.details.numbers[0].number
            if self._contact is not None and self._contact.details.numbers
            else Address(""),
            QPixmap.fromImage(image) if image is not None else None,
        )
        self.remove_button.setVisible(image is not None)

    def _shown_photo(self) -> bytes | None:
        if self._photo is not None:
            return self._photo.image
        if self._contact is None or not self._contact.has_photo:
            return None
        return self._contacts.photo(ContactId(self._contact.contact_id))

    def _lay_out(self) -> None:
        px = self._theme.px
        self.face = Face(self._theme, self)
        self.picture_button = QPushButton(self.tr("Choose picture…"), self)
        self.remove_button = QPushButton(self.tr("Remove"), self)
        self.remove_button.setAccessibleName(self.tr("Remove the picture"))
        self.picture_button.clicked.connect(self._choose_picture)
        self.remove_button.clicked.connect(self._remove_picture)
        top = QHBoxLayout()
        top.setSpacing(px(8))
        top.addWidget(self.face)
        top.addSpacing(px(6))
        for button in (self.picture_button, self.remove_button):
            button.setAutoDefault(False)
            top.addWidget(button)
        top.addStretch(1)
        inside = QWidget(self)
        column = QVBoxLayout(inside)
        column.setContentsMargins(px(22), px(18), px(22), px(6))
        column.setSpacing(px(5))
        column.addLayout(top)
        for words, field in (
            (self.tr("Name"), self.name_field),
            (self.tr("Organisation"), self.organisation_field),
            (self.tr("Numbers"), self.number_rows),
            (self.tr("Note"), self.note_field),
        ):
            column.addWidget(field_label(words, inside))
            column.addWidget(field)
        column.addStretch(1)
        area = QScrollArea(self)
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, px(18))
        outer.setSpacing(px(8))
        outer.addWidget(area, 1)
        buttons, self.save_button = sheet_buttons(self, self.tr("Save"))
        foot = QVBoxLayout()
        foot.setContentsMargins(px(22), 0, px(22), 0)
        foot.addWidget(self.trouble)
        foot.addLayout(buttons)
        outer.addLayout(foot)
        self.resize(px(460), px(560))
        bound(self)

    def _line(self, text: str, name: str) -> QLineEdit:
        field = QLineEdit(text, self)
        field.setAccessibleName(name)
        field.setMaxLength(LONGEST_NAME)
        return field

    def _say(self, sentence: str) -> None:
        self.trouble.setText(sentence)
        self.trouble.setVisible(bool(sentence))
