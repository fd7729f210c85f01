"""Where the main window was: written down when it closes, and found again when it opens."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QMainWindow

from sms_desktop.domain.ids import ConversationId
from sms_desktop.window_state import WindowState

_GEOMETRY: Final = "main_geometry"
_LIST_WIDTH: Final = "main_list_width"
_CONVERSATION: Final = "main_conversation"


@dataclass(frozen=True, slots=True)
class Place:
    """``list_width`` in pixels, 0 where nothing was remembered; no conversation: none was open."""

    list_width: int
    conversation_id: ConversationId | None


def remember(state: WindowState, window: QMainWindow, place: Place) -> None:
    """Write down size, position and what was open."""
    geometry = bytes(window.saveGeometry().toBase64().data()).decode("ascii")
    state.remember(
        **{
            _GEOMETRY: geometry,
            _LIST_WIDTH: place.list_width,
            _CONVERSATION: place.conversation_id or 0,
        }
    )


def restore(state: WindowState, window: QMainWindow) -> Place:
    """Put the window where it was, and say what else is known."""
    geometry = state.text(_GEOMETRY)
    if geometry:
        window.restoreGeometry(QByteArray.fromBase64(geometry.encode("ascii", "replace")))
    conversation = state.number(_CONVERSATION)
    return Place(
        state.number(_LIST_WIDTH), ConversationId(conversation) if conversation > 0 else None
    )
