"""An anchored list that is read by keyboard: no key passes over a pixel that was not on screen.

Arrow keys go from row to row, and through a row that is higher than the view in steps; a page is a
page of pixels, whatever the rows.
"""

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView

from sms_desktop.ui.widgets.anchored_list import AnchoredList

_Index = QModelIndex | QPersistentModelIndex
_STEPS = 2


class KeyedList(AnchoredList):
    """``_shows_focus``: keys were used last, so the current row is marked."""

    # Qt asks while it still constructs the view.
    _shows_focus = False
    _is_paging = False

    def _reveal_more(self, *, down: bool) -> bool:
        """Bring a step more of the current row into view; false where all of it was shown."""
        row = self.currentIndex().row()
        if row not in self.visible_rows():
            return False
        top, page = self.row_top(row), self.viewport().height()
        hidden = top + self.row_height(row) - page if down else -top
        if hidden <= 0:
            return False
        step = min(hidden + self._margin, _STEPS * self.verticalScrollBar().singleStep())
        self.hold(row, top - step if down else top + step)
        return True

    def _turn_page(self, event: QKeyEvent, *, down: bool) -> None:
        rows = self.visible_rows()
        if not rows:
            return
        # Held by a row that is on screen: what comes into view has no measured height yet.
        row = rows[-1] if down else rows[0]
        step = self.verticalScrollBar().pageStep()
        self.hold(row, self.row_top(row) + (-step if down else step))
        self._choose(self._edge_row(down=down), self._command(event))

    def _edge_row(self, *, down: bool) -> int:
        """The outermost row that is whole on screen, else the outermost of which a part is."""
        rows = self.visible_rows()
        page = self.viewport().height()
        whole = [
            row
            for row in rows
            if self.row_top(row) >= 0 and self.row_top(row) + self.row_height(row) <= page
        ]
        return (whole or rows)[-1 if down else 0]

    def _choose(self, row: int, command: QItemSelectionModel.SelectionFlag) -> None:
        """Make a row the current one where it stands."""
        self._is_paging = True
        try:
            self.selectionModel().setCurrentIndex(self.model().index(row, 0), command)
        finally:
            self._is_paging = False

    @staticmethod
    def _command(event: QKeyEvent) -> QItemSelectionModel.SelectionFlag:
        flag = QItemSelectionModel.SelectionFlag
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return flag.NoUpdate
        is_more = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        return flag.Select if is_more else flag.ClearAndSelect

    def _step(self, event: QKeyEvent, *, down: bool) -> bool:
        """Whether an arrow key is dealt with without leaving the current row."""
        if self._reveal_more(down=down):
            return True
        if self.currentIndex().row() in self.visible_rows():
            return False
        # The current row was scrolled away: go on where the reader is.
        if self.visible_rows():
            self._choose(self._edge_row(down=not down), self._command(event))
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that move."""
        key = event.key()
        if key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self._turn_page(event, down=key == Qt.Key.Key_PageDown)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and self._step(
            event, down=key == Qt.Key.Key_Down
        ):
            event.accept()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Whoever comes by keyboard sees where the keys go: at a row that is on screen."""
        by_mouse = event.reason() == Qt.FocusReason.MouseFocusReason
        by_keys = event.reason() in (
            Qt.FocusReason.TabFocusReason,
            Qt.FocusReason.BacktabFocusReason,
        )
        rows = self.visible_rows()
        if rows and not by_mouse and self.currentIndex().row() not in rows:
            self._choose(self._edge_row(down=True), QItemSelectionModel.SelectionFlag.NoUpdate)
        self._shows_focus = self._shows_focus or by_keys
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The mark goes, wherever it reaches."""
        super().focusOutEvent(event)
        self.viewport().update()

    def currentChanged(self, current: _Index, previous: _Index) -> None:
        """The mark reaches beyond the two rows that Qt would paint again."""
        super().currentChanged(current, previous)
        self.viewport().update()

    def scrollTo(
        self,
        index: _Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """A row higher than the view is entered at the end that one comes from."""
        if self._is_paging:
            return
        row, page = index.row(), self.viewport().height()
        if hint == QAbstractItemView.ScrollHint.EnsureVisible and 0 <= row < len(self._heights):
            if not self._heights.is_known(row):
                self._heights.set(row, self.measure_row(row))
            top, height = self.row_top(row), self.row_height(row)
            if height > page:
                if top > 0:
                    self.hold(row, self._margin)
                elif top + height < page:
                    self.hold(row, page - height - self._margin)
                return
        super().scrollTo(index, hint)
