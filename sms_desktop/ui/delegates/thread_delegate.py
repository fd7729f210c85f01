"""Paints one row of the thread list from cached pieces; no widget per row."""

from collections import OrderedDict
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import (
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from sms_desktop.domain.address import is_short_code
from sms_desktop.domain.conversation import ConversationRow
from sms_desktop.domain.delivery import State
from sms_desktop.domain.message import Direction, Origin
from sms_desktop.ui.delegates.bubble_style import static_text
from sms_desktop.ui.delegates.marks import Mark, mark_path
from sms_desktop.ui.delegates.thread_marks import ThreadMark, thread_mark_path, thread_marks
from sms_desktop.ui.delegates.thread_row_layout import Piece, RowLayout, Sign
from sms_desktop.ui.models.moments import Moments
from sms_desktop.ui.models.numbers import initials, shown_name
from sms_desktop.ui.models.sentences import last_line
from sms_desktop.ui.models.texts import has_stacked_marks, one_line
from sms_desktop.ui.models.thread_list_model import ThreadRole
from sms_desktop.ui.theme.palette import avatar_colour
from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.widgets.avatar import fitting, paint_photo

if TYPE_CHECKING:
    from sms_desktop.ui.photos import Photos

_Index = QModelIndex | QPersistentModelIndex
_KEPT: Final = 300
_MOST_SHOWN: Final = 99
_MARK: Final = 12
_FAILED: Final = frozenset({State.REFUSED, State.NOT_SENT, State.IMPOSSIBLE})


class ThreadDelegate(QStyledItemDelegate):
    """Rows of one height; the looks of a row are laid out once per width and state."""

    def __init__(self, theme: Theme, moments: Moments, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._moments = moments
        self._photos: Photos | None = None
        self._layouts: OrderedDict[tuple[ConversationRow, int], RowLayout] = OrderedDict()
        self.forget()

    def use_photos(self, photos: "Photos") -> None:
        """Paint photos in place of initials from now on, where there are some."""
        self._photos = photos

    def forget(self) -> None:
        """Colours, sizes or the day changed."""
        self._layouts.clear()
        font = self._theme.font
        self._name_font = font(10.5, 600)
        self._line_font = font(9.75)
        self._line_font_unread = font(9.75, 500)
        self._time_font = font(9)
        self._badge_font = font(8.25, 600)
        self._avatar_font = font(11.25, 600)
        self._line_height = QFontMetricsF(self._line_font).height()

    def _layout(self, row: ConversationRow, width: int) -> RowLayout:
        key = (row, width)
        found = self._layouts.get(key)
        if found is None:
            found = self._layouts[key] = self._laid_out(row, width)
            if len(self._layouts) > _KEPT:
                self._layouts.popitem(last=False)
        return found

    def _laid_out(self, row: ConversationRow, width: int) -> RowLayout:
        px = self._theme.px
        middle = px(60) / 2
        left, right = float(px(72)), float(width - px(18))
        pieces: list[Piece] = []
        time = self._piece(self._moments.list_time(row.last_at_ms), self._time_font, "text_muted")
        badge = self._lay_badge(row, pieces, right, middle + px(9))
        edge = right if badge is None else badge.left() - px(7)
        marks = self._lay_marks(row, edge, middle + px(9))
        edge = marks[0][1].x() if marks else (right if badge is None else badge.left())
        time_y = middle - px(12) if badge is not None or marks else middle
        time.at = QPointF(right - time.size.width(), time_y - time.size.height() / 2)
        room = right - time.size.width() - px(10) - left
        tag = self._lay_name(row, pieces, left, room, middle)
        below = min(edge, right - (time.size.width() if time_y == middle else 0)) - px(10) - left
        sign = self._lay_line(row, pieces, left, below, middle)
        pieces.append(time)
        pieces.append(self._letters(row))
        return RowLayout(pieces, sign, badge, tag, avatar_colour(row.remote), marks)

    def _lay_badge(
        self, row: ConversationRow, pieces: list[Piece], right: float, middle: float
    ) -> QRectF | None:
        """How many are unread; a dot where the person says so and no message does."""
        if not row.is_unread:
            return None
        if not row.unread:
            edge = float(self._theme.px(10))
            return QRectF(right - edge, middle - edge / 2, edge, edge)
        count = str(row.unread) if row.unread <= _MOST_SHOWN else f"{_MOST_SHOWN}+"
        number = self._piece(count, self._badge_font, "on_badge")
        badge = self._badge_box(number, right, middle)
        _centre(number, badge.center())
        pieces.append(number)
        return badge

    def _lay_marks(
        self, row: ConversationRow, right: float, middle: float
    ) -> list[tuple[ThreadMark, QPointF]]:
        edge, gap = self._theme.px(_MARK), self._theme.px(6)
        shown = thread_marks(row.flags)
        left = right - len(shown) * edge - (len(shown) - 1) * gap
        top = middle - edge / 2
        return [(mark, QPointF(left + at * (edge + gap), top)) for at, mark in enumerate(shown)]

    def _lay_name(
        self, row: ConversationRow, pieces: list[Piece], left: float, room: float, middle: float
    ) -> QRectF | None:
        px, box = self._theme.px, None
        if is_short_code(row.remote):
            tag = self._piece(self.tr("short code"), self._badge_font, "text")
            width = tag.size.width() + px(12)
            box = QRectF(left + room - width, middle - px(18), width, px(18))
            _centre(tag, box.center())
            pieces.append(tag)
            room -= width + px(6)
        shown = one_line(shown_name(row.remote_name, row.remote))
        name = self._elided(shown, self._name_font, "text", room)
        name.at = QPointF(left, middle - px(9) - name.size.height() / 2)
        pieces.append(name)
        return box

    def _lay_line(
        self, row: ConversationRow, pieces: list[Piece], left: float, room: float, middle: float
    ) -> Sign | None:
        px = self._theme.px
        base = middle + px(8.5) - self._line_height / 2
        font = self._line_font_unread if row.is_unread else self._line_font
        role = "text" if row.is_unread else "text_muted"
        text = last_line(row)
        if row.draft:
            text, font, role = row.draft, self._line_font, "text_muted"
            word = self._piece(self.tr("Draft:"), font, "danger")
            word.at = QPointF(left, base)
            pieces.append(word)
            used = word.size.width() + px(4)
            left, room = left + used, room - used
        sign = None if row.draft else self._sign(row, left, middle)
        if sign is not None:
            left, room = left + px(15), room - px(15)
        line = self._elided(one_line(text), font, role, room)
        line.at = QPointF(left, base)
        pieces.append(line)
        return sign

    def _sign(self, row: ConversationRow, left: float, middle: float) -> Sign | None:
        """What is wrong with the last message of one's own, else the arrow of another device."""
        at = QPointF(left + self._theme.px(1), middle + self._theme.px(4))
        if row.last_direction is not Direction.OUTBOUND:
            return None
        if row.last_state is State.UNCONFIRMED:
            return Sign(Mark.QUESTION, "warning", at + QPointF(self._theme.px(2), 0))
        if row.last_state in _FAILED:
            return Sign(Mark.BANG, "danger", at + QPointF(self._theme.px(3), 0))
        if row.last_origin is Origin.OTHER_DEVICE:
            return Sign(Mark.ARROW, "text_muted", at)
        return None

    def _badge_box(self, number: Piece, right: float, middle: float) -> QRectF:
        height = float(self._theme.px(18))
        width = max(height, number.size.width() + self._theme.px(11))
        return QRectF(right - width, middle - height / 2, width, height)

    def _letters(self, row: ConversationRow) -> Piece:
        px, text = self._theme.px, initials(row.remote_name, row.remote)
        font = fitting(self._avatar_font, text)
        letters = self._piece(text, font, "#ffffff")
        _centre(letters, QPointF(px(18) + px(42) / 2, px(9) + px(42) / 2))
        return letters

    def _piece(self, text: str, font: QFont, role: str) -> Piece:
        static, size = static_text(text, font)
        return Piece(static, size, font, role, QPointF(), has_stacked_marks(text))

    def _elided(self, text: str, font: QFont, role: str, room: float) -> Piece:
        metrics = QFontMetricsF(font)
        return self._piece(
            metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(0.0, room)), font, role
        )

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Every row is as high as the others."""
        del index
        return QSize(option.rect.width(), self._theme.px(60))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Ground, avatar with the own number's dot, name, line, time, badge."""
        row: ConversationRow = index.data(ThreadRole.ROW)
        colour: str = index.data(ThreadRole.COLOUR)
        theme, px = self._theme, self._theme.px
        layout = self._layout(row, option.rect.width())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = self._paint_ground(painter, option)
        painter.translate(option.rect.topLeft())
        photo = self._photos.of(row.remote) if self._photos is not None else None
        face = QRectF(px(18), px(9), px(42), px(42))
        painter.setPen(Qt.PenStyle.NoPen)
        if photo is None:
            painter.setBrush(theme.colour(layout.face))
            painter.drawEllipse(face)
        else:
            paint_photo(painter, face, photo)
        if colour:
            dot = QRectF(px(49), px(40), px(12), px(12))
            painter.setBrush(theme.colour(ground))
            painter.drawEllipse(dot.adjusted(-px(2), -px(2), px(2), px(2)))
            is_deaf = index.data(ThreadRole.IS_DEAF)
            painter.setBrush(theme.colour("warning" if is_deaf else colour))
            painter.drawEllipse(dot)
            if is_deaf:
                self._paint_bang(painter, dot, ground)
        self._paint_boxes(painter, layout)
        # The initials come last.
        for piece in layout.pieces if photo is None else layout.pieces[:-1]:
            painter.setFont(piece.font)
            painter.setPen(theme.colour(piece.role))
            if piece.is_wild:
                # Heaped marks stay in their line, off the name, the time and the rows around.
                painter.save()
                painter.setClipRect(QRectF(piece.at, piece.size))
                painter.drawStaticText(piece.at, piece.text)
                painter.restore()
            else:
                painter.drawStaticText(piece.at, piece.text)
        painter.restore()

    def _paint_bang(self, painter: QPainter, dot: QRectF, ground: str) -> None:
        """The own number does not receive: its dot is a warning, whatever its colour."""
        edge, middle = dot.width() / 8, dot.center().x()
        painter.setBrush(self._theme.colour(ground))
        painter.drawRect(QRectF(middle - edge / 1.5, dot.top() + 2 * edge, edge * 1.4, 2.6 * edge))
        painter.drawRect(QRectF(middle - edge / 1.5, dot.top() + 5.3 * edge, edge * 1.4, edge))

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> str:
        theme, px, state = self._theme, self._theme.px, option.state
        box = QRectF(option.rect).adjusted(px(6), 0, -px(6), 0)
        role = "panel"
        if state & QStyle.StateFlag.State_Selected:
            role = "selection"
        elif state & QStyle.StateFlag.State_MouseOver:
            role = "hover"
        if role != "panel":
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(role))
            painter.drawRoundedRect(box, px(10), px(10))
        keys = QStyle.StateFlag.State_HasFocus | QStyle.StateFlag.State_KeyboardFocusChange
        if (state & keys) == keys:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(theme.colour("accent_text"))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), px(9), px(9))
        return role

    def _paint_boxes(self, painter: QPainter, layout: RowLayout) -> None:
        theme = self._theme
        if layout.badge is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("badge"))
            radius = layout.badge.height() / 2
            painter.drawRoundedRect(layout.badge, radius, radius)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if layout.tag is not None:
            painter.setPen(theme.colour("border_strong"))
            painter.drawRoundedRect(
                layout.tag.adjusted(0.5, 0.5, -0.5, -0.5), theme.px(4), theme.px(4)
            )
        if (sign := layout.sign) is not None:
            painter.setPen(QPen(theme.colour(sign.role), 1.0 if sign.mark is Mark.ARROW else 2.0))
            painter.translate(sign.at)
            painter.drawPath(mark_path(sign.mark, theme.px(10.5)))
            painter.translate(-sign.at)
        painter.setPen(QPen(theme.colour("text_muted"), theme.px(12) / 10))
        for mark, at in layout.marks:
            painter.drawPath(thread_mark_path(mark, theme.px(_MARK)).translated(at))


def _centre(piece: Piece, middle: QPointF) -> None:
    piece.at = middle - QPointF(piece.size.width() / 2, piece.size.height() / 2)
