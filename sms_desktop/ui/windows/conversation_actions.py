"""What a person can do with conversations by menu and keyboard: start, go to the next, name, copy."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from sms_desktop.domain.account import NumberKey, OwnNumber
from sms_desktop.domain.address import Address
from sms_desktop.domain.conversation import ConversationRow
from sms_desktop.domain.errors import SmsDesktopError
from sms_desktop.domain.health import Level
from sms_desktop.domain.ids import ConversationId
from sms_desktop.domain.message import TimelineKey
from sms_desktop.domain.national import address_as_typed
from sms_desktop.ui.facts import Facts
from sms_desktop.ui.models.numbers import shown_number
from sms_desktop.ui.models.people import People
from sms_desktop.ui.models.senders import offered_senders, preferred_sender, why_none
from sms_desktop.ui.models.thread_list_model import ThreadListModel
from sms_desktop.ui.ports import Commands, ConversationFilter, Reader
from sms_desktop.ui.sms_link import SmsLink
from sms_desktop.ui.surroundings import Spawn
from sms_desktop.ui.widgets.sender_pill import kandys_default
from sms_desktop.ui.windows.conversation_pane import ConversationPane
from sms_desktop.ui.windows.settings.page_name import PageName
from sms_desktop.ui.windows.sheets import Sheets


class Conversing(QObject):
    """Knows the open conversation and the list; shows nothing itself."""

    wanted = Signal(int)
    """A conversation shall be opened, ready to type."""
    failed = Signal(str)
    """A conversation could not be started; the sentence says why."""

    def __init__(
        self,
        reader: Reader,
        commands: Commands,
        spawn: Spawn,
        facts: Facts,
        sheets: Sheets,
        threads: ThreadListModel,
        pane: ConversationPane,
    ) -> None:
        super().__init__(pane)
        self._reader = reader
        self._commands = commands
        self._spawn = spawn
        self._facts = facts
        self._sheets = sheets
        self._threads = threads
        self._pane = pane
        self._asked: SmsLink | None = None
        pane.timeline.details_asked.connect(self.show_details)
        pane.timeline.write_asked.connect(lambda number: self.follow_link(SmsLink((number,), "")))
        facts.bridge.numbers_changed.connect(self._go_on)
        facts.bridge.health_changed.connect(self._go_on)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """By the names of the table of actions."""
        return {
            "new_message": self.new_message,
            "next_thread": lambda: self.step(1),
            "previous_thread": lambda: self.step(-1),
            "next_unread": self.next_unread,
            "copy_number": self.copy_number,
            "go_to_day": self._pane.open_calendar,
        }

    def follow_link(self, link: SmsLink) -> None:
        """Go to the conversation that a link means, else ask; nothing is sent by this.

        Right after the start nothing is known of numbers yet: then it waits for them.
        """
        if not self._facts.numbers and self._facts.health.level is Level.STARTING:
            self._asked = link
            return
        known = self._known_conversation(link)
        if known is None:
            self.new_message(link)
            return
        self._write(known, link.body)

    def write_to(self, number: str) -> None:
        """Go to the conversation with a number, or begin one."""
        self.follow_link(SmsLink((number,), ""))

    def new_message(self, link: SmsLink | None = None) -> None:
        """Ask whom to text; without a number to text from, show where to get one."""
        numbers = offered_senders(self._facts.numbers)
        if not numbers:
            if reason := why_none(self._facts.numbers):
                self.failed.emit(reason)
            if any(state.cannot_send for state in self._facts.numbers):
                self._sheets.open_settings(PageName.ACCOUNT)
            elif self._facts.accounts:
                self._sheets.open_settings(PageName.NUMBERS)
            else:
                self._sheets.open_first_run()
            return
        row = self._open_row()
        wanted = self._threads.wanted
        chosen = (wanted.account_id, wanted.local) if wanted.account_id and wanted.local else None
        present = (row.account_id, row.local) if row is not None else None
        preferred = preferred_sender(numbers, chosen, present)
        accounts = dict.fromkeys(number.account_id for number in numbers)
        senders = [*numbers, *(kandys_default(account_id) for account_id in accounts)]
        people = People(self._reader.correspondents())
        # A number that is chosen in the rail is meant for everybody.
        last_sender = self._last_sender if chosen is None else None
        sheet = self._sheets.open_new_message(senders, people, preferred, last_sender)
        sheet.started.connect(self.start)
        sheet.several_started.connect(self.start_several)
        if link is not None:
            sheet.fill(link.destinations, link.body)

    def _last_sender(self, remote: Address) -> NumberKey | None:
        """The own number of the newest conversation with somebody, of those that can be texted from."""
        offered = {number.key for number in offered_senders(self._facts.numbers)}
        keys = ((row.account_id, row.local) for row in self._reader.conversations_with(remote))
        return next((key for key in keys if key in offered), None)

    def _go_on(self) -> None:
        """Ask what was to be asked, now that there is news."""
        asked, self._asked = self._asked, None
        if asked is not None:
            self.follow_link(asked)

    def _known_conversation(self, link: SmsLink) -> ConversationId | None:
        """The newest conversation with the one person meant, on a number that still is ours."""
        if len(link.destinations) != 1:
            return None
        remote = address_as_typed(link.destinations[0], self._sheets.regions())
        ours = {(s.number.account_id, s.number.number) for s in self._facts.numbers}
        found = self._reader.conversations_with(remote)
        fitting = (row for row in found if (row.account_id, row.local) in ours)
        return next((row.conversation_id for row in fitting), None)

    def start(self, own: OwnNumber, remote: str, body: str = "") -> None:
        """Open the conversation of two numbers, new or not, with a text to begin with."""
        self._spawn(self._started(own, Address(remote), body), "start conversation")

    def start_several(self, own: OwnNumber, remotes: tuple[str, ...], text: str) -> None:
        """Send one text to each of several people, as separate messages."""
        to = [Address(remote) for remote in remotes]
        self._commands.batch.send(own.account_id, own.number, to, text)

    def change_sender(self, own: OwnNumber) -> None:
        """Go on with the same person from another number: that is another conversation.

        What is written comes along.
        """
        if (row := self._open_row()) is not None:
            self._spawn(self._carried_over(own, row), "change sender")

    def step(self, by: int) -> None:
        """Open the neighbour in the list; from nowhere, its first or last."""
        shown = self._pane.conversation_id
        at = self._threads.row_of(shown) if shown is not None else None
        there = (0 if by > 0 else self._threads.rowCount() - 1) if at is None else at + by
        if 0 <= there < self._threads.rowCount():
            self.wanted.emit(self._threads.conversation(there).conversation_id)

    def next_unread(self) -> None:
        """Open the next conversation below with something unread, and after the last the first."""
        wanted, row = ConversationFilter(unread_only=True), self._open_row()
        below = [] if row is None else self._reader.conversations(wanted, row.key, 1)
        for there in below or self._reader.conversations(wanted, None, 1):
            if row is None or there.conversation_id != row.conversation_id:
                self.wanted.emit(there.conversation_id)

    def show_details(self, key: TimelineKey) -> None:
        """Tell all that is known of a message of the open conversation."""
        from sms_desktop.ui.models.message_details import details_of

        if (row := self._open_row()) is None:
            return
        facts = self._reader.message_facts(row.conversation_id, key)
        if facts is not None:
            details = details_of(facts, row.remote_name, self._pane.moments)
            self._sheets.open_details(details)

    def copy_number(self) -> None:
        """Put the number of the other end on the clipboard."""
        if (row := self._open_row()) is not None:
            QGuiApplication.clipboard().setText(shown_number(row.remote))

    async def _started(self, own: OwnNumber, remote: Address, body: str) -> None:
        try:
            conversation = await self._commands.start_conversation(
                own.account_id, own.number, remote
            )
        except SmsDesktopError as error:
            self.failed.emit(error.text())
            return
        self._write(conversation, body)

    def _write(self, conversation: ConversationId, body: str) -> None:
        self.wanted.emit(conversation)
        # One that is gone by now is not opened, and the text is for nobody else.
        if self._pane.conversation_id == conversation:
            self._pane.begin_with(body)

    async def _carried_over(self, own: OwnNumber, row: ConversationRow) -> None:
        try:
            there = await self._commands.start_conversation(own.account_id, own.number, row.remote)
        except SmsDesktopError as error:
            self.failed.emit(error.text())
            return
        if self._pane.conversation_id == row.conversation_id:
            self._pane.carry_text_to(there)
            self._pane.focus_field()

    def _open_row(self) -> ConversationRow | None:
        shown = self._pane.conversation_id
        return None if shown is None else self._reader.conversation(shown)
