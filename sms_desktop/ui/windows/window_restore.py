"""Where the main window was: written down when it comes to rest, and found when it opens."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QByteArray, QTimer
from PySide6.QtWidgets import QMainWindow

from sms_desktop.domain.ids import ConversationId
from sms_desktop.domain.message import TimelineKey
from sms_desktop.ui.widgets.scroll_place import ScrollPlace
from sms_desktop.ui.windows.window_placement import keep_on_screen
from sms_desktop.window_state import WindowState

REST_MS: Final = 600
_GEOMETRY: Final = "main_geometry"
_LIST_WIDTH: Final = "main_list_width"
_CONVERSATION: Final = "main_conversation"
_PLACE: Final = ("main_place_at_ms", "main_place_tie", "main_place_top")


@dataclass(frozen=True, slots=True)
class Remembered:
    """``list_width`` in pixels, 0 where nothing is known; ``place`` is ``None`` at a conversation's end."""

    list_width: int
    conversation_id: ConversationId | None
    place: ScrollPlace | None


class Remembering:
    """Writes down where the window is, some time after it changed; a crash finds it there.

    ``ask`` tells what is open and where it is read.
    """

    def __init__(
        self, state: WindowState, window: QMainWindow, ask: Callable[[], Remembered]
    ) -> None:
        self._state = state
        self._window = window
        self._ask = ask
        self._rest = QTimer(window, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self.keep)

    def note_change(self, *_change: object) -> None:
        """Something moved; write it down when it has come to rest."""
        # What a window does before it is seen is not the person's doing.
        if self._window.isVisible():
            self._rest.start()

    def keep(self) -> None:
        """Write it down now."""
        self._rest.stop()
        remember(self._state, self._window, self._ask())


def remember(state: WindowState, window: QMainWindow, now: Remembered) -> None:
    """Write down size, position and what was open."""
    geometry = bytes(window.saveGeometry().toBase64().data()).decode("ascii")
    place = (0, 0, 0) if now.place is None else (*now.place.key, now.place.top)
    state.note(
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
    keep_on_screen(window)
    conversation = state.number(_CONVERSATION)
    at_ms, tie, top = (state.number(name) for name in _PLACE)
    return Remembered(
        state.number(_LIST_WIDTH),
        ConversationId(conversation) if conversation > 0 else None,
        ScrollPlace(TimelineKey(at_ms, tie), top) if at_ms else None,
    )
