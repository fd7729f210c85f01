"""The sheet that takes a number by hand, where Kandy does not list it."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QLabel, QLineEdit, QVBoxLayout, QWidget

from sms_desktop.domain.account import Account
from sms_desktop.domain.errors import SmsDesktopError
from sms_desktop.ui.ports import NumberCommands
from sms_desktop.ui.surroundings import Spawn
from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.windows.settings.account_card import called
from sms_desktop.ui.windows.settings.fields import Field
from sms_desktop.ui.windows.settings.page import field_label
from sms_desktop.ui.windows.sheet_buttons import sheet_buttons

_ABOUT: Final = (
    "For a number that is yours although Kandy does not list it. "
    "Whether it can receive is seen when it is subscribed."
)


class AddNumberSheet(QDialog):
    """Closes once the number is kept; what cannot be is said beneath the field. Show with ``open()``."""

    def __init__(
        self,
        theme: Theme,
        accounts: Sequence[Account],
        numbers: NumberCommands,
        spawn: Spawn,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Add a number")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._numbers = numbers
        self._spawn = spawn
        heading = QLabel("Add a number by hand", self)
        heading.setProperty("role", "title")
        about = QLabel(_ABOUT, self)
        about.setProperty("role", "muted")
        about.setWordWrap(True)
        self.field = Field(theme, "Number", QLineEdit(self), self)
        self.field.edit.setPlaceholderText("+1 613 555 0144")
        self.account_label = field_label("Account", self)
        self.account_box = QComboBox(self)
        self.account_box.setAccessibleName("Account")
        for account in accounts:
            self.account_box.addItem(called(account), account.account_id)
        self.account_label.setVisible(len(accounts) > 1)
        self.account_box.setVisible(len(accounts) > 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 18, 22, 18)
        column.setSpacing(6)
        for part in (heading, about, self.field, self.account_label, self.account_box):
            column.addWidget(part)
        column.addSpacing(12)
        buttons, self.add_button = sheet_buttons(self, "Add")
        column.addLayout(buttons)
        self.setMinimumWidth(theme.px(400))
        self.field.edit.setFocus()

    def accept(self) -> None:
        """Take the number, or say why not."""
        self.add_button.setEnabled(False)
        self._spawn(self._add(), "add number")

    async def _add(self) -> None:
        try:
            await self._numbers.add(self.account_box.currentData(), self.field.text())
        except SmsDesktopError as error:
            self.field.complain(error.text())
            self.field.edit.setFocus()
            self.add_button.setEnabled(True)
        else:
            super().accept()
