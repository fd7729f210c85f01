"""The fields of a sign-in: what is typed comes out as a ``SignIn``, complaints go to their fields."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from sms_desktop.domain.account import AccountKind
from sms_desktop.domain.setting_up import Part, SignIn
from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.windows.settings.fields import Field, SecretEdit
from sms_desktop.ui.windows.signing_in.where_to_find import WhereToFind

PRESET_BASE_URL: Final = "https://oauth-cpaas.att.com"
_NAMES: Final = {
    AccountKind.PROJECT: ("Private project key", "Private project secret"),
    AccountKind.USER: ("Account client ID", "Password"),
}
_KINDS: Final = ((AccountKind.PROJECT, "Project"), (AccountKind.USER, "User"))


class SignInFields(QWidget):
    """``submitted``: Enter in a field; ``explained``: the picture is shown now."""

    submitted = Signal()
    explained = Signal(QWidget)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.kind_chips = {kind: self._chip(words) for kind, words in _KINDS}
        self.kind_complaint = QLabel(self)
        self.kind_complaint.setProperty("role", "danger")
        self.kind_complaint.setWordWrap(True)
        self.kind_complaint.hide()
        self.base_url = Field(theme, "Base URL", QLineEdit(PRESET_BASE_URL, self), self)
        self.preset_button = self._link("Use AT&&T's address")
        self.client_id = Field(theme, "", QLineEdit(self), self)
        self.email = Field(theme, "E-mail", QLineEdit(self), self)
        self.secret = Field(theme, "", SecretEdit(self), self)
        self.help_button = self._link("Where do I find these?")
        self.help = WhereToFind(theme, self)
        self._fields = {
            Part.BASE_URL: self.base_url,
            Part.CLIENT_ID: self.client_id,
            Part.EMAIL: self.email,
            Part.SECRET: self.secret,
        }
        self._lay_out()
        self._wire()
        self.kind_chips[AccountKind.PROJECT].setChecked(True)

    @property
    def kind(self) -> AccountKind:
        """Which kind of credentials is asked for."""
        is_user = self.kind_chips[AccountKind.USER].isChecked()
        return AccountKind.USER if is_user else AccountKind.PROJECT

    def typed(self) -> SignIn:
        """What is typed now."""
        return SignIn(
            self.kind,
            self.base_url.edit.text(),
            self.client_id.edit.text(),
            self.email.edit.text() if self.kind is AccountKind.USER else "",
            self.secret.edit.text(),
        )

    def fill(self, typed: SignIn) -> None:
        """Begin with these values."""
        self.kind_chips[typed.kind].setChecked(True)
        self.base_url.edit.setText(typed.base_url)
        self.client_id.edit.setText(typed.client_id)
        self.email.edit.setText(typed.email)
        self.secret.edit.setText(typed.secret)

    def complain(self, problems: Mapping[Part, str]) -> bool:
        """Say each sentence beside its field, and go to the first; whether there was a place for one."""
        first: QWidget | None = None
        self._complain_of_kind(problems.get(Part.KIND, ""))
        if Part.KIND in problems:
            first = self.kind_chips[self.kind]
        for part, field in self._fields.items():
            sentence = problems.get(part, "")
            field.complain(sentence)
            if sentence and first is None:
                first = field.edit
        if first is not None:
            first.setFocus()
        return first is not None

    def set_busy(self, busy: bool) -> None:
        """Let nothing be changed while Kandy is asked."""
        for field in self._fields.values():
            field.edit.setReadOnly(busy)
        for chip in self.kind_chips.values():
            chip.setEnabled(not busy)
        self.preset_button.setEnabled(not busy)

    def order(self) -> list[QWidget]:
        """What Tab visits, in this order."""
        chips = list(self.kind_chips.values())
        one, two, three, four = (field.edit for field in self._fields.values())
        return [*chips, one, self.preset_button, two, three, four, self.help_button]

    def _chip(self, words: str) -> QPushButton:
        chip = QPushButton(words, self)
        chip.setProperty("kind", "chip")
        chip.setCheckable(True)
        chip.setAutoDefault(False)
        chip.setAccessibleName(f"Sign in as {words.lower()}")
        return chip

    def _link(self, words: str) -> QPushButton:
        link = QPushButton(words, self)
        link.setProperty("kind", "link")
        link.setAutoDefault(False)
        return link

    def _lay_out(self) -> None:
        chips = QHBoxLayout()
        chips.setSpacing(8)
        label = QLabel("Sign in as", self)
        label.setProperty("role", "muted")
        chips.addWidget(label)
        for chip in self.kind_chips.values():
            chips.addWidget(chip)
        chips.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(chips)
        column.addWidget(self.kind_complaint)
        column.addWidget(self.base_url)
        column.addLayout(_at_left(self.preset_button))
        for field in (self.client_id, self.email, self.secret):
            column.addWidget(field)
        column.addLayout(_at_left(self.help_button))
        column.addWidget(self.help)

    def _wire(self) -> None:
        group = QButtonGroup(self)
        for chip in self.kind_chips.values():
            group.addButton(chip)
            chip.toggled.connect(self._show_kind)
        for field in self._fields.values():
            field.edit.returnPressed.connect(self.submitted)
        self.base_url.edit.textChanged.connect(self._show_preset)
        self.preset_button.clicked.connect(self._take_preset)
        self.help_button.clicked.connect(self._toggle_help)
        self._show_preset()

    def _show_kind(self) -> None:
        client_id, secret = _NAMES[self.kind]
        self.client_id.rename(client_id)
        self.secret.rename(secret)
        self.email.setVisible(self.kind is AccountKind.USER)
        self.help.show_kind(self.kind)
        self._complain_of_kind("")

    def _complain_of_kind(self, sentence: str) -> None:
        self.kind_complaint.setText(sentence)
        self.kind_complaint.setFont(self._theme.font(9))
        self.kind_complaint.setVisible(bool(sentence))
        for chip in self.kind_chips.values():
            chip.setAccessibleDescription(sentence)

    def _show_preset(self) -> None:
        self.preset_button.setVisible(self.base_url.text() != PRESET_BASE_URL)

    def _take_preset(self) -> None:
        self.base_url.edit.setText(PRESET_BASE_URL)
        self.base_url.complain("")
        self.base_url.edit.setFocus()

    def _toggle_help(self) -> None:
        self.help.setVisible(self.help.isHidden())
        shown = not self.help.isHidden()
        self.help_button.setText("Hide the explanation" if shown else "Where do I find these?")
        if shown:
            self.explained.emit(self.help)


def _at_left(widget: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addWidget(widget)
    row.addStretch(1)
    return row
