"""Settings › Privacy › Backups: which ones there are, making one, and going back to one."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from PySide6.QtCore import QLocale
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QMessageBox,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from sms_desktop.domain.backup import Backup
from sms_desktop.domain.errors import SmsDesktopError
from sms_desktop.ui.backup_shelf import BackupShelf
from sms_desktop.ui.surroundings import Spawn
from sms_desktop.ui.theme.stylesheet import restyle
from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.windows.settings.page import line

_ABOUT: Final = (
    "Made once a day while the program runs, encrypted with the same key. The last seven days are "
    "kept, and one of each of four weeks before; what you delete stays in them until they go."
)


class BackupRows(QWidget):
    """``look`` reads the list anew; a row's button asks once before anything is exchanged."""

    def __init__(
        self, shelf: BackupShelf, theme: Theme, spawn: Spawn, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._shelf = shelf
        self._theme = theme
        self._spawn = spawn
        self._holder: QWidget | None = None
        self.restore_buttons: list[QPushButton] = []
        heading = QLabel("Backups", self)
        heading.setProperty("role", "heading")
        about = QLabel(_ABOUT, self)
        about.setProperty("role", "muted")
        about.setWordWrap(True)
        self.create_button = QPushButton("Back up now", self)
        self.create_button.clicked.connect(lambda: self._spawn(self._create(), "back up"))
        self.trouble = QLabel(self)
        self.trouble.setProperty("role", "danger")
        self.trouble.setWordWrap(True)
        self.trouble.hide()
        top = QHBoxLayout()
        top.addWidget(heading)
        top.addStretch(1)
        top.addWidget(self.create_button)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, theme.px(10), 0, 0)
        self._column.setSpacing(theme.px(8))
        self._column.addLayout(top)
        self._column.addWidget(about)
        self._column.addWidget(self.trouble)

    def look(self) -> None:
        """Read the list anew."""
        self._spawn(self._look(), "list backups")

    def ask_to_restore(self, backup: Backup) -> QMessageBox:
        """The one question, because what is on screen goes."""
        question = QMessageBox(self.window())
        question.setIcon(QMessageBox.Icon.Question)
        question.setWindowTitle("Restore backup")
        question.setText(f"Go back to the messages of {_moment(backup.at_ms)}?")
        question.setInformativeText(
            "SMS Desktop closes its windows for a moment. The present messages are put aside in the "
            "folder of this profile, not deleted. What is newer comes back from Kandy as far as it "
            "keeps it; nothing is sent again by itself."
        )
        restore = question.addButton("Restore", QMessageBox.ButtonRole.AcceptRole)
        restore.setObjectName("restore")
        restyle(restore, kind="primary")
        cancel = question.addButton(QMessageBox.StandardButton.Cancel)
        cancel.setIcon(QIcon())
        question.setDefaultButton(cancel)
        restore.clicked.connect(lambda: self._shelf.restore(backup.name))
        question.finished.connect(question.deleteLater)
        question.open()
        return question

    async def _look(self) -> None:
        try:
            self._show(await self._shelf.all_backups())
        except SmsDesktopError as error:
            self._say(error.text())

    async def _create(self) -> None:
        self._say("")
        self.create_button.setEnabled(False)
        self.create_button.setText("Backing up…")
        try:
            await self._shelf.create()
            self._show(await self._shelf.all_backups())
        except SmsDesktopError as error:
            self._say(error.text())
        finally:
            self.create_button.setText("Back up now")
            self.create_button.setEnabled(True)

    def _say(self, sentence: str) -> None:
        self.trouble.setText(sentence)
        self.trouble.setVisible(bool(sentence))

    def _show(self, backups: Sequence[Backup]) -> None:
        if self._holder is not None:
            self._column.removeWidget(self._holder)
            self._holder.hide()
            self._holder.deleteLater()
        self._holder = QFrame(self)
        grid = QGridLayout(self._holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(self._theme.px(20))
        grid.setVerticalSpacing(self._theme.px(6))
        grid.setColumnStretch(2, 1)
        self.restore_buttons = []
        for at, backup in enumerate(backups):
            self._add(grid, at * 2, backup)
        if not backups:
            none = QLabel("There is none yet. The first one is made soon.", self._holder)
            none.setProperty("role", "muted")
            grid.addWidget(none, 0, 0, 1, 4)
        self._column.addWidget(self._holder)

    def _add(self, grid: QGridLayout, row: int, backup: Backup) -> None:
        made = QLabel(_moment(backup.at_ms), self._holder)
        size = QLabel(QLocale.system().formattedDataSize(backup.size_bytes, 1), self._holder)
        held = QLabel(_held(backup), self._holder)
        for label in (size, held):
            label.setProperty("role", "muted")
        button = QPushButton("Restore…", self._holder)
        button.setAccessibleName(f"Restore the backup of {_moment(backup.at_ms)}")
        button.setEnabled(backup.messages is not None)
        button.clicked.connect(lambda: self.ask_to_restore(backup))
        self.restore_buttons.append(button)
        for column, part in enumerate((made, size, held, button)):
            grid.addWidget(part, row, column)
        grid.addWidget(line(self), row + 1, 0, 1, 4)


def _moment(at_ms: int) -> str:
    moment = datetime.fromtimestamp(at_ms / 1000).astimezone()
    return f"{moment:%A} {moment.day} {moment:%B %Y, %H:%M}"


def _held(backup: Backup) -> str:
    if backup.messages is None:
        return "Does not open with the present key"
    return f"{QLocale.system().toString(backup.messages)} message{'s' * (backup.messages != 1)}"
