"""Where everything in a row of the thread list stands, laid out once and painted often."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QFont, QStaticText

from sms_desktop.ui.delegates.marks import Mark
from sms_desktop.ui.delegates.thread_marks import ThreadMark


@dataclass(slots=True)
class Piece:
    """A text; ``role`` is a colour of the palette, ``is_wild`` where marks are heaped on letters."""

    text: QStaticText
    size: QSizeF
    font: QFont
    role: str
    at: QPointF
    is_wild: bool = False


@dataclass(slots=True)
class Sign:
    """What is wrong with the last message, or that it came from another device."""

    mark: Mark
    role: str
    at: QPointF


@dataclass(slots=True)
class RowLayout:
    """Texts, the sign before the line, boxes around badge and tag, and the marks at the right."""

    pieces: list[Piece]
    sign: Sign | None
    badge: QRectF | None
    tag: QRectF | None
    face: str
    marks: list[tuple[ThreadMark, QPointF]]
