"""A list view of rows of any height whose position never jumps.

Rows are measured only where they are seen. Between two changes the view remembers one visible row
and how far below the upper edge it stands, or that it stands at the newest row; after any change it
puts just that back.
"""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QPersistentModelIndex,
    Signal,
)
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from sms_desktop.ui.widgets.tall_rows import TallRows

_Index = QModelIndex | QPersistentModelIndex
_ROOT: Final = QModelIndex()
# Measuring what came into view can bring other rows into view; this is far more than it takes.
_MOST_ROUNDS: Final = 12


class AnchoredList(TallRows):
    """Override ``measure_row``; ``settled`` follows every change of place or rows."""

    settled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._anchor = (0, 0)
        self._sticks = True
        self._is_settling = False
        self._measured_width = 0
        self.verticalScrollBar().valueChanged.connect(self._follow_bar)

    def measure_row(self, row: int) -> int:
        """Height of a row in pixels at the present width."""
        raise NotImplementedError

    def reaches_end(self) -> bool:
        """Whether the last row is the last there is, so that the view may stick to it."""
        return True

    def first_place(self) -> tuple[int, int] | None:
        """Row, and where its upper edge goes, after a reset; ``None``: the end. Nothing else is measured."""
        return None

    @property
    def is_at_end(self) -> bool:
        """Whether the newest row is in view and stays so when more come."""
        return self._sticks and self.reaches_end()

    def stick_to_end(self) -> None:
        """Show the newest row and stay there."""
        self._sticks = True
        self.settle()

    def hold(self, row: int, top: int) -> None:
        """Put a row's upper edge at ``top`` in the viewport, as nearly as the ends allow."""
        self._sticks = False
        self._anchor = (row, top)
        self.settle()

    def settle(self) -> None:
        """Measure what is seen and put the remembered row where it stood."""
        if self._is_settling:
            return
        self._is_settling = True
        try:
            self._forget_other_widths()
            for _ in range(_MOST_ROUNDS):
                self._place()
                if not self._measure_visible():
                    break
            # Before it is on screen its size is not what it will be: what was asked for stands.
            if self.isVisible():
                self._remember()
        finally:
            self._is_settling = False
        self.viewport().update()
        self.settled.emit()

    def _forget_other_widths(self) -> None:
        """A new width makes new heights, also where Qt asks for a layout before it tells the size."""
        width = self.viewport().width()
        if width != self._measured_width:
            self._measured_width = width
            self._heights.forget(0, len(self._heights))

    def remeasure(self) -> None:
        """Every height may be another now."""
        self._heights.forget(0, len(self._heights))
        self.settle()

    def _place(self) -> None:
        bar = self.verticalScrollBar()
        page = self.viewport().height()
        most = max(0, self._content() - page)
        row, top = self._anchor
        if self._sticks or row >= len(self._heights):
            value = most
        else:
            value = self._heights.top(row) - top + self._margin
        bar.setRange(0, most)
        # The stylesheet draws no handle for a bar that cannot move.
        bar.setEnabled(most > 0)
        bar.setPageStep(max(1, page - self._heights.guess))
        bar.setSingleStep(max(1, self._heights.guess // 2))
        bar.setValue(max(0, min(most, value)))

    def _measure_visible(self) -> bool:
        unknown = [row for row in self.visible_rows() if not self._heights.is_known(row)]
        for row in unknown:
            self._heights.set(row, self.measure_row(row))
        return bool(unknown)

    def _remember(self) -> None:
        rows = self.visible_rows()
        if rows:
            # A row that begins in view is the better one: what changes above it stays above it.
            row = next((r for r in rows if self.row_top(r) >= 0), rows[0])
            self._anchor = (row, self.row_top(row))
        bar = self.verticalScrollBar()
        self._sticks = bar.value() >= bar.maximum() and self.reaches_end()

    def _follow_bar(self, value: int) -> None:
        """The person scrolled: the same rows move by just that much, whatever gets measured."""
        if self._is_settling or not len(self._heights):
            return
        row, _ = self._anchor
        top = self._heights.top(row) + self._margin - value
        if not -2 * self.height() <= top <= 3 * self.height():
            row = self._heights.row_at(value - self._margin)
            top = self._heights.top(row) + self._margin - value
        bar = self.verticalScrollBar()
        self._anchor = (row, top)
        self._sticks = value >= bar.maximum() and self.reaches_end()
        self.settle()

    # What Qt asks a list view for.

    def setModel(self, model: QAbstractItemModel | None) -> None:
        """Follow a model; its removals end after it has let go of the rows."""
        super().setModel(model)
        if model is not None:
            model.rowsRemoved.connect(self.settle)

    def reset(self) -> None:
        """The model was reset: nothing is known."""
        super().reset()
        model = self.model()
        self._heights.reset(model.rowCount() if model is not None else 0)
        place = self.first_place()
        self._anchor, self._sticks = place or (0, 0), place is None
        self.settle()

    def rowsInserted(self, parent: _Index, start: int, end: int) -> None:
        """Rows came: those on screen stay where they are."""
        count = end - start + 1
        self._heights.insert(start, count)
        row, top = self._anchor
        if start <= row and len(self._heights) > count:
            self._anchor = (row + count, top)
        super().rowsInserted(parent, start, end)
        self.settle()

    def rowsAboutToBeRemoved(self, parent: _Index, start: int, end: int) -> None:
        """Rows go: those that remain on screen stay where they are."""
        super().rowsAboutToBeRemoved(parent, start, end)
        row, top = self._anchor
        if row > end:
            self._anchor = (row - (end - start + 1), top)
        elif row >= start:
            self._anchor = (start, top)
        self._heights.remove(start, end - start + 1)

    def dataChanged(self, first: _Index, last: _Index, roles: Sequence[int] = ()) -> None:
        """Rows read differently, and may be of another height."""
        super().dataChanged(first, last, roles)
        self._heights.forget(first.row(), last.row())
        self.settle()

    def updateGeometries(self) -> None:
        """Qt asks for the scroll bar's range; it follows from the rows."""
        if len(self._heights):
            self.settle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The remembered row stays where it stood."""
        QAbstractItemView.resizeEvent(self, event)
        self.settle()

    def scrollTo(
        self,
        index: _Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Bring a row into view by the shortest way, or to where ``hint`` says."""
        row = index.row()
        if not index.isValid() or row >= len(self._heights):
            return
        if not self._heights.is_known(row):
            self._heights.set(row, self.measure_row(row))
        height, page = self._heights.height(row), self.viewport().height()
        top = self.row_top(row)
        wanted = {
            QAbstractItemView.ScrollHint.PositionAtTop: self._margin,
            QAbstractItemView.ScrollHint.PositionAtCenter: (page - height) // 2,
            QAbstractItemView.ScrollHint.PositionAtBottom: page - height - self._margin,
        }.get(hint)
        if wanted is None:
            if top >= 0 and top + height <= page:
                return
            wanted = self._margin if top < 0 else max(0, page - height - self._margin)
        self.hold(row, wanted)
