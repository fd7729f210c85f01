"""The sheet that names a contact."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from sms_desktop.domain.address import Address
from sms_desktop.ui.models.numbers import shown_number


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
        column.addLayout(self._buttons())
        self.setMinimumWidth(380)

    def _buttons(self) -> QHBoxLayout:
        cancel = QPushButton("Cancel", self)
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        self.save_button = QPushButton("Save", self)
        self.save_button.setProperty("kind", "primary")
        self.save_button.setDefault(True)
        self.save_button.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(self.save_button)
        return row

    def accept(self) -> None:
        """Take the answer and close."""
        self.named.emit(str(self._remote), " ".join(self.name_field.text().split()))
        super().accept()
