"""The steps that a way in needs, numbered, with links, and to be copied."""

import html
import re
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from sms_desktop.ui.theme.theme import Theme

_LINK: Final = re.compile(r"https://[A-Za-z0-9.\-]+\.[a-z]+(?:/[A-Za-z0-9./\-_]*[A-Za-z0-9/\-_])?")


class WaySteps(QWidget):
    """Hidden where there is nothing to do."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._steps: tuple[str, ...] = ()
        self.words = QLabel(self)
        self.words.setProperty("role", "small")
        self.words.setTextFormat(Qt.TextFormat.RichText)
        self.words.setWordWrap(True)
        self.words.setOpenExternalLinks(True)
        self.words.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextBrowserInteraction
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.copy_button = QPushButton("Copy these steps", self)
        self.copy_button.setProperty("kind", "link")
        self.copy_button.clicked.connect(self._copy)
        row = QHBoxLayout()
        row.addWidget(self.copy_button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.words)
        column.addLayout(row)
        theme.changed.connect(self._dress)

    def show_steps(self, steps: Sequence[str]) -> None:
        """Show these from now on."""
        self._steps = tuple(steps)
        self.copy_button.setText("Copy these steps")
        self._dress()
        self.setVisible(bool(steps))

    def text(self) -> str:
        """As it is copied."""
        return "\n".join(f"{at}. {step}" for at, step in enumerate(self._steps, 1))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text())
        self.copy_button.setText("Copied")

    def _dress(self) -> None:
        colour = self._theme.colour("accent_text").name()
        lines = (_linked(line, colour) for line in self.text().splitlines())
        self.words.setText("".join(f"<p style='margin: 3px 0'>{line}</p>" for line in lines))


def _linked(line: str, colour: str) -> str:
    def link(found: re.Match[str]) -> str:
        return f"<a href='{found[0]}' style='color: {colour}'>{found[0]}</a>"

    return _LINK.sub(link, html.escape(line, quote=False))
