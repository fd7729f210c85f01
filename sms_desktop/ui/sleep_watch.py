"""Hears from the system that the computer is about to sleep, where it says so beforehand (Linux).

Elsewhere, and where nothing answers, the clocks tell it once the computer has woken up.
"""

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import SLOT, QObject, Slot

if TYPE_CHECKING:
    from PySide6.QtDBus import QDBusConnection

_SERVICE: Final = "org.freedesktop.login1"
_PATH: Final = "/org/freedesktop/login1"
_INTERFACE: Final = "org.freedesktop.login1.Manager"


class SleepWatch(QObject):
    """``on_sleep`` is called when the computer begins to sleep."""

    def __init__(self, on_sleep: Callable[[], object], parent: QObject) -> None:
        super().__init__(parent)
        self._on_sleep = on_sleep

    def listen(self, bus: "QDBusConnection") -> bool:
        """Hear of it on a bus; false where that is not possible."""
        # PySide's words for itself ask for bytes, and its code for the text.
        slot = cast(bytes, SLOT("prepare_for_sleep(bool)"))
        return bool(bus.connect(_SERVICE, _PATH, _INTERFACE, "PrepareForSleep", self, slot))

    @Slot(bool)
    def prepare_for_sleep(self, begins: bool) -> None:
        """The computer begins to sleep, or has woken up."""
        if begins:
            self._on_sleep()


def watch_sleep(on_sleep: Callable[[], object], parent: QObject) -> None:
    """Listen where the system says it."""
    if sys.platform != "linux":
        return
    # Imported late: not before the first paint.
    from PySide6.QtDBus import QDBusConnection

    bus = QDBusConnection.systemBus()
    if bus.isConnected():
        SleepWatch(on_sleep, parent).listen(bus)
