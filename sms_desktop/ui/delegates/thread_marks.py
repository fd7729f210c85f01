"""The small signs in a row of the thread list of what the person made of a conversation."""

from enum import Enum
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath, QTransform

from sms_desktop.domain.thread_flags import ThreadFlags


class ThreadMark(Enum):
    """A sign as wide as it is high."""

    PIN = "pin"
    MUTED = "muted"
    SNOOZED = "snoozed"
    BLOCKED = "blocked"


def thread_marks(flags: ThreadFlags) -> tuple[ThreadMark, ...]:
    """The signs of a row, from the left."""
    shown = (
        (flags.is_blocked, ThreadMark.BLOCKED),
        (bool(flags.snoozed_until_ms), ThreadMark.SNOOZED),
        (flags.is_muted, ThreadMark.MUTED),
        (flags.is_pinned, ThreadMark.PIN),
    )
    return tuple(mark for is_so, mark in shown if is_so)


@lru_cache(maxsize=32)
def thread_mark_path(mark: ThreadMark, height: float) -> QPainterPath:
    """The sign with its top left corner at the origin, to be stroked."""
    path = QPainterPath()
    if mark is ThreadMark.PIN:
        _line(path, (0.34, 0.06), (0.66, 0.06))
        _line(
            path, (0.39, 0.08), (0.39, 0.38), (0.22, 0.6), (0.78, 0.6), (0.61, 0.38), (0.61, 0.08)
        )
        _line(path, (0.5, 0.62), (0.5, 0.96))
    elif mark is ThreadMark.MUTED:
        path.moveTo(0.12, 0.72)
        path.cubicTo(QPointF(0.26, 0.6), QPointF(0.2, 0.42), QPointF(0.26, 0.28))
        path.cubicTo(QPointF(0.36, 0.04), QPointF(0.64, 0.04), QPointF(0.74, 0.28))
        path.cubicTo(QPointF(0.8, 0.42), QPointF(0.74, 0.6), QPointF(0.88, 0.72))
        path.closeSubpath()
        _line(path, (0.42, 0.88), (0.58, 0.88))
        _line(path, (0.08, 0.06), (0.92, 0.94))
    elif mark is ThreadMark.SNOOZED:
        path.addEllipse(QRectF(0.06, 0.06, 0.88, 0.88))
        _line(path, (0.5, 0.27), (0.5, 0.53), (0.68, 0.64))
    else:
        path.addEllipse(QRectF(0.06, 0.06, 0.88, 0.88))
        _line(path, (0.19, 0.19), (0.81, 0.81))
    return QTransform.fromScale(height, height).map(path)


def _line(path: QPainterPath, *points: tuple[float, float]) -> None:
    path.moveTo(*points[0])
    for point in points[1:]:
        path.lineTo(*point)
