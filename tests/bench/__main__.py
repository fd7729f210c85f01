"""``python -m tests.bench``: measures, and prints tables. Asserts nothing about times."""

import argparse
import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import qasync
from PySide6.QtCore import QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from tests.bench.durable import messages_a_second
from tests.bench.latency import enter_to_wire, webhook_to_paint
from tests.bench.starting import start_to_paint
from tests.bench.tables import heading
from tests.helpers.simulator import running_simulator


def main() -> None:
    """Everything, one after the other."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--messages", type=int, default=300, help="webhooks, one at a time")
    parser.add_argument("--sends", type=int, default=200, help="texts, one at a time")
    parser.add_argument("--burst", type=int, default=3000, help="webhooks at once")
    parser.add_argument("--starts", type=int, default=11, help="starts; the first does not count")
    wanted = parser.parse_args()
    application = QApplication([])
    application.setQuitOnLastWindowClosed(False)
    qInstallMessageHandler(_say_what_matters)
    heading(application.platformName())
    with tempfile.TemporaryDirectory(prefix="sms-desktop-bench-") as place:
        folder = Path(place)
        _measure(application, folder, wanted)
        start_to_paint(folder / "arriving", wanted.starts)


def _say_what_matters(kind: QtMsgType, _context: object, words: str) -> None:
    # The offscreen platform says this about every window.
    if not words.startswith("This plugin does not support"):
        sys.stderr.write(f"{kind.name}: {words}\n")


def _measure(application: QApplication, folder: Path, wanted: argparse.Namespace) -> None:
    measurements = (
        (webhook_to_paint, "arriving", wanted.messages),
        (enter_to_wire, "sending", wanted.sends),
        (messages_a_second, "burst", wanted.burst),
    )
    for measure, name, count in measurements:
        with running_simulator() as simulator, qasync.QEventLoop(application) as loop:
            loop.run_until_complete(measure(application, folder / name, simulator, count))


if __name__ == "__main__":
    main()
