"""The right side: header, messages and composer of the open conversation, or why there is none."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from sms_desktop.domain.account import OwnNumber
from sms_desktop.domain.address import DEFAULT_SENDER
from sms_desktop.domain.conversation import ConversationRow
from sms_desktop.domain.ids import ClientId, ConversationId
from sms_desktop.domain.message import TimelineKey
from sms_desktop.sync import events
from sms_desktop.ui.bridge import Bridge
from sms_desktop.ui.delegates.notes import asking_words
from sms_desktop.ui.models.conversation_model import ConversationModel
from sms_desktop.ui.models.moments import Moments
from sms_desktop.ui.models.numbers import shown_name
from sms_desktop.ui.models.senders import can_be_sender
from sms_desktop.ui.ports import Commands, Reader
from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.widgets.composer import Composer
from sms_desktop.ui.widgets.conversation_header import ConversationHeader
from sms_desktop.ui.widgets.empty_state import EmptyState
from sms_desktop.ui.widgets.find_bar import FindBar
from sms_desktop.ui.widgets.number_notice import NumberNotice
from sms_desktop.ui.widgets.scroll_place import ScrollPlace
from sms_desktop.ui.widgets.timeline_view import TimelineView

_FIELD_SHARE = 3


class ConversationPane(QFrame):
    """Keeps, for each conversation, the draft and the place where it was left."""

    sender_chosen = Signal(OwnNumber)
    opened = Signal(object)
    """The ``ConversationId`` that is shown now, or ``None``."""
    numbers_asked = Signal()
    account_asked = Signal()
    """The person wants to see to the own numbers."""

    def __init__(
        self,
        reader: Reader,
        commands: Commands,
        theme: Theme,
        moments: Moments,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self._reader = reader
        self._commands = commands
        self._theme = theme
        self.moments = moments
        self._numbers: tuple[events.NumberState, ...] = ()
        self._places: dict[ConversationId, ScrollPlace | None] = {}
        self.model = ConversationModel(reader, moments, self)
        self.empty = EmptyState(theme, "chat", self)
        self.header = ConversationHeader(theme, self)
        self.number_notice = NumberNotice(self)
        self.find_bar = FindBar(theme, self)
        self.timeline = TimelineView(self.model, theme, moments, self)
        self.composer = Composer(commands, theme, self)
        self._stack = QStackedWidget(self)
        self._lay_out()
        self._wire()

    @property
    def conversation_id(self) -> ConversationId | None:
        """The open conversation."""
        return self.model.conversation_id

    def listen(self, bridge: Bridge) -> None:
        """Follow the facts that change what is shown."""
        bridge.timeline_changed.connect(self._on_change)
        bridge.message_echoed.connect(self.model.take_echo)
        bridge.check_answered.connect(self._on_check_answered)
        bridge.echo_withdrawn.connect(self._on_withdrawal)
        bridge.numbers_changed.connect(self._on_numbers)

    def open(self, conversation_id: ConversationId, place: ScrollPlace | None = None) -> bool:
        """Show a conversation where it was left; false where it is gone."""
        if conversation_id == self.conversation_id:
            return True
        row = self._reader.conversation(conversation_id)
        if row is None:
            return False
        self._leave()
        self._introduce(row)
        self.timeline.open(conversation_id, place or self._places.get(conversation_id))
        self.composer.open(conversation_id, row.draft)
        self._stack.setCurrentIndex(1)
        self.opened.emit(conversation_id)
        return True

    def close_conversation(self) -> None:
        """Show the empty state."""
        if self.conversation_id is None:
            return
        self._leave()
        self.timeline.open(None)
        self.composer.close_conversation()
        self._stack.setCurrentIndex(0)
        self.opened.emit(None)

    def place(self) -> ScrollPlace | None:
        """Where the reader stands in the open conversation; ``None`` at its end."""
        return self.timeline.place() if self.conversation_id is not None else None

    def tab_stops(self) -> list[QWidget]:
        """Where Tab stops, in order."""
        stops = [*self.header.tab_stops(), *self.find_bar.tab_stops(), *self.timeline.tab_stops()]
        return [self.empty.button, *stops, *self.composer.tab_stops()]

    def open_calendar(self) -> None:
        """Offer the days of the open conversation."""
        if self.conversation_id is None:
            return
        from sms_desktop.ui.models.message_days import MessageDays
        from sms_desktop.ui.widgets.day_picker import DayPicker

        days = MessageDays(self._reader, self.conversation_id)
        present = self.timeline.uppermost_day() or self.moments.today()
        picker = DayPicker(self._theme, self.moments, days, present, self)
        picker.chosen.connect(self._go_to_day)
        button = self.header.date_button
        picker.open_under(button if button.isVisible() else self.header.menu_button)

    def _go_to_day(self, day: date) -> None:
        from sms_desktop.ui.models.message_days import MessageDays

        if self.conversation_id is not None:
            key = MessageDays(self._reader, self.conversation_id).first_key(day)
            if key is not None:
                self.timeline.go_to_day(key)
            self.timeline.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_field(self) -> None:
        """Go where one types."""
        self.composer.field.setFocus()

    def carry_text_to(self, conversation_id: ConversationId) -> None:
        """Open another conversation and take along what is written, without losing what is there."""
        text = self.composer.take_text()
        self.open(conversation_id)
        self.begin_with(text)

    def begin_with(self, text: str) -> None:
        """Write a text into the field; one that waits there stays, below it, and that is said."""
        self.composer.begin_with_care(text)

    def _leave(self) -> None:
        if self.conversation_id is not None:
            self._places[self.conversation_id] = self.timeline.place()
            if self.model.is_room:
                # Nothing sent and nothing written: there is nothing to come back to.
                self.composer.keep_draft()
                self._commands.set_draft(self.conversation_id, self.composer.field.toPlainText())

    def _lay_out(self) -> None:
        line_above, line_below = QFrame(self), QFrame(self)
        for line in (line_above, line_below):
            line.setProperty("role", "line")
            line.setFixedHeight(1)
        conversation = QWidget(self)
        column = QVBoxLayout(conversation)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(line_above)
        column.addWidget(self.find_bar)
        column.addWidget(self.number_notice)
        column.addWidget(self.timeline, 1)
        column.addWidget(line_below)
        column.addWidget(self.composer)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(conversation)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)

    def _wire(self) -> None:
        self.header.sender_chosen.connect(self.sender_chosen)
        self.number_notice.numbers_asked.connect(self.numbers_asked)
        self.number_notice.subscribe_asked.connect(self._subscribe_again)
        self.timeline.numbers_asked.connect(lambda _one: self.numbers_asked.emit())
        self.timeline.account_asked.connect(lambda _one: self.account_asked.emit())
        self.timeline.looked_at.connect(self._on_looked_at)
        commands = self._commands
        self.timeline.retry_asked.connect(lambda one: commands.retry(ClientId(one)))
        self.timeline.check_asked.connect(self._on_check_asked)
        self.timeline.discard_asked.connect(lambda one: commands.discard(ClientId(one)))

    def _on_check_asked(self, client_id: str) -> None:
        self.model.tell(ClientId(client_id), asking_words())
        self._commands.check_now(ClientId(client_id))

    def _on_check_answered(self, event: events.CheckAnswered) -> None:
        self.model.tell(event.client_id, event.sentence)

    def _on_looked_at(self, key: TimelineKey) -> None:
        if self.conversation_id is not None:
            self._commands.mark_read(self.conversation_id, key)

    def _on_change(self, event: events.TimelineChanged) -> None:
        if self._follow_to_number(event):
            return
        self.model.take_change(event)
        if self.conversation_id not in event.changes.conversations:
            return
        row = self._reader.conversation(self.conversation_id)
        if row is None:
            self.close_conversation()
            return
        self._introduce(row)
        if self.model.remote_name != shown_name(row.remote_name, row.remote):
            self.model.take_name()

    def _follow_to_number(self, event: events.TimelineChanged) -> bool:
        """Kandy took a number for what was sent as ``default``: go on there, with what is written."""
        here = self.conversation_id
        if here not in event.changes.conversations or not self.model.is_room:
            return False
        for client_id in self.model.wishes():
            there = self._reader.whereabouts(client_id)
            if there is not None and there != here:
                self.carry_text_to(there)
                return True
        return False

    def _subscribe_again(self) -> None:
        if self.conversation_id is not None:
            row = self._reader.conversation(self.conversation_id)
            if row is not None:
                self._commands.subscribe_again(row.account_id, row.local)

    def _on_withdrawal(self, event: events.EchoWithdrawn) -> None:
        self.model.take_withdrawal(event)
        self.composer.take_back(event.conversation_id, event.text, event.sentence)

    def _on_numbers(self, event: events.NumbersChanged) -> None:
        self._numbers = event.numbers
        if self.conversation_id is not None:
            row = self._reader.conversation(self.conversation_id)
            if row is not None:
                self._introduce(row)

    def _introduce(self, row: ConversationRow) -> None:
        """The conversation's own number, and the others of its account that can go on for it."""
        key = (row.account_id, row.local)
        states = [s for s in self._numbers if s.number.account_id == row.account_id]
        present = next((s for s in states if s.number.key == key), None)
        numbers = [s.number for s in states if s is present or can_be_sender(s)]
        self.header.show_conversation(row, numbers)
        if self._numbers:
            self.number_notice.show_number(row.local, present)
        sender = present
        if row.local == DEFAULT_SENDER:
            sender = next((s for s in states if s.number.is_kandy_default), None)
        self.composer.set_sender(
            sender.number.signature if sender else "", sender.cannot_send if sender else ""
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters typed anywhere in the conversation go into the message."""
        text = event.text()
        if self.conversation_id is not None and text.strip() and text.isprintable():
            self.focus_field()
            self.composer.field.textCursor().insertText(text)
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The field may take a third of the window."""
        super().resizeEvent(event)
        self.composer.set_limit(self.window().height() // _FIELD_SHARE)
