"""A new profile without a keyring: a passphrase, or nothing that outlives the run."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QLabel, QRadioButton, QVBoxLayout, QWidget

from sms_desktop.sync.unlocking.questions import (
    ForThisRun,
    NoKeyring,
    Question,
    TryAgain,
    UsePassphrase,
)
from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.windows.unlock.page import UnlockPage

_PASSPHRASE = (
    "In a file, under a passphrase",
    "You type the passphrase at every start. Without it nobody can read your messages or passwords.",
)
_THIS_RUN = (
    "Nowhere: for this run only",
    (
        "Nothing is kept on this computer. When you quit, your messages and your sign-in are "
        "forgotten here; what Kandy holds stays at Kandy."
    ),
)


class NoKeyringPage(UnlockPage):
    """Nothing weaker is ever taken by itself: the person chooses, knowing what it means."""

    def __init__(self, theme: Theme, question: NoKeyring, parent: QWidget | None = None) -> None:
        super().__init__(theme, question, parent)
        self.passphrase_choice = Choice(theme, *_PASSPHRASE, self)
        self.this_run_choice = Choice(theme, *_THIS_RUN, self)
        # They are in frames of their own, so that Qt does not know them as a pair by itself.
        pair = QButtonGroup(self)
        for choice in (self.passphrase_choice, self.this_run_choice):
            self.body.addWidget(choice)
            pair.addButton(choice.radio)
        self.passphrase_choice.radio.setChecked(True)
        self.still_label = QLabel("There is still none.", self)
        self.still_label.setProperty("role", "warning")
        self.still_label.hide()
        self.body.addWidget(self.still_label)
        self.again_button = self.add_button("Look for a keyring again", TryAgain())
        self.go_button = self.add_primary("Continue", "Opening…")
        self.go_button.clicked.connect(self._go_on)

    def first(self) -> QWidget:
        """The chosen one, so that arrow keys change it."""
        return self.passphrase_choice.radio

    def take(self, _question: Question) -> None:
        """Say that nothing has changed."""
        self.still_label.show()

    def _go_on(self) -> None:
        for_this_run = self.this_run_choice.radio.isChecked()
        self.answer(ForThisRun() if for_this_run else UsePassphrase())


class Choice(QFrame):
    """A radio button with what it means; the whole card can be clicked."""

    def __init__(self, theme: Theme, name: str, meaning: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.radio = QRadioButton(name, self)
        self.radio.setFont(theme.font(10.5, 600))
        self.radio.setAccessibleDescription(meaning)
        text = QLabel(meaning, self)
        text.setProperty("role", "muted")
        text.setWordWrap(True)
        text.setContentsMargins(theme.px(24), 0, 0, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(*(theme.px(edge) for edge in (16, 12, 16, 13)))
        column.setSpacing(theme.px(4))
        column.addWidget(self.radio)
        column.addWidget(text)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose it."""
        is_inside = self.rect().contains(event.position().toPoint())
        if event.button() is Qt.MouseButton.LeftButton and is_inside:
            self.radio.setChecked(True)
            self.radio.setFocus()
