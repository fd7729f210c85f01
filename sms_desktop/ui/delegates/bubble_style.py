"""Fonts, lengths and colours of the timeline for one state of the theme, looked up once."""

from PySide6.QtCore import QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPen, QStaticText, QTextOption

from sms_desktop.ui.theme.theme import Theme


class BubbleStyle:
    """Everything that a bubble's layout and painting ask for; made anew when the theme changes."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        px = theme.px
        self.text_font = theme.font(10.5)
        self.emoji_font = theme.font(28)
        self.time_font = theme.font(8.25)
        self.day_font = theme.font(9)
        self.note_font = theme.font(9)
        self.new_font = theme.font(9, 600)
        self.line = max(px(19), round(QFontMetricsF(self.text_font).height()))
        self.emoji_line = round(QFontMetricsF(self.emoji_font).height())
        self.note_line = max(px(17), round(QFontMetricsF(self.note_font).height()))
        self.time_height = QFontMetricsF(self.time_font).height()
        self.time_sink = px(3)
        self.day_height = px(20)
        self.side = px(22)
        # The scroll bar stands beside it and takes the rest.
        self.side_end = px(12)
        self.pad_x = px(12)
        self.pad_y = px(7)
        self.radius = float(px(15))
        self.corner = float(px(5))
        self.gap_joined = px(3)
        self.gap = px(11)
        self.gap_day = px(12)
        self.below_day = px(18)
        self.new_height = px(34)
        self.time_gap = px(10)
        self.mark_height = float(px(11))
        self.mark_gap = px(4)
        self.note_gap = px(5)
        self.widest = px(640)
        self.narrow = px(520)
        self.line_width = max(1.0, theme.scale())
        self._pens: dict[tuple[str, float], QPen] = {}
        self._colours: dict[str, QColor] = {}

    def colour(self, role: str) -> QColor:
        """A palette colour."""
        if role not in self._colours:
            self._colours[role] = self.theme.colour(role)
        return self._colours[role]

    def pen(self, role: str, width: float = 1.0) -> QPen:
        """A round pen in a palette colour; ``width`` in design pixels."""
        pen = self._pens.get((role, width))
        if pen is None:
            pen = QPen(self.colour(role), width * self.line_width)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            self._pens[(role, width)] = pen
        return pen


def static_text(text: str, font: QFont) -> tuple[QStaticText, QSizeF]:
    """A short text that is painted often, and its size."""
    static = QStaticText(text)
    static.setTextFormat(Qt.TextFormat.PlainText)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.NoWrap)
    static.setTextOption(option)
    static.setPerformanceHint(QStaticText.PerformanceHint.AggressiveCaching)
    static.prepare(font=font)
    return static, static.size()
