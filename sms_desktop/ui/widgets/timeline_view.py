"""The conversation on screen: kept place, arrivals, keys, links, notes, and what was looked at."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import (
    QEvent,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QKeyEvent,
    QKeySequence,
    QPaintEvent,
)
from PySide6.QtWidgets import QWidget

from sms_desktop.domain.ids import ConversationId
from sms_desktop.domain.message import Direction, TimelineKey, TimelineRow
from sms_desktop.ui.models.conversation_model import ConversationModel
from sms_desktop.ui.models.moments import Moments
from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.widgets.scroll_place import ScrollPlace
from sms_desktop.ui.widgets.system_links import open_in_system
from sms_desktop.ui.widgets.timeline_interaction import TimelineHands

_ROWS_AHEAD: Final = 12


class TimelineView(TimelineHands):
    """Shows a ConversationModel.

    ``looked_at`` carries the TimelineKey of the newest inbound row that was really on screen, in an
    active window, and that was not looked at before. A jump to the end passes over what is between,
    as the person asked.
    """

    looked_at = Signal(object)

    def __init__(
        self,
        model: ConversationModel,
        theme: Theme,
        moments: Moments,
        parent: QWidget | None = None,
        *,
        open_link: Callable[[str], None] = open_in_system,
    ) -> None:
        super().__init__(model, theme, moments, parent, open_link=open_link)
        self._seen: TimelineKey | None = None
        self._is_extending = self._is_opening = False
        # After the paint, and once for many paints.
        self._looking = QTimer(self, singleShot=True, interval=0)
        self._looking.timeout.connect(self._tell_looked_at)
        self.setObjectName("timeline")
        self.setAccessibleName(self.tr("Messages"))
        self.setFrameShape(TimelineView.Shape.NoFrame)
        self._pill.clicked.connect(self.jump_to_newest)
        model.arrived.connect(self._take_arrived)
        model.echoed.connect(self._take_echoed)
        self.settled.connect(self._after_settling)
        self.setModel(model)

    def open(
        self, conversation_id: ConversationId | None, place: ScrollPlace | None = None
    ) -> None:
        """Show a conversation where it was left, else at its first unread message, else at its end."""
        self._heading_for = (place.key, place.top) if place else None
        self._is_opening = True
        try:
            self._rows.open(conversation_id, place.key if place else None)
        finally:
            self._heading_for, self._is_opening = None, False
        self._seen = self._rows.looked_at()
        self._pill.show_for(0, is_far=False)
        row = self._rows.row_of(place.key) if place else None
        new_from = self._rows.new_from
        if place is not None and row is not None:
            self.hold(row, place.top)
        elif new_from is not None:
            self._show_new(new_from)

    def first_place(self) -> tuple[int, int] | None:
        """Straight to where the new begins, where there is more of it than can fit into the view."""
        place = super().first_place()
        new_from = self._rows.new_from
        if place is not None or new_from is None or not self._is_opening:
            return place
        row = self._rows.row_of(new_from)
        if row is None:
            return None
        least = (self._rows.rowCount() - row) * self._heights.guess // 2
        is_surely_more = least > self.viewport().height() or not self._rows.at_end
        return (row, 0) if is_surely_more else None

    def _show_new(self, new_from: TimelineKey) -> None:
        """Stay at the end where everything new fits into the view; else begin where the new begins."""
        row = self._rows.row_of(new_from)
        if row is not None and (self.row_top(row) < 0 or not self._rows.at_end):
            self.hold(row, 0)

    def place(self) -> ScrollPlace | None:
        """Where the reader stands, to come back to; ``None`` at the end of the conversation."""
        rows = self.visible_rows()
        if self.is_at_end or not rows:
            return None
        return ScrollPlace(self._rows.bubble(rows[0]).row.key, self.row_top(rows[0]))

    def jump_to_newest(self) -> None:
        """Go to the end and stay there."""
        self._rows.show_newest()
        self.stick_to_end()

    # What happens by itself.

    def _take_arrived(self, rows: list[TimelineRow]) -> None:
        was_at_end = self.is_at_end
        if not (was_at_end and self._is_watched()):
            self._divide_before(rows[0].key)
        if not was_at_end:
            self._pill.show_for(self._pill.count + len(rows), is_far=True)

    def _divide_before(self, first: TimelineKey) -> None:
        """Mark where the unseen begins, unless a mark stands already before something unseen."""
        divided = self._rows.new_from
        if divided is None or (self._seen is not None and divided <= self._seen):
            self._rows.divide_before(first)
        row = self._rows.row_of(self._rows.new_from or first)
        if self.is_at_end and not self._is_watched() and row is not None and self.row_top(row) < 0:
            # Nobody looks: the first unseen row does not scroll away.
            self.hold(row, 0)

    def _take_echoed(self) -> None:
        self._rows.divide_before(None)
        self.stick_to_end()

    def _after_settling(self) -> None:
        self._extend()
        bar = self.verticalScrollBar()
        is_far = bar.maximum() - bar.value() > self.height() or not self._rows.at_end
        if self.is_at_end:
            self._pill.show_for(0, is_far=False)
        else:
            self._pill.show_for(self._pill.count, is_far=is_far)

    def _extend(self) -> None:
        """Read on before the reader comes to an end of the window."""
        if self._is_extending:
            return
        self._is_extending = True
        try:
            rows = self.visible_rows()
            if rows and rows[0] < _ROWS_AHEAD and not self._rows.at_start:
                self._rows.extend_up()
                rows = self.visible_rows()
            if rows and rows[-1] >= len(self._heights) - _ROWS_AHEAD and not self._rows.at_end:
                self._rows.extend_down()
        finally:
            self._is_extending = False

    def _is_watched(self) -> bool:
        window = self.window()
        return self.isVisible() and window.isActiveWindow() and not window.isMinimized()

    def _tell_looked_at(self) -> None:
        """Tell the newest inbound row whose lower edge is on screen, once."""
        if not self._is_watched() or self._rows.conversation_id is None:
            return
        bottom = self.viewport().height()
        for row in reversed(self.visible_rows()):
            message = self._rows.bubble(row).row
            is_whole = self.row_top(row) + self.row_height(row) <= bottom
            if is_whole and message.direction is Direction.INBOUND:
                if self._seen is None or message.key > self._seen:
                    self._seen = message.key
                    self.looked_at.emit(message.key)
                return

    def tab_stops(self) -> list[QWidget]:
        """Where Tab stops, in order."""
        return [self, self._pill]

    def _go_to(self, row: int) -> None:
        self._shows_focus = True
        if row >= 0:
            self.setCurrentIndex(self._rows.index(row))

    # What Qt calls.

    def paintEvent(self, event: QPaintEvent) -> None:
        """What was painted can be looked at."""
        super().paintEvent(event)
        self._looking.start()

    def changeEvent(self, event: QEvent) -> None:
        """An activated window looks again."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange:
            self._looking.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that move, choose and copy; letters are left to the window."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_chosen()
        elif event.key() == Qt.Key.Key_Home:
            self._rows.show_oldest()
            self._go_to(0)
        elif event.key() == Qt.Key.Key_End:
            self.jump_to_newest()
            self._go_to(len(self._heights) - 1)
        elif event.text().strip() and event.text().isprintable():
            event.ignore()
        else:
            self._shows_focus = True
            super().keyPressEvent(event)
            if event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
                self.show_floating_day()
