"""The timeline's surface: paints rows from cached layouts and knows what lies under a point."""

from datetime import date
from typing import Final, NamedTuple

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, Qt, QTimer
from PySide6.QtGui import QHelpEvent, QHideEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QToolTip, QWidget

from sms_desktop.domain.address import Address
from sms_desktop.domain.message import TimelineKey
from sms_desktop.ui.delegates.bubble_layout import BubbleLayout
from sms_desktop.ui.delegates.bubble_painter import BubblePainter
from sms_desktop.ui.delegates.bubble_text import is_cut
from sms_desktop.ui.delegates.links import Link, LinkKind
from sms_desktop.ui.delegates.notes import NoteAction
from sms_desktop.ui.models.conversation_model import ConversationModel
from sms_desktop.ui.models.moments import DayWatch, Moments
from sms_desktop.ui.models.numbers import shown_number
from sms_desktop.ui.models.sentences import state_words
from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.widgets.keyed_list import KeyedList
from sms_desktop.ui.widgets.newest_pill import NewestPill

_FLOATING_DAY_MS: Final = 1200
_REACH: Final = 12


class Words(NamedTuple):
    """A chosen part of one text, between two of its gaps; ``head`` is the one that moves."""

    key: TimelineKey
    anchor: int
    head: int

    @property
    def span(self) -> tuple[int, int]:
        """The gaps in rising order."""
        return min(self.anchor, self.head), max(self.anchor, self.head)


