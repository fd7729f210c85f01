"""What is being tried, one row for each stage, with a mark and a reason; nothing here guesses."""

from enum import StrEnum
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QVBoxLayout, QWidget

from sms_desktop.ui.theme.icons import icon
from sms_desktop.ui.theme.stylesheet import restyle
from sms_desktop.ui.theme.theme import Theme


class Progress(StrEnum):
    """How far one row is."""

    TO_COME = "to come"
    NOW = "under way"
    DONE = "done"
    FAILED = "failed"


_MARKS: Final = {
    Progress.TO_COME: ("style-dot", "border_strong"),
    Progress.NOW: ("clock", "accent_text"),
    Progress.DONE: ("check", "success"),
    Progress.FAILED: ("close", "danger"),
}


class ProgressRow(QWidget):
    """Mark, title, and a sentence beneath where there is one."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.progress = Progress.TO_COME
        self._mark = QLabel(self)
        self.title = QLabel(self)
        self.title.setWordWrap(True)
        self.detail = QLabel(self)
        self.detail.setWordWrap(True)
        self.detail.setTextFormat(Qt.TextFormat.PlainText)
        self.detail.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self._mark, 0, 0)
        grid.addWidget(self.title, 0, 1)
        grid.addWidget(self.detail, 1, 1)
        theme.changed.connect(self._draw)
        self.show_state(Progress.TO_COME, "")

    def show_state(self, progress: Progress, title: str, detail: str = "") -> None:
        """Say this from now on."""
        self.progress = progress
        self.title.setText(title)
        self.detail.setText(detail)
        self.detail.setVisible(bool(detail))
        self.setVisible(bool(title))
        self._draw()

    def spoken(self) -> str:
        """What a screen reader says."""
        return ". ".join(
            p for p in (f"{self.title.text()}: {self.progress.value}", self.detail.text()) if p
        )

    def _draw(self) -> None:
        drawing, colour = _MARKS[self.progress]
        edge = self._theme.px(16)
        shown = icon(self._theme, drawing, colour, 16)
        self._mark.setPixmap(shown.pixmap(QSize(edge, edge), self.devicePixelRatioF()))
        restyle(self.title, role="muted" if self.progress is Progress.TO_COME else "")
        restyle(self.detail, role="danger" if self.progress is Progress.FAILED else "small")
        self.setAccessibleName(self.spoken())


class ProgressRows(QFrame):
    """A card of rows."""

    def __init__(self, theme: Theme, count: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.rows = [ProgressRow(theme, self) for _ in range(count)]
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 13, 16, 13)
        column.setSpacing(9)
        for row in self.rows:
            column.addWidget(row)
