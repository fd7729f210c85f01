"""Settings › Privacy › Lock: its passphrase, when it shuts by itself, and what it is good for."""

from collections.abc import Callable
from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from sms_desktop.settings import LOCK_AFTER, LOCK_ON_SLEEP, Settings
from sms_desktop.ui.safe import Safe
from sms_desktop.ui.surroundings import Spawn
from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.windows.settings.lock_sheet import LockSheet, Task
from sms_desktop.ui.windows.settings.setting_rows import ChoiceRow

_ABOUT: Final = (
    "While it is locked, the window shows nothing, and messages go on being received and sent. "
    "When the program is not running, the key to your messages is sealed with the passphrase: "
    "without it, or the recovery key, nobody reads them, not even with your keyring open. "
    "After a restart nothing is received until you have unlocked."
)
_LIMITS: Final = (
    "It does not protect you from somebody who controls this computer while the program runs. "
    "The secrets of your accounts stay where your secrets are kept, without this passphrase."
)
_FOR_THIS_RUN: Final = (
    "While it is locked, the window shows nothing, and messages go on being received and sent."
)


class LockRows(QWidget):
    """Follows the lock; what cannot be done yet is not offered."""

    def __init__(
        self, safe: Safe, settings: Settings, theme: Theme, spawn: Spawn, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._safe = safe
        self._theme = theme
        self._spawn = spawn
        heading = QLabel("Lock with a passphrase", self)
        heading.setProperty("role", "heading")
        self.state_label = QLabel(self)
        self.set_button = self._button("Set a passphrase…", lambda: self.ask(Task.SET))
        self.change_button = self._button("Change…", lambda: self.ask(Task.CHANGE))
        self.change_button.setAccessibleName("Change the passphrase of the lock")
        self.remove_button = self._button("Remove…", lambda: self.ask(Task.REMOVE))
        self.remove_button.setAccessibleName("Remove the lock")
        self.lock_button = self._button("Lock now", safe.lock.lock)
        self.lock_button.setToolTip("Lock now (Ctrl+L)")
        self.after_row = ChoiceRow(settings, LOCK_AFTER, self)
        self.sleep_row = ChoiceRow(settings, LOCK_ON_SLEEP, self)
        top = QHBoxLayout()
        top.setSpacing(theme.px(8))
        top.addWidget(self.state_label, 1)
        buttons = (self.set_button, self.change_button, self.remove_button, self.lock_button)
        for button in buttons:
            top.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.px(10), 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(heading)
        column.addLayout(top)
        for text in (_ABOUT, _LIMITS) if safe.outlives_the_run else (_FOR_THIS_RUN,):
            about = QLabel(text, self)
            about.setProperty("role", "muted")
            about.setWordWrap(True)
            column.addWidget(about)
        column.addWidget(self.after_row)
        column.addWidget(self.sleep_row)
        self.look()

    def ask(self, task: Task) -> LockSheet:
        """Open the sheet for what shall be done."""
        sheet = LockSheet(
            self._safe.lock,
            task,
            self._theme,
            self._spawn,
            self.window(),
            outlives_the_run=self._safe.outlives_the_run,
        )
        sheet.accepted.connect(self.look)
        sheet.open()
        return sheet

    def look(self) -> None:
        """Show how the lock stands now."""
        is_set = self._safe.lock.is_set
        self.state_label.setText("Set" if is_set else "Not set")
        self.set_button.setVisible(not is_set)
        for part in (self.change_button, self.remove_button, self.lock_button):
            part.setVisible(is_set)
        for row in (self.after_row, self.sleep_row):
            row.setVisible(is_set)

    def _button(self, text: str, act: Callable[[], object]) -> QPushButton:
        button = QPushButton(text, self)
        button.clicked.connect(act)
        return button
