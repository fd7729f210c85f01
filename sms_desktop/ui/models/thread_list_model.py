"""The thread list: conversations newest first, read page by page, changed by moving rows.

A reset happens only where the filter changes.
"""

from bisect import bisect_left
from collections.abc import Mapping
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

from sms_desktop.domain.account import OwnNumber
from sms_desktop.domain.address import Address
from sms_desktop.domain.conversation import ConversationRow
from sms_desktop.domain.ids import AccountId, ConversationId
from sms_desktop.sync.events import NumbersChanged, TimelineChanged
from sms_desktop.ui.models.moments import Moments
from sms_desktop.ui.models.numbers import shown_name, shown_number
from sms_desktop.ui.models.sentences import thread_sentence
from sms_desktop.ui.ports import ConversationFilter, Reader

_Index = QModelIndex | QPersistentModelIndex
_ROOT: Final = QModelIndex()
PAGE: Final = 50


class ThreadRole(IntEnum):
    """What a row can be asked for beside its name."""

    ROW = Qt.ItemDataRole.UserRole + 1
    CONVERSATION_ID = Qt.ItemDataRole.UserRole + 2
    COLOUR = Qt.ItemDataRole.UserRole + 3


class ThreadListModel(QAbstractListModel):
    """One row a conversation; ``COLOUR`` is its own number's ``#rrggbb``, empty while unknown."""

    unread_changed = Signal()

    def __init__(
        self,
        reader: Reader,
        moments: Moments,
        parent: QObject | None = None,
        *,
        page: int = PAGE,
    ) -> None:
        super().__init__(parent)
        self._reader = reader
        self._moments = moments
        self._page = page
        self._filter = ConversationFilter()
        self._rows: list[ConversationRow] = []
        self._has_all = False
        self._kept: ConversationId | None = None
        self._numbers: Mapping[tuple[AccountId, Address], OwnNumber] = {}

    @property
    def wanted(self) -> ConversationFilter:
        """The filter that the list shows."""
        return self._filter

    def load(self, wanted: ConversationFilter | None = None) -> None:
        """Show the newest page of a filter; without one, of the present filter again."""
        self.beginResetModel()
        self._filter = self._filter if wanted is None else wanted
        self._rows = self._reader.conversations(self._filter, None, self._page)
        self._has_all = len(self._rows) < self._page
        self.endResetModel()

    def keep(self, conversation_id: ConversationId | None) -> None:
        """The open conversation stays in the list while it is open, though its unread are gone."""
        before, self._kept = self._kept, conversation_id
        if before is not None and before != conversation_id:
            self._place(before)

    def row_of(self, conversation_id: ConversationId) -> int | None:
        """Where a conversation stands among the rows read so far."""
        rows = enumerate(self._rows)
        return next((i for i, row in rows if row.conversation_id == conversation_id), None)

    def conversation(self, row: int) -> ConversationRow:
        """The summary at a place."""
        return self._rows[row]

    def take_change(self, event: TimelineChanged) -> None:
        """Put every changed conversation where it belongs now."""
        for conversation_id in sorted(event.changes.conversations):
            self._place(conversation_id)
        if event.changes:
            self.unread_changed.emit()

    def take_numbers(self, event: NumbersChanged) -> None:
        """Know the own numbers' names and colours."""
        held = [state.number for state in event.numbers]
        self._numbers = {(number.account_id, number.number): number for number in held}
        self.refresh_texts()

    def refresh_texts(self) -> None:
        """Say that every row reads differently: another day, other colours, other names."""
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))

    def unread(self) -> int:
        """Unread messages of everything that the chosen number would show."""
        wanted = self._filter
        return sum(
            count
            for (account, number), count in self._reader.unread_by_number().items()
            if wanted.account_id in (None, account) and wanted.local in (None, number)
        )

    def _place(self, conversation_id: ConversationId) -> None:
        row = self._reader.conversation(conversation_id)
        at = self.row_of(conversation_id)
        if row is None or not self._belongs(row):
            if at is not None:
                self._take_out(at)
        elif at is None:
            self._put_in(row)
        else:
            self._move(at, row)

    def _belongs(self, row: ConversationRow) -> bool:
        wanted = self._filter
        return (
            wanted.account_id in (None, row.account_id)
            and wanted.local in (None, row.local)
            and (not wanted.unread_only or row.unread > 0 or row.conversation_id == self._kept)
        )

    def _place_of(self, row: ConversationRow) -> int:
        newest_first = [(-other.last_at_ms, -other.conversation_id) for other in self._rows]
        return bisect_left(newest_first, (-row.last_at_ms, -row.conversation_id))

    def _put_in(self, row: ConversationRow) -> None:
        to = self._place_of(row)
        if to == len(self._rows) and not self._has_all:
            return  # It is older than all that was read; a later page brings it.
        self.beginInsertRows(_ROOT, to, to)
        self._rows.insert(to, row)
        self.endInsertRows()

    def _take_out(self, at: int) -> None:
        self.beginRemoveRows(_ROOT, at, at)
        del self._rows[at]
        self.endRemoveRows()

    def _move(self, at: int, row: ConversationRow) -> None:
        before = self._rows[at]
        if before.key != row.key:
            others = self._rows[:at] + self._rows[at + 1 :]
            newest_first = [(-other.last_at_ms, -other.conversation_id) for other in others]
            to = bisect_left(newest_first, (-row.last_at_ms, -row.conversation_id))
            if to == len(others) and not self._has_all and row.key < before.key:
                # Rows that were not read yet may come before it; a later page brings it.
                self._take_out(at)
                return
            if to != at:
                self.beginMoveRows(_ROOT, at, at, _ROOT, to + 1 if to > at else to)
                self._rows.insert(to, self._rows.pop(at))
                self.endMoveRows()
                at = to
        if before != row:
            self._rows[at] = row
            self.dataChanged.emit(self.index(at), self.index(at))

    def rowCount(self, parent: _Index = _ROOT) -> int:
        """Conversations read so far."""
        return 0 if parent.isValid() else len(self._rows)

    def canFetchMore(self, parent: _Index) -> bool:
        """Whether older conversations wait."""
        return not parent.isValid() and not self._has_all

    def fetchMore(self, parent: _Index) -> None:
        """Read the next page."""
        if not self.canFetchMore(parent):
            return
        after = self._rows[-1].key if self._rows else None
        known = {row.conversation_id for row in self._rows}
        page = self._reader.conversations(self._filter, after, self._page)
        self._has_all = len(page) < self._page
        more = [row for row in page if row.conversation_id not in known]
        if more:
            self.beginInsertRows(_ROOT, len(self._rows), len(self._rows) + len(more) - 1)
            self._rows.extend(more)
            self.endInsertRows()

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Name, summary, colour, or the sentence for a screen reader."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        number = self._numbers.get((row.account_id, row.local))
        if role == ThreadRole.ROW:
            return row
        if role == ThreadRole.CONVERSATION_ID:
            return row.conversation_id
        if role == ThreadRole.COLOUR:
            return number.colour if number else ""
        if role == Qt.ItemDataRole.DisplayRole:
            return shown_name(row.remote_name, row.remote)
        if role == Qt.ItemDataRole.ToolTipRole:
            return shown_number(row.remote)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return thread_sentence(row, number.name if number else "", self._moments)
        return None
