"""A flood that lasts: texts at a steady rate into a window that shows them, all of them on disk."""

import json
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from apsw import Connection
from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from tests.bench.child import Child, child
from tests.bench.floor import BareListener, BareWindow
from tests.bench.subject import Subject, subject
from tests.bench.tables import rates, say, spread
from tests.helpers.simulator import SimulatorProcess

_PEOPLE: Final = 50
_LANES: Final = 32
_FRAME_MS: Final = 16
_AS_FAST_AS_IT_GOES: Final = 1e6


@dataclass(frozen=True)
class Flood:
    """What the feeder is asked for."""

    url: str
    rate: float
    seconds: float
    own: str
    lanes: int = _LANES
    people: int = _PEOPLE


class Frames(QObject):
    """Asks a widget to paint itself at every frame, and notes the seconds from paint to paint."""

    def __init__(self, watched: QWidget) -> None:
        super().__init__(watched)
        self.apart_s: list[float] = []
        self._painted_at_s = time.perf_counter()
        self._timer = QTimer(self, interval=_FRAME_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(watched.update)
        watched.installEventFilter(self)

    def start(self) -> None:
        """Begin to watch."""
        self._painted_at_s = time.perf_counter()
        self._timer.start()

    def stop(self) -> None:
        """Watch no more."""
        self._timer.stop()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Note a paint."""
        if event.type() is QEvent.Type.Paint and self._timer.isActive():
            now_s = time.perf_counter()
            self.apart_s.append(now_s - self._painted_at_s)
            self._painted_at_s = now_s
        return False


@dataclass(frozen=True)
class Fed:
    """What came of a flood."""

    a_second: float
    answers: dict[str, int]
    waits_s: list[float]


async def load(
    application: QApplication,
    folder: Path,
    simulator: SimulatorProcess,
    seconds: float,
    *,
    rate: float,
) -> None:
    """The floor first, as fast as it goes; then the program at the rate asked for."""
    with child("tests.bench.feeder") as feeder:
        floor, smooth_s = await _floor(application, feeder)
        async with subject(application, folder, simulator) as program:
            frames = Frames(await _shown(program, feeder))
            await _feed(feeder, Flood(program.hook_url, rate, 2, program.own))
            before, memory = await _on_disk(program), _memory_mb()
            frames.start()
            ours = await _feed(feeder, Flood(program.hook_url, rate, seconds, program.own))
            frames.stop()
            kept = await _on_disk(program) - before
            grown = _memory_mb() - memory
    _report(rate, floor, ours)
    pictures = {"bare window, same flood": smooth_s, "sms_desktop": frames.apart_s}
    spread("From frame to frame, conversation and list shown", pictures, next(iter(pictures)))
    say(f"  answers {ours.answers}; {kept} messages on disk")
    say(f"  memory {memory:.0f} MB after two seconds, {grown:+.1f} MB at the end")


def _report(rate: float, floor: Fed, ours: Fed) -> None:
    rows = {"bare aiohttp handler, no limit": floor.a_second, "sms_desktop": ours.a_second}
    rates(f"Load, {rate:.0f} a second asked for", rows, next(iter(rows)))
    times = {"answer of the bare handler": floor.waits_s, "answer of sms_desktop": ours.waits_s}
    spread("Request → answer", times, next(iter(times)))


async def _floor(application: QApplication, feeder: Child) -> tuple[Fed, list[float]]:
    """A bare handler and a bare window that has nothing to do with it."""
    window = BareWindow(application)
    window.show()
    frames = Frames(window.field)
    frames.start()
    async with BareListener(lambda _: None) as listener:
        floor = await _feed(feeder, Flood(listener.url, _AS_FAST_AS_IT_GOES, 5, "+1613"))
    frames.stop()
    window.close()
    return floor, frames.apart_s


async def _feed(feeder: Child, flood: Flood) -> Fed:
    answer = json.loads(await feeder.ask(json.dumps(asdict(flood))))
    count = sum(answer["statuses"].values())
    return Fed(count / answer["seconds"], answer["statuses"], answer["waits_s"])


async def _shown(program: Subject, feeder: Child) -> QWidget:
    """Open one of the conversations; the widget that will be watched."""
    await _feed(feeder, Flood(program.hook_url, 200, 0.5, program.own))
    await program.until(lambda: program.window.threads.rowCount() > 0)
    program.window.come_forward()
    program.window.open_conversation(program.window.threads.conversation(0).conversation_id)
    await program.idle()
    return program.window.conversation_pane.composer.field.viewport()


async def _on_disk(program: Subject) -> int:
    await program.idle()

    def count(db: Connection) -> int:
        return int(db.execute("SELECT count(*) FROM message").get)

    return await program.built.profile.store.read_long(count)


def _memory_mb() -> float:
    if not sys.platform.startswith("linux"):
        return 0.0
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 / 1e6
