"""Settings › Connection: every step that an inbound message takes, and how each one stands."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QLocale, QTime, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLabel, QPushButton, QWidget

import sms_desktop
from sms_desktop.domain.clock import NowMs
from sms_desktop.domain.health import Check, Fix, Health, Level, Receiving
from sms_desktop.settings import LISTENER_PORT, Settings
from sms_desktop.sync.events import NumberState
from sms_desktop.ui.diagnostics import report
from sms_desktop.ui.ports import Commands
from sms_desktop.ui.surroundings import Spawn
from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.windows.settings.about_page import versions
from sms_desktop.ui.windows.settings.check_rows import CheckRows, spoken
from sms_desktop.ui.windows.settings.page import Page
from sms_desktop.ui.windows.settings.page_name import PageName
from sms_desktop.ui.windows.settings.report_sheet import ReportSheet
from sms_desktop.ui.windows.settings.round_trip import RoundTrip
from sms_desktop.ui.windows.settings.setting_rows import PortRow

_ABOUT = "Every step that an inbound message takes, checked end to end."
_FALLBACK = (
    "If the tunnel fails, messages keep arriving over Kandy’s websocket, then by asking Kandy's "
    "history every 10 s, until the tunnel is back."
)
_WIDE_FROM_PX = 540
_PAGES = {
    Fix.SIGN_IN: PageName.ACCOUNT,
    Fix.CHANGE_WAY: PageName.ACCOUNT,
    Fix.NUMBERS: PageName.NUMBERS,
}


class ConnectionPage(Page):
    """Rows come from `Health.checks`, in their order; nothing here guesses.

    ``page_asked``: what mends a step is on that other page.
    """

    page_asked = Signal(int)

    def __init__(
        self,
        commands: Commands,
        theme: Theme,
        settings: Settings,
        now_ms: NowMs,
        spawn: Spawn,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("Connection", _ABOUT, parent)
        self._commands = commands
        self._theme = theme
        self._now_ms = now_ms
        self._health = Health(Level.STARTING, "")
        self._numbers: tuple[NumberState, ...] = ()
        self.check_rows: CheckRows | None = None
        self.test = RoundTrip(commands.accounts, spawn, self.inside)
        self.verdict = QLabel(self.inside)
        self.verdict.setProperty("role", "muted")
        self.verdict.setWordWrap(True)
        fallback = QLabel(_FALLBACK, self.inside)
        fallback.setProperty("role", "muted")
        fallback.setWordWrap(True)
        self.port_row = PortRow(settings, LISTENER_PORT, self.inside)
        self.body.addSpacing(4)
        self._row = self._buttons()
        self.body.addLayout(self._row)
        for part in (self.test, self.verdict, fallback):
            self.body.addWidget(part)
        self.body.addSpacing(10)
        self.body.addWidget(self.port_row)
        theme.changed.connect(self._rebuild)
        self._rebuild()

    def show_health(self, health: Health) -> None:
        """Show these steps from now on."""
        self._health = health
        parts = [_ABOUT]
        if health.checked_at_ms is not None:
            parts.append(f"Last full check {_time(health.checked_at_ms, 'HH:mm:ss')}")
            if health.next_check_at_ms is not None:
                parts[-1] += f", next at {_time(health.next_check_at_ms, 'HH:mm')}"
            parts[-1] += "."
        self.sentence.setText(" ".join(parts))
        self._rebuild()

    def show_numbers(self, numbers: Sequence[NumberState]) -> None:
        """These are the own numbers, and so they stand."""
        self._numbers = tuple(numbers)
        self.test.show_numbers(numbers)

    def rows(self) -> list[str]:
        """What a screen reader says of each step."""
        return [spoken(check) for check in self._health.checks]

    def open_report(self) -> ReportSheet:
        """Show what would be copied."""
        every = [("SMS Desktop", sms_desktop.__version__), *versions()]
        text = report(self._health, self._numbers, every, self._now_ms())
        sheet = ReportSheet(self._theme, text, self)
        sheet.open()
        return sheet

    def _buttons(self) -> QBoxLayout:
        self.report_button = QPushButton("Copy diagnostic report", self.inside)
        self.report_button.setToolTip("Shows first what will be copied")
        self.report_button.clicked.connect(self.open_report)
        self.check_button = QPushButton("Check now", self.inside)
        self.check_button.setToolTip("Looks at every step, and mends what can be mended")
        self.check_button.clicked.connect(self._commands.check_connection)
        row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        row.setSpacing(10)
        for button in (self.test.button, self.report_button, self.check_button):
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _rebuild(self) -> None:
        rows = CheckRows(self._theme, self._health.checks, self.inside)
        rows.fix_asked.connect(self._fix)
        if self.check_rows is not None:
            self.body.removeWidget(self.check_rows)
            self.check_rows.hide()
            self.check_rows.deleteLater()
        self.check_rows = rows
        self.body.insertWidget(0, rows)
        rows.setVisible(bool(self._health.checks))
        self.verdict.setText(self._health.sentence or "Nothing is known yet.")
        self.check_button.setEnabled(self._health.level is not Level.NO_ACCOUNT)

    def _fix(self, check: Check) -> None:
        if check.fix is Fix.SUBSCRIBE:
            self._subscribe_again(check)
        elif check.fix in _PAGES:
            self.page_asked.emit(_PAGES[check.fix])
        else:
            self._commands.check_connection()

    def _subscribe_again(self, check: Check) -> None:
        for state in self._numbers:
            own = state.number
            is_good = state.receiving in (Receiving.ACTIVE, Receiving.PAUSED)
            if own.account_id == check.account_id and not is_good:
                self._commands.subscribe_again(own.account_id, own.number)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where three buttons have no room side by side, they stand one beneath the other."""
        super().resizeEvent(event)
        is_wide = event.size().width() >= self._theme.px(_WIDE_FROM_PX)
        directions = QBoxLayout.Direction
        self._row.setDirection(directions.LeftToRight if is_wide else directions.TopToBottom)


def _time(at_ms: int, form: str) -> str:
    clock = datetime.fromtimestamp(at_ms / 1000).astimezone()
    return QLocale.system().toString(QTime(clock.hour, clock.minute, clock.second), form)
