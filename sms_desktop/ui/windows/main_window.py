"""The main window: rail, list, conversation, status line, and what connects them.

It decides what is shown and opened. What is painted is the widgets' matter, what happens to
messages the commands'.
"""

from collections.abc import Callable
from typing import cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QSplitter, QVBoxLayout, QWidget

from sms_desktop.domain.clock import NowMs
from sms_desktop.domain.ids import ConversationId
from sms_desktop.settings import TEXT_PERCENT, THEME, AnySetting, Settings
from sms_desktop.sync import events
from sms_desktop.ui.actions import Actions
from sms_desktop.ui.bridge import Bridge
from sms_desktop.ui.facts import Facts
from sms_desktop.ui.models.moments import Moments
from sms_desktop.ui.models.numbers import shown_number
from sms_desktop.ui.models.thread_list_model import ThreadListModel
from sms_desktop.ui.ports import Commands, ConversationFilter, Reader
from sms_desktop.ui.safe import Safe
from sms_desktop.ui.sms_link import parse_link
from sms_desktop.ui.surroundings import Spawn
from sms_desktop.ui.theme.theme import Mode, Theme
from sms_desktop.ui.widgets.banner import Banner
from sms_desktop.ui.widgets.rail import Rail
from sms_desktop.ui.widgets.status_line import StatusLine
from sms_desktop.ui.widgets.thread_list import ThreadPane
from sms_desktop.ui.windows import remembering
from sms_desktop.ui.windows.conversation_pane import ConversationPane
from sms_desktop.ui.windows.conversing import Conversing
from sms_desktop.ui.windows.emptiness import say_emptiness
from sms_desktop.ui.windows.notices import Notices
from sms_desktop.ui.windows.recovery_key.reminder import KeyReminder
from sms_desktop.ui.windows.settings.page_name import PageName
from sms_desktop.ui.windows.sheets import Sheets
from sms_desktop.window_state import WindowState

_TITLE = "SMS Desktop"
_NARROW_BELOW = 720
_SMALLEST_PX = (640, 420)
_FIRST_SIZE_PX = (1200, 800)
_LIST_WIDTH = 332


