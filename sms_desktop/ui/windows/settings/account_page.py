"""Settings › Account: every account side by side, how it stands, and signing in, out and over."""

from collections.abc import Awaitable, Sequence
from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from sms_desktop.domain.account import Account
from sms_desktop.domain.errors import SmsDesktopError
from sms_desktop.domain.ids import AccountId
from sms_desktop.sync.events import AccountState
from sms_desktop.ui.ports import Commands
from sms_desktop.ui.surroundings import Spawn
from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.windows.settings.account_card import AccountCard
from sms_desktop.ui.windows.settings.account_removal import RemovalQuestion
from sms_desktop.ui.windows.settings.earlier_sheet import EarlierSheet
from sms_desktop.ui.windows.settings.page import Page
from sms_desktop.ui.windows.settings.sign_in_form import SignInForm

_ABOUT: Final = (
    "Where your numbers come from. Secrets are kept in this computer's vault, nowhere else."
)


class AccountPage(Page):
    """Cards for the accounts, and the form; the form steps back while there is an account."""

    def __init__(
        self, commands: Commands, theme: Theme, spawn: Spawn, parent: QWidget | None = None
    ) -> None:
        super().__init__("Account", _ABOUT, parent)
        self._commands = commands.accounts
        self._theme = theme
        self._spawn = spawn
        self._accounts: tuple[Account, ...] = ()
        self._states: dict[AccountId, AccountState] = {}
        self._holder: QWidget | None = None
        self.cards: list[AccountCard] = []
        self.add_button = QPushButton("Add another account", self.inside)
        self.add_button.clicked.connect(self._add)
        self.form = SignInForm(commands, theme, spawn, self.inside)
        self.form.setMaximumWidth(theme.px(640))
        self.form.fields.explained.connect(self.show_part)
        self.form.signed_in.connect(self._close_form)
        self.form.cancelled.connect(self._close_form)
        self.trouble = QLabel(self.inside)
        self.trouble.setProperty("role", "danger")
        self.trouble.setWordWrap(True)
        self.trouble.hide()
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
        about = self.form.account
        is_about_one_gone = about is not None and all(
            about.account_id != one.account_id for one in accounts
        )
        # A form that somebody is filling in stays open when other accounts change.
        if not accounts or not had_some or is_about_one_gone:
            self.form.begin(may_cancel=False)
            self.add_button.setVisible(bool(accounts))
            self.form.setVisible(not accounts)

    def show_states(self, states: Sequence[AccountState]) -> None:
        """Show from now on that the accounts stand like this."""
        self._states = {state.account_id: state for state in states}
        self._rebuild()

    def ask_to_remove(self, account: Account) -> RemovalQuestion:
        """The one question of this page, because its answer destroys something."""
        count = self._commands.message_count(account.account_id)
        question = RemovalQuestion(account, count, self.window())
        question.confirmed.connect(
            lambda also: self._spawn(self._remove(account, delete=also), "remove account")
        )
        question.open()
        return question

    def ask_for_earlier(self, account: Account) -> EarlierSheet:
        """Ask from when on the history shall be read; the window tells how far it is."""
        sheet = EarlierSheet(account, self.window())
        sheet.wanted.connect(
            lambda since_ms: self._spawn(self._import(account, since_ms), "earlier messages")
        )
        sheet.open()
        return sheet

    async def _import(self, account: Account, since_ms: int | None) -> None:
        await self._try(self._commands.import_history(account.account_id, since_ms))

    async def _remove(self, account: Account, *, delete: bool) -> None:
        await self._try(self._commands.remove(account.account_id, delete_messages=delete))

    async def _sign_out(self, account: Account) -> None:
        await self._try(self._commands.sign_out(account.account_id))

    async def _try(self, work: Awaitable[None]) -> None:
        self._say("")
        try:
            await work
        except SmsDesktopError as error:
            self._say(error.text())

    def _say(self, sentence: str) -> None:
        self.trouble.setText(sentence)
        self.trouble.setVisible(bool(sentence))

    def _add(self) -> None:
        self.form.begin(may_cancel=True)
        self._show_form()

    def _edit(self, account: Account) -> None:
        self.form.edit(account)
        self._show_form()

    def _sign_in_again(self, account: Account) -> None:
        self.form.sign_in_again(account)
        self._show_form()

    def _show_form(self) -> None:
        self._say("")
        self.add_button.hide()
        self.form.show()
        self.form.focus_first()
        self.show_part(self.form)

    def _close_form(self) -> None:
        self.form.hide()
        self.form.begin(may_cancel=False)
        self.add_button.show()
        self.add_button.setFocus()

    def _rebuild(self) -> None:
        if self._holder is not None:
            self.body.removeWidget(self._holder)
            self._holder.hide()
            self._holder.deleteLater()
        self._holder = QWidget(self.inside)
        column = QVBoxLayout(self._holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        self.cards = []
        for account in self._accounts:
            state = self._states.get(account.account_id)
            card = AccountCard(self._theme, account, state, self._holder)
            card.edit_wanted.connect(self._edit)
            card.sign_in_wanted.connect(self._sign_in_again)
            card.sign_out_wanted.connect(lambda one: self._spawn(self._sign_out(one), "sign out"))
            card.earlier_wanted.connect(self.ask_for_earlier)
            card.remove_wanted.connect(self.ask_to_remove)
            column.addWidget(card)
            self.cards.append(card)
        self.body.insertWidget(0, self._holder)
        self._holder.setVisible(bool(self._accounts))
