"""A list view that answers Qt's questions about rows of any height from a table of heights.

Nothing is laid out ahead of being seen. It stays a ``QListView`` so that screen readers find a list.
"""

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
)
from PySide6.QtGui import QRegion
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from sms_desktop.ui.widgets.row_heights import RowHeights

_Index = QModelIndex | QPersistentModelIndex


class TallRows(QListView):
    """Geometry alone: which row is where. Who derives decides what is measured when."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heights = RowHeights()
        self._margin = 12
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # A bar that comes and goes would change the width, and with it every layout.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)

    def visible_rows(self) -> range:
        """Rows of which at least a part is on screen."""
        count = len(self._heights)
        if not count or self.viewport().height() <= 0:
            return range(0)
        top = self._offset()
        first = self._heights.row_at(max(0, top))
        last = self._heights.row_at(max(0, top + self.viewport().height() - 1))
        return range(first, last + 1)

    def row_top(self, row: int) -> int:
        """Upper edge of a row in the viewport's coordinates."""
        return self._heights.top(row) - self._offset()

    def row_height(self, row: int) -> int:
        """Height of a row, guessed while it was never near the screen."""
        return self._heights.height(row)

    def _offset(self) -> int:
        """How far the rows are scrolled up; negative where they do not fill the view (they sit low)."""
        room = self.viewport().height() - self._content()
        bar = self.verticalScrollBar().value()
        return (-room if room > 0 else bar) - self._margin

    def _content(self) -> int:
        return self._heights.total + 2 * self._margin

    # What Qt asks a list view for.

    def doItemsLayout(self) -> None:
        """Nothing is laid out ahead of being seen."""
        QAbstractItemView.doItemsLayout(self)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Everything visible is painted again; it is cheaper than to be clever."""
        del dx, dy
        self.viewport().update()

    def verticalOffset(self) -> int:
        """How far the content is scrolled."""
        return self._offset()

    def horizontalOffset(self) -> int:
        """Rows are as wide as the view."""
        return 0

    def visualRect(self, index: _Index) -> QRect:
        """Where a row stands in the viewport."""
        if not index.isValid() or index.row() >= len(self._heights):
            return QRect()
        row = index.row()
        return QRect(0, self.row_top(row), self.viewport().width(), self._heights.height(row))

    def indexAt(self, point: QPoint) -> QModelIndex:
        """The row at a point of the viewport."""
        for row in self.visible_rows():
            top = self.row_top(row)
            if top <= point.y() < top + self._heights.height(row):
                return self.model().index(row, 0)
        return QModelIndex()

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """The row that a key leads to."""
        del modifiers
        count, rows, now = len(self._heights), self.visible_rows(), self.currentIndex().row()
        if not rows:
            return QModelIndex()
        if now < 0:
            return self.model().index(rows[-1], 0)
        move = QAbstractItemView.CursorAction
        page = max(1, len(rows) - 1)
        steps = {
            move.MoveUp: -1,
            move.MovePrevious: -1,
            move.MoveDown: 1,
            move.MoveNext: 1,
            move.MovePageUp: -page,
            move.MovePageDown: page,
            move.MoveHome: -count,
            move.MoveEnd: count,
        }
        return self.model().index(max(0, min(count - 1, now + steps.get(action, 0))), 0)

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """Choose the rows that a rectangle touches."""
        rows = [
            row
            for row in self.visible_rows()
            if self.row_top(row) <= max(rect.top(), rect.bottom())
            and self.row_top(row) + self._heights.height(row) > min(rect.top(), rect.bottom())
        ]
        selection = QItemSelection()
        if rows:
            selection = QItemSelection(
                self.model().index(rows[0], 0), self.model().index(rows[-1], 0)
            )
        self.selectionModel().select(selection, command)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        """What to paint again when a selection changes."""
        region = QRegion()
        for index in selection.indexes():
            region += self.visualRect(index)
        return region

    def isIndexHidden(self, index: _Index) -> bool:
        """No row is ever hidden."""
        del index
        return False
