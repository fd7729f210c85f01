"""The settings window: a page for each thing that can be set, chosen at the left."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QStackedWidget, QWidget

from sms_desktop.domain.clock import NowMs
from sms_desktop.settings import Settings
from sms_desktop.sync import events
from sms_desktop.ui.facts import Facts
from sms_desktop.ui.ports import Commands
from sms_desktop.ui.safe import Safe
from sms_desktop.ui.surroundings import Spawn
from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.windows.settings.about_page import AboutPage
from sms_desktop.ui.windows.settings.account_page import AccountPage
from sms_desktop.ui.windows.settings.appearance_page import AppearancePage
from sms_desktop.ui.windows.settings.connection_page import ConnectionPage
from sms_desktop.ui.windows.settings.numbers_page import NumbersPage
from sms_desktop.ui.windows.settings.page import Page
from sms_desktop.ui.windows.settings.page_name import PageName
from sms_desktop.ui.windows.settings.privacy_page import PrivacyPage
from sms_desktop.ui.windows.window_placement import bound

_SIDEBAR_PX: Final = 200
_SIDEBAR_SHARE: Final = 0.36
"""Of the window's width, at most."""


class SettingsWindow(QWidget):
    """Pages reflect facts as they come; nothing waits for an OK."""

    def __init__(
        self,
        commands: Commands,
        facts: Facts,
        theme: Theme,
        settings: Settings,
        now_ms: NowMs,
        spawn: Spawn,
        safe: Safe,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle("Settings")
        self.setObjectName("settingsWindow")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.resize(theme.px(960), theme.px(640))
        self._theme = theme
        self._facts = facts
        self.account_page = AccountPage(commands, theme, spawn, self)
        self.numbers_page = NumbersPage(commands, theme, now_ms, spawn, self)
        self.connection_page = ConnectionPage(commands, theme, settings, now_ms, spawn, self)
        self.connection_page.page_asked.connect(self._turn_to)
        self.appearance_page = AppearancePage(theme, settings, self)
        self.privacy_page = PrivacyPage(safe, theme, spawn, settings, self)
        self.about_page = AboutPage(self)
        self.pages = QStackedWidget(self)
        self.sidebar = QListWidget(self)
        self.sidebar.setProperty("role", "nav")
        self.sidebar.setAccessibleName("Pages")
        for page in self._pages():
            self.pages.addWidget(page)
            self.sidebar.addItem(page.accessibleName().split(" SMS ")[0])
        self.sidebar.currentRowChanged.connect(self.pages.setCurrentIndex)
        self.sidebar.itemSelectionChanged.connect(self._follow_selection)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.sidebar)
        row.addWidget(self.pages, 1)
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self.close)
        self._listen()
        theme.changed.connect(self._fit)
        self._fit()

    def _follow_selection(self) -> None:
        """A screen reader chooses without going there."""
        for index in self.sidebar.selectedIndexes():
            self.sidebar.setCurrentRow(index.row())

    def show_page(self, page: PageName) -> None:
        """Come forward with this page."""
        self.sidebar.setCurrentRow(page)
        self.show()
        self.raise_()
        self.activateWindow()
        self.sidebar.setFocus()

    def _turn_to(self, page: int) -> None:
        self.sidebar.setCurrentRow(page)

    def _pages(self) -> tuple[Page, ...]:
        return (
            self.account_page,
            self.numbers_page,
            self.connection_page,
            self.appearance_page,
            self.privacy_page,
            self.about_page,
        )

    def _listen(self) -> None:
        bridge = self._facts.bridge
        bridge.health_changed.connect(self._on_health)
        bridge.numbers_changed.connect(self._on_numbers)
        bridge.timeline_changed.connect(self._on_timeline)
        bridge.accounts_changed.connect(self._on_accounts)
        bridge.account_states_changed.connect(self._on_account_states)
        self.connection_page.show_health(self._facts.health)
        self.numbers_page.show_numbers(self._facts.numbers)
        self.connection_page.show_numbers(self._facts.numbers)
        self.account_page.show_accounts(self._facts.accounts)
        self.numbers_page.show_accounts(self._facts.accounts)
        self.account_page.show_states(self._facts.account_states)

    def _on_health(self, event: events.HealthChanged) -> None:
        self.connection_page.show_health(event.health)

    def _on_numbers(self, event: events.NumbersChanged) -> None:
        self.numbers_page.show_numbers(event.numbers)
        self.connection_page.show_numbers(event.numbers)

    def _on_timeline(self, event: events.TimelineChanged) -> None:
        if event.changes.arrived:
            self.numbers_page.look_again()

    def _on_accounts(self, event: events.AccountsChanged) -> None:
        self.account_page.show_accounts(event.accounts)
        self.numbers_page.show_accounts(event.accounts)

    def _on_account_states(self, event: events.AccountStatesChanged) -> None:
        self.account_page.show_states(event.states)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Large text in a small window: the pages need the room more than their names do."""
        super().resizeEvent(event)
        self._fit_sidebar()

    def _fit_sidebar(self) -> None:
        share = int(self.width() * _SIDEBAR_SHARE)
        self.sidebar.setFixedWidth(min(self._theme.px(_SIDEBAR_PX), share))

    def _fit(self) -> None:
        self._fit_sidebar()
        self.setMinimumSize(self._theme.px(560), self._theme.px(380))
        bound(self)
