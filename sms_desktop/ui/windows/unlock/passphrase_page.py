"""The file of secrets, or the lock, asks for its passphrase."""

from PySide6.QtWidgets import QCheckBox, QLineEdit, QPushButton, QWidget

from sms_desktop.sync.unlocking.questions import (
    LockPassphraseWanted,
    Passphrase,
    PassphraseWanted,
    Question,
    UsePassphrase,
    UseRecoveryKey,
)
from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.windows.settings.fields import Field
from sms_desktop.ui.windows.unlock.page import UnlockPage


def hidden_edit(parent: QWidget) -> QLineEdit:
    """A line that shows dots; blanks count, also at its ends."""
    edit = QLineEdit(parent)
    edit.setEchoMode(QLineEdit.EchoMode.Password)
    return edit


def show_box(parent: QWidget, *edits: QLineEdit) -> QCheckBox:
    """Lets the person see what was typed."""
    box = QCheckBox("Show what I type", parent)
    modes = QLineEdit.EchoMode

    def show(shown: bool) -> None:
        for edit in edits:
            edit.setEchoMode(modes.Normal if shown else modes.Password)

    box.toggled.connect(show)
    return box


class PassphrasePage(UnlockPage):
    """A wrong one is said beside the field, and stays there to be mended."""

    def __init__(
        self,
        theme: Theme,
        question: PassphraseWanted | LockPassphraseWanted,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, question, parent)
        self.field = Field(theme, "Passphrase", hidden_edit(self), self)
        self.show_box = show_box(self, self.field.edit)
        has_messages = isinstance(question, LockPassphraseWanted) or question.has_messages
        way_out = "Use the recovery key…" if has_messages else "Begin with a new one…"
        answer = UseRecoveryKey() if has_messages else UsePassphrase()
        self.forgotten_button = QPushButton(f"Forgotten? {way_out}", self)
        self.forgotten_button.setProperty("kind", "link")
        self.forgotten_button.setAutoDefault(False)
        self.forgotten_button.clicked.connect(lambda: self.answer(answer))
        for part in (self.field, self.show_box, self.forgotten_button):
            self.body.addWidget(part)
        self.open_button = self.add_primary("Open", "Opening…")
        self.open_button.clicked.connect(self._open)
        self.field.edit.textChanged.connect(self._judge)
        self._judge()
        self.take(question)

    def first(self) -> QWidget:
        """The field."""
        return self.field.edit

    def take(self, question: Question) -> None:
        """Say what was wrong."""
        if isinstance(question, PassphraseWanted | LockPassphraseWanted):
            self.field.complain(question.complaint)
            self.field.edit.selectAll()

    def _judge(self) -> None:
        self.open_button.setEnabled(bool(self.field.edit.text()))

    def _open(self) -> None:
        self.answer(Passphrase(self.field.edit.text()))
