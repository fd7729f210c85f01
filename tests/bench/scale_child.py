"""One start of the program on a history that is there already, and an hour's use of it in seconds.

``python -m tests.bench.scale_child use|start|bare FOLDER``: says as one JSON line what was measured,
in seconds and bytes. The key is where a keyring would have it; its round trip is not measured.
"""

import asyncio
import json
import os
import random
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest

from sms_desktop import app
from sms_desktop.domain.ids import ConversationId
from sms_desktop.paths import paths_of
from sms_desktop.profile import profile
from sms_desktop.ui.models.message_days import MessageDays
from sms_desktop.ui.ports import ConversationFilter
from sms_desktop.ui.widgets.timeline_view import TimelineView
from sms_desktop.ui.windows.main_window import MainWindow
from sms_desktop.vault.handlers.memory_vault import MemoryVault
from sms_desktop.vault.keys import starting_values

KEY: Final = bytes(range(32))
TYPED: Final = ("delivery", "tomorrow afternoon", "zymurgy", "613 123", "from:me see", "東京", "qz")
_OPENINGS: Final = 300
_FRAMES: Final = 400
_STEPS_PX: Final = {"scroll": 60, "fling": 1500}
_JUMPS: Final = 200


class _Keyring(MemoryVault):
    """Holds the key of the store as a keyring would."""

    name = "keyring"

    def __init__(self) -> None:
        super().__init__()
        for name, value in starting_values(KEY).items():
            self.set(name, value)


def pss_bytes() -> int:
    """Memory of this process, what it shares with others counted by its part."""
    for line in Path("/proc/self/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024
    raise RuntimeError("this system does not tell a process's PSS")


class Use:
    """What a person does, each step timed to the end of the paint that shows it."""

    def __init__(self, built: app.Built) -> None:
        self._built = built
        self._window = built.window
        self._pane = built.window.conversation_pane
        self._view = self._pane.timeline
        self._painted_s = 0.0
        paint = TimelineView.paintEvent

        def noting(view: TimelineView, event: Any) -> None:
            paint(view, event)
            self._painted_s = time.perf_counter()

        TimelineView.paintEvent = noting  # type: ignore[method-assign]

    async def __call__(self) -> dict[str, Any]:
        """Everything, one after the other."""
        await self._rest()
        measured: dict[str, Any] = {"memory at start": pss_bytes()}
        rows = self._built.reader.conversations(ConversationFilter(), None, _OPENINGS)
        measured["open a thread"] = [
            await self._until_painted(lambda c=row.conversation_id: self._pane.open(c))  # type: ignore[misc]
            for row in [*rows, *rows][:_OPENINGS]
        ]
        crowded = self._most_crowded()
        await self._until_painted(lambda: self._pane.open(crowded))
        blank = 0
        for name, step in _STEPS_PX.items():
            self._view.jump_to_newest()
            await self._rest()
            measured[name], without = self._move(step)
            blank += without
        measured["frames with blank rows"] = blank
        measured["jump to a day"] = [await self._until_painted(j) for j in self._jumps(crowded)]
        measured["keystroke"], measured["found"] = await self._search()
        await self._rest()
        measured["memory after use"] = pss_bytes()
        return measured

    async def _rest(self) -> None:
        """Until nothing waits."""
        for _ in range(20):
            await self._built.core.tasks.wait_idle()
            await asyncio.sleep(0)

    async def _until_painted(self, act: Callable[[], object]) -> float:
        began = time.perf_counter()
        act()
        while self._painted_s < began:  # noqa: ASYNC110 - Qt paints when it likes
            await asyncio.sleep(0)
        return self._painted_s - began

    def _most_crowded(self) -> ConversationId:
        sql = "SELECT conversation_id FROM message GROUP BY 1 ORDER BY count(*) DESC LIMIT 1"
        found = self._built.reader.read(lambda db: db.execute(sql).fetchone())
        return ConversationId(int(found[0]))

    def _move(self, step_px: int) -> tuple[list[float], int]:
        """Frames of moving upwards, and how many of them did not fill the view."""
        frames: list[float] = []
        blank = 0
        bar, viewport = self._view.verticalScrollBar(), self._view.viewport()
        for _ in range(_FRAMES):
            began = time.perf_counter()
            bar.setValue(bar.value() - step_px)
            viewport.repaint()
            frames.append(time.perf_counter() - began)
            blank += not self._is_filled()
        return frames, blank

    def _is_filled(self) -> bool:
        rows = self._view.visible_rows()
        if not rows:
            return False
        first, last = rows[0], rows[-1]
        is_up = self._view.row_top(first) <= 0 or (first == 0 and self._pane.model.at_start)
        lower = self._view.row_top(last) + self._view.row_height(last)
        return is_up and lower >= self._view.viewport().height()

    def _jumps(self, crowded: ConversationId) -> Iterator[Callable[[], None]]:
        days = MessageDays(self._built.reader, crowded)
        oldest, newest = days.oldest(), days.newest()
        if oldest is None or newest is None:
            return
        chance = random.Random(3)
        for _ in range(_JUMPS):
            day = oldest + timedelta(days=chance.randrange((newest - oldest).days + 1))
            yield lambda day=day: self._go(days, day)  # type: ignore[misc]

    def _go(self, days: MessageDays, day: Any) -> None:
        key = days.first_key(day)
        if key is not None:
            self._view.go_to_day(key)
        # A day that is on screen already is shown by nothing new.
        self._view.viewport().update()

    async def _search(self) -> tuple[list[float], list[float]]:
        """What each keystroke kept the window from doing, and when what it found was shown."""
        field = self._window.finding._field
        blocked: list[float] = []
        shown: list[float] = []
        self._window.finding.open()
        for typed in TYPED:
            field.clear()
            await self._rest()
            for letter in typed:
                began = time.perf_counter()
                if letter.isascii():
                    QTest.keyClicks(field, letter)
                else:
                    field.insert(letter)
                blocked.append(time.perf_counter() - began)
                await self._built.core.tasks.wait_idle()
                shown.append(time.perf_counter() - began)
        field.clear()
        return blocked, shown


async def _visit(built: app.Built) -> int:
    sys.stdout.write(json.dumps(await Use(built)()) + "\n")
    sys.stdout.flush()
    return 0


def _say_painted() -> None:
    sys.stdout.write(json.dumps({"painted": time.perf_counter()}) + "\n")
    sys.stdout.flush()
    os._exit(0)


def main() -> None:
    """Be such a process."""
    how, folder = sys.argv[1], Path(sys.argv[2])
    profile.choose = lambda *_a, **_n: _Keyring()  # type: ignore[assignment]
    if how == "start":

        def paint(_window: object, _event: object) -> None:
            # The window's own paint comes first; the timer ends when all of it was painted.
            QTimer.singleShot(0, _say_painted)

        MainWindow.paintEvent = paint  # type: ignore[method-assign,assignment]
    app.run(paths_of(folder), app.Options(), _visit if how == "use" else None)


if __name__ == "__main__":
    main()
