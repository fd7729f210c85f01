"""Sending later: the menu beside Send, what waits in a conversation, and the list of all that waits."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QTimer
from PySide6.QtWidgets import QMenu

from sms_desktop.domain.errors import SmsDesktopError
from sms_desktop.domain.ids import ClientId
from sms_desktop.domain.message import TimelineRow
from sms_desktop.domain.scheduling import ScheduledMessage, SendTime, send_times
from sms_desktop.sync import events
from sms_desktop.ui.actions import Actions
from sms_desktop.ui.bridge import Bridge
from sms_desktop.ui.delegates.notes import NoteAction
from sms_desktop.ui.models.moments import Moments
from sms_desktop.ui.ports import Reader, ScheduleCommands
from sms_desktop.ui.surroundings import Spawn
from sms_desktop.ui.widgets.rail import Rail
from sms_desktop.ui.windows.conversation_pane import ConversationPane
from sms_desktop.ui.windows.notices import Notices
from sms_desktop.ui.windows.sheets import Sheets

if TYPE_CHECKING:
    from sms_desktop.ui.windows.schedule_sheet import ScheduleSheet
    from sms_desktop.ui.windows.scheduled_window import ScheduledWindow


def _tr(text: str) -> str:
    return QCoreApplication.translate("Postponing", text)


class Postponing(QObject):
    """Leads from menus, notes and the rail to commands."""

    def __init__(
        self,
        reader: Reader,
        commands: ScheduleCommands,
        moments: Moments,
        spawn: Spawn,
        sheets: Sheets,
        pane: ConversationPane,
        rail: Rail,
        notices: Notices,
    ) -> None:
        super().__init__(pane)
        self._reader = reader
        self._commands = commands
        self._moments = moments
        self._spawn = spawn
        self._sheets = sheets
        self._pane = pane
        self._rail = rail
        self._notices = notices
        self._window: ScheduledWindow | None = None
        # Once for many changes.
        self._counting = QTimer(self, singleShot=True, interval=0)
        self._counting.timeout.connect(self.look)
        pane.composer.later_button.menu_opening.connect(self._fill)
        pane.timeline.scheduled_asked.connect(self._on_row_asked)
        rail.scheduled_asked.connect(self.open_list)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """By the names of the table of actions."""
        later = self._pane.composer.later_button
        return {"send_later": later.open_menu, "scheduled": self.open_list}

    def offer(self, actions: Actions) -> None:
        """Shortcuts are shown where they can be used."""
        self._pane.composer.later_button.set_shortcut(actions.keys("send_later"))

    def listen(self, bridge: Bridge) -> None:
        """Follow what changes."""
        bridge.timeline_changed.connect(lambda _event: self._counting.start())
        bridge.came_due_late.connect(self._on_late)
        self.look()

    def look(self) -> None:
        """Count again what waits."""
        self._rail.show_scheduled(self._reader.scheduled())
        if self._window is not None:
            self._window.look()

    def open_list(self) -> "ScheduledWindow":
        """List everything that waits for its time."""
        if self._window is None:
            self._window = self._sheets.open_scheduled(self._reader, self._moments)
            self._window.asked.connect(self._act)
            self._window.all_sent_asked.connect(self._send_all_late)
            self._window.destroyed.connect(self._forget_window)
        self._window.show()
        self._window.raise_()
        self._window.activateWindow()
        return self._window

    def _forget_window(self) -> None:
        self._window = None

    # The menu beside Send.

    def _fill(self, menu: QMenu) -> None:
        now = datetime.fromtimestamp(self._moments.now_ms() / 1000)  # noqa: DTZ006 - on the wall
        names = {
            SendTime.IN_AN_HOUR: _tr("In an hour"),
            SendTime.TOMORROW: _tr("Tomorrow"),
            SendTime.MONDAY: _tr("Monday"),
        }
        for name, at_ms in send_times(now):
            text = f"{names[name]}\t{self._moments.clock(at_ms)}"
            menu.addAction(text).triggered.connect(
                lambda _checked=False, at_ms=at_ms: self._schedule(at_ms)
            )
        menu.addAction(_tr("Pick a date and time…")).triggered.connect(self._ask_when)
        menu.addSeparator()
        menu.addAction(_tr("Send in 10 s, with undo")).triggered.connect(self._send_soon)

    def _schedule(self, at_ms: int) -> None:
        here, text = self._pane.conversation_id, self._pane.composer.take_for_sending()
        if here is not None and text:
            self._commands.schedule(here, text, at_ms)
            self._pane.focus_field()

    def _send_soon(self) -> None:
        here, text = self._pane.conversation_id, self._pane.composer.take_for_sending()
        if here is not None and text:
            self._commands.send_soon(here, text)
            self._pane.focus_field()

    def _ask_when(self) -> None:
        here = self._pane.conversation_id
        sheet = self._sheets.open_schedule(
            self._moments.now_ms, self._pane.composer.field.toPlainText()
        )

        def take(_text: str, at_ms: int) -> None:
            # What is written in the field may be another text by now, for somebody else.
            if self._pane.conversation_id == here:
                self._schedule(at_ms)

        sheet.chosen.connect(take)

    # What waits.

    def _on_row_asked(self, action: NoteAction, row: TimelineRow) -> None:
        found = (one for one in self._reader.scheduled() if one.client_id == row.client_id)
        one = next(found, None)
        if one is not None:
            self._act(action, one)

    def _act(self, action: NoteAction, one: ScheduledMessage) -> None:
        acts: dict[NoteAction, Callable[[ClientId], object]] = {
            NoteAction.SEND_NOW: self._commands.send_now,
            NoteAction.CANCEL: self._commands.cancel,
            NoteAction.TAKE_BACK: self._commands.take_back,
        }
        if action is NoteAction.CHANGE:
            self._change(one)
        else:
            acts[action](one.client_id)

    def _change(self, one: ScheduledMessage) -> "ScheduleSheet":
        sheet = self._sheets.open_schedule(self._moments.now_ms, one.text, one.send_at_ms)

        def take(text: str, at_ms: int) -> None:
            self._spawn(self._amend(one.client_id, text, at_ms), "change scheduled")

        sheet.chosen.connect(take)
        return sheet

    async def _amend(self, client_id: ClientId, text: str, at_ms: int) -> None:
        try:
            await self._commands.amend(client_id, text, at_ms)
        except SmsDesktopError as error:
            self._notices.remind(error.text(), _tr("Scheduled messages"), self.open_list)

    # What came due while nobody was there.

    def _on_late(self, event: events.CameDueLate) -> None:
        words = (
            _tr("1 message came due while the program was closed, and was not sent.")
            if event.count == 1
            else _tr("{n} messages came due while the program was closed, and were not sent.")
        )
        sentence = words.replace("{n}", str(event.count))
        self._notices.remind(sentence, _tr("Send now, or keep for later…"), self.open_list)

    def _send_all_late(self) -> None:
        for one in self._reader.scheduled():
            if one.held:
                self._commands.send_now(one.client_id)
