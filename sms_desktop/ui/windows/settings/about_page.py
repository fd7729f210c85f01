"""Settings › About: version, licence, and what the program stands on."""

import platform
from importlib import metadata
from typing import Final

from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

import sms_desktop
from sms_desktop.ui.windows.settings.page import Page

_LIBRARIES: Final = (
    "PySide6-Essentials",
    "qasync",
    "httpx",
    "aiohttp",
    "apsw-sqlite3mc",
    "keyring",
    "cryptography",
    "phonenumbers",
)


def versions() -> list[tuple[str, str]]:
    """Name and version of what the program stands on; what is not installed is left out."""
    found = [("Python", platform.python_version()), ("Qt", str(qVersion()))]
    for name in _LIBRARIES:
        try:
            found.append((name, metadata.version(name)))
        except metadata.PackageNotFoundError:
            continue
    return found


class AboutPage(Page):
    """Nothing to do here, everything can be copied."""

    def __init__(self, parent: QWidget | None = None) -> None:
        sentence = "A chat-style desktop client for text messages through Kandy CPaaS."
        super().__init__("About SMS Desktop", sentence, parent)
        grid = QGridLayout()
        grid.setHorizontalSpacing(28)
        grid.setVerticalSpacing(7)
        grid.setColumnStretch(1, 1)
        rows = [("Version", sms_desktop.__version__), ("Licence", "MIT"), *versions()]
        for at, (name, value) in enumerate(rows):
            label = QLabel(name, self.inside)
            label.setProperty("role", "muted")
            shown = QLabel(value, self.inside)
            flags = Qt.TextInteractionFlag
            shown.setTextInteractionFlags(flags.TextSelectableByMouse)
            shown.setAccessibleName(f"{name} {value}")
            grid.addWidget(label, at, 0)
            grid.addWidget(shown, at, 1)
        self.body.addLayout(grid)
