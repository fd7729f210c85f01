"""Where windows stand: never larger than the screen, never off it, and two of them side by side."""

from typing import Final, NamedTuple

from PySide6.QtCore import QMargins, QPoint, QRect, QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

# Before a window is shown nobody knows what the window manager will draw around it.
_FRAME_GUESS: Final = QMargins(2, 32, 2, 4)
_GAP: Final = 24
_SMALL_GAP: Final = 4


class Places(NamedTuple):
    """Two windows without their frames, in the coordinates of the screen."""

    main: QRect
    beside: QRect


def room_for(window: QWidget) -> QRect:
    """Where a window's inside may be on its screen: what panels and its own frame leave."""
    return _available(window).marginsRemoved(_frame_of(window))


def bound(window: QWidget) -> None:
    """Make a window no larger than its screen; where it stands is the window manager's choice."""
    room = room_for(window).size()
    window.setMinimumSize(window.minimumSize().boundedTo(room))
    window.resize(window.size().boundedTo(room))


def keep_on_screen(window: QWidget) -> None:
    """Bound a window, and bring it back where a part of it lies outside of its screen."""
    if window.isMaximized() or window.isFullScreen():
        return
    bound(window)
    place = QRect(window.pos(), window.size().grownBy(_frame_of(window)))
    inside = within(place, _available(window))
    if inside != place:
        window.move(inside.topLeft())


def put_over(parent: QWidget, window: QWidget) -> None:
    """In the middle of the parent: window managers put a window of its own anywhere."""
    window.setScreen(parent.screen())
    bound(window)
    place = QRect(QPoint(0, 0), window.size().grownBy(_frame_of(window)))
    place.moveCenter(parent.frameGeometry().center())
    window.move(within(place, parent.screen().availableGeometry()).topLeft())


def put_beside(window: QWidget, other: QWidget, least: QSize, foot_px: int) -> None:
    """Both in full view where the screen has room for both; see ``places_for``.

    ``least``: how small the other may become; ``foot_px``: what it must leave free of the window's
    lower edge where it cannot stand beside it.
    """
    frame = _frame_of(window)
    frames = frame.left() + frame.right()
    sizes = (window.size(), window.minimumSize(), other.size(), least)
    found = places_for(room_for(window), *sizes, foot_px, frames)
    other.setMinimumSize(other.minimumSize().boundedTo(found.beside.size()))
    window.setGeometry(found.main)
    other.setGeometry(found.beside)


def places_for(
    room: QRect,
    main: QSize,
    main_least: QSize,
    other: QSize,
    least: QSize,
    foot_px: int,
    frames: int,
) -> Places:
    """Side by side in the middle; else the main window narrower; else the other one smaller too;
    else the other one over the main window's right edge, above its foot.

    ``frames``: what both frames take between the two.
    """
    main, other = main.boundedTo(room.size()), other.boundedTo(room.size())
    free = room.width() - main.width() - other.width() - frames - _GAP
    if free >= 0:
        left = QRect(QPoint(room.left() + free // 2, room.top()), main)
        left.moveTop(room.top() + (room.height() - max(main.height(), other.height())) // 2)
        right = QRect(QPoint(left.right() + 1 + frames + _GAP, left.top()), other)
        return Places(left, right)
    wide = min(other.width(), room.width() - main_least.width() - frames - _SMALL_GAP)
    if wide >= least.width():
        other.setWidth(wide)
        main.setWidth(room.width() - wide - frames - _SMALL_GAP)
        main.setHeight(max(main.height(), other.height()))
        foot = 0
    else:
        other.setWidth(min(least.width(), room.width()))
        main.setWidth(max(main_least.width(), room.width() - other.width()))
        other.setHeight(min(other.height(), max(least.height(), room.height() - foot_px)))
        main.setHeight(min(room.height(), max(main.height(), other.height() + foot_px)))
        foot = foot_px
    right = QRect(QPoint(room.right() + 1 - other.width(), room.top()), other)
    right.moveTop(max(room.top(), room.top() + main.height() - foot - other.height()))
    return Places(QRect(room.topLeft(), main), right)


def within(place: QRect, room: QRect) -> QRect:
    """The same size, moved by no more than it takes to lie in the room."""
    left = max(room.left(), min(place.left(), room.right() + 1 - place.width()))
    top = max(room.top(), min(place.top(), room.bottom() + 1 - place.height()))
    return QRect(QPoint(left, top), place.size())


def _available(window: QWidget) -> QRect:
    screen = QGuiApplication.screenAt(window.frameGeometry().center()) or window.screen()
    return screen.availableGeometry()


def _frame_of(window: QWidget) -> QMargins:
    inside, outside = window.geometry(), window.frameGeometry()
    if not window.isVisible() or inside == outside:
        return _FRAME_GUESS
    return QMargins(
        inside.left() - outside.left(),
        inside.top() - outside.top(),
        outside.right() - inside.right(),
        outside.bottom() - inside.bottom(),
    )
