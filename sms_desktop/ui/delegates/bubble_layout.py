"""Where everything of one timeline row stands, computed once for a width and painted many times."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QPointF, QRectF
from PySide6.QtGui import QPainterPath, QStaticText

from sms_desktop.ui.delegates.bubble_style import BubbleStyle, static_text
from sms_desktop.ui.delegates.bubble_text import BubbleText, format_range
from sms_desktop.ui.delegates.links import Link
from sms_desktop.ui.delegates.marks import Mark, origin_mark, state_mark
from sms_desktop.ui.delegates.notes import NoteAction, note_for
from sms_desktop.ui.delegates.text_block import TextBlock
from sms_desktop.ui.models.bubbles import Bubble
from sms_desktop.ui.models.moments import Moments
from sms_desktop.ui.models.texts import layout_text, utf16_offset

_WIDEST_PART = 0.64
_WIDEST_PART_WHEN_NARROW = 0.84
_BEFORE_ACTIONS = "\u2002 "
_BETWEEN_ACTIONS = "\u00a0\u00a0\u00a0"


@dataclass(slots=True)
class Placed:
    """A short text and its top left corner."""

    text: QStaticText
    at: QPointF


class BubbleLayout:
    """One row at one width. Coordinates count from the row's top left corner.

    ``height`` is the whole row with its separators and its note; ``box`` is the bubble alone.
    """

    def __init__(
        self,
        bubble: Bubble,
        width: int,
        style: BubbleStyle,
        moments: Moments,
        needles: tuple[str, ...] = (),
        remote: str = "",
    ) -> None:
        self.bubble = bubble
        self.day: tuple[QRectF, Placed] | None = None
        self.new: tuple[float, Placed] | None = None
        self.note: TextBlock | None = None
        self.note_at = QPointF()
        self.note_actions: list[tuple[int, int, NoteAction]] = []
        self.note_role = ""
        self.more: TextBlock | None = None
        self.more_at = QPointF()
        self._needles = needles
        self._remote = remote
        self._style = style
        self._width = width
        y = self._lay_above(moments)
        y = self._lay_bubble(y, moments)
        y = self._lay_note(y)
        self.height = round(y)

    def _lay_above(self, moments: Moments) -> float:
        style, y = self._style, 0.0
        bubble = self.bubble
        if bubble.starts_day:
            y += style.gap_day
            text, size = static_text(moments.day_label(bubble.day), style.day_font)
            width = size.width() + 2 * style.gap
            box = QRectF((self._width - width) / 2, y, width, style.day_height)
            at = QPointF(box.left() + style.gap, y + (style.day_height - size.height()) / 2)
            self.day = (box, Placed(text, at))
            y += style.day_height + (0 if bubble.starts_new else style.below_day)
        if bubble.starts_new:
            text, size = static_text(new_words(), style.new_font)
            middle = y + style.new_height / 2 + style.theme.px(1)
            at = QPointF((self._width - size.width()) / 2, middle - size.height() / 2)
            self.new = (middle, Placed(text, at))
            return y + style.new_height
        if bubble.starts_day:
            return y
        return y + (style.gap_joined if bubble.joins_previous else style.gap)

    def _lay_bubble(self, y: float, moments: Moments) -> float:
        style, row = self._style, self.bubble.row
        room = self._room()
        inside = BubbleText(self.bubble, style, room, self._needles, self._remote)
        self.is_right_to_left = rtl = inside.is_right_to_left
        self.text, self.more, self.links = inside.block, inside.more, inside.links
        self.is_bare = inside.is_bare
        self.time, size = static_text(moments.clock(row.at_ms), style.time_font)
        self.marks = (origin_mark(row), state_mark(row))
        tail = size.width() + sum(self._mark_width(mark) for mark in self.marks)
        behind = inside.last_width + style.time_gap + tail
        fits = behind <= room
        inner = max(inside.width, behind if fits else tail)
        height = inside.height + (0 if fits else style.time_height + style.theme.px(2))
        pad_x = 0 if self.is_bare else style.pad_x
        width = inner + 2 * pad_x
        x = self._width - style.side_end - width if self.bubble.is_outbound else float(style.side)
        # Whole pixels, so that edges are sharp.
        self.box = QRectF(round(x), round(y), round(width), round(height + 2 * style.pad_y))
        left, right = self.box.left() + pad_x, self.box.right() - pad_x
        top = self.box.top() + style.pad_y
        self.text_at = QPointF(right - self.text.width if rtl else left, top)
        if self.more is not None:
            more_x = right - self.more.width if rtl else left
            self.more_at = QPointF(more_x, top + self.text.height)
        bottom = self.box.bottom() - style.pad_y + (style.time_sink if fits else 0)
        start = left if rtl else right - tail
        self._lay_tail(start, bottom - style.time_height - style.theme.px(1), size.width())
        self.path = bubble_path(self.box, style, is_outbound=self.bubble.is_outbound)
        return self.box.bottom()

    def _lay_tail(self, x: float, y: float, time_width: float) -> None:
        style = self._style
        mark_y = y + (style.time_height - style.mark_height) / 2
        before, behind = self.marks
        self.mark_places: list[tuple[Mark, QPointF]] = []
        if before is not None:
            self.mark_places.append((before, QPointF(x, mark_y)))
            x += self._mark_width(before)
        self.time_at = QPointF(x, y)
        if behind is not None:
            self.mark_places.append((behind, QPointF(x + time_width + style.mark_gap, mark_y)))

    def _lay_note(self, y: float) -> float:
        note = note_for(self.bubble.row, self.bubble.told)
        if note is None:
            return y
        style = self._style
        text, formats = note.text, []
        for label, action in note.actions:
            # The words of an action stay together on a line.
            words = label.replace(" ", "\u00a0")
            text += _BETWEEN_ACTIONS if self.note_actions else _BEFORE_ACTIONS
            start = utf16_offset(text, len(text))
            text += words
            self.note_actions.append((start, utf16_offset(text, len(text)), action))
            formats.append(format_range(start, len(words), style, "accent_text", bold=True))
        self.note_role = note.role
        room = self._width - style.side - style.side_end
        out = self.bubble.is_outbound
        self.note = TextBlock(
            layout_text(text), style.note_font, room, style.note_line, formats, align_right=out
        )
        y += style.note_gap
        x = self._width - style.side_end - self.note.width if out else float(style.side)
        self.note_at = QPointF(x, y)
        return y + self.note.height

    def _room(self) -> float:
        style = self._style
        space = self._width - style.side - style.side_end
        part = _WIDEST_PART_WHEN_NARROW if self._width < style.narrow else _WIDEST_PART
        return max(style.theme.px(60), min(style.widest, space * part) - 2 * style.pad_x)

    def _mark_width(self, mark: Mark | None) -> float:
        return 0.0 if mark is None else mark.value * self._style.mark_height + self._style.mark_gap

    def hit(self, x: float, y: float) -> Link | NoteAction | None:
        """What a click at a point of the row would do."""
        if self.note is not None and y >= self.note_at.y():
            at = self.note.place_at(x - self.note_at.x(), y - self.note_at.y())
            actions = self.note_actions if at is not None else []
            return next((does for a, b, does in actions if at is not None and a <= at < b), None)
        if self.more is not None and y >= self.more_at.y():
            at = self.more.place_at(x - self.more_at.x(), y - self.more_at.y())
            return None if at is None else NoteAction.SHOW_ALL
        if not self.links:
            return None
        at = self.text.place_at(x - self.text_at.x(), y - self.text_at.y())
        return next(
            (link for link in self.links if at is not None and link.start <= at < link.end), None
        )

    def place_near(self, x: float, y: float) -> int:
        """The gap between two letters of the text that is nearest to a point of the row."""
        return self.text.nearest(x - self.text_at.x(), y - self.text_at.y())


def new_words() -> str:
    """The words on the divider above what nobody has looked at."""
    return QCoreApplication.translate("Timeline", "New")


def bubble_path(box: QRectF, style: BubbleStyle, *, is_outbound: bool) -> QPainterPath:
    """A rounded box whose lower corner on the speaker's side is small."""
    big = min(style.radius, box.height() / 2)
    small = style.corner
    left, right = (big, small) if is_outbound else (small, big)
    path = QPainterPath()
    path.moveTo(box.left() + big, box.top())
    path.lineTo(box.right() - big, box.top())
    path.arcTo(box.right() - 2 * big, box.top(), 2 * big, 2 * big, 90, -90)
    path.lineTo(box.right(), box.bottom() - right)
    path.arcTo(box.right() - 2 * right, box.bottom() - 2 * right, 2 * right, 2 * right, 0, -90)
    path.lineTo(box.left() + left, box.bottom())
    path.arcTo(box.left(), box.bottom() - 2 * left, 2 * left, 2 * left, 270, -90)
    path.lineTo(box.left(), box.top() + big)
    path.arcTo(box.left(), box.top(), 2 * big, 2 * big, 180, -90)
    path.closeSubpath()
    return path
