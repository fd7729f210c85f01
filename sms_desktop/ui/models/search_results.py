"""What a search found, as rows: conversations, numbers and actions first, then messages with their words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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
from sms_desktop.domain.conversation import ConversationRow, Correspondent
from sms_desktop.domain.message import Direction, Origin
from sms_desktop.domain.search import Hit, excerpt
from sms_desktop.ui.models.moments import Moments
from sms_desktop.ui.models.number_labels import label_words
from sms_desktop.ui.models.numbers import shown_name, shown_number
from sms_desktop.ui.models.sentences import thread_sentence
from sms_desktop.ui.models.thread_list_model import ThreadRole

_Index = QModelIndex | QPersistentModelIndex
_ROOT: Final = QModelIndex()


class ResultRole(IntEnum):
    """What a row can be asked for beside the roles of the thread list."""

    RESULT = Qt.ItemDataRole.UserRole + 21
    LINE = Qt.ItemDataRole.UserRole + 22


@dataclass(frozen=True, slots=True)
class Heading:
    """Names the rows below; nothing to choose."""

    text: str


@dataclass(frozen=True, slots=True)
class ActionResult:
    """An action of the window, by its name in the table; ``keys`` as the system writes them."""

    name: str
    text: str
    keys: str


@dataclass(frozen=True, slots=True)
class NumberResult:
    """An own number: the list can be narrowed to it."""

    number: OwnNumber


Result = Heading | ActionResult | NumberResult | Correspondent | ConversationRow | Hit
"""A ``Correspondent`` is somebody's number with which there is no conversation yet."""


class ResultsModel(QAbstractListModel):
    """``more_wanted``: the view came near the end, and there is another page."""

    more_wanted = Signal()

    def __init__(self, moments: Moments, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._moments = moments
        self._rows: list[Result] = []
        self._numbers: Mapping[NumberKey, OwnNumber] = {}
        self._has_more = False
        self.needles: tuple[str, ...] = ()

    def show_results(
        self,
        rows: Sequence[Result],
        needles: tuple[str, ...],
        numbers: Mapping[NumberKey, OwnNumber],
        *,
        has_more: bool,
    ) -> None:
        """Show these in place of all."""
        self.beginResetModel()
        self._rows = list(rows)
        self._numbers = numbers
        self._has_more = has_more
        self.needles = needles
        self.endResetModel()

    def add_hits(self, hits: Sequence[Hit], *, has_more: bool) -> None:
        """The next page."""
        self._has_more = has_more
        if hits:
            first = len(self._rows)
            self.beginInsertRows(_ROOT, first, first + len(hits) - 1)
            self._rows.extend(hits)
            self.endInsertRows()

    def result(self, row: int) -> Result:
        """What stands in a row."""
        return self._rows[row]

    def row_like(self, result: Result | None) -> int | None:
        """Where the same thing stands now, though it may read differently."""
        if result is None:
            return None
        same = (i for i, row in enumerate(self._rows) if _identity(row) == _identity(result))
        return next(same, None)

    def step(self, row: int, by: int) -> int | None:
        """The next row that can be chosen, from ``row`` on in a direction; ``None`` at the end."""
        row += by
        while 0 <= row < len(self._rows):
            if not isinstance(self._rows[row], Heading):
                return row
            row += by
        return None

    def rowCount(self, parent: _Index = _ROOT) -> int:
        """Rows so far, headings included."""
        return 0 if parent.isValid() else len(self._rows)

    def canFetchMore(self, parent: _Index) -> bool:
        """Whether there is another page."""
        return not parent.isValid() and self._has_more

    def fetchMore(self, parent: _Index) -> None:
        """Ask for the next page, once."""
        if self.canFetchMore(parent):
            self._has_more = False
            self.more_wanted.emit()

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Headings cannot be chosen."""
        if index.isValid() and isinstance(self._rows[index.row()], Heading):
            return Qt.ItemFlag.ItemNeverHasChildren
        return super().flags(index)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The row, what the thread list's painter asks of it, or a sentence for a screen reader."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        result = self._rows[index.row()]
        if role == ResultRole.RESULT:
            return result
        if role == Qt.ItemDataRole.DisplayRole:
            return _name(result)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._sentence(result)
        if not isinstance(result, ConversationRow | Hit):
            return None
        if role == ResultRole.LINE:
            return self._line(result) if isinstance(result, Hit) else None
        if role == ThreadRole.ROW:
            return _as_row(result) if isinstance(result, Hit) else result
        if role == ThreadRole.COLOUR:
            number = self._numbers.get((result.account_id, result.local))
            return number.colour if number else ""
        return None

    def _line(self, hit: Hit) -> str:
        line = excerpt(hit.text, self.needles, before=14)
        is_own = hit.direction is Direction.OUTBOUND
        return self.tr("You: {text}").format(text=line) if is_own else line

    def _sentence(self, result: Result) -> str:
        if isinstance(result, ActionResult):
            return f"{result.text}, {result.keys}" if result.keys else result.text
        if not isinstance(result, ConversationRow | Hit):
            return _name(result)
        number = self._numbers.get((result.account_id, result.local))
        called = number.name if number else ""
        if isinstance(result, ConversationRow):
            return thread_sentence(result, called, self._moments)
        parts = [_name(result), self._line(result), self._moments.spoken(result.at_ms)]
        return ". ".join(part for part in (*parts, called) if part)


def _name(result: Result) -> str:
    if isinstance(result, ConversationRow | Hit):
        return shown_name(result.remote_name, result.remote)
    if isinstance(result, Correspondent):
        return f"{shown_name(result.name, result.remote)}, {beside_name(result)}"
    if isinstance(result, NumberResult):
        return result.number.name or shown_number(result.number.number)
    return result.text


def beside_name(person: Correspondent) -> str:
    """Which of somebody's numbers it is."""
    label, shown = label_words(person.label), shown_number(person.remote)
    return f"{label} · {shown}" if label else shown


def _identity(result: Result) -> object:
    if isinstance(result, Hit):
        return result.conversation_id, result.key
    return result.conversation_id if isinstance(result, ConversationRow) else result


def _as_row(hit: Hit) -> ConversationRow:
    """A conversation that ends with the hit, for the painter of conversations."""
    return ConversationRow(
        hit.conversation_id,
        hit.account_id,
        hit.local,
        hit.remote,
        hit.remote_name,
        hit.at_ms,
        "",
        Direction.INBOUND,
        Origin.REMOTE,
        None,
        0,
        "",
    )
