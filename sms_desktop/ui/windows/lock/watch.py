"""Locks by itself: after a while without a hand on keys or mouse, and when the computer has slept."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QGuiApplication, QWindow

from sms_desktop.settings import LOCK_AFTER, LOCK_ON_SLEEP, NEVER, AnySetting, Settings
from sms_desktop.ui.ports.app_lock import AppLock

_HANDS: Final = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
    }
)
_MINUTE_MS: Final = 60_000


class LockWatch(QObject):
    """Looks at what reaches the window that has the focus; nothing else is worth a look."""

    def __init__(self, lock: AppLock, settings: Settings, parent: QObject) -> None:
        super().__init__(parent)
        self._lock = lock
        self._settings = settings
        self._watched: QWindow | None = None
        self.timer = QTimer(self, singleShot=True)
        self.timer.timeout.connect(lock.lock)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.focusWindowChanged.connect(self._watch)
        self._take_off = settings.on_change(self._on_setting)
        lock.on_change(self.begin_again)
        self.begin_again()

    def begin_again(self) -> None:
        """Count from now on; not at all where nothing is to be locked."""
        after = self._settings[LOCK_AFTER]
        if after == NEVER or not self._lock.is_set or self._lock.is_locked:
            self.timer.stop()
        else:
            self.timer.start(int(after) * _MINUTE_MS)

    def lock_for_sleep(self) -> None:
        """The computer sleeps or has slept, or this program was stopped."""
        if self._settings[LOCK_ON_SLEEP] == "yes":
            self._lock.lock()

    def end(self) -> None:
        """The program ends: watch no more."""
        self._take_off()
        self.timer.stop()

    def _watch(self, window: QWindow | None) -> None:
        if self._watched is not None:
            self._watched.removeEventFilter(self)
            self._watched.destroyed.disconnect(self._forget)
        self._watched = window
        if window is not None:
            window.installEventFilter(self)
            window.destroyed.connect(self._forget)
            self.begin_again()

    def _forget(self) -> None:
        self._watched = None

    def _on_setting(self, setting: AnySetting) -> None:
        if setting is LOCK_AFTER:
            self.begin_again()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Begin again with every sign of a person; nothing is kept from anybody."""
        if event.type() in _HANDS and self.timer.isActive():
            self.begin_again()
        return super().eventFilter(watched, event)
