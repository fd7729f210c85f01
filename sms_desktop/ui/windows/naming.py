"""The sheet that names a contact."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from sms_desktop.domain.address import Address
from sms_desktop.ui.models.numbers import shown_number
from sms_desktop.ui.windows.sheet_buttons import sheet_buttons


class NamingSheet(QDialog):
    """Asks for a name; an empty one shows the number again. Show it with ``open()``."""

    named = Signal(str, str)

    def __init__(self, remote: Address, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Name this contact")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._remote = remote
        heading = QLabel(f"Who is {shown_number(remote)}?", self)
        heading.setProperty("role", "heading")
        self.name_field = QLineEdit(name, self)
        self.name_field.setPlaceholderText("Name")
        self.name_field.setAccessibleName("Name")
        self.name_field.setMaxLength(80)
        self.name_field.selectAll()
        note = QLabel("Kept on this computer. Leave it empty to show the number.", self)
        note.setProperty("role", "small")
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 18, 22, 18)
        column.setSpacing(8)
        for part in (heading, self.name_field, note):
            column.addWidget(part)
        column.addSpacing(8)
        buttons, self.save_button = sheet_buttons(self, "Save")
        column.addLayout(buttons)
        self.setMinimumWidth(380)

    def accept(self) -> None:
        """Take the answer and close."""
        self.named.emit(str(self._remote), " ".join(self.name_field.text().split()))
        super().accept()
