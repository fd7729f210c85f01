"""Where the main window was: written down when it closes, and found again when it opens."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QMainWindow

from sms_desktop.domain.ids import ConversationId
from sms_desktop.domain.message import TimelineKey
from sms_desktop.ui.widgets.timeline_view import Place
from sms_desktop.window_state import WindowState

_GEOMETRY: Final = "main_geometry"
_LIST_WIDTH: Final = "main_list_width"
_CONVERSATION: Final = "main_conversation"
_PLACE: Final = ("main_place_at_ms", "main_place_tie", "main_place_top")


@dataclass(frozen=True, slots=True)
class Remembered:
    """``list_width`` in pixels, 0 where nothing is known; ``place`` is ``None`` at a conversation's end."""

    list_width: int
    conversation_id: ConversationId | None
    place: Place | None


def remember(state: WindowState, window: QMainWindow, now: Remembered) -> None:
    """Write down size, position and what was open."""
    geometry = bytes(window.saveGeometry().toBase64().data()).decode("ascii")
    place = (0, 0, 0) if now.place is None else (*now.place.key, now.place.top)
    state.remember(
        **{
            _GEOMETRY: geometry,
            _LIST_WIDTH: now.list_width,
            _CONVERSATION: now.conversation_id or 0,
            **dict(zip(_PLACE, place, strict=True)),
        }
    )


def restore(state: WindowState, window: QMainWindow) -> Remembered:
    """Put the window where it was, and say what else is known."""
    geometry = state.text(_GEOMETRY)
    if geometry:
        window.restoreGeometry(QByteArray.fromBase64(geometry.encode("ascii", "replace")))
    conversation = state.number(_CONVERSATION)
    at_ms, tie, top = (state.number(name) for name in _PLACE)
    return Remembered(
        state.number(_LIST_WIDTH),
        ConversationId(conversation) if conversation > 0 else None,
        Place(TimelineKey(at_ms, tie), top) if at_ms else None,
    )
