"""The conversation on screen: painted bubbles, kept place, links, notes, and what was looked at."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    Qt,
    QTimer,
    QUrl,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QDesktopServices,
    QGuiApplication,
    QHelpEvent,
    QHideEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QMenu, QToolTip, QWidget

from sms_desktop.domain.ids import ConversationId
from sms_desktop.domain.message import Direction, TimelineKey, TimelineRow
from sms_desktop.ui.delegates.bubble_layout import BubbleLayout
from sms_desktop.ui.delegates.bubble_painter import BubblePainter
from sms_desktop.ui.delegates.links import Link
from sms_desktop.ui.delegates.notes import NoteAction
from sms_desktop.ui.models.conversation_model import ConversationModel
from sms_desktop.ui.models.moments import DayWatch, Moments
from sms_desktop.ui.models.numbers import shown_number
from sms_desktop.ui.models.sentences import state_words
from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.widgets.anchored_list import AnchoredList
from sms_desktop.ui.widgets.newest_pill import NewestPill
from sms_desktop.ui.widgets.timeline_copy import copied
from sms_desktop.ui.widgets.timeline_menu import message_menu

_FLOATING_DAY_MS: Final = 1200
_ROWS_AHEAD: Final = 12


@dataclass(frozen=True, slots=True)
class Place:
    """Where a conversation was left: a row and how far below the upper edge it stood."""

    key: TimelineKey
    top: int


def open_in_system(url: str) -> None:
    """Hand a link to the system's browser or mail program."""
    QDesktopServices.openUrl(QUrl(url))


