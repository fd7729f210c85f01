"""A passphrase for a new file of secrets: typed twice, with a hint how strong it is."""

from typing import Final

from PySide6.QtWidgets import QLabel, QWidget

from sms_desktop.sync.unlocking.questions import (
    GoBack,
    NewPassphrase,
    NewPassphraseWanted,
    Purpose,
    Question,
)
from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.widgets.strength_hint import StrengthHint
from sms_desktop.ui.windows.settings.fields import Field
from sms_desktop.ui.windows.unlock.page import UnlockPage
from sms_desktop.ui.windows.unlock.passphrase_page import hidden_edit, show_box

_NO_OTHER_WAY: Final = (
    "Nobody can tell you a forgotten passphrase. Your recovery key opens the messages without it"
)


class NewPassphrasePage(UnlockPage):
    """Only too short ones and two different ones are refused; how strong is the person's choice."""

    def __init__(
        self, theme: Theme, question: NewPassphraseWanted, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, question, parent)
        self.field = Field(theme, "Passphrase", hidden_edit(self), self)
        self.again_field = Field(theme, "The same once more", hidden_edit(self), self)
        self.hint = StrengthHint(theme, self.field.edit, self)
        self.show_box = show_box(self, self.field.edit, self.again_field.edit)
        is_recovered = question.purpose is Purpose.RECOVERED
        note = QLabel(
            _NO_OTHER_WAY + ("." if is_recovered else "; you get it once your account is set up."),
            self,
        )
        note.setProperty("role", "small")
        note.setWordWrap(True)
        for part in (self.field, self.hint, self.again_field, self.show_box, note):
            self.body.addWidget(part)
        if question.can_go_back:
            self.back_button = self.add_button("Back", GoBack())
        self.keep_button = self.add_primary("Continue", "Opening…")
        self.keep_button.clicked.connect(self._keep)
        for edit in (self.field.edit, self.again_field.edit):
            edit.textChanged.connect(self._judge)
        self._judge()
        self.take(question)

    def first(self) -> QWidget:
        """The first field."""
        return self.field.edit

    def take(self, question: Question) -> None:
        """Say what went wrong."""
        if isinstance(question, NewPassphraseWanted):
            self.field.complain(question.complaint)

    def _judge(self) -> None:
        may_go_on = self.hint.good_enough and bool(self.again_field.edit.text())
        self.keep_button.setEnabled(may_go_on)

    def _keep(self) -> None:
        if self.field.edit.text() != self.again_field.edit.text():
            self.again_field.complain("This is not the same as above.")
            self.again_field.edit.setFocus()
            self.again_field.edit.selectAll()
            return
        self.answer(NewPassphrase(self.field.edit.text()))
