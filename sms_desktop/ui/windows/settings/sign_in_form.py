"""The form that adds an account, edits one, or signs in to it again; complaints go to their fields."""

from itertools import pairwise
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from sms_desktop.domain.account import Account, AccountKind
from sms_desktop.domain.setting_up import Part, SignIn
from sms_desktop.sync.accounts.sign_in import SignInTrouble, is_loopback, problems, tidied
from sms_desktop.ui.ports import Commands
from sms_desktop.ui.surroundings import Spawn
from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.windows.settings.page import field_label
from sms_desktop.ui.windows.signing_in.fields import PRESET_BASE_URL, SignInFields
from sms_desktop.ui.windows.signing_in.way_choice import WayChoice

_EMPTY: Final = SignIn(AccountKind.PROJECT, PRESET_BASE_URL, "")


class SignInForm(QFrame):
    """Keeps what was typed when Kandy says no."""

    signed_in = Signal(Account)
    cancelled = Signal()

    def __init__(
        self, commands: Commands, theme: Theme, spawn: Spawn, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._commands = commands.accounts
        self._spawn = spawn
        self._is_busy = False
        self._words = ""
        self.account: Account | None = None
        self._may_lack_secret = False
        self.heading = QLabel(self)
        self.heading.setProperty("role", "heading")
        self.fields = SignInFields(theme, self)
        self.fields.submitted.connect(self.submit)
        self.fields.base_url.edit.textChanged.connect(self._offer_ways)
        self.ways = WayChoice(theme, commands.tunnels, spawn, self.fields.base_url.text, self)
        self.ways.submitted.connect(self.submit)
        self.submit_button = QPushButton(self)
        self.submit_button.setProperty("kind", "primary")
        self.submit_button.clicked.connect(self.submit)
        self.cancel_button = QPushButton("Cancel", self)
        self.cancel_button.clicked.connect(self.cancelled)
        self.outcome = QLabel(self)
        self.outcome.setWordWrap(True)
        self.outcome.setProperty("role", "danger")
        self._lay_out()
        self.begin(may_cancel=False)

    def begin(self, *, may_cancel: bool) -> None:
        """Ask for a new account."""
        self._ask(None, "Sign in to Kandy", "Sign in", _EMPTY, "", may_cancel=may_cancel)

    def edit(self, account: Account) -> None:
        """Ask what shall be different; the secret that is kept needs not be typed again."""
        self._ask(account, "Edit this account", "Save", _typed_of(account), account.tunnel)
        self._may_lack_secret = True
        self.fields.secret.edit.setPlaceholderText("Leave it empty to keep the present one")

    def sign_in_again(self, account: Account) -> None:
        """Ask for the secret of an account that is signed out."""
        self._ask(account, "Sign in again", "Sign in", _typed_of(account), account.tunnel)

    def focus_first(self) -> None:
        """Go to the first field that matters."""
        fields = self.fields
        first = fields.secret if self.account is not None else fields.client_id
        first.edit.setFocus()

    def submit(self) -> None:
        """Sign in with what is typed, or say what is missing."""
        if self._is_busy or not self._is_complete():
            return
        self._set_busy(True)
        self._spawn(self._sign_in(), "sign in")

    async def _sign_in(self) -> None:
        typed, tunnel = self.fields.typed(), self.ways.tunnel
        try:
            await self.ways.keep_secret()
            if self.account is None:
                account = await self._commands.keep(typed, tunnel)
            else:
                account = await self._commands.change(self.account, typed, tunnel)
        except SignInTrouble as trouble:
            self._complain(trouble)
            return
        finally:
            self._set_busy(False)
        self.fields.secret.edit.clear()
        self.signed_in.emit(account)

    def _ask(
        self,
        account: Account | None,
        heading: str,
        words: str,
        typed: SignIn,
        tunnel: str,
        *,
        may_cancel: bool = True,
    ) -> None:
        self.account = account
        self._may_lack_secret = False
        self._words = words
        self.heading.setText(heading)
        self.cancel_button.setVisible(may_cancel)
        self.fields.complain({})
        self.fields.fill(typed)
        self.fields.secret.edit.setPlaceholderText("")
        self._offer_ways()
        self.ways.choose(tunnel)
        self.ways.complain("")
        self._say("")
        self._set_busy(False)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 16)
        column.setSpacing(10)
        column.addWidget(self.heading)
        column.addWidget(self.fields)
        column.addWidget(field_label("How messages reach this computer", self))
        column.addWidget(self.ways)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.submit_button)
        foot.addWidget(self.cancel_button)
        foot.addWidget(self.outcome, 1)
        column.addSpacing(4)
        column.addLayout(foot)
        order = [*self.fields.order(), *self.ways.order(), self.submit_button, self.cancel_button]
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def _offer_ways(self) -> None:
        self.ways.offer(loopback=is_loopback(self.fields.base_url.text()))

    def _is_complete(self) -> bool:
        self._say("")
        wrong = problems(tidied(self.fields.typed()), may_lack_secret=self._may_lack_secret)
        if problem := self.ways.problem():
            wrong[Part.WAY] = problem
        self.ways.complain(wrong.get(Part.WAY, ""))
        self.fields.complain(wrong)
        return not wrong

    def _complain(self, trouble: SignInTrouble) -> None:
        if trouble.part is Part.WAY and self.ways.complain(str(trouble)):
            return
        if not self.fields.complain({trouble.part: str(trouble)}):
            self._say(str(trouble))

    def _set_busy(self, busy: bool) -> None:
        self._is_busy = busy
        self.submit_button.setText("Signing in…" if busy else self._words)
        self.submit_button.setEnabled(not busy)
        self.fields.set_busy(busy)
        self.ways.set_busy(busy)

    def _say(self, sentence: str) -> None:
        self.outcome.setText(sentence)
        self.outcome.setAccessibleName(sentence)


def _typed_of(account: Account) -> SignIn:
    return SignIn(account.kind, account.base_url, account.kandy_client_id, account.email)
