"""The window that stands where the main window will be, until the store is open."""

from dataclasses import fields

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from sms_desktop.sync.unlocking.questions import (
    LockPassphraseWanted,
    NewPassphraseWanted,
    NoKeyring,
    PassphraseWanted,
    Question,
    RecoveryKeyWanted,
    VaultShut,
)
from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.windows.unlock.new_passphrase_page import NewPassphrasePage
from sms_desktop.ui.windows.unlock.no_keyring_page import NoKeyringPage
from sms_desktop.ui.windows.unlock.page import UnlockPage
from sms_desktop.ui.windows.unlock.passphrase_page import PassphrasePage
from sms_desktop.ui.windows.unlock.recovery_page import RecoveryPage
from sms_desktop.ui.windows.unlock.shut_page import ShutPage


class UnlockWindow(QDialog):
    """Asks one question after the other; ``left`` when it is closed without an answer."""

    answered = Signal(object)
    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("unlockWindow")
        self.setWindowTitle("SMS Desktop")
        self.setWindowFlag(Qt.WindowType.WindowContextHelpButtonHint, False)
        self._theme = theme
        self._question: Question | None = None
        self._page: UnlockPage | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSizeConstraint(QVBoxLayout.SizeConstraint.SetFixedSize)

    @property
    def page(self) -> UnlockPage:
        """The page of the last question."""
        assert self._page is not None, "nothing has been asked"  # noqa: S101 - for the reader
        return self._page

    def ask(self, question: Question) -> None:
        """Show a question; the same one again keeps what was typed."""
        before, self._question = self._question, question
        if self._page is not None and _is_same(before, question):
            self._page.set_busy(False)
            self._page.first().setFocus()
            self._page.take(question)
        else:
            self._turn_to(_page_for(self._theme, question, self))
        self.come_forward()

    def work(self) -> None:
        """The answer is being worked on."""
        self.page.set_busy(True)

    def come_forward(self) -> None:
        """Be seen, also when covered."""
        self.show()
        self.raise_()
        self.activateWindow()

    def reject(self) -> None:
        """Escape, or the window's own way of closing."""
        super().reject()
        self.left.emit()

    def _turn_to(self, page: UnlockPage) -> None:
        if self._page is not None:
            self._column.removeWidget(self._page)
            self._page.hide()
            self._page.deleteLater()
        self._page = page
        page.answered.connect(self.answered)
        page.quit_asked.connect(self.reject)
        page.setFixedWidth(self._theme.px(540))
        self._column.addWidget(page)
        page.show()
        page.first().setFocus()


def _is_same(before: Question | None, question: Question) -> bool:
    """Whether only the cause or the complaint is another one."""
    return type(before) is type(question) and all(
        getattr(before, one.name) == getattr(question, one.name)
        for one in fields(question)
        if one.name not in ("cause", "complaint")
    )


def _page_for(theme: Theme, question: Question, parent: QWidget) -> UnlockPage:
    match question:
        case VaultShut():
            return ShutPage(theme, question, parent)
        case NoKeyring():
            return NoKeyringPage(theme, question, parent)
        case PassphraseWanted() | LockPassphraseWanted():
            return PassphrasePage(theme, question, parent)
        case RecoveryKeyWanted():
            return RecoveryPage(theme, question, parent)
        case NewPassphraseWanted():
            return NewPassphrasePage(theme, question, parent)
