"""Text laid out once: lines of even height, places that can be clicked. Paints itself, nothing else."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt, QTextBoundaryFinder
from PySide6.QtGui import QFont, QPainter, QTextLayout, QTextLine, QTextOption

from sms_desktop.ui.models.texts import LINE_SEPARATOR, has_stacked_marks

# A fallback font (emoji, Arabic) may want a little more height; within this it does not get it.
_TOLERANCE = 1.45
# How far marks that are heaped up may push lines apart, in lines; beyond that they are cut off.
_MOST_INK = 2.0


class TextBlock:
    """One paragraph, wrapped to ``max_width``; ``width`` is what it really takes.

    ``last_width`` is the width of the last line, for what stands behind it. ``whole``: parts (links)
    that begin a new line rather than being broken. ``is_wild``: ink reaches out of its lines.
    """

    def __init__(
        self,
        text: str,
        font: QFont,
        max_width: float,
        line_height: float,
        formats: Sequence[QTextLayout.FormatRange] = (),
        *,
        whole: Sequence[tuple[int, int]] = (),
        is_right_to_left: bool = False,
        align_right: bool = False,
    ) -> None:
        self._layout = QTextLayout(text, font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        direction = Qt.LayoutDirection
        option.setTextDirection(
            direction.RightToLeft if is_right_to_left else direction.LeftToRight
        )
        # Absolute: otherwise "left" means "where the text begins".
        side = (
            Qt.AlignmentFlag.AlignRight
            if is_right_to_left or align_right
            else Qt.AlignmentFlag.AlignLeft
        )
        option.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute)
        self._layout.setTextOption(option)
        self._layout.setFormats(list(formats))
        self._layout.setCacheEnabled(True)
        self._line_height = line_height
        self._whole = whole
        self.is_wild = has_stacked_marks(text)
        self._break(max_width)
        if side == Qt.AlignmentFlag.AlignRight:
            # A second pass, so that "right" is the block's own edge.
            self._break(self.width)

    def _break(self, max_width: float) -> None:
        self.width = self.last_width = y = 0.0
        self._layout.beginLayout()
        while True:
            line = self._layout.createLine()
            if not line.isValid():
                break
            self._fill(line, max_width)
            tall = line.height() > self._line_height * _TOLERANCE
            height = line.height() if tall else self._line_height
            line.setPosition(QPointF(0, y + (height - line.height()) / 2))
            if self.is_wild:
                above, below = self._overhang(line, y, height)
                line.setPosition(line.position() + QPointF(0, above))
                height += above + below
            y += height
            self.last_width = line.naturalTextWidth()
            self.width = max(self.width, self.last_width)
        self._layout.endLayout()
        # Half a pixel of rounding must not wrap the second pass differently.
        self.width = min(max_width, self.width + 1.0)
        self.height = y

    def _overhang(self, line: QTextLine, y: float, height: float) -> tuple[float, float]:
        """How far the line's ink reaches above and below its place, within reason."""
        boxes = [run.boundingRect() for run in line.glyphRuns()]
        most = _MOST_INK * self._line_height
        top = min((box.top() for box in boxes), default=y)
        bottom = max((box.bottom() for box in boxes), default=y + height)
        return min(most, max(0.0, y - top)), min(most, max(0.0, bottom - y - height))

    def _fill(self, line: QTextLine, max_width: float) -> None:
        line.setLineWidth(max_width)
        start, end = line.textStart(), line.textStart() + line.textLength()
        for first, last in self._whole:
            if start < first < end < last:
                line.setNumColumns(first - start, max_width)

    def draw(
        self,
        painter: QPainter,
        x: float,
        y: float,
        chosen: Sequence[QTextLayout.FormatRange] = (),
        clip: QRectF | None = None,
    ) -> None:
        """Paint with the top left corner at a place; the pen colours what has no colour of its own.

        Lines outside of ``clip``, in the painter's coordinates, are left out.
        """
        self._layout.draw(painter, QPointF(x, y), list(chosen), clip or QRectF())

    def nearest(self, x: float, y: float) -> int:
        """The gap between two letters that is nearest to a point relative to the block."""
        last = self._layout.lineCount() - 1
        for number in range(last + 1):
            line = self._layout.lineAt(number)
            if y < line.rect().bottom() or number == last:
                return int(line.xToCursor(x, QTextLine.CursorPosition.CursorBetweenCharacters))
        return 0

    def next_place(self, place: int, *, forward: bool, by_words: bool = False) -> int:
        """The gap one letter, or one word, further on."""
        mode = (
            QTextLayout.CursorMode.SkipWords if by_words else QTextLayout.CursorMode.SkipCharacters
        )
        layout = self._layout
        step = layout.nextCursorPosition if forward else layout.previousCursorPosition
        return int(step(place, mode))

    def word_at(self, place: int) -> tuple[int, int]:
        """Where the word around a gap begins and ends."""
        text = self._layout.text().encode("utf-16-le", "surrogatepass")
        finder = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Word, self._layout.text())
        finder.setPosition(min(place + 1, len(text) // 2))
        start = finder.toPreviousBoundary()
        end = finder.toNextBoundary()
        return (max(0, start), end if end >= 0 else len(text) // 2)

    @property
    def length(self) -> int:
        """Letters as Qt counts them."""
        return len(self._layout.text().encode("utf-16-le", "surrogatepass")) // 2

    def between(self, start: int, end: int) -> str:
        """The letters from one gap to another; lines end with line feeds."""
        raw = self._layout.text().encode("utf-16-le", "surrogatepass")[2 * start : 2 * end]
        return raw.decode("utf-16-le", "replace").replace(LINE_SEPARATOR, "\n")

    def place_at(self, x: float, y: float) -> int | None:
        """The character at a point relative to the block; ``None`` beside the letters."""
        for number in range(self._layout.lineCount()):
            line = self._layout.lineAt(number)
            box = line.naturalTextRect()
            if box.top() <= y < box.bottom() and box.left() <= x < box.right():
                return int(line.xToCursor(x, QTextLine.CursorPosition.CursorOnCharacter))
        return None
