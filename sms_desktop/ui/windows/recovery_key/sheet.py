"""The sheet that shows the recovery key: by itself once, and whenever the person asks for it."""

from typing import Final

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

from sms_desktop.domain.errors import SmsDesktopError
from sms_desktop.ui.safe import Safe
from sms_desktop.ui.surroundings import Spawn
from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.windows.recovery_key.key_card import KeyCard
from sms_desktop.ui.windows.settings.fields import Field

_KEEP: Final = (
    "Keep your recovery key",
    (
        "Your messages are encrypted on this computer. Should the {where} be lost, this key opens "
        "them again; without it nobody can. Keep it on paper or in a password manager."
    ),
)
_ASK: Final = (
    "Show the recovery key?",
    (
        "Whoever has it and your computer can read your messages. Make sure that nobody looks "
        "over your shoulder."
    ),
)
_WHERE: Final = {"keyring": "keyring of your desktop", "file": "passphrase of your file of secrets"}


class RecoveryKeySheet(QDialog):
    """``asks_first`` where the person is asked again before anything is shown; show it with ``open()``."""

    kept = Signal()
    """The person has kept the key."""

    def __init__(
        self,
        safe: Safe,
        theme: Theme,
        spawn: Spawn,
        *,
        asks_first: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Recovery key")
        self.setWindowModality(Qt.WindowModality.NonModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._safe = safe
        self._theme = theme
        self._spawn = spawn
        self._build()
        self._lay_out()
        if asks_first:
            self._ask()
        else:
            self._show_page()
            self._spawn(self._fetch(), "recovery key")

    def _build(self) -> None:
        self.title = QLabel(self)
        self.title.setProperty("role", "title")
        self.text = QLabel(self)
        self.text.setProperty("role", "muted")
        self.text.setWordWrap(True)
        self.field = Field(self._theme, "Your passphrase", QLineEdit(self), self)
        self.field.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.card = KeyCard(self._theme, self)
        self.trouble = QLabel(self)
        self.trouble.setProperty("role", "danger")
        self.trouble.setWordWrap(True)
        self.close_button = QPushButton("Later", self)
        self.close_button.setAutoDefault(False)
        self.close_button.clicked.connect(self.reject)
        self.kept_button = QPushButton("I have kept it", self)
        self.kept_button.setProperty("kind", "primary")
        self.kept_button.setAutoDefault(False)
        self.kept_button.clicked.connect(self._keep)
        self.show_button = QPushButton("Show it", self)
        self.show_button.setProperty("kind", "primary")
        self.show_button.setDefault(True)
        self.show_button.clicked.connect(self._show_it)

    def _lay_out(self) -> None:
        px = self._theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(28), px(24), px(28), px(22))
        column.setSpacing(px(6))
        parts = (self.title, self.text, None, self.field, self.card, self.trouble)
        for part in parts:
            if part is None:
                column.addSpacing(px(10))
            else:
                column.addWidget(part)
        column.addSpacing(px(12))
        buttons = QHBoxLayout()
        buttons.setSpacing(px(10))
        buttons.addStretch(1)
        for button in (self.close_button, self.kept_button, self.show_button):
            buttons.addWidget(button)
        column.addLayout(buttons)
        column.setSizeConstraint(QVBoxLayout.SizeConstraint.SetFixedSize)
        self.text.setFixedWidth(px(500))

    # Asking again.

    def _ask(self) -> None:
        self._say(*_ASK)
        asks_passphrase = self._safe.vault_name == "file" or self._safe.lock.is_set
        if self._safe.lock.is_set:
            self.field.rename("Passphrase of the lock")
        self._show_only(self.field if asks_passphrase else None, self.show_button)
        self.close_button.setText("Cancel")
        (self.field.edit if asks_passphrase else self.show_button).setFocus()

    def _show_it(self) -> None:
        if not self.field.isHidden() and not self.field.edit.text():
            self.field.complain("Your passphrase is missing.")
            return
        self.show_button.setEnabled(False)
        self._spawn(self._prove_and_fetch(), "recovery key")

    async def _prove_and_fetch(self) -> None:
        try:
            if not self.field.isHidden():
                await self._safe.prove(self.field.edit.text())
        except SmsDesktopError as error:
            self.field.complain(error.text())
            self.field.edit.selectAll()
            self.field.edit.setFocus()
            return
        finally:
            self.show_button.setEnabled(True)
        await self._fetch()

    # The key.

    async def _fetch(self) -> None:
        self.trouble.hide()
        try:
            key = await self._safe.recovery_key()
        except SmsDesktopError as error:
            self.trouble.setText(error.text())
            self._show_only(self.trouble, self.show_button)
            self.show_button.setText("Try again")
            self.show_button.setFocus()
            return
        self._show_page()
        self.card.show_key(key)
        self.card.copy_button.setFocus()

    def _show_page(self) -> None:
        title, text = _KEEP
        self._say(title, text.format(where=_WHERE.get(self._safe.vault_name, "vault")))
        is_kept = self._safe.is_key_kept
        self._show_only(self.card, None if is_kept else self.kept_button)
        self.close_button.setText("Close" if is_kept else "Later")

    def _keep(self) -> None:
        self._safe.keep_in_mind()
        self.kept.emit()
        self.accept()

    def _say(self, title: str, text: str) -> None:
        self.title.setText(title)
        self.text.setText(text)
        self.setAccessibleName(f"{title}. {text}")

    def _show_only(self, *shown: QWidget | None) -> None:
        parts = (self.field, self.card, self.trouble, self.kept_button, self.show_button)
        for part in parts:
            part.setVisible(part in shown)
