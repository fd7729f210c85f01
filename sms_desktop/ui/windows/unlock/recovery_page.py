"""Asks for the recovery key."""

from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton, QWidget

from sms_desktop.sync.unlocking.questions import (
    GoBack,
    Question,
    RecoveryKey,
    RecoveryKeyWanted,
    TryAgain,
)
from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.widgets.recovery_key_field import RecoveryKeyField
from sms_desktop.ui.windows.unlock.page import UnlockPage

_LARGEST_NOTE: Final = 64 * 1024


class RecoveryPage(UnlockPage):
    """The key is typed, pasted, or read from the file that it was saved to."""

    def __init__(
        self, theme: Theme, question: RecoveryKeyWanted, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, question, parent)
        self.field = RecoveryKeyField(theme, self)
        self.complaint = QLabel(self)
        self.complaint.setProperty("role", "danger")
        self.complaint.setWordWrap(True)
        self.file_button = QPushButton("Read it from a file…", self)
        self.file_button.setProperty("kind", "link")
        self.file_button.setAutoDefault(False)
        self.file_button.clicked.connect(self.choose_file)
        for part in (self.field, self.complaint, self.file_button):
            self.body.addWidget(part)
        if question.can_go_back:
            self.other_button = self.add_button("Back", GoBack())
        else:
            self.other_button = self.add_button("Try again without it", TryAgain())
        self.open_button = self.add_primary("Open my messages", "Opening…")
        self.open_button.clicked.connect(self._open)
        self.field.changed.connect(self._on_changed)
        self._complain(question.complaint)

    def first(self) -> QWidget:
        """The first line that is not right."""
        return self.field

    def take(self, question: Question) -> None:
        """Say what was wrong with the key."""
        if isinstance(question, RecoveryKeyWanted):
            self._complain(question.complaint or "Nothing has changed.")
            if question.complaint:
                self.field.focus_first_wrong()

    def choose_file(self) -> QFileDialog:
        """Ask for the file of the note."""
        dialog = QFileDialog(self.window(), "Read the recovery key")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters(["Text (*.txt)", "All files (*)"])
        dialog.fileSelected.connect(self.read_file)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def read_file(self, name: str) -> None:
        """Take the key from a note."""
        try:
            with Path(name).open(encoding="utf-8", errors="replace") as file:
                note = file.read(_LARGEST_NOTE)
        except OSError as error:
            self._complain(f"That file cannot be read: {error.strerror}.")
            return
        self.field.fill(note)
        if self.field.is_complete:
            self.open_button.setFocus()
        else:
            self._complain("There is no recovery key in that file.")

    def _open(self) -> None:
        self.answer(RecoveryKey(self.field.text))

    def _on_changed(self) -> None:
        self._complain("")

    def _complain(self, sentence: str) -> None:
        self.complaint.setText(sentence)
        self.complaint.setVisible(bool(sentence))
