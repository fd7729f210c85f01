"""The vault is locked or does not answer: try again, or another way in."""

from PySide6.QtWidgets import QLabel, QWidget

from sms_desktop.sync.unlocking.questions import (
    Question,
    TryAgain,
    UsePassphrase,
    UseRecoveryKey,
    VaultShut,
)
from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.windows.unlock.page import UnlockPage


class ShutPage(UnlockPage):
    """Trying again may open the desktop's own window that asks for the keyring's password."""

    def __init__(self, theme: Theme, question: VaultShut, parent: QWidget | None = None) -> None:
        super().__init__(theme, question, parent)
        self.still_label = QLabel(self)
        self.still_label.setProperty("role", "warning")
        self.still_label.hide()
        self.body.addWidget(self.still_label)
        if question.has_messages:
            self.other_button = self.add_button("Use the recovery key…", UseRecoveryKey())
        else:
            self.other_button = self.add_button("Use a passphrase…", UsePassphrase())
        self.again_button = self.add_primary("Try again", "Trying…")
        self.again_button.clicked.connect(lambda: self.answer(TryAgain()))

    def take(self, question: Question) -> None:
        """Say that nothing has changed."""
        is_locked = isinstance(question, VaultShut) and question.is_locked
        self.still_label.setText("It is still locked." if is_locked else "It is still the same.")
        self.still_label.show()
