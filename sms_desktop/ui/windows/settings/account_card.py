"""One account in the settings: who it is, how it stands, and what can be done with it."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from sms_desktop.domain.account import Account, AccountKind
from sms_desktop.domain.health import Health, Level
from sms_desktop.sync.events import AccountState
from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.widgets.dot import Dot
from sms_desktop.ui.widgets.elided import ElidedLabel
from sms_desktop.ui.windows.settings.ways_in import words_of

_LOOKS: Final = {
    Level.STARTING: ("Signing in…", "text_disabled", "muted"),
    Level.LIVE: ("Signed in, receiving", "live", ""),
    Level.SLOW: ("Signed in, receiving slowly", "warning", "warning"),
    Level.DEGRADED: ("Signed in, partly receiving", "warning", "warning"),
    Level.DEAF: ("Not receiving", "danger", "danger"),
    Level.NO_ACCOUNT: ("Signed out", "text_muted", "muted"),
}
_UNKNOWN: Final = Health(Level.STARTING, "")


def called(account: Account) -> str:
    """What people call an account: a user's e-mail, or the project's key."""
    is_user = account.kind is AccountKind.USER
    return account.email if is_user else f"Project {account.kandy_client_id}"


class AccountCard(QFrame):
    """Shows an `AccountState` and never more than it says."""

    edit_wanted = Signal(Account)
    sign_in_wanted = Signal(Account)
    earlier_wanted = Signal(Account)
    sign_out_wanted = Signal(Account)
    remove_wanted = Signal(Account)

    def __init__(
        self,
        theme: Theme,
        account: Account,
        state: AccountState | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._account = account
        health = state.health if state is not None else _UNKNOWN
        must_sign_in = state is not None and (state.is_signed_out or state.lacks_secret)
        name = ElidedLabel(self)
        name.setFont(theme.font(10.5, 600))
        name.set_full_text(called(account))
        host = account.base_url.removeprefix("https://").removeprefix("http://")
        self.under = QLabel(f"{host} · {words_of(account.tunnel)}", self)
        words, colour, role = _LOOKS[health.level]
        self.words = QLabel(words, self)
        self.words.setProperty("role", role)
        self.detail = QLabel(health.sentence, self)
        for label in (self.under, self.detail):
            label.setProperty("role", "small")
            label.setWordWrap(True)
        self.detail.setVisible(bool(health.sentence))
        standing = QHBoxLayout()
        standing.setSpacing(6)
        standing.addWidget(Dot(theme, colour, 10, self))
        standing.addWidget(self.words, 1)
        grid = QGridLayout(self)
        grid.setContentsMargins(16, 13, 16, 13)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(0, 11)
        grid.setColumnStretch(1, 10)
        grid.addWidget(name, 0, 0)
        grid.addWidget(self.under, 1, 0, Qt.AlignmentFlag.AlignTop)
        grid.addLayout(standing, 0, 1)
        grid.addWidget(self.detail, 1, 1, Qt.AlignmentFlag.AlignTop)
        grid.setRowMinimumHeight(2, 6)
        grid.addLayout(self._buttons(must_sign_in), 3, 0, 1, 2)
        spoken = (f"Account {called(account)}", self.under.text(), words, health.sentence)
        self.setAccessibleName(". ".join(part for part in spoken if part))

    def _buttons(self, must_sign_in: bool) -> QVBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.sign_in_button = self._button(row, "Sign in again", "Sign in again to")
        self.sign_in_button.setProperty("kind", "primary")
        self.edit_button = self._button(row, "Edit…", "Edit")
        self.sign_out_button = self._button(row, "Sign out", "Sign out of")
        self.sign_out_button.setToolTip(
            "Forget the secret and stop receiving; everything else stays"
        )
        row.addStretch(1)
        self.remove_button = self._button(row, "Remove…", "Remove the account")
        # In a line of its own, since four in a row are wider than a small window.
        below = QHBoxLayout()
        self.earlier_button = self._button(
            below, "Bring in earlier messages…", "Bring in earlier messages of"
        )
        self.earlier_button.setProperty("kind", "link")
        self.earlier_button.setToolTip("Read the history at Kandy once more")
        below.addStretch(1)
        self.sign_in_button.setVisible(must_sign_in)
        self.edit_button.setVisible(not must_sign_in)
        self.earlier_button.setVisible(not must_sign_in)
        self.sign_out_button.setVisible(not must_sign_in)
        for button, wanted in (
            (self.sign_in_button, self.sign_in_wanted),
            (self.edit_button, self.edit_wanted),
            (self.earlier_button, self.earlier_wanted),
            (self.sign_out_button, self.sign_out_wanted),
            (self.remove_button, self.remove_wanted),
        ):
            button.clicked.connect(lambda _checked=False, one=wanted: one.emit(self._account))
        column = QVBoxLayout()
        column.setSpacing(6)
        column.addLayout(row)
        column.addLayout(below)
        return column

    def _button(self, row: QHBoxLayout, words: str, spoken: str) -> QPushButton:
        button = QPushButton(words, self)
        button.setAccessibleName(f"{spoken} {called(self._account)}")
        row.addWidget(button)
        return button
