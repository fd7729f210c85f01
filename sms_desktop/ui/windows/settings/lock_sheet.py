"""Sets, changes or removes the passphrase of the lock; the old one is asked for first."""

from collections.abc import Awaitable
from enum import StrEnum
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QVBoxLayout, QWidget

from sms_desktop.domain.errors import SmsDesktopError
from sms_desktop.ui.ports.app_lock import AppLock
from sms_desktop.ui.surroundings import Spawn
from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.widgets.strength_hint import StrengthHint
from sms_desktop.ui.windows.settings.fields import Field
from sms_desktop.ui.windows.sheet_buttons import sheet_buttons
from sms_desktop.ui.windows.unlock.passphrase_page import hidden_edit, show_box


class Task(StrEnum):
    """What the sheet is for."""

    SET = "set"
    CHANGE = "change"
    REMOVE = "remove"


_WORDS: Final = {
    Task.SET: (
        "Lock with a passphrase",
        (
            "From the next start on SMS Desktop asks for it before it opens. Nobody can tell you a "
            "forgotten one: keep your recovery key, which opens the messages without it."
        ),
        "Set it",
    ),
    Task.CHANGE: ("Change the passphrase", "The new one is in force at once.", "Change it"),
    Task.REMOVE: (
        "Remove the lock",
        "The key to your messages is then kept without a passphrase of its own.",
        "Remove it",
    ),
}
_WITHOUT_KEY: Final = "It is forgotten, as everything of this run is, when you quit."


class LockSheet(QDialog):
    """Show it with ``open()``; it stays until the lock has taken the answer."""

    def __init__(
        self,
        lock: AppLock,
        task: Task,
        theme: Theme,
        spawn: Spawn,
        parent: QWidget,
        *,
        outlives_the_run: bool,
    ) -> None:
        super().__init__(parent)
        title, text, words = _WORDS[task]
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._lock = lock
        self._task = task
        self._spawn = spawn
        self._build(theme)
        heading = QLabel(title, self)
        heading.setProperty("role", "title")
        about = QLabel(text if outlives_the_run or task is not Task.SET else _WITHOUT_KEY, self)
        about.setProperty("role", "muted")
        about.setWordWrap(True)
        buttons, self.accept_button = sheet_buttons(self, words)
        column = QVBoxLayout(self)
        px = theme.px
        column.setContentsMargins(px(28), px(24), px(28), px(22))
        column.setSpacing(px(8))
        parts = (self.old_field, self.new_field, self.hint, self.again_field, self.box)
        for part in (heading, about, *parts, self.trouble):
            column.addWidget(part)
        column.addSpacing(px(10))
        column.addLayout(buttons)
        self.setFixedWidth(px(460))
        self.setAccessibleName(f"{title}. {about.text()}")
        self._judge()

    def accept(self) -> None:
        """Hand the answer to the lock; the sheet goes once it was taken."""
        new, again = self.new_field.edit.text(), self.again_field.edit.text()
        if self._task is not Task.REMOVE and new != again:
            self.again_field.complain("This is not the same as above.")
            self.again_field.edit.setFocus()
            self.again_field.edit.selectAll()
            return
        self.setEnabled(False)
        self._spawn(self._carry_out(new, self.old_field.edit.text()), "lock passphrase")

    def _build(self, theme: Theme) -> None:
        self.old_field = Field(theme, "Present passphrase", hidden_edit(self), self)
        self.old_field.setVisible(self._task is not Task.SET)
        self.new_field = Field(theme, "New passphrase", hidden_edit(self), self)
        self.hint = StrengthHint(theme, self.new_field.edit, self)
        self.again_field = Field(theme, "The same once more", hidden_edit(self), self)
        fields = (self.old_field, self.new_field, self.again_field)
        self.box = show_box(self, *(field.edit for field in fields))
        for part in (self.new_field, self.hint, self.again_field):
            part.setVisible(self._task is not Task.REMOVE)
        for field in fields:
            field.edit.textChanged.connect(self._judge)
        self.trouble = QLabel(self)
        self.trouble.setProperty("role", "danger")
        self.trouble.setWordWrap(True)
        self.trouble.hide()

    def _judge(self) -> None:
        has_old = self._task is Task.SET or bool(self.old_field.edit.text())
        has_new = self.hint.good_enough and bool(self.again_field.edit.text())
        self.accept_button.setEnabled(has_old and (has_new or self._task is Task.REMOVE))

    def _attempt(self, new: str, old: str) -> Awaitable[None]:
        if self._task is Task.REMOVE:
            return self._lock.remove(old)
        return self._lock.set_passphrase(new, old)

    async def _carry_out(self, new: str, old: str) -> None:
        try:
            await self._attempt(new, old)
        except SmsDesktopError as error:
            self.setEnabled(True)
            self.trouble.setText(error.text())
            self.trouble.show()
            (self.new_field if self._task is Task.SET else self.old_field).edit.setFocus()
            return
        super().accept()
