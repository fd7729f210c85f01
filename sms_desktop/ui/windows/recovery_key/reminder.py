"""When the recovery key is shown by itself, and what the main window says of secrets otherwise."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow

from sms_desktop.sync import events
from sms_desktop.ui.bridge import Bridge
from sms_desktop.ui.safe import Safe
from sms_desktop.ui.windows.notices import Notices
from sms_desktop.ui.windows.settings.page_name import PageName
from sms_desktop.ui.windows.sheets import Sheets

_NOT_KEPT: Final = "You have not kept your recovery key yet. Without it a lost keyring is the end."
_FOR_THIS_RUN: Final = (
    "This run keeps nothing: your messages and your sign-in are forgotten here when you quit."
)


class KeyReminder(QObject):
    """Shows the key once, when there is something to lose: after the first account was set up.

    A later run only reminds of a key that was not kept. It waits while another dialog is open, so
    that setting up an account is not interrupted.
    """

    def __init__(
        self, safe: Safe, bridge: Bridge, sheets: Sheets, notices: Notices, window: QMainWindow
    ) -> None:
        super().__init__(window)
        self._safe = safe
        self._sheets = sheets
        self._notices = notices
        self._window = window
        self._waits = False
        self._had_accounts: bool | None = None
        if not safe.is_scripted:
            bridge.accounts_changed.connect(self._on_accounts)

    def _on_accounts(self, event: events.AccountsChanged) -> None:
        before, self._had_accounts = self._had_accounts, bool(event.accounts)
        if not self._safe.outlives_the_run:
            if before is None:
                self._notices.remind(_FOR_THIS_RUN, "Settings › Privacy", self._open_privacy)
        elif self._had_accounts and not self._safe.is_key_kept:
            if before is None:
                self._notices.remind(_NOT_KEPT, "Show the recovery key", self._show)
            elif not before:
                self._waits = True
                self._window.installEventFilter(self)
                # Whoever sets up the account may be about to close a window of its own.
                QTimer.singleShot(0, self, self._show_when_alone)

    def _show_when_alone(self) -> None:
        if self._waits and not self._is_interrupting():
            self._waits = False
            self._window.removeEventFilter(self)
            self._show()

    def _show(self) -> None:
        self._sheets.open_recovery_key(asks_first=False)

    def _open_privacy(self) -> None:
        self._sheets.open_settings(PageName.PRIVACY)

    def _is_interrupting(self) -> bool:
        first_run = self._sheets.first_run
        is_setting_up = first_run is not None and first_run.isVisible()
        return (
            is_setting_up
            or self._safe.lock.is_locked
            or any(
                isinstance(widget, QDialog) and widget.isVisible()
                for widget in QApplication.topLevelWidgets()
            )
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The window is in front again: perhaps the other dialog was closed."""
        if event.type() is QEvent.Type.WindowActivate:
            QTimer.singleShot(0, self, self._show_when_alone)
        return super().eventFilter(watched, event)
