"""The little signs beside a time, drawn as lines so that no font matters."""

from enum import Enum
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath

from sms_desktop.domain.delivery import State
from sms_desktop.domain.message import Direction, Origin, TimelineRow


class Mark(Enum):
    """A sign and its width as a part of its height."""

    CLOCK = 1.0
    TICK = 1.0001
    TWO_TICKS = 1.45
    QUESTION = 0.6
    BANG = 0.3
    ARROW = 0.9


_OF_STATE = {
    State.SCHEDULED: Mark.CLOCK,
    State.QUEUED: Mark.CLOCK,
    State.SENDING: Mark.CLOCK,
    State.UNCONFIRMED: Mark.QUESTION,
    State.NOT_SENT: Mark.BANG,
    State.REFUSED: Mark.BANG,
    State.ACCEPTED: Mark.TICK,
    State.DELIVERED: Mark.TWO_TICKS,
    State.IMPOSSIBLE: Mark.BANG,
}


def state_mark(row: TimelineRow) -> Mark | None:
    """The sign of a row's state; an inbound message has none."""
    return None if row.direction is Direction.INBOUND else _OF_STATE.get(row.state)


def origin_mark(row: TimelineRow) -> Mark | None:
    """The arrow of a message that another device sent."""
    return Mark.ARROW if row.origin is Origin.OTHER_DEVICE else None


@lru_cache(maxsize=64)
def mark_path(mark: Mark, height: float) -> QPainterPath:
    """The sign with its top left corner at the origin, to be stroked."""
    path = QPainterPath()
    if mark is Mark.CLOCK:
        path.addEllipse(QRectF(0.06, 0.06, 0.88, 0.88))
        _line(path, (0.5, 0.27), (0.5, 0.53), (0.68, 0.64))
    elif mark is Mark.TICK:
        _line(path, (0.08, 0.56), (0.36, 0.84), (0.92, 0.2))
    elif mark is Mark.TWO_TICKS:
        _line(path, (0.06, 0.56), (0.32, 0.84), (0.86, 0.2))
        _line(path, (0.66, 0.72), (0.78, 0.84), (1.36, 0.2))
    elif mark is Mark.BANG:
        _line(path, (0.15, 0.08), (0.15, 0.62))
        _line(path, (0.15, 0.88), (0.15, 0.92))
    elif mark is Mark.QUESTION:
        path.moveTo(0.08, 0.3)
        path.cubicTo(QPointF(0.08, 0.0), QPointF(0.54, 0.0), QPointF(0.54, 0.3))
        path.cubicTo(QPointF(0.54, 0.5), QPointF(0.3, 0.46), QPointF(0.3, 0.68))
        _line(path, (0.3, 0.9), (0.3, 0.93))
    else:
        _line(path, (0.12, 0.86), (0.78, 0.2))
        _line(path, (0.28, 0.18), (0.8, 0.18), (0.8, 0.7))
    return _scaled(path, height)


def _line(path: QPainterPath, *points: tuple[float, float]) -> None:
    path.moveTo(*points[0])
    for point in points[1:]:
        path.lineTo(*point)


def _scaled(path: QPainterPath, factor: float) -> QPainterPath:
    from PySide6.QtGui import QTransform

    return QTransform.fromScale(factor, factor).map(path)
