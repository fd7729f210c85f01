"""The main window: rail, list, conversation, status line, and what connects them.

It decides what is shown and opened; widgets paint, commands do.
"""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QMoveEvent, QResizeEvent
from PySide6.QtWidgets import QMainWindow

from sms_desktop.domain.clock import NowMs
from sms_desktop.domain.ids import ConversationId
from sms_desktop.settings import Settings
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
from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.widgets.banner import Banner
from sms_desktop.ui.widgets.rail import Rail
from sms_desktop.ui.widgets.status_line import StatusLine
from sms_desktop.ui.widgets.thread_list import ThreadPane
from sms_desktop.ui.windows.address_book import AddressBook
from sms_desktop.ui.windows.batch_progress import BatchProgress
from sms_desktop.ui.windows.conversation_actions import Conversing
from sms_desktop.ui.windows.conversation_pane import ConversationPane
from sms_desktop.ui.windows.empty_conversation import say_emptiness
from sms_desktop.ui.windows.following_settings import follow_settings
from sms_desktop.ui.windows.global_search import Finding
from sms_desktop.ui.windows.history_strip import HistoryStrip
from sms_desktop.ui.windows.lock.locking import Locking
from sms_desktop.ui.windows.main_layout import lay_out
from sms_desktop.ui.windows.notices import Notices
from sms_desktop.ui.windows.recovery_key.reminder import KeyReminder
from sms_desktop.ui.windows.scheduling import Postponing
from sms_desktop.ui.windows.settings.page_name import PageName
from sms_desktop.ui.windows.sheets import Sheets
from sms_desktop.ui.windows.thread_actions import Tidying
from sms_desktop.ui.windows.two_panes import TwoPanes
from sms_desktop.ui.windows.window_restore import Remembered, Remembering, restore
from sms_desktop.window_state import WindowState

