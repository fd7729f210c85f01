"""Locking the main window: when it happens, and what a person can do for it."""

from typing import TYPE_CHECKING

from sms_desktop.settings import Settings
from sms_desktop.ui.safe import Safe
from sms_desktop.ui.surroundings import Spawn
from sms_desktop.ui.windows.lock.screen import LockScreen
from sms_desktop.ui.windows.lock.watch import LockWatch
from sms_desktop.ui.windows.settings.page_name import PageName

if TYPE_CHECKING:
    from sms_desktop.ui.windows.main_window import MainWindow


class Locking:
    """``screen`` shows and hides, ``watch`` locks by itself."""

    def __init__(self, window: "MainWindow", safe: Safe, settings: Settings, spawn: Spawn) -> None:
        self._window = window
        self._lock = safe.lock
        self.screen = LockScreen(
            window,
            safe.lock,
            window.theme,
            spawn,
            actions=window.shortcuts.all_but("quit"),
            others=window.sheets.standing,
            before=window.save_state,
            has_recovery_key=safe.outlives_the_run,
        )
        self.watch = LockWatch(safe.lock, settings, window)
        window.closed.connect(self.watch.end)

    def lock_now(self) -> None:
        """Show nothing until the passphrase is typed; without one, show where it is set."""
        if not self._lock.lock():
            self._window.open_settings(PageName.PRIVACY)

    def watch_sleep(self) -> None:
        """Hear from the system before the computer sleeps."""
        from sms_desktop.ui.sleep_watch import watch_sleep

        watch_sleep(self.watch.lock_for_sleep, self._window)
