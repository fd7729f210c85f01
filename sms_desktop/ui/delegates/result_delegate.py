"""Paints one row of what a search found: like the thread list, with the words marked."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from sms_desktop.domain.conversation import ConversationRow, Correspondent
from sms_desktop.domain.search import Hit
from sms_desktop.ui.delegates.marked_words import marked_layout
from sms_desktop.ui.delegates.thread_delegate import ThreadDelegate
from sms_desktop.ui.models.numbers import shown_name, shown_number
from sms_desktop.ui.models.search_results import (
    ActionResult,
    Heading,
    NumberResult,
    Result,
    ResultRole,
    ResultsModel,
    beside_name,
)
from sms_desktop.ui.models.texts import one_line

_Index = QModelIndex | QPersistentModelIndex


class ResultDelegate(ThreadDelegate):
    """Headings and actions are low rows; people and messages look as in the thread list."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """By the kind of the row."""
        result: Result = index.data(ResultRole.RESULT)
        heights = {Heading: 30, ActionResult: 38, NumberResult: 38, Correspondent: 38}
        return QSize(option.rect.width(), self._theme.px(heights.get(type(result), 60)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """By the kind of the row."""
        result: Result = index.data(ResultRole.RESULT)
        if isinstance(result, ConversationRow | Hit):
            super().paint(painter, option, index)
            if isinstance(result, Hit):
                self._paint_line(painter, option, index, result)
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(result, Heading):
            self._paint_words(painter, option, result.text, "", "text_muted", heading=True)
        else:
            self._paint_ground(painter, option)
            if isinstance(result, NumberResult):
                number = result.number
                name = number.name or shown_number(number.number)
                beside = shown_number(number.number) if number.name else ""
                self._paint_words(painter, option, name, beside, "text")
                self._paint_dot(painter, option, number.colour)
            elif isinstance(result, Correspondent):
                name = shown_name(result.name, result.remote)
                self._paint_words(painter, option, name, beside_name(result), "text")
            else:
                self._paint_words(painter, option, result.text, result.keys, "text")
        painter.restore()

    def _paint_words(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        text: str,
        beside: str,
        role: str,
        *,
        heading: bool = False,
    ) -> None:
        theme, px = self._theme, self._theme.px
        left = px(18) if heading else px(30)
        box = QRectF(option.rect).adjusted(left, 0, -px(18), 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(theme.font(9))
        painter.setPen(theme.colour("text_muted"))
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | middle, beside)
        font = theme.font(8.25, 600) if heading else theme.font(10)
        used = QFontMetricsF(theme.font(9)).horizontalAdvance(beside) + px(10) if beside else 0
        words = QFontMetricsF(font).elidedText(
            text, Qt.TextElideMode.ElideRight, max(0.0, box.width() - used)
        )
        painter.setFont(font)
        painter.setPen(theme.colour(role))
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | middle, words)

    def _paint_dot(self, painter: QPainter, option: QStyleOptionViewItem, colour: str) -> None:
        px = self._theme.px
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour(colour or "text_muted"))
        middle = option.rect.top() + option.rect.height() / 2
        painter.drawEllipse(QPointF(option.rect.left() + px(20), middle), px(4), px(4))

    def _paint_line(
        self, painter: QPainter, option: QStyleOptionViewItem, index: _Index, hit: Hit
    ) -> None:
        theme, px = self._theme, self._theme.px
        time = QFontMetricsF(self._time_font).horizontalAdvance(self._moments.list_time(hit.at_ms))
        left = px(72)
        room = option.rect.width() - px(18) - time - px(10) - left
        line = one_line(index.data(ResultRole.LINE))
        metrics = QFontMetricsF(self._line_font)
        shown = metrics.elidedText(line, Qt.TextElideMode.ElideRight, max(0.0, room))
        model = index.model()
        needles = model.needles if isinstance(model, ResultsModel) else ()
        layout = marked_layout(shown, needles, theme, self._line_font)
        middle = option.rect.top() + px(60) / 2
        top = middle + px(8.5) - self._line_height / 2
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setPen(theme.colour("text" if is_chosen else "text_muted"))
        layout.draw(painter, QPointF(option.rect.left() + left, top))
        painter.restore()