_TITLE = "SMS Desktop"


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
        self._remembering = Remembering(state, self, self._standing)
        self.facts = Facts(bridge, self)
        self.sheets = Sheets(self, commands, self.facts, theme, settings, now_ms, spawn, safe)
        moments = Moments(now_ms)
        self.threads = ThreadListModel(reader, moments, self)
        self.rail = Rail(reader, theme, self)
        self.thread_pane = ThreadPane(self.threads, theme, moments, self)
        self.conversation_pane = pane = ConversationPane(reader, commands, theme, moments, self)
        self.splitter = TwoPanes(theme, self.thread_pane, self.conversation_pane, self)
        self.banner = Banner(theme, self)
        self.history_strip = HistoryStrip(bridge, commands, spawn, self)
        self.status_line = StatusLine(theme, self)
        self.notices = Notices(self.facts, self.banner, self._open_numbers, self.open_conversation)
        self.batch = BatchProgress(reader, commands.batch, self.facts, theme, self)
        KeyReminder(safe, bridge, self.sheets, self.notices, self)
        self.conversing = Conversing(
            reader, commands, spawn, self.facts, self.sheets, self.threads, pane
        )
        self.address_book = AddressBook(
            reader, commands, bridge, self.sheets, self.thread_pane, pane
        )
        self.finding = Finding(commands.search, spawn, self.facts, self.thread_pane, pane)
        self.tidying = Tidying(
            reader, commands.threads, moments, self.sheets, self.thread_pane, pane
        )
        self.postponing = Postponing(
            reader,
            commands.scheduled,
            moments,
            spawn,
            self.sheets,
            pane,
            self.rail,
            self.notices,
        )
        self.shortcuts = Actions(self, self._handlers())
        lay_out(self)
        self._wire()
        self._listen(bridge)
        follow_settings(theme, settings)
        self.locking = Locking(self, safe, settings, spawn)
        self.threads.load()
        self._restore(state)
        self.locking.screen.follow()

    def open_conversation(self, conversation_id: ConversationId) -> None:
        """Show a conversation, ready to type; one that is gone changes nothing."""
        self.conversation_pane.open(conversation_id)
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
            self.locking.screen.when_open(lambda: self.conversing.follow_link(parsed))

    def come_forward(self) -> None:
        """Be seen, also when minimized or covered."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def save_state(self) -> None:
        """Keep what is written and where everything stands; closing does it too."""
        self.conversation_pane.composer.keep_draft()
        self._remembering.keep()

    def foot_height(self) -> int:
        """How much of the lower edge belongs to writing and to the state of the connection."""
        composer = self.conversation_pane.composer
        return composer.sizeHint().height() + self.status_line.sizeHint().height()

    def _standing(self) -> Remembered:
        pane = self.conversation_pane
        return Remembered(self.splitter.list_width, pane.conversation_id, pane.place())

    def _handlers(self) -> dict[str, Callable[[], object]]:
        return {
            **self.conversing.handlers(),
            **self.finding.handlers(),
            **self.tidying.handlers(),
            **self.postponing.handlers(),
            **self.address_book.handlers(),
            "back": self._back,
            "to_list": self.splitter.to_list,
            "settings": self.open_settings,
            "lock": self._lock_now,
            "shortcuts": self.sheets.open_shortcuts,
            "quit": self.close,
        }

    def _back(self) -> None:
        self.tidying.leave_or(lambda: self.finding.leave_or(self.splitter.back))

    def _lock_now(self) -> None:
        self.locking.lock_now()

    def _open_numbers(self) -> None:
        self.open_settings(PageName.NUMBERS)

    # How the parts hang together.

    def _wire(self) -> None:
        actions, pane = self.shortcuts, self.conversation_pane
        self.thread_pane.new_message_asked.connect(actions["new_message"].trigger)
        self.thread_pane.set_shortcut(actions.keys("new_message"))
        self.rail.settings_asked.connect(actions["settings"].trigger)
        self.rail.set_shortcuts(actions.keys("settings"), actions.keys("contacts"))
        self.address_book.offer(actions, self.rail)
        self.rail.filter_chosen.connect(self._show_number)
        self.thread_pane.conversation_chosen.connect(pane.open)
        # Arrow keys only look; a click or Enter means to write.
        self.thread_pane.list.clicked.connect(pane.focus_field)
        self.thread_pane.list.activated.connect(pane.focus_field)
        pane.header.set_menu([actions[n] for n in ("go_to_day", "edit_contact", "copy_number")])
        pane.sender_chosen.connect(self.conversing.change_sender)
        pane.numbers_asked.connect(self._open_numbers)
        pane.account_asked.connect(self.open_settings)
        self.batch.numbers_asked.connect(self._open_numbers)
        for wanted in (self.batch.wanted, self.conversing.wanted, self.finding.wanted):
            wanted.connect(self.open_conversation)
        self.conversing.failed.connect(self.banner.say)
        pane.opened.connect(self._on_opened)
        pane.empty.chosen.connect(actions["new_message"].trigger)
        for change in (pane.opened, pane.timeline.settled, self.splitter.splitterMoved):
            change.connect(self._remembering.note_change)
        self.finding.offer(actions)
        self.tidying.offer(actions)
        self.postponing.offer(actions)
        self.finding.number_wanted.connect(self.rail.go_to)
        for asked in (self.address_book.message_asked, self.finding.person_wanted):
            asked.connect(self.conversing.write_to)
        self.finding.failed.connect(self.banner.say)
        self.threads.unread_changed.connect(self._show_unread)
        self.status_line.clicked.connect(lambda: self.open_settings(PageName.CONNECTION))

    def _listen(self, bridge: Bridge) -> None:
        # Before the list: where a row goes, Qt chooses its neighbour, and would open that.
        self.conversation_pane.listen(bridge)
        bridge.timeline_changed.connect(self.threads.take_change)
        for take in (self.threads.take_numbers, self.rail.take_numbers, self._show_unread):
            bridge.numbers_changed.connect(take)
        self.postponing.listen(bridge)
        bridge.timeline_changed.connect(self._show_emptiness)
        bridge.accounts_changed.connect(self._show_emptiness)
        bridge.health_changed.connect(self._on_health)
        bridge.echo_withdrawn.connect(self._on_withdrawn)
        bridge.show_requested.connect(lambda event: self.open_link(event.link))

    def _on_health(self, event: events.HealthChanged) -> None:
        self.status_line.show_health(event.health)
        self.rail.show_health(event.health)
        self._show_emptiness()

    def _on_first_accounts(self, event: events.AccountsChanged) -> None:
        self.facts.bridge.accounts_changed.disconnect(self._on_first_accounts)
        if not event.accounts:
            self.locking.screen.when_open(self.sheets.open_first_run)

    def _on_withdrawn(self, event: events.EchoWithdrawn) -> None:
        is_elsewhere = event.conversation_id != self.conversation_pane.conversation_id
        if is_elsewhere and event.sentence:
            self.notices.tell_withdrawn(event)

    def _on_opened(self, conversation_id: ConversationId | None) -> None:
        self.thread_pane.list.choose(conversation_id)
        self.splitter.arrange()

    def _show_number(self, wanted: ConversationFilter) -> None:
        names = (s.number.name for s in self.facts.numbers if s.number.number == wanted.local)
        title = next(names, "") or (shown_number(wanted.local) if wanted.local else "")
        self.thread_pane.set_filter(wanted, title)

    def _show_unread(self, *_event: object) -> None:
        self.rail.show_unread()
        count = self._reader.unread_in_inbox(only_of_those_that_notify=True)
        self.setWindowTitle(f"({count}) {_TITLE}" if count else _TITLE)

    def _show_emptiness(self, *_event: object) -> None:
        say_emptiness(self.conversation_pane.empty, self.facts, self._reader)

    def _restore(self, state: WindowState) -> None:
        before = restore(state, self)
        self.splitter.set_list_width(before.list_width)
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
        self.splitter.arrange()
        self._remembering.note_change()

    def moveEvent(self, event: QMoveEvent) -> None:
        """It will come back here."""
        super().moveEvent(event)
        self._remembering.note_change()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep everything, and take along what was opened from here."""
        self.save_state()
        self.sheets.close()
        super().closeEvent(event)
        self.closed.emit()
