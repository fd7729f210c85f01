"""Links that leave the program."""

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices


def open_in_system(url: str) -> None:
    """Hand a link to the system's browser or mail program."""
    QDesktopServices.openUrl(QUrl(url))