class MainWindow(QMainWindow):
    """Shows itself where it was; tell the bridge to ``open`` once this is made.

    ``closed`` follows the last thing kept (drafts, sizes): the program may end then.
    """

    closed = Signal()

    def __init__(
        self,
        reader: Reader,
        commands: Commands,
        bridge: Bridge,
        theme: Theme,
        settings: Settings,
        state: WindowState,
        now_ms: NowMs,
        spawn: Spawn,
        safe: Safe,
    ) -> None:
        super().__init__()
        self.setObjectName("mainWindow")
        self._reader = reader
        self.theme = theme
        self._settings = settings
        self._state = state
        self._is_narrow = False
        self.facts = Facts(bridge, self)
        self.sheets = Sheets(self, commands, self.facts, theme, settings, now_ms, spawn, safe)
        moments = Moments(now_ms)
        self.threads = ThreadListModel(reader, moments, self)
        self.rail = Rail(reader, theme, self)
        self.thread_pane = ThreadPane(self.threads, theme, moments, self)
        self.conversation_pane = ConversationPane(reader, commands, theme, moments, self)
        self.banner = Banner(theme, self)
        self.status_line = StatusLine(theme, self)
        self.notices = Notices(self.facts, self.banner, self._open_numbers, self.open_conversation)
        KeyReminder(safe, bridge, self.sheets, self.notices, self)
        self.conversing = Conversing(
            reader,
            commands,
            spawn,
            self.facts,
            self.sheets,
            self.threads,
            self.conversation_pane,
        )
        self.shortcuts = Actions(self, self._handlers())
        self._lay_out()
        self._wire()
        self._listen(bridge)
        settings.on_change(self._on_setting)
        self.threads.load()
        self._restore()

    def open_conversation(self, conversation_id: ConversationId) -> None:
        """Show a conversation, ready to type; one that is gone changes nothing."""
        self._show_conversation(conversation_id)
        self.conversation_pane.focus_field()

    def open_settings(self, page: PageName = PageName.ACCOUNT) -> None:
        """Bring the settings forward."""
        self.sheets.open_settings(page)

    def offer_first_run(self) -> None:
        """Lead to an account as soon as it is known that there is none."""
        self.facts.bridge.accounts_changed.connect(self._on_first_accounts)

    def open_link(self, link: str) -> None:
        """Begin the message that an ``sms:`` link describes; anything else only shows the window."""
        self.come_forward()
        if (parsed := parse_link(link)) is not None:
            self.conversing.new_message(parsed.destination, parsed.body)

    def come_forward(self) -> None:
        """Be seen, also when minimized or covered."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def save_state(self) -> None:
        """Keep what is written and where everything stands; closing does it too."""
        pane = self.conversation_pane
        pane.composer.keep_draft()
        width = self.splitter.sizes()[0] or self._list_width
        now = remembering.Remembered(width, pane.conversation_id, pane.place())
        remembering.remember(self._state, self, now)

    def _handlers(self) -> dict[str, Callable[[], object]]:
        return {
            **self.conversing.handlers(),
            "back": self._back,
            "settings": self.open_settings,
            "shortcuts": self.sheets.open_shortcuts,
            "quit": self.close,
        }

    def _back(self) -> None:
        """First to the field; from there, in a narrow window, to the list."""
        pane = self.conversation_pane
        if pane.conversation_id is None:
            self.thread_pane.list.setFocus()
        elif not pane.composer.field.hasFocus():
            pane.focus_field()
        elif self._is_narrow:
            self._leave_conversation()

    def _leave_conversation(self) -> None:
        self.conversation_pane.close_conversation()
        self.thread_pane.list.setFocus()

    def _open_numbers(self) -> None:
        self.open_settings(PageName.NUMBERS)

    # How the parts hang together.

    def _lay_out(self) -> None:
        self.splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self.thread_pane)
        self.splitter.addWidget(self.conversation_pane)
        self.splitter.setStretchFactor(1, 1)
        self.thread_pane.setMinimumWidth(self.theme.px(240))
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.rail)
        middle.addWidget(self.splitter, 1)
        central = QWidget(self)
        outer = QVBoxLayout(central)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(middle, 1)
        outer.addWidget(self.banner)
        outer.addWidget(self.status_line)
        self.setCentralWidget(central)
        self.setMinimumSize(*_SMALLEST_PX)
        self.resize(*_FIRST_SIZE_PX)

    def _wire(self) -> None:
        actions, pane = self.shortcuts, self.conversation_pane
        self.thread_pane.new_message_asked.connect(actions["new_message"].trigger)
        self.thread_pane.set_shortcut(actions.keys("new_message"))
        self.rail.settings_asked.connect(actions["settings"].trigger)
        self.rail.set_settings_shortcut(actions.keys("settings"))
        self.rail.filter_chosen.connect(self._show_number)
        self.thread_pane.conversation_chosen.connect(self._show_conversation)
        # Arrow keys only look; a click or Enter means to write.
        self.thread_pane.list.clicked.connect(pane.focus_field)
        self.thread_pane.list.activated.connect(pane.focus_field)
        pane.header.set_menu([actions[n] for n in ("name_contact", "copy_number", "mark_read")])
        pane.header.back_pressed.connect(self._leave_conversation)
        pane.sender_chosen.connect(self.conversing.change_sender)
        self.conversing.wanted.connect(self.open_conversation)
        self.conversing.failed.connect(self.banner.say)
        pane.opened.connect(self._on_opened)
        pane.empty.chosen.connect(self.conversing.new_message)
        self.threads.unread_changed.connect(self._show_unread)
        self.status_line.clicked.connect(lambda: self.open_settings(PageName.CONNECTION))

    def _listen(self, bridge: Bridge) -> None:
        bridge.timeline_changed.connect(self.threads.take_change)
        bridge.numbers_changed.connect(self.threads.take_numbers)
        bridge.numbers_changed.connect(self.rail.take_numbers)
        self.conversation_pane.listen(bridge)
        bridge.timeline_changed.connect(self._show_emptiness)
        bridge.accounts_changed.connect(self._show_emptiness)
        bridge.health_changed.connect(self._on_health)
        bridge.echo_withdrawn.connect(self._on_withdrawn)
        bridge.show_requested.connect(self._on_show_requested)

    def _on_setting(self, setting: AnySetting) -> None:
        if setting is THEME:
            self.theme.set_mode(cast(Mode, str(self._settings[THEME])))
        elif setting is TEXT_PERCENT:
            self.theme.set_text_percent(self._settings[TEXT_PERCENT])

    def _on_health(self, event: events.HealthChanged) -> None:
        self.status_line.show_health(event.health)
        self._show_emptiness()

    def _on_first_accounts(self, event: events.AccountsChanged) -> None:
        self.facts.bridge.accounts_changed.disconnect(self._on_first_accounts)
        if not event.accounts:
            self.sheets.open_first_run()

    def _on_withdrawn(self, event: events.EchoWithdrawn) -> None:
        if event.conversation_id != self.conversation_pane.conversation_id:
            self.notices.tell_withdrawn(event)

    def _on_show_requested(self, event: events.ShowRequested) -> None:
        self.open_link(event.link)

    def _on_opened(self, conversation_id: ConversationId | None) -> None:
        self.thread_pane.list.choose(conversation_id)
        for name in ("name_contact", "copy_number", "mark_read"):
            self.shortcuts[name].setEnabled(conversation_id is not None)
        self._arrange()

    def _show_conversation(self, conversation_id: ConversationId) -> None:
        self.conversation_pane.open(conversation_id)

    def _show_number(self, wanted: ConversationFilter) -> None:
        names = (s.number.name for s in self.facts.numbers if s.number.number == wanted.local)
        title = next(names, "") or (shown_number(wanted.local) if wanted.local else "")
        self.thread_pane.set_filter(wanted, title)

    def _show_unread(self) -> None:
        self.rail.show_unread()
        count = sum(self._reader.unread_by_number().values())
        self.setWindowTitle(f"({count}) {_TITLE}" if count else _TITLE)

    def _show_emptiness(self, *_event: object) -> None:
        say_emptiness(self.conversation_pane.empty, self.facts, self._reader)

    def _arrange(self) -> None:
        """In a narrow window either the list or the conversation is shown."""
        is_open = self.conversation_pane.conversation_id is not None
        self._is_narrow = self.width() < self.theme.px(_NARROW_BELOW)
        self.thread_pane.setVisible(not (self._is_narrow and is_open))
        self.conversation_pane.setVisible(is_open or not self._is_narrow)
        self.conversation_pane.header.back_button.setVisible(self._is_narrow)

    def _restore(self) -> None:
        before = remembering.restore(self._state, self)
        # In a narrow window the list may be hidden, and its width is what it was before.
        self._list_width = before.list_width or self.theme.px(_LIST_WIDTH)
        self.splitter.setSizes([self._list_width, max(1, self.width() - self._list_width)])
        self._on_opened(None)
        self._show_unread()
        self._show_emptiness()
        self.thread_pane.list.setFocus()
        if before.conversation_id is not None:
            self.conversation_pane.open(before.conversation_id, before.place)
            self.conversation_pane.focus_field()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Change between the wide and the narrow arrangement."""
        super().resizeEvent(event)
        self._arrange()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep everything, and take along what was opened from here."""
        self.save_state()
        self.sheets.close()
        super().closeEvent(event)
        self.closed.emit()
