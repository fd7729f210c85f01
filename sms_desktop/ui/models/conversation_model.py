"""A window of one conversation's rows around what is on screen; grows at both ends, never resets.

Reads through the Reader and nothing else. A reset happens only where another place of the timeline
is opened.
"""

from collections.abc import Hashable, Sequence
from dataclasses import replace
from enum import IntEnum
from typing import Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from sms_desktop.domain.address import DEFAULT_SENDER, Address
from sms_desktop.domain.delivery import State
from sms_desktop.domain.ids import ClientId, ConversationId
from sms_desktop.domain.message import Direction, TimelineKey, TimelineRow
from sms_desktop.sync.events import EchoWithdrawn, MessageEchoed, TimelineChanged
from sms_desktop.ui.models.bubbles import Bubble, arranged, first_look, identity
from sms_desktop.ui.models.moments import Moments
from sms_desktop.ui.models.numbers import shown_name
from sms_desktop.ui.models.row_diff import Insertion, edits
from sms_desktop.ui.models.rows_below import RowsBelow
from sms_desktop.ui.models.sentences import message_sentence
from sms_desktop.ui.models.texts import shown_text
from sms_desktop.ui.models.timeline_window import TimelineWindow
from sms_desktop.ui.ports import Reader

_Index = QModelIndex | QPersistentModelIndex
_ROOT: Final = QModelIndex()


class TimelineRole(IntEnum):
    """What a row can be asked for beside its text."""

    BUBBLE = Qt.ItemDataRole.UserRole + 1
    KEY = Qt.ItemDataRole.UserRole + 2