class TimelineSurface(KeyedList):
    """Everything about how a conversation looks; what happens is TimelineView's."""

    def __init__(
        self,
        model: ConversationModel,
        theme: Theme,
        moments: Moments,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._moments = moments
        self._rows = model
        self._painter = BubblePainter(theme, moments)
        self._pill = NewestPill(theme, self.viewport(), self)
        self._floating = QTimer(self, singleShot=True, interval=_FLOATING_DAY_MS)
        self._floating.timeout.connect(self.viewport().update)
        self._words: Words | None = None
        self._heading_for: tuple[TimelineKey, int] | None = None
        self._measure_style()
        theme.changed.connect(self._take_looks)
        DayWatch(moments, self).day_changed.connect(self._take_looks)
        self.verticalScrollBar().sliderMoved.connect(self.show_floating_day)

    @property
    def row_painter(self) -> BubblePainter:
        """What lays out and paints; for measurements."""
        return self._painter

    def show_floating_day(self) -> None:
        """Name the day of the uppermost row for a moment."""
        self._floating.start()
        self.viewport().update()

    def mark_words(self, needles: tuple[str, ...]) -> None:
        """Mark folded words wherever they stand; none takes the marks away."""
        self._painter.mark(needles)
        self.viewport().update()

    def show_words(self, key: TimelineKey | None, anchor: int = 0, head: int = 0) -> None:
        """Show a part of a text as chosen; ``None``: nothing."""
        self._words = None if key is None else Words(key, anchor, head)
        self.viewport().update()

    def _row_of_words(self) -> int | None:
        """The row in which a part of the text is chosen."""
        return None if self._words is None else self._rows.row_of(self._words.key)

    def go_to(self, key: TimelineKey) -> None:
        """Bring a message into the middle of the view and choose it, read anew where it is far."""
        row = self._brought(key, self.viewport().height() // 2)
        if row is not None:
            if self._painter.needles and is_cut(self._rows.bubble(row)):
                self._rows.show_whole(row)
            self.scrollTo(self._rows.index(row), TimelineSurface.ScrollHint.PositionAtCenter)
        # Rows that were read meanwhile have moved it.
        row = self._rows.row_of(key)
        if row is not None:
            choose = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.selectionModel().setCurrentIndex(self._rows.index(row), choose)

    def go_to_day(self, key: TimelineKey) -> None:
        """Put a day's first message at the upper edge, below its separator."""
        row = self._brought(key, 0)
        if row is not None:
            self.hold(row, 0)
        row = self._rows.row_of(key)
        if row is not None:
            # It stands where it shall, also where it is higher than the view.
            self._choose(row, QItemSelectionModel.SelectionFlag.NoUpdate)

    def _brought(self, key: TimelineKey, top: int) -> int | None:
        """The row of a key, which is read anew where it is far, and stands about there then."""
        self._heading_for = (key, top)
        try:
            self._rows.show_around(key)
        finally:
            self._heading_for = None
        return self._rows.row_of(key)

    def first_place(self) -> tuple[int, int] | None:
        """Where one is going, so that nothing else has to be laid out on the way."""
        if self._heading_for is None:
            return None
        key, top = self._heading_for
        row = self._rows.row_of(key)
        return None if row is None else (row, top)

    def uppermost_day(self) -> date | None:
        """The local day of the first row in view."""
        rows = self.visible_rows()
        return self._rows.bubble(rows[0]).day if rows else None

    def measure_row(self, row: int) -> int:
        """Height of a bubble with everything that belongs to its row."""
        return self._layout(row).height

    def reaches_end(self) -> bool:
        """Whether the window of rows ends with the newest."""
        return self._rows.at_end

    def hit(self, point: QPoint) -> Link | NoteAction | None:
        """What a click at a point of the viewport would do."""
        index = self.indexAt(point)
        if not index.isValid():
            return None
        return self._layout(index.row()).hit(point.x(), point.y() - self.row_top(index.row()))

    def _layout(self, row: int) -> BubbleLayout:
        self._painter.remote = self._rows.remote or ""
        return self._painter.layout(self._rows.bubble(row), self.viewport().width())

    def _measure_style(self) -> None:
        style = self._painter.style
        self._heights.guess = style.line + 2 * style.pad_y + style.gap
        self._margin = self._theme.px(12)

    def _take_looks(self) -> None:
        self._painter.forget()
        self._measure_style()
        self._pill.place()
        self.remeasure()

    def _paint_floating_day(self, painter: QPainter, rows: range, width: int) -> None:
        style = self._painter.style
        near = style.day_height + style.gap_joined
        under = (self.row_top(row) for row in rows if self._rows.bubble(row).starts_day)
        # Where a separator stands just there, the day is told already.
        if not any(-near < top < near for top in under):
            self._painter.paint_floating_day(painter, self._rows.bubble(rows[0]), width)

    # What Qt calls.

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows in view."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width, exposed, rows = self.viewport().width(), event.rect(), self.visible_rows()
        current = self.currentIndex().row() if self.hasFocus() and self._shows_focus else -1
        chosen = {index.row() for index in self.selectedIndexes()}
        part, height = self._row_of_words(), self.viewport().height()
        for row in rows:
            top = self.row_top(row)
            # The mark of the current row and the band of a chosen one reach into their neighbours.
            above, below = top - _REACH, top + self.row_height(row) + _REACH
            if above <= exposed.bottom() and below >= exposed.top():
                self._painter.paint(
                    painter,
                    self._layout(row),
                    top,
                    width,
                    chosen=row in chosen,
                    current=row == current,
                    words=self._words.span if self._words and row == part else None,
                    height=height,
                )
        if rows and self._floating.isActive():
            self._paint_floating_day(painter, rows, width)
        if not rows and self._rows.conversation_id is not None:
            painter.setPen(self._painter.style.colour("text_muted"))
            painter.setFont(self._theme.font(10))
            words = self.tr("No messages yet")
            painter.drawText(self.viewport().rect(), Qt.AlignmentFlag.AlignCenter, words)
        if not rows and self.hasFocus() and self._shows_focus:
            painter.setPen(self._painter.style.pen("accent_text", 1.5))
            painter.drawRect(self.viewport().rect().adjusted(3, 3, -3, -3))
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The pill keeps its place."""
        super().resizeEvent(event)
        self._pill.place()

    def viewportEvent(self, event: QEvent) -> bool:
        """Tool tips: where a link leads, else the exact time and the state."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self._tool_tip(event.pos()), self)
            return True
        if event.type() == QEvent.Type.Wheel:
            self.show_floating_day()
        return super().viewportEvent(event)

    def _tool_tip(self, point: QPoint) -> str:
        index: QModelIndex = self.indexAt(point)
        if not index.isValid():
            return ""
        hit = self.hit(point)
        if isinstance(hit, Link):
            return self._what_it_does(hit)
        row = self._rows.bubble(index.row()).row
        words = [self._moments.exact(row.at_ms), state_words(row.state)]
        return " · ".join(word for word in words if word)

    def _what_it_does(self, link: Link) -> str:
        if link.kind is LinkKind.CODE:
            return self.tr("Click to copy {code}").format(code=link.target)
        if link.kind is LinkKind.PHONE:
            shown = shown_number(Address(link.target))
            return self.tr("Click to write to {number}").format(number=shown)
        return link.target

    def hideEvent(self, event: QHideEvent) -> None:
        """What is hidden floats no date."""
        super().hideEvent(event)
        self._floating.stop()
