"""Choosing words inside of a bubble, by mouse or keyboard; whoever leaves it chooses whole messages."""

from typing import Final, NamedTuple

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    Qt,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from sms_desktop.ui.models.conversation_model import ConversationModel
from sms_desktop.ui.models.moments import Moments
from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.widgets.timeline_surface import TimelineSurface

_Index = QModelIndex | QPersistentModelIndex
_CHOOSE: Final = QItemSelectionModel.SelectionFlag.ClearAndSelect
_LETTER_KEYS: Final = (Qt.Key.Key_Left, Qt.Key.Key_Right)


class Grip(NamedTuple):
    """Where the left button went down inside of a bubble; rows may come in above meanwhile."""

    bubble: QPersistentModelIndex
    place: int
    point: QPoint

    @property
    def row(self) -> int:
        """Where that bubble stands now; -1 once it is not held any more."""
        return self.bubble.row()


class TimelineWords(TimelineSurface):
    """Either words of one message are chosen, or whole messages, or nothing."""

    def __init__(
        self,
        model: ConversationModel,
        theme: Theme,
        moments: Moments,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(model, theme, moments, parent)
        self._grip: Grip | None = None
        model.modelReset.connect(self._let_go)

    def chosen_words(self) -> str:
        """The words that are chosen inside of one bubble; empty without."""
        row = self._row_of_words()
        if row is None or self._words is None:
            return ""
        return self._layout(row).text.between(*self._words.span)

    def _choose_words(self, row: int, anchor: int, head: int) -> None:
        """Choose a part of one text; no whole message is chosen then."""
        self.clearSelection()
        self.show_words(self._rows.bubble(row).row.key, anchor, head)

    def _let_go(self) -> None:
        self._grip = None
        self.show_words(None)

    def _extend_words(self, event: QKeyEvent) -> bool:
        """Shift with the arrow keys to the side: by letters, with Ctrl by words."""
        modifiers, row = event.modifiers(), self.currentIndex().row()
        if event.key() not in _LETTER_KEYS or row < 0:
            return False
        if not modifiers & Qt.KeyboardModifier.ShiftModifier:
            return False
        layout = self._layout(row)
        forward = (event.key() == Qt.Key.Key_Right) != layout.is_right_to_left
        edge = 0 if forward else layout.text.length
        anchor, head = edge, edge
        if self._words is not None and self._row_of_words() == row:
            anchor, head = self._words.anchor, self._words.head
        by_words = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
        head = layout.text.next_place(head, forward=forward, by_words=by_words)
        self._choose_words(row, anchor, head)
        return True

    def _place_in(self, row: int, point: QPoint) -> int:
        return self._layout(row).place_near(point.x(), point.y() - self.row_top(row))

    def _is_in_bubble(self, row: int, point: QPoint) -> bool:
        return self._layout(row).box.contains(point.x(), point.y() - self.row_top(row))

    def _choose_to(self, point: QPoint, grip: Grip) -> None:
        """Choose from where the button went down to a point: words, or messages in another row."""
        now = self.indexAt(point)
        if now.isValid() and now.row() == grip.row:
            self._choose_words(grip.row, grip.place, self._place_in(grip.row, point))
            return
        self.show_words(None)
        if now.isValid() and grip.bubble.isValid():
            first, last = sorted((grip.row, now.row()))
            rows = QItemSelection(self._rows.index(first), self._rows.index(last))
            self.selectionModel().select(rows, _CHOOSE)

    # What Qt calls.

    def currentChanged(self, current: _Index, previous: _Index) -> None:
        """Chosen words belong to the message that one is at."""
        super().currentChanged(current, previous)
        if current.row() != self._row_of_words():
            self.show_words(None)
