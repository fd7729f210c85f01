"""Settings › Connection: every step that an inbound message takes, and how each one stands."""

from datetime import datetime
from typing import Final

from PySide6.QtCore import QLocale, QSize, Qt, QTime
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QWidget

from sms_desktop.domain.clock import NowMs
from sms_desktop.domain.health import Check, CheckState, Health, Level
from sms_desktop.ui.ports import Commands
from sms_desktop.ui.theme.icons import icon
from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.windows.settings.page import Page, line

_MARKS: Final = {
    CheckState.OK: ("check", "success", "works"),
    CheckState.WAITING: ("clock", "text_muted", "waiting"),
    CheckState.WARNING: ("warning", "warning", "needs attention"),
    CheckState.FAILED: ("close", "danger", "failed"),
}
_ABOUT = "Every step that an inbound message takes."


class ConnectionPage(Page):
    """Rows come from `Health.checks`, in their order; nothing here guesses."""

    def __init__(
        self, commands: Commands, theme: Theme, now_ms: NowMs, parent: QWidget | None = None
    ) -> None:
        super().__init__("Connection", _ABOUT, parent)
        self._theme = theme
        self._now_ms = now_ms
        self._health = Health(Level.STARTING, "")
        self._rows: QWidget | None = None
        self.check_button = QPushButton("Check now", self.inside)
        self.check_button.setProperty("kind", "primary")
        self.check_button.setToolTip("Looks at every step, and mends what can be mended")
        self.check_button.clicked.connect(commands.check_connection)
        buttons = QHBoxLayout()
        buttons.addWidget(self.check_button)
        buttons.addStretch(1)
        self.verdict = QLabel(self.inside)
        self.verdict.setProperty("role", "muted")
        self.verdict.setWordWrap(True)
        self.body.addSpacing(4)
        self.body.addLayout(buttons)
        self.body.addWidget(self.verdict)
        theme.changed.connect(self._rebuild)
        self._rebuild()

    def show_health(self, health: Health) -> None:
        """Show these steps from now on."""
        self._health = health
        clock = datetime.fromtimestamp(self._now_ms() / 1000).astimezone()
        told = QLocale.system().toString(QTime(clock.hour, clock.minute, clock.second), "HH:mm:ss")
        self.sentence.setText(f"{_ABOUT} Last news {told}.")
        self._rebuild()

    def rows(self) -> list[str]:
        """What a screen reader says of each step."""
        return [_spoken(check) for check in self._health.checks]

    def _rebuild(self) -> None:
        rows = QWidget(self.inside)
        grid = QGridLayout(rows)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(2, 1)
        for check in self._health.checks:
            self._add(grid, check, rows)
        if self._rows is not None:
            self.body.removeWidget(self._rows)
            self._rows.deleteLater()
        self._rows = rows
        self.body.insertWidget(0, rows)
        rows.setVisible(bool(self._health.checks))
        self.verdict.setText(self._health.sentence or "Nothing is known yet.")
        has_account = self._health.level is not Level.NO_ACCOUNT
        self.check_button.setEnabled(has_account)

    def _add(self, grid: QGridLayout, check: Check, parent: QWidget) -> None:
        drawing, colour, spoken = _MARKS[check.state]
        edge = self._theme.px(16)
        mark = QLabel(parent)
        mark.setPixmap(
            icon(self._theme, drawing, colour, 16).pixmap(
                QSize(edge, edge), self.devicePixelRatioF()
            )
        )
        mark.setContentsMargins(2, 0, 4, 0)
        mark.setAccessibleName(spoken)
        title = QLabel(check.title, parent)
        title.setFont(self._theme.font(10.5, 600))
        title.setMinimumWidth(self._theme.px(208))
        detail = QLabel(check.detail, parent)
        detail.setProperty("role", "warning" if check.state is CheckState.WARNING else "muted")
        if check.state is CheckState.FAILED:
            detail.setProperty("role", "danger")
        detail.setWordWrap(True)
        detail.setTextFormat(Qt.TextFormat.PlainText)
        detail.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        detail.setAccessibleName(_spoken(check))
        at = grid.rowCount()
        for column, cell in enumerate((mark, title, detail)):
            grid.addWidget(cell, at, column)
        grid.setRowMinimumHeight(at, self._theme.px(42))
        grid.addWidget(line(parent), at + 1, 0, 1, 3)


def _spoken(check: Check) -> str:
    return f"{check.title}: {_MARKS[check.state][2]}. {check.detail}"
