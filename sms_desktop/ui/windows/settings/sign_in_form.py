"""The form that signs in to Kandy: every mistake gets a sentence beside its field."""

from itertools import pairwise
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from sms_desktop.domain.account import Account, AccountKind
from sms_desktop.domain.errors import SmsDesktopError
from sms_desktop.ui.ports import Commands
from sms_desktop.ui.surroundings import Spawn
from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.windows.settings.fields import Field, SecretEdit
from sms_desktop.ui.windows.settings.ways_in import OWN, is_loopback, problem_of_base_url, ways_in

PRESET_BASE_URL: Final = "https://oauth-cpaas.att.com"
_NAMES: Final = {
    AccountKind.PROJECT: ("Private project key", "Private project secret"),
    AccountKind.USER: ("Account client ID", "Password"),
}


class SignInForm(QFrame):
    """Signs in through `Commands.add_account`; keeps what was typed when that fails."""

    signed_in = Signal(Account)

    def __init__(
        self, commands: Commands, theme: Theme, spawn: Spawn, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._commands = commands
        self._theme = theme
        self._spawn = spawn
        self._is_busy = False
        self._build()
        self._lay_out()
        self._show_kind()
        self._show_ways()

    @property
    def kind(self) -> AccountKind:
        """Which kind of credentials is asked for."""
        is_user = self.kind_chips[AccountKind.USER].isChecked()
        return AccountKind.USER if is_user else AccountKind.PROJECT

    @property
    def tunnel(self) -> str:
        """The chosen way in, as accounts name it."""
        chosen = str(self.way_box.currentData())
        return OWN + self.own_url.text() if chosen == OWN else chosen

    def submit(self) -> None:
        """Sign in with what is typed, or say what is missing."""
        if self._is_busy or not self._is_complete():
            return
        self._set_busy(True)
        self._spawn(self._sign_in(), "sign in")

    async def _sign_in(self) -> None:
        email = self.email.text() if self.kind is AccountKind.USER else ""
        try:
            account = await self._commands.add_account(
                self.base_url.text(), self.client_id.text(), email, self.secret.text(), self.tunnel
            )
        except SmsDesktopError as error:
            self._say(error.text())
            self.secret.edit.setFocus()
            return
        finally:
            self._set_busy(False)
        self.secret.edit.clear()
        self.signed_in.emit(account)

    def _build(self) -> None:
        self.kind_chips: dict[AccountKind, QPushButton] = {}
        group = QButtonGroup(self)
        for kind, words in ((AccountKind.PROJECT, "Project"), (AccountKind.USER, "User")):
            chip = QPushButton(words, self)
            chip.setProperty("kind", "chip")
            chip.setCheckable(True)
            chip.setAccessibleName(f"Sign in as {words.lower()}")
            chip.toggled.connect(self._show_kind)
            group.addButton(chip)
            self.kind_chips[kind] = chip
        self.base_url = Field(self._theme, "Base URL", QLineEdit(PRESET_BASE_URL, self), self)
        self.base_url.edit.textChanged.connect(self._show_ways)
        self.client_id = Field(self._theme, "", QLineEdit(self), self)
        self.email = Field(self._theme, "E-mail", QLineEdit(self), self)
        self.secret = Field(self._theme, "", SecretEdit(self), self)
        self.own_url = Field(self._theme, "Your public address", QLineEdit(self), self)
        self.own_url.edit.setPlaceholderText("https://sms.example.com/inbound")
        self.way_box = QComboBox(self)
        self.way_box.setAccessibleName("How messages arrive")
        self.way_box.currentIndexChanged.connect(self._show_way)
        self.way_hint = QLabel(self)
        self.way_hint.setProperty("role", "small")
        self.way_hint.setWordWrap(True)
        self.submit_button = QPushButton("Sign in", self)
        self.submit_button.setProperty("kind", "primary")
        self.submit_button.clicked.connect(self.submit)
        self.outcome = QLabel(self)
        self.outcome.setWordWrap(True)
        self.outcome.setProperty("role", "danger")
        for field in self._fields():
            field.edit.returnPressed.connect(self.submit)
        self.kind_chips[AccountKind.PROJECT].setChecked(True)

    def _lay_out(self) -> None:
        chips = QHBoxLayout()
        chips.setSpacing(8)
        for chip in self.kind_chips.values():
            chips.addWidget(chip)
        chips.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 16)
        column.setSpacing(8)
        column.addLayout(chips)
        for field in self._fields()[:-1]:
            column.addWidget(field)
        way = QLabel("How messages arrive", self)
        way.setBuddy(self.way_box)
        column.addWidget(way)
        column.addWidget(self.way_box)
        column.addWidget(self.way_hint)
        column.addWidget(self.own_url)
        foot = QHBoxLayout()
        foot.setSpacing(14)
        foot.addWidget(self.submit_button)
        foot.addWidget(self.outcome, 1)
        column.addSpacing(6)
        column.addLayout(foot)
        chips_and_fields = [*self.kind_chips.values(), *(f.edit for f in self._fields()[:-1])]
        order: list[QWidget] = [*chips_and_fields, self.way_box, self.own_url.edit]
        order.append(self.submit_button)
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def _fields(self) -> list[Field]:
        return [self.base_url, self.client_id, self.email, self.secret, self.own_url]

    def _show_kind(self) -> None:
        client_id, secret = _NAMES[self.kind]
        self.client_id.rename(client_id)
        self.secret.rename(secret)
        self.email.setVisible(self.kind is AccountKind.USER)

    def _show_ways(self) -> None:
        chosen = self.way_box.currentData()
        self.way_box.blockSignals(True)
        self.way_box.clear()
        for way in ways_in(is_loopback(self.base_url.text())):
            self.way_box.addItem(way.words, way.name)
        self.way_box.setCurrentIndex(max(0, self.way_box.findData(chosen)))
        self.way_box.blockSignals(False)
        self._show_way()

    def _show_way(self) -> None:
        ways = ways_in(is_loopback(self.base_url.text()))
        self.way_hint.setText(ways[max(0, self.way_box.currentIndex())].hint)
        self.own_url.setVisible(self.way_box.currentData() == OWN)

    def _is_complete(self) -> bool:
        self._say("")
        self.base_url.complain(problem_of_base_url(self.base_url.text()))
        asked = [f for f in self._fields()[1:] if not f.isHidden()]
        for field in asked:
            field.complain("" if field.text() else f"{field.name} is missing.")
        wrong = [f for f in self._fields() if f.complaint and not f.isHidden()]
        if wrong:
            wrong[0].edit.setFocus()
        return not wrong

    def _set_busy(self, busy: bool) -> None:
        self._is_busy = busy
        self.submit_button.setText("Signing in…" if busy else "Sign in")
        self.submit_button.setEnabled(not busy)
        for field in self._fields():
            field.edit.setReadOnly(busy)
        self.way_box.setEnabled(not busy)

    def _say(self, sentence: str) -> None:
        self.outcome.setText(sentence)
        self.outcome.setAccessibleName(sentence)