class TimelineView(AnchoredList):
    """Shows a ConversationModel. The asked-signals carry the ``ClientId`` of the message.

    ``looked_at`` carries the key of the newest inbound row that was really on screen, in an active
    window, and that was not looked at before.
    """

    looked_at = Signal(object)
    retry_asked = Signal(str)
    check_asked = Signal(str)
    discard_asked = Signal(str)

    def __init__(
        self,
        model: ConversationModel,
        theme: Theme,
        moments: Moments,
        parent: QWidget | None = None,
        *,
        open_link: Callable[[str], None] = open_in_system,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._moments = moments
        self._rows = model
        self._open_link = open_link
        self._painter = BubblePainter(theme, moments)
        self._pressed: Link | NoteAction | None = None
        self._seen: TimelineKey | None = None
        self._is_extending = False
        self._pill = NewestPill(theme, self.viewport())
        self._floating = QTimer(self, singleShot=True, interval=_FLOATING_DAY_MS)
        self._looking = QTimer(self, singleShot=True, interval=0)
        self._wire()
        self._measure_style()
        self.setModel(model)

    def _wire(self) -> None:
        self.setObjectName("timeline")
        self.setAccessibleName(self.tr("Messages"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setMouseTracking(True)
        self.setFrameShape(AnchoredList.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._pill.clicked.connect(self.jump_to_newest)
        self._floating.timeout.connect(self.viewport().update)
        self._looking.timeout.connect(self._tell_looked_at)
        self._rows.arrived.connect(self._take_arrived)
        self._rows.echoed.connect(self._take_echoed)
        self.settled.connect(self._after_settling)
        self.verticalScrollBar().sliderMoved.connect(self._show_floating_day)
        self._theme.changed.connect(self._take_theme)
        DayWatch(self._moments, self).day_changed.connect(self._take_theme)

    @property
    def painter_of_rows(self) -> BubblePainter:
        """What lays out and paints; for measurements."""
        return self._painter

    def open(self, conversation_id: ConversationId | None, place: Place | None = None) -> None:
        """Show a conversation where it was left, else at its first unread message, else at its end."""
        self._seen = None
        self._rows.open(conversation_id, place.key if place else None)
        self._pill.show_for(0, is_far=False)
        row = self._rows.row_of(place.key) if place else None
        new_from = self._rows.new_from
        if place is not None and row is not None:
            self.hold(row, place.top)
        elif new_from is not None and (row := self._rows.row_of(new_from)) is not None:
            self.stick_to_end()
            # Everything new fits into the view: stay at the end. Else begin where the new begins.
            if self.row_top(row) < 0 or not self._rows.at_end:
                self.hold(row, self._margin)

    def place(self) -> Place | None:
        """Where the reader stands, to come back to; ``None`` at the end of the conversation."""
        rows = self.visible_rows()
        if self.is_at_end or not rows:
            return None
        return Place(self._rows.bubble(rows[0]).row.key, self.row_top(rows[0]))

    def jump_to_newest(self) -> None:
        """Go to the end and stay there."""
        self._rows.show_newest()
        self.stick_to_end()

    def measure_row(self, row: int) -> int:
        """Height of a bubble with everything that belongs to its row."""
        return self._layout(row).height

    def reaches_end(self) -> bool:
        """Whether the window of rows ends with the newest."""
        return self._rows.at_end

    def _layout(self, row: int) -> BubbleLayout:
        return self._painter.layout(self._rows.bubble(row), self.viewport().width())

    def _measure_style(self) -> None:
        style = self._painter.style
        self._heights.guess = style.line + 2 * style.pad_y + style.gap
        self._margin = self._theme.px(12)

    def _take_theme(self) -> None:
        self._painter.forget()
        self._measure_style()
        self._pill.place()
        self.remeasure()

    def _take_arrived(self, rows: list[TimelineRow]) -> None:
        if not (self.is_at_end and self._is_watched()):
            self._divide_before(rows[0].key)
        if self.is_at_end:
            self._looking.start()
        else:
            self._pill.show_for(self._pill.count + len(rows), is_far=True)

    def _divide_before(self, first: TimelineKey) -> None:
        """Mark where the unseen begins, unless what is marked has not been looked at either."""
        divided = self._rows.new_from
        if divided is None or (self._seen is not None and divided <= self._seen):
            self._rows.divide_before(first)
        row = self._rows.row_of(self._rows.new_from or first)
        if self.is_at_end and not self._is_watched() and row is not None and self.row_top(row) < 0:
            # Nobody looks: the first unseen row does not scroll away.
            self.hold(row, self._margin)

    def _take_echoed(self) -> None:
        self._rows.divide_before(None)
        self.stick_to_end()

    def _after_settling(self) -> None:
        self._extend()
        if self.is_at_end:
            self._pill.show_for(0, is_far=False)
        else:
            bar = self.verticalScrollBar()
            is_far = bar.maximum() - bar.value() > self.height() or not self._rows.at_end
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
            if (
                message.direction is Direction.INBOUND
                and self.row_top(row) + self.row_height(row) <= bottom
            ):
                if self._seen is None or message.key > self._seen:
                    self._seen = message.key
                    self.looked_at.emit(message.key)
                return

    def _show_floating_day(self) -> None:
        self._floating.start()
        self.viewport().update()

    def _hit(self, point: QPoint) -> Link | NoteAction | None:
        index = self.indexAt(point)
        if not index.isValid():
            return None
        return self._layout(index.row()).hit(point.x(), point.y() - self.row_top(index.row()))

    def _act(self, action: NoteAction, row: TimelineRow) -> None:
        if row.client_id is None:
            return
        asked = {
            NoteAction.RETRY: self.retry_asked,
            NoteAction.CHECK: self.check_asked,
            NoteAction.DISCARD: self.discard_asked,
        }
        asked[action].emit(row.client_id)

    def copy_chosen(self) -> None:
        """Put the chosen messages on the clipboard, in order."""
        rows = [self._rows.bubble(index.row()).row for index in self.selectedIndexes()]
        if not rows and self.currentIndex().isValid():
            rows = [self._rows.bubble(self.currentIndex().row()).row]
        if rows:
            self._copy_text(copied(rows, self._rows.remote_name, self._moments))

    def _copy_text(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)

    def menu_for(self, index: QModelIndex, link: Link | None = None) -> QMenu:
        """The context menu of a row."""
        row = self._rows.bubble(index.row()).row
        remote = self._rows.remote
        return message_menu(
            self,
            row,
            len(self.selectedIndexes()),
            link,
            copy=self.copy_chosen,
            copy_text=self._copy_text,
            number=shown_number(remote) if remote is not None else "",
            open_link=self._open_link,
            act=self._act,
        )

    # What Qt calls.

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows in view, from cached layouts."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width, exposed = self.viewport().width(), event.rect()
        current = self.currentIndex().row() if self.hasFocus() and self._shows_focus() else -1
        chosen = self.selectionModel()
        for row in self.visible_rows():
            top = self.row_top(row)
            if top > exposed.bottom() or top + self.row_height(row) < exposed.top():
                continue
            is_chosen = chosen.isRowSelected(row, QModelIndex())
            self._painter.paint(
                painter, self._layout(row), top, width, chosen=is_chosen, current=row == current
            )
        self._paint_over(painter, width)
        painter.end()
        self._looking.start()

    def _paint_over(self, painter: QPainter, width: int) -> None:
        rows = self.visible_rows()
        if self._floating.isActive() and rows:
            low = self._painter.style.gap_day + 2 * self._painter.style.day_height
            near = [self._rows.bubble(r) for r in rows if self.row_top(r) < low]
            if not any(b.starts_day and self.row_top(rows[0] + i) > 0 for i, b in enumerate(near)):
                self._painter.paint_floating_day(painter, near[0], width)
        if not len(self._heights) and self._rows.conversation_id is not None:
            painter.setPen(self._painter.style.colour("text_muted"))
            painter.setFont(self._theme.font(10))
            painter.drawText(
                self.viewport().rect(), Qt.AlignmentFlag.AlignCenter, self.tr("No messages yet")
            )

    def _shows_focus(self) -> bool:
        return bool(self.property("keyboard"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The pill keeps its place."""
        super().resizeEvent(event)
        self._pill.place()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press on something to click chooses nothing."""
        self.setProperty("keyboard", False)
        self._pressed = None
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed = self._hit(event.position().toPoint())
        if self._pressed is None:
            super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A link opens, and an action of a note asks, where press and release meet."""
        pressed, self._pressed = self._pressed, None
        point = event.position().toPoint()
        if pressed is None:
            super().mouseReleaseEvent(event)
        elif self._hit(point) == pressed:
            if isinstance(pressed, Link):
                self._open_link(pressed.url)
            else:
                self._act(pressed, self._rows.bubble(self.indexAt(point).row()).row)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A hand over what can be clicked."""
        if self._pressed is None:
            super().mouseMoveEvent(event)
        shape = Qt.CursorShape.PointingHandCursor
        hit = self._hit(event.position().toPoint())
        self.viewport().setCursor(shape if hit is not None else Qt.CursorShape.ArrowCursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that move, choose and copy; every other key is left to the window."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_chosen()
        elif event.key() == Qt.Key.Key_Home:
            self._rows.show_oldest()
            self._go_to(0)
        elif event.key() == Qt.Key.Key_End:
            self.jump_to_newest()
            self._go_to(len(self._heights) - 1)
        elif event.text().isprintable() and event.text().strip():
            event.ignore()
        else:
            self.setProperty("keyboard", True)
            super().keyPressEvent(event)
            if event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
                self._show_floating_day()

    def _go_to(self, row: int) -> None:
        self.setProperty("keyboard", True)
        if row >= 0:
            self.setCurrentIndex(self._rows.index(row))

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """The row that a key leads to."""
        del modifiers
        count = len(self._heights)
        if not count:
            return QModelIndex()
        move = QAbstractItemView.CursorAction
        rows = self.visible_rows()
        now = self.currentIndex().row()
        if now < 0:
            return self._rows.index(rows[-1] if rows else count - 1)
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
        return self._rows.index(max(0, min(count - 1, now + steps.get(action, 0))))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of the row under the mouse, or of the current row for the menu key."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        if not index.isValid():
            return
        if index not in self.selectedIndexes():
            self.selectionModel().setCurrentIndex(
                index, QItemSelectionModel.SelectionFlag.ClearAndSelect
            )
        hit = None if by_key else self._hit(event.pos())
        at = self.visualRect(index).center() if by_key else event.pos()
        menu = self.menu_for(index, hit if isinstance(hit, Link) else None)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.viewport().mapToGlobal(at))

    def viewportEvent(self, event: QEvent) -> bool:
        """Tool tips: where a link leads, else the exact time and the state."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            index = self.indexAt(event.pos())
            if index.isValid():
                row = self._rows.bubble(index.row()).row
                hit = self._hit(event.pos())
                words = [self._moments.exact(row.at_ms), state_words(row.state)]
                text = hit.url if isinstance(hit, Link) else " · ".join(w for w in words if w)
                QToolTip.showText(event.globalPos(), text, self)
            return True
        if event.type() == QEvent.Type.Wheel:
            self._show_floating_day()
        return super().viewportEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """An activated window looks again."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange:
            self._looking.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """What is hidden floats no date."""
        super().hideEvent(event)
        self._floating.stop()
