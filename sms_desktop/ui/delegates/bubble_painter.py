"""Paints timeline rows from cached layouts, and answers how high they are."""

from collections import OrderedDict
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from sms_desktop.domain.delivery import State
from sms_desktop.ui.delegates.bubble_layout import BubbleLayout
from sms_desktop.ui.delegates.bubble_style import BubbleStyle, static_text
from sms_desktop.ui.delegates.bubble_text import chosen_range, is_uncertain
from sms_desktop.ui.delegates.marks import Mark, mark_path
from sms_desktop.ui.models.bubbles import Bubble
from sms_desktop.ui.models.moments import Moments
from sms_desktop.ui.theme.theme import Theme

_KEPT_LAYOUTS: Final = 600


class BubblePainter:
    """Layouts are kept per row and width until ``forget``; the count of laid-out rows is public."""

    def __init__(self, theme: Theme, moments: Moments) -> None:
        self._theme = theme
        self._moments = moments
        self._layouts: OrderedDict[tuple[Bubble, int], BubbleLayout] = OrderedDict()
        self.style = BubbleStyle(theme)
        self.layouts_made = 0
        self.remote = ""
        """Who is at the other end; numbers in texts are read as in that country."""
        self._needles: tuple[str, ...] = ()
        self._seen: QRectF | None = None

    def forget(self) -> None:
        """Drop every layout: colours, sizes or the day changed."""
        self._layouts.clear()
        self.style = BubbleStyle(self._theme)

    @property
    def needles(self) -> tuple[str, ...]:
        """The folded words that are marked."""
        return self._needles

    def mark(self, needles: tuple[str, ...]) -> None:
        """Mark these folded words in every text; only a cut text may get another size by that."""
        if needles != self._needles:
            self._needles = needles
            self._layouts.clear()

    def layout(self, bubble: Bubble, width: int) -> BubbleLayout:
        """The row's layout at a width in pixels."""
        key = (bubble, width)
        found = self._layouts.get(key)
        if found is not None:
            self._layouts.move_to_end(key)
            return found
        self.layouts_made += 1
        found = self._layouts[key] = BubbleLayout(
            bubble, width, self.style, self._moments, self._needles, self.remote
        )
        if len(self._layouts) > _KEPT_LAYOUTS:
            self._layouts.popitem(last=False)
        return found

    def paint(
        self,
        painter: QPainter,
        layout: BubbleLayout,
        top: float,
        width: int,
        *,
        chosen: bool,
        current: bool,
        words: tuple[int, int] | None = None,
        height: int = 0,
    ) -> None:
        """Paint a row whose upper edge is at ``top``, in a view of a ``height`` (0: of any).

        ``words``: the part of its text that is chosen.
        """
        painter.save()
        painter.translate(0, top)
        if chosen:
            gap = 2 * self.style.line_width
            band = QRectF(
                0, layout.box.top() - gap, width, layout.height - layout.box.top() + 2 * gap
            )
            painter.fillRect(band, self.style.colour("selection"))
        if layout.day is not None:
            self._paint_pill(painter, layout.day[0])
            painter.drawStaticText(layout.day[1].at, layout.day[1].text)
        if layout.new is not None:
            self._paint_divider(painter, layout, width)
        self._seen = QRectF(0, -top, width, height) if height else None
        self._paint_bubble(painter, layout, chosen=chosen, words=words)
        if layout.note is not None:
            painter.setFont(self.style.note_font)
            painter.setPen(self.style.colour(layout.note_role))
            layout.note.draw(painter, layout.note_at.x(), layout.note_at.y())
        if current:
            self._paint_focus(painter, layout)
        painter.restore()

    def paint_floating_day(self, painter: QPainter, bubble: Bubble, width: int) -> None:
        """The day of the uppermost row, over everything."""
        style = self.style
        text, size = static_text(self._moments.day_label(bubble.day), style.day_font)
        wide = size.width() + 2 * style.gap
        box = QRectF((width - wide) / 2, style.gap_day, wide, style.day_height)
        painter.setPen(style.pen("border"))
        painter.setBrush(style.colour("pill"))
        painter.drawRoundedRect(
            box.adjusted(0.5, 0.5, -0.5, -0.5), box.height() / 2, box.height() / 2
        )
        painter.setFont(style.day_font)
        painter.setPen(style.colour("text_muted"))
        painter.drawStaticText(
            QPointF(box.left() + style.gap, box.top() + (box.height() - size.height()) / 2), text
        )

    def _paint_pill(self, painter: QPainter, box: QRectF) -> None:
        style = self.style
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(style.colour("pill"))
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        painter.setFont(style.day_font)
        painter.setPen(style.colour("text_muted"))

    def _paint_divider(self, painter: QPainter, layout: BubbleLayout, width: int) -> None:
        assert layout.new is not None  # noqa: S101 - the caller looked
        middle, words = layout.new
        style = self.style
        gap = words.text.size().width() / 2 + style.time_gap
        thick = max(1, round(style.line_width))
        y = round(middle)
        half = width / 2
        for left, right in ((style.side, half - gap), (half + gap, width - style.side_end)):
            painter.fillRect(QRectF(left, y, right - left, thick), style.colour("divider"))
        painter.setFont(style.new_font)
        painter.setPen(style.colour("accent_text"))
        painter.drawStaticText(words.at, words.text)

    def _paint_bubble(
        self,
        painter: QPainter,
        layout: BubbleLayout,
        *,
        chosen: bool,
        words: tuple[int, int] | None,
    ) -> None:
        style, bubble = self.style, layout.bubble
        fill, text, muted = _roles(bubble)
        if layout.is_bare:
            text, muted = "text", "text_muted"
        else:
            if chosen and fill == "bubble_out":
                fill = "bubble_chosen"
            painter.setBrush(style.colour(fill))
            has_outline = self._theme.palette.is_high_contrast
            painter.setPen(style.pen("border_strong") if has_outline else Qt.PenStyle.NoPen)
            painter.drawPath(layout.path)
        if is_uncertain(bubble):
            self._paint_dashes(painter, layout)
        painter.setPen(style.colour(text))
        self._paint_text(painter, layout, words)
        painter.setFont(style.time_font)
        painter.setPen(style.colour(muted))
        painter.drawStaticText(layout.time_at, layout.time)
        if layout.mark_places:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            for mark, at in layout.mark_places:
                # A sign of one stroke needs more weight to be seen.
                painter.setPen(style.pen(muted, 1.7 if mark in (Mark.BANG, Mark.QUESTION) else 1.2))
                painter.translate(at)
                painter.drawPath(mark_path(mark, style.mark_height))
                painter.translate(-at)

    def _paint_text(
        self, painter: QPainter, layout: BubbleLayout, words: tuple[int, int] | None
    ) -> None:
        x, y = layout.text_at.x(), layout.text_at.y()
        chosen = [chosen_range(*words, self.style, layout.bubble)] if words else []
        if layout.more is not None:
            layout.more.draw(painter, layout.more_at.x(), layout.more_at.y())
        if not layout.text.is_wild:
            layout.text.draw(painter, x, y, chosen, self._seen)
            return
        painter.save()
        painter.setClipRect(layout.box, Qt.ClipOperation.IntersectClip)
        layout.text.draw(painter, x, y, chosen, self._seen)
        painter.restore()

    def _paint_dashes(self, painter: QPainter, layout: BubbleLayout) -> None:
        style = self.style
        role = "uncertain_border" if layout.bubble.row.state is State.UNCONFIRMED else "danger"
        pen = QPen(style.colour(role), style.line_width)
        pen.setDashPattern([4, 2.5])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(layout.path)

    def _paint_focus(self, painter: QPainter, layout: BubbleLayout) -> None:
        gap = 2.5 * self.style.line_width
        painter.setPen(self.style.pen("accent_text", 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        radius = self.style.radius + gap
        painter.drawRoundedRect(layout.box.adjusted(-gap, -gap, gap, gap), radius, radius)


def _roles(bubble: Bubble) -> tuple[str, str, str]:
    """Palette roles of the ground, the text and the time."""
    if is_uncertain(bubble):
        return "uncertain_fill", "uncertain_text", "uncertain_muted"
    if bubble.is_outbound:
        return "bubble_out", "bubble_out_text", "bubble_out_muted"
    return "bubble_in", "bubble_in_text", "bubble_in_muted"
