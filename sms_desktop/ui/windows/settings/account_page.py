"""Settings › Account: who is signed in, signing in, and removing an account."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMessageBox,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from sms_desktop.domain.account import Account, AccountKind
from sms_desktop.domain.errors import SmsDesktopError
from sms_desktop.ui.ports import Commands
from sms_desktop.ui.surroundings import Spawn
from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.windows.settings.page import Page
from sms_desktop.ui.windows.settings.sign_in_form import SignInForm
from sms_desktop.ui.windows.settings.ways_in import words_of

_ABOUT = "Where your numbers come from. The secret is kept in this computer's vault, nowhere else."


class AccountCard(QFrame):
    """One account, and the button that removes it."""

    remove_wanted = Signal(Account)

    def __init__(self, theme: Theme, account: Account, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        is_user = account.kind is AccountKind.USER
        name = QLabel(account.email if is_user else f"Project {account.kandy_client_id}", self)
        name.setFont(theme.font(10.5, 600))
        host = account.base_url.removeprefix("https://").removeprefix("http://")
        under = QLabel(f"{host} · {words_of(account.tunnel)}", self)
        under.setProperty("role", "muted")
        under.setWordWrap(True)
        self.remove_button = QPushButton("Remove…", self)
        self.remove_button.setAccessibleName(f"Remove the account {name.text()}")
        self.remove_button.clicked.connect(lambda: self.remove_wanted.emit(account))
        names = QVBoxLayout()
        names.setSpacing(2)
        names.addWidget(name)
        names.addWidget(under)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 13, 16, 13)
        row.addLayout(names, 1)
        row.addWidget(self.remove_button)
        self.setAccessibleName(f"Account {name.text()}, {under.text()}")


class AccountPage(Page):
    """Cards for the accounts, and the form; the form steps back while there is an account."""

    def __init__(
        self, commands: Commands, theme: Theme, spawn: Spawn, parent: QWidget | None = None
    ) -> None:
        super().__init__("Account", _ABOUT, parent)
        self._commands = commands
        self._theme = theme
        self._spawn = spawn
        self._accounts: tuple[Account, ...] = ()
        self._holder: QWidget | None = None
        self.cards: list[AccountCard] = []
        self.add_button = QPushButton("Add another account", self.inside)
        self.add_button.clicked.connect(self._show_form)
        self.form = SignInForm(commands, theme, spawn, self.inside)
        self.form.setMaximumWidth(620)
        self.form.signed_in.connect(self._on_signed_in)
        self.trouble = QLabel(self.inside)
        self.trouble.setProperty("role", "danger")
        self.trouble.setWordWrap(True)
        adding = QHBoxLayout()
        adding.addWidget(self.add_button)
        adding.addStretch(1)
        self.body.addWidget(self.trouble)
        self.body.addLayout(adding)
        self.body.addWidget(self.form)
        theme.changed.connect(self._rebuild)
        self.show_accounts(())

    def show_accounts(self, accounts: Sequence[Account]) -> None:
        """Show these accounts from now on."""
        had_some, self._accounts = bool(self._accounts), tuple(accounts)
        self._rebuild()
        # A form that somebody is filling in stays open when other accounts change.
        if not accounts or not had_some:
            self.add_button.setVisible(bool(accounts))
            self.form.setVisible(not accounts)

    def ask_to_remove(self, account: Account) -> QMessageBox:
        """The one question of this page, because its answer destroys something."""
        box = QMessageBox(self.window())
        box.setIcon(QMessageBox.Icon.Warning)
        box.setText("Remove this account from this computer?")
        box.setInformativeText(
            "Its secret is forgotten and its numbers stop receiving here. "
            "Your messages stay on this computer, and nothing is deleted at Kandy."
        )
        remove = box.addButton("Remove", QMessageBox.ButtonRole.DestructiveRole)
        remove.setProperty("kind", "danger")
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
        remove.clicked.connect(lambda: self._spawn(self._remove(account), "remove account"))
        box.finished.connect(box.deleteLater)
        box.open()
        return box

    async def _remove(self, account: Account) -> None:
        self.trouble.setText("")
        try:
            await self._commands.remove_account(account.account_id)
        except SmsDesktopError as error:
            self.trouble.setText(error.text())

    def _show_form(self) -> None:
        self.add_button.hide()
        self.form.show()
        self.form.client_id.edit.setFocus()

    def _on_signed_in(self) -> None:
        self.form.hide()
        self.add_button.show()

    def _rebuild(self) -> None:
        if self._holder is not None:
            self.body.removeWidget(self._holder)
            self._holder.deleteLater()
        self._holder = QWidget(self.inside)
        column = QVBoxLayout(self._holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        self.cards = []
        for account in self._accounts:
            card = AccountCard(self._theme, account, self._holder)
            card.remove_wanted.connect(self.ask_to_remove)
            column.addWidget(card)
            self.cards.append(card)
        self.body.insertWidget(0, self._holder)
        self._holder.setVisible(bool(self._accounts))
