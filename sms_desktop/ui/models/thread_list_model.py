"""The thread list: pinned first, then the newest, read page by page, changed by moving rows.

A reset happens only where the filter changes.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
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

from sms_desktop.domain.account import NumberKey, OwnNumber
from sms_desktop.domain.conversation import ConversationRow
from sms_desktop.domain.ids import ConversationId
from sms_desktop.domain.thread_flags import Folder
from sms_desktop.sync.events import NumbersChanged, TimelineChanged
from sms_desktop.ui.models.moments import Moments
from sms_desktop.ui.models.numbers import shown_name, shown_number
from sms_desktop.ui.models.receiving import does_not_receive
from sms_desktop.ui.models.row_diff import Removal, edits
from sms_desktop.ui.models.sentences import flag_words, thread_sentence
from sms_desktop.ui.ports import ConversationFilter, Reader

_Index = QModelIndex | QPersistentModelIndex
_ROOT: Final = QModelIndex()
PAGE: Final = 50
_FEW: Final = 20


class ThreadRole(IntEnum):
    """What a row can be asked for beside its name."""

    ROW = Qt.ItemDataRole.UserRole + 1
    CONVERSATION_ID = Qt.ItemDataRole.UserRole + 2
    COLOUR = Qt.ItemDataRole.UserRole + 3
    IS_DEAF = Qt.ItemDataRole.UserRole + 4


class ThreadListModel(QAbstractListModel):
    """One row a conversation; ``COLOUR`` is its own number's ``#rrggbb``, empty while unknown.

    ``IS_DEAF``: the own number shall receive, and does not.
    """

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
        self._numbers: Mapping[NumberKey, OwnNumber] = {}
        self._deaf: set[NumberKey] = set()

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

    def fetch_all(self) -> None:
        """Read every page that is left, since all of them are meant."""
        while not self._has_all:
            self.fetchMore(_ROOT)

    def take_change(self, event: TimelineChanged) -> None:
        """Put every changed conversation where it belongs now."""
        changed = sorted(event.changes.conversations)
        if len(changed) > _FEW:
            self._place_many(changed)
        else:
            for conversation_id in changed:
                self._place(conversation_id)
        if len(self._rows) < self._page // 2 and not self._has_all:
            # Most of what was read has gone: what waits below is not to be scrolled for.
            self.fetchMore(_ROOT)
        if event.changes:
            self.unread_changed.emit()

    def take_numbers(self, event: NumbersChanged) -> None:
        """Know the own numbers' names and colours."""
        held = [state.number for state in event.numbers]
        before = self._hidden()
        self._numbers = {(number.account_id, number.number): number for number in held}
        deaf = (state.number for state in event.numbers if does_not_receive(state))
        self._deaf = {number.key for number in deaf}
        if self._filter.local is None and self._hidden() != before:
            self.load()
            self.unread_changed.emit()
        self.refresh_texts()

    def refresh_texts(self) -> None:
        """Say that every row reads differently: another day, other colours, other names."""
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))

    def unread(self) -> int:
        """Unread messages of everything that the chosen number would show."""
        wanted = self._filter
        if wanted.local is None:
            return self._reader.unread_in_inbox()
        return sum(
            count
            for (account, number), count in self._reader.unread_by_number().items()
            if wanted.account_id in (None, account) and wanted.local in (None, number)
        )

    def filled_folders(self) -> list[Folder]:
        """The folders beside the inbox that hold something of what the chosen number would show."""
        beside = (Folder.SNOOZED, Folder.ARCHIVED, Folder.BLOCKED)
        wanted = replace(self._filter, unread_only=False, scheduled_only=False)
        return [f for f in beside if self._reader.conversations(replace(wanted, folder=f), None, 1)]

    def has_scheduled(self) -> bool:
        """Whether anything waits for its time."""
        return bool(self._reader.scheduled())

    def _hidden(self) -> set[NumberKey]:
        return {key for key, number in self._numbers.items() if number.is_hidden}

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

    def _place_many(self, conversation_ids: Sequence[ConversationId]) -> None:
        """The same for a crowd: neighbours that go or come do so in one step."""
        now = {row.conversation_id: row for row in self._rows}
        before = list(now)
        last = self._rows[-1] if self._rows else None
        for one in conversation_ids:
            row = self._reader.conversation(one)
            if row is not None and self._belongs(row):
                now[one] = row
            else:
                now.pop(one, None)
        rows = sorted(now.values(), key=_from_above)
        if not self._has_all and last is not None:
            # What is older than all that was read is brought by a later page.
            rows = [row for row in rows if row.key >= last.key]
        for step in edits(before, [row.conversation_id for row in rows]):
            if isinstance(step, Removal):
                self.beginRemoveRows(_ROOT, step.first, step.last)
                del self._rows[step.first : step.last + 1]
                self.endRemoveRows()
            else:
                self.beginInsertRows(_ROOT, step.first, step.last)
                self._rows[step.first : step.first] = rows[step.first : step.last + 1]
                self.endInsertRows()
        self._rows = rows
        self.refresh_texts()

    def _belongs(self, row: ConversationRow) -> bool:
        wanted = self._filter
        return (
            wanted.account_id in (None, row.account_id)
            and (row.local == wanted.local or (wanted.local is None and not row.is_hidden))
            and row.folder is wanted.folder
            and (not wanted.unread_only or row.is_unread or row.conversation_id == self._kept)
            and (not wanted.scheduled_only or self._has_scheduled(row.conversation_id))
        )

    def _has_scheduled(self, conversation_id: ConversationId) -> bool:
        return bool(self._reader.scheduled_in(conversation_id))

    def _put_in(self, row: ConversationRow) -> None:
        to = bisect_left(self._rows, _from_above(row), key=_from_above)
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
            to = bisect_left(others, _from_above(row), key=_from_above)
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
        if role == ThreadRole.IS_DEAF:
            return (row.account_id, row.local) in self._deaf
        if role == Qt.ItemDataRole.DisplayRole:
            return shown_name(row.remote_name, row.remote)
        if role == Qt.ItemDataRole.ToolTipRole:
            return " · ".join([shown_number(row.remote), *flag_words(row, self._moments)])
        if role == Qt.ItemDataRole.AccessibleTextRole:
            is_deaf = (row.account_id, row.local) in self._deaf
            called = number.name if number else ""
            return thread_sentence(row, called, self._moments, is_deaf=is_deaf)
        return None


def _from_above(row: ConversationRow) -> tuple[int, int, int]:
    is_pinned, at_ms, conversation_id = row.key
    return -is_pinned, -at_ms, -conversation_id
