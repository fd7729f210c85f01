"""Settings › Privacy: where secrets are kept, how messages are protected, and the recovery key."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QWidget

from sms_desktop.settings import Settings
from sms_desktop.ui.safe import Safe
from sms_desktop.ui.surroundings import Spawn
from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.windows.settings.backup_rows import BackupRows
from sms_desktop.ui.windows.settings.lock_rows import LockRows
from sms_desktop.ui.windows.settings.page import Page, line

_ABOUT = "What protects your messages on this computer."
_VAULTS: Final = {
    "keyring": (
        "In the keyring of this desktop",
        "The key to your messages and the secrets of your accounts, and nowhere else.",
    ),
    "file": (
        "In a file under a passphrase",
        "The key to your messages and the secrets of your accounts. Only your passphrase opens it.",
    ),
    "memory": (
        "In memory, for this run only",
        "Nothing of them is on the disk, and they are forgotten when you quit.",
    ),
}


class PrivacyPage(Page):
    """Every row says how it is; what can be done: recovery key, lock, and backups."""

    key_asked = Signal()

    def __init__(
        self,
        safe: Safe,
        theme: Theme,
        spawn: Spawn,
        settings: Settings,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("Privacy", _ABOUT, parent)
        self._safe = safe
        self._theme = theme
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.px(16))
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(1, 1)
        vault, meaning = _VAULTS[safe.vault_name]
        self.vault_label = self._row("Secrets are kept", vault, meaning)
        if safe.outlives_the_run:
            self._row(
                "Messages are kept",
                "Encrypted, in the folder of this profile",
                "Without the key among your secrets, or the recovery key, nobody can read them.",
            )
            self.show_button = QPushButton("Show…", self.inside)
            self.show_button.setAccessibleName("Show the recovery key")
            self.show_button.clicked.connect(self.key_asked)
            self.key_label = self._row(
                "Recovery key",
                "",
                "Opens your messages if the keyring or the passphrase is lost.",
                self.show_button,
            )
        else:
            self._row(
                "Messages are kept",
                "For this run only",
                "They are in a temporary folder, encrypted, which goes when you quit.",
            )
        self.body.addLayout(self._grid)
        self.lock_rows = LockRows(safe, settings, theme, spawn, self.inside)
        self.body.addWidget(self.lock_rows)
        self.backups: BackupRows | None = None
        if safe.backups is not None:
            self.backups = BackupRows(safe.backups, theme, spawn, self.inside)
            self.body.addWidget(self.backups)
        theme.changed.connect(self._fit)
        self._fit()
        self.show_kept()

    def show_kept(self) -> None:
        """Say whether the recovery key was kept."""
        if self._safe.outlives_the_run:
            is_kept = self._safe.is_key_kept
            self.key_label.setText("You have kept it" if is_kept else "Not kept yet")

    def _row(
        self, title: str, state: str, meaning: str, button: QPushButton | None = None
    ) -> QLabel:
        at = self._grid.rowCount()
        name = QLabel(title, self.inside)
        name.setProperty("role", "heading")
        cell = QWidget(self.inside)
        inner = QGridLayout(cell)
        inner.setContentsMargins(0, self._theme.px(11), 0, self._theme.px(11))
        inner.setVerticalSpacing(self._theme.px(2))
        shown = QLabel(state, cell)
        shown.setWordWrap(True)
        under = QLabel(meaning, cell)
        under.setProperty("role", "muted")
        under.setWordWrap(True)
        inner.addWidget(shown, 0, 0)
        inner.addWidget(under, 1, 0)
        self._grid.addWidget(name, at, 0)
        self._grid.addWidget(cell, at, 1, 1, 2 if button is None else 1)
        if button is not None:
            self._grid.addWidget(button, at, 2)
        self._grid.addWidget(line(self.inside), at + 1, 0, 1, 3)
        return shown

    def _fit(self) -> None:
        self._grid.setColumnMinimumWidth(0, self._theme.px(170))

    def showEvent(self, event: QShowEvent) -> None:
        """What is listed is what is there when somebody looks."""
        super().showEvent(event)
        self.lock_rows.look()
        if self.backups is not None:
            self.backups.look()
