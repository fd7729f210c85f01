"""What a flood of rubbish at the listener's port does to the window, and to real notifications."""

import asyncio
import json
import time
from pathlib import Path
from urllib.parse import urlsplit

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from tests.bench.child import Child, child
from tests.bench.floor import BareListener, BareWindow
from tests.bench.latency import open_conversation
from tests.bench.subject import Subject, subject
from tests.bench.tables import percentile, say, spread
from tests.helpers.simulator import SimulatorProcess

RATE = 10_000
NOTIFICATIONS_A_SECOND = 20
FRAME_MS = 16


class Frames:
    """Paints a widget again and again, as an animation would; ``seconds`` lie between two paints."""

    def __init__(self, widget: QWidget) -> None:
        self.seconds: list[float] = []
        self._widget = widget
        self._last = time.perf_counter()
        self._timer = QTimer(widget)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._paint)

    def begin(self) -> None:
        """From now on."""
        self.seconds = []
        self._last = time.perf_counter()
        self._timer.start(FRAME_MS)

    def end(self) -> list[float]:
        """What was measured since."""
        self._timer.stop()
        return self.seconds

    def _paint(self) -> None:
        self._widget.repaint()
        now = time.perf_counter()
        self.seconds.append(now - self._last)
        self._last = now


async def flood(
    application: QApplication, folder: Path, simulator: SimulatorProcess, seconds: int
) -> None:
    """The same window and the same notifications, with rubbish and without."""
    with child("tests.bench.caller") as caller, child("tests.bench.flooder") as flooder:
        bare = await _bare(application, caller, flooder, seconds)
        async with subject(application, folder, simulator) as program:
            await open_conversation(program, caller)
            quiet = await _ours(program, caller, None, seconds)
            flooded = await _ours(program, caller, flooder, seconds)
    frames = {
        "sms_desktop, no flood": quiet[0],
        "sms_desktop, flood": flooded[0],
        "bare aiohttp and list, flood": bare[0],
    }
    answers = {
        "sms_desktop, no flood": quiet[1],
        "sms_desktop, flood": flooded[1],
        "bare aiohttp and list, flood": bare[1],
    }
    say()
    say(f"Rubbish for {seconds} s, bare aiohttp: {bare[2]}")
    say(f"Rubbish for {seconds} s, sms_desktop: {flooded[2]}")
    spread("From one frame to the next", frames, next(iter(frames)))
    spread("Real notification posted → 200", answers, next(iter(answers)))
    share = sum(one < 2 * FRAME_MS / 1000 for one in flooded[0]) / len(flooded[0])
    say(
        f"  frames in time under flood: {share:.1%}; p99 {percentile(flooded[0], 0.99) * 1000:.0f} ms"
    )


Measured = tuple[list[float], list[float], str]


async def _ours(program: Subject, caller: Child, flooder: Child | None, seconds: int) -> Measured:
    widget = program.window.conversation_pane.timeline.viewport()
    count = seconds * NOTIFICATIONS_A_SECOND
    bodies = [program.body(f"number {n}") for n in range(count)]
    measured = await _measure(Frames(widget), program.hook_url, bodies, caller, flooder, seconds)
    await program.idle()
    return measured


async def _bare(application: QApplication, caller: Child, flooder: Child, seconds: int) -> Measured:
    window = BareWindow(application)
    window.show()
    bodies = [f"number {n}" for n in range(seconds * NOTIFICATIONS_A_SECOND)]
    async with BareListener(lambda body: window.append(body.decode())) as listener:
        frames = Frames(window.list.viewport())
        measured = await _measure(frames, listener.url, bodies, caller, flooder, seconds)
    window.close()
    return measured


async def _measure(
    frames: Frames, url: str, bodies: list[str], caller: Child, flooder: Child | None, seconds: int
) -> Measured:
    """Frames, answers and a word on the flood, while notifications come at their rate."""
    port = urlsplit(url).port
    wanted = json.dumps({"port": port, "rate": RATE, "seconds": seconds})
    flooding = asyncio.ensure_future(flooder.ask(wanted)) if flooder else None
    frames.begin()
    paced = {"url": url, "bodies": bodies, "lanes": 4, "each_s": 1 / NOTIFICATIONS_A_SECOND}
    answer = json.loads(await caller.ask(json.dumps(paced)))
    taken = answer["statuses"].get("200", 0)
    rubbish = "none"
    if flooding is not None:
        did = json.loads(await flooding)
        rubbish = f"{did['thrown'] / did['seconds']:.0f} connections/s, {did['missed']} not taken"
    return frames.end(), answer["latencies"], f"{rubbish}; {taken} of {len(bodies)} real ones taken"
