"""What a person is told when the program cannot start: on stderr, and in a window where one is seen."""

import os
import signal
import sys

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMessageBox

from sms_desktop.domain.errors import SmsDesktopError
from sms_desktop.ui.theme.theme import Theme


def tell_cannot_start(error: SmsDesktopError) -> int:
    """Say why; the answer is the program's exit code."""
    sys.stderr.write(f"sms-desktop: {error.text()}\n")
    if not _has_display():
        return 1
    # Qt ends with the last reference to it.
    application = QApplication.instance() or _dressed_application()
    if application is not None and is_seen():
        # No Python runs while the box is open, so Ctrl+C would wait for it.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        QMessageBox.critical(None, "SMS Desktop", error.text())
    return 1


def is_seen() -> bool:
    """Whether a person can see windows and answer them."""
    return QGuiApplication.platformName() not in ("offscreen", "minimal")


def _dressed_application() -> QApplication:
    application = QApplication(sys.argv[:1])
    Theme(application).apply(application)
    return application


def _has_display() -> bool:
    """Whether Qt finds a screen; where it finds none, it ends the program on the spot."""
    if sys.platform in ("win32", "darwin"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))