class ConversationModel(QAbstractListModel):
    """Rows of the open conversation in rising order, then echoes, and last what is scheduled.

    ``is_room``: Kandy has not said yet which own number writes. ``arrived`` carries the rows of inbound
    messages that are newer than everything known before, shown or not; ``echoed`` says that the
    person's own new message stands at the end.
    """

    arrived = Signal(object)
    echoed = Signal()
    opened = Signal()

    def __init__(self, reader: Reader, moments: Moments, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reader = reader
        self._moments = moments
        self._window = TimelineWindow(reader)
        self._below = RowsBelow(reader)
        self._told: dict[ClientId, str] = {}
        self._whole: set[Hashable] = set()
        self._is_showing = False
        self._is_outdated = False
        self._bubbles: list[Bubble] = []
        self._new_from: TimelineKey | None = None
        self._name = ""
        self.remote: Address | None = None
        self.is_room = False

    @property
    def conversation_id(self) -> ConversationId | None:
        """The open conversation, if any."""
        return self._window.conversation_id

    @property
    def at_start(self) -> bool:
        """Whether the first row is the oldest of the conversation."""
        return self._window.at_start

    @property
    def at_end(self) -> bool:
        """Whether the last row is the newest of the conversation."""
        return self._window.at_end

    @property
    def new_from(self) -> TimelineKey | None:
        """Key of the row that has the "New" divider above it."""
        return self._new_from

    def open(self, conversation_id: ConversationId | None, at: TimelineKey | None = None) -> None:
        """Show a conversation around ``at``, else around its first unread row, else its newest rows."""
        self.beginResetModel()
        self._told = {}
        self._whole = set()
        self._new_from = None
        row = self._reader.conversation(conversation_id) if conversation_id is not None else None
        self.remote = row.remote if row else None
        self.is_room = row is not None and row.local == DEFAULT_SENDER
        self._name = shown_name(row.remote_name, row.remote) if row else ""
        self._window.open(conversation_id, at)
        if row is not None and row.unread:
            self._new_from = self._window.first_unread(show=at is None)
        self._below.open(self.conversation_id)
        self._bubbles = self._arranged([self._look_at(r) for r in self._all()])
        self.endResetModel()
        self.opened.emit()

    def show_newest(self) -> None:
        """Make the last row the newest of the conversation."""
        self._jump(None)

    def show_oldest(self) -> None:
        """Make the first row the oldest of the conversation."""
        self._jump(TimelineKey(-1, 0))

    def show_around(self, key: TimelineKey) -> None:
        """Hold the row at a key, and others around it, unless it is held already."""
        if self.row_of(key) is None and self.conversation_id is not None:
            self._show_from(key)

    def extend_up(self) -> None:
        """Read older rows, and let go of the newest where the window grows too large."""
        self._window.extend_up(may_trim=not self._below.echoes)
        self._show()

    def extend_down(self) -> None:
        """Read newer rows, and let go of the oldest where the window grows too large."""
        self._window.extend_down()
        self._show()

    def divide_before(self, key: TimelineKey | None) -> None:
        """Put the "New" divider above a row; ``None`` takes it away."""
        if key != self._new_from:
            self._new_from = key
            self._rearrange()

    def bubble(self, row: int) -> Bubble:
        """The row as the painter wants it."""
        return self._bubbles[row]

    def row_of(self, key: TimelineKey) -> int | None:
        """Where a key stands in the window."""
        return next((i for i, b in enumerate(self._bubbles) if b.row.key == key), None)

    def wishes(self) -> list[ClientId]:
        """What the person asked for here, the latest first, as far as it is held."""
        rows = reversed(self._all())
        return [row.client_id for row in rows if row.client_id is not None]

    def looked_at(self) -> TimelineKey | None:
        """Key of the newest row that the store knows to be looked at."""
        known = self.conversation_id
        return None if known is None else self._reader.read_mark(known)

    def take_change(self, event: TimelineChanged) -> None:
        """Read again what is shown, where this conversation changed."""
        if self.conversation_id in event.changes.conversations:
            news = self._window.refresh()
            self._below.read(self.conversation_id)
            self._show()
            inbound = [row for row in news if row.direction is Direction.INBOUND]
            if inbound:
                self.arrived.emit(inbound)

    def take_echo(self, event: MessageEchoed) -> None:
        """Show the person's own message before the store has it."""
        if event.row.conversation_id != self.conversation_id:
            return
        if not self.at_end:
            self.show_newest()
        if all(identity(row) != identity(event.row) for row in self._all()):
            self._below.echoes.append(event.row)
            self._show()
        self.echoed.emit()

    def take_withdrawal(self, event: EchoWithdrawn) -> None:
        """Take back an echo that could not be kept."""
        self._below.withdraw(event.client_id)
        self._show()

    def tell(self, client_id: ClientId, sentence: str) -> None:
        """Say this beside a message, in the place of its note; empty takes it back."""
        self._told[client_id] = sentence
        for at, bubble in enumerate(self._bubbles):
            if bubble.row.client_id == client_id and bubble.told != sentence:
                self._bubbles[at] = replace(bubble, told=sentence)
                self._tell_changed(at, at)

    def show_whole(self, row: int) -> None:
        """Show all of a long text from now on."""
        self._bubbles[row] = replace(self._bubbles[row], is_whole=True)
        self._whole.add(identity(self._bubbles[row].row))
        self._tell_changed(row, row)

    def take_name(self) -> None:
        """Read the contact's name again."""
        if self.remote is not None:
            self._name = shown_name(self._reader.contact_name(self.remote), self.remote)
            self._tell_changed(0, len(self._bubbles) - 1)

    @property
    def remote_name(self) -> str:
        """Who writes the inbound rows."""
        return self._name

    def _jump(self, at: TimelineKey | None) -> None:
        reached = self.at_end if at is None else self.at_start
        if reached or self.conversation_id is None:
            return
        self._show_from(at)

    def _show_from(self, at: TimelineKey | None) -> None:
        self.beginResetModel()
        self._window.open(self.conversation_id, at)
        self._bubbles = self._arranged([self._look_at(r) for r in self._all()])
        self.endResetModel()

    def _all(self) -> list[TimelineRow]:
        """What there is."""
        return self._below.under(self._window.rows, at_end=self.at_end)

    def _show(self) -> None:
        """Come from what is shown to what is there, however often that changes meanwhile.

        A view that hears of new rows may scroll, and ask for more rows in the middle of it.
        """
        self._is_outdated = True
        if self._is_showing:
            return
        self._is_showing = True
        try:
            while self._is_outdated:
                self._is_outdated = False
                self._show_once(self._all())
        finally:
            self._is_showing = False

    def _show_once(self, rows: Sequence[TimelineRow]) -> None:
        """By the fewest steps."""
        for step in edits([identity(b.row) for b in self._bubbles], [identity(r) for r in rows]):
            if isinstance(step, Insertion):
                self.beginInsertRows(_ROOT, step.first, step.last)
                fresh = [self._look_at(row) for row in rows[step.first : step.last + 1]]
                self._bubbles[step.first : step.first] = fresh
                self.endInsertRows()
            else:
                self.beginRemoveRows(_ROOT, step.first, step.last)
                del self._bubbles[step.first : step.last + 1]
                self.endRemoveRows()
        self._rearrange(rows)

    def _rearrange(self, rows: Sequence[TimelineRow] | None = None) -> None:
        before = self._bubbles
        if rows is not None:
            pairs = zip(before, rows, strict=True)
            now = [b if b.row == row else self._look_at(row) for b, row in pairs]
        else:
            now = before
        self._bubbles = self._arranged(now)
        changed = [i for i, b in enumerate(self._bubbles) if b is not before[i] and b != before[i]]
        for i in changed:
            self._tell_changed(i, i)

    def _look_at(self, row: TimelineRow) -> Bubble:
        told = self._told.get(row.client_id, "") if row.client_id is not None else ""
        told = told if row.state is State.UNCONFIRMED else ""
        return first_look(row, told, is_whole=identity(row) in self._whole)

    def _arranged(self, bubbles: Sequence[Bubble]) -> list[Bubble]:
        return arranged(bubbles, self._new_from, self._window.at_start)

    def _tell_changed(self, first: int, last: int) -> None:
        if last >= first:
            self.dataChanged.emit(self.index(first), self.index(last))

    def rowCount(self, parent: _Index = _ROOT) -> int:
        """Rows of the window."""
        return 0 if parent.isValid() else len(self._bubbles)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Text, bubble, key, or the sentence for a screen reader."""
        if not index.isValid() or index.row() >= len(self._bubbles):
            return None
        bubble = self._bubbles[index.row()]
        if role == TimelineRole.BUBBLE:
            return bubble
        if role == TimelineRole.KEY:
            return bubble.row.key
        if role == Qt.ItemDataRole.DisplayRole:
            return shown_text(bubble.row.text)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return message_sentence(bubble.row, self._name, self._moments, bubble.told)
        return None
