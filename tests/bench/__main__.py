"""``python -m tests.bench``: measures, and prints tables. Asserts nothing about times.

Without names everything is measured but ``load`` and ``idle``, which take a minute each, and ``cuts``,
which takes the better part of an hour and says by the exit code whether anything was lost.
"""

import argparse
import asyncio
import os
import sys
import tempfile
from collections.abc import Callable, Coroutine
from functools import partial
from pathlib import Path
from typing import Any, Final

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import qasync
from PySide6.QtCore import QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from tests.bench.durable import messages_a_second
from tests.bench.flood import flood
from tests.bench.idle import idle
from tests.bench.latency import enter_to_wire, webhook_to_paint
from tests.bench.load import load
from tests.bench.starting import start_to_paint
from tests.bench.tables import heading
from tests.cuts.__main__ import run as run_cuts
from tests.helpers.simulator import SimulatorProcess, running_simulator

Measure = Callable[[QApplication, Path, SimulatorProcess, int], Coroutine[Any, Any, None]]
MEASUREMENTS: Final[dict[str, Measure]] = {
    "arriving": webhook_to_paint,
    "sending": enter_to_wire,
    "burst": messages_a_second,
    "flood": flood,
}


APART: Final = ("starting", "load", "idle", "cuts")


def main() -> int:
    """Everything, one after the other, or what was asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("only", nargs="*", choices=[*MEASUREMENTS, *APART, []])
    parser.add_argument("--messages", type=int, default=300, help="webhooks, one at a time")
    parser.add_argument("--sends", type=int, default=200, help="texts, one at a time")
    parser.add_argument("--burst", type=int, default=3000, help="webhooks at once")
    parser.add_argument("--starts", type=int, default=11, help="starts; the first does not count")
    parser.add_argument("--flood", type=int, default=10, help="seconds of rubbish")
    parser.add_argument("--seconds", type=int, default=60, help="how long load or idleness lasts")
    parser.add_argument("--rate", type=float, default=2000, help="texts a second of the load")
    parser.add_argument("--count", type=int, default=200, help="how often something is cut")
    parser.add_argument("--seed", type=int, default=1, help="decides what is cut")
    wanted = parser.parse_args()
    if wanted.only == ["cuts"]:
        return run_cuts(wanted.count, wanted.seed)
    only = wanted.only or [*MEASUREMENTS, "starting"]
    application = QApplication([])
    application.setQuitOnLastWindowClosed(False)
    qInstallMessageHandler(_say_what_matters)
    heading(application.platformName())
    with tempfile.TemporaryDirectory(prefix="sms-desktop-bench-") as place:
        folder = Path(place)
        counts = (wanted.messages, wanted.sends, wanted.burst, wanted.flood)
        for (name, measure), count in zip(MEASUREMENTS.items(), counts, strict=True):
            if name in only:
                _measure(measure, application, folder / name, count)
        if "load" in only:
            lasting = partial(load, rate=wanted.rate)
            _measure(lasting, application, folder / "load", wanted.seconds)
        if "idle" in only:
            with running_simulator() as simulator:
                asyncio.run(idle(folder / "idle", simulator, wanted.seconds))
        if "starting" in only:
            start_to_paint(_kept_profile(application, folder / "arriving"), wanted.starts)
    return run_cuts(wanted.count, wanted.seed) if "cuts" in only else 0


def _say_what_matters(kind: QtMsgType, _context: object, words: str) -> None:
    # The offscreen platform says this about every window.
    if not words.startswith("This plugin does not support"):
        sys.stderr.write(f"{kind.name}: {words}\n")


def _measure(measure: Measure, application: QApplication, folder: Path, count: int) -> None:
    with running_simulator() as simulator, qasync.QEventLoop(application) as loop:
        loop.run_until_complete(measure(application, folder, simulator, count))


def _kept_profile(application: QApplication, folder: Path) -> Path:
    if not folder.exists():
        _measure(webhook_to_paint, application, folder, 1)
    return folder


if __name__ == "__main__":
    sys.exit(main())
