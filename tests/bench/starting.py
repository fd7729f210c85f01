"""From the start of the process to the first paint of its window, beside a bare window.

``python -m tests.bench.starting ours|bare FOLDER`` is such a process: it says when it has painted.
Bytecode is kept between the starts, as an installed program has it. A vault in a file takes a third
of a second by design, since its passphrase is stretched; a keyring does not, and is stood for by a
vault in memory with a new profile.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path


def start_to_paint(folder: Path, times: int) -> None:
    """Start both in turn; the profile in ``folder`` must exist."""
    from tests.bench.tables import spread
    from tests.helpers.whole_program import ENVIRON

    bare: list[float] = []
    kept: list[float] = []
    fresh: list[float] = []
    with tempfile.TemporaryDirectory() as bytecode:
        kept_code = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": bytecode}
        memory = {"SMS_DESKTOP_VAULT": "memory", **kept_code}
        for _ in range(times):
            bare.append(_start("bare", folder, kept_code))
            kept.append(_start("ours", folder, {**ENVIRON, **kept_code}))
            with tempfile.TemporaryDirectory() as empty:
                fresh.append(_start("ours", Path(empty), memory))
    named = {
        "bare PySide6 window with a list": bare[1:],
        "sms_desktop, new profile, no passphrase": fresh[1:],
        "sms_desktop, kept profile, passphrase": kept[1:],
    }
    spread("Process started → first paint", named, next(iter(named)))


def _start(which: str, folder: Path, environ: Mapping[str, str]) -> float:
    command = [sys.executable, "-m", "tests.bench.starting", which, str(folder)]
    began = time.perf_counter()
    done = subprocess.run(
        command, capture_output=True, text=True, check=True, env={**os.environ, **environ}
    )
    return float(done.stdout.split()[0]) - began


def _painted() -> None:
    """Say when, and be gone: what comes after does not count."""
    sys.stdout.write(f"{time.perf_counter()!r}\n")
    sys.stdout.flush()
    os._exit(0)


def _ours(folder: Path) -> None:
    from PySide6.QtCore import QTimer

    from sms_desktop import app
    from sms_desktop.paths import paths_of
    from sms_desktop.ui.windows.main_window import MainWindow

    def paint(_window: object, _event: object) -> None:
        # The window's own paint comes first; the timer ends when all of it was painted.
        QTimer.singleShot(0, _painted)

    MainWindow.paintEvent = paint  # type: ignore[method-assign,assignment]
    app.run(paths_of(folder), app.Options())


def _bare() -> None:
    from PySide6.QtCore import QStringListModel, QTimer
    from PySide6.QtWidgets import QApplication, QListView, QMainWindow

    class Window(QMainWindow):
        def paintEvent(self, _event: object) -> None:
            QTimer.singleShot(0, _painted)

    application = QApplication([])
    window = Window()
    view = QListView(window)
    view.setModel(QStringListModel([f"line {n}" for n in range(50)], view))
    window.setCentralWidget(view)
    window.resize(1200, 800)
    window.show()
    application.exec()


if __name__ == "__main__":
    if sys.argv[1] == "ours":
        _ours(Path(sys.argv[2]))
    else:
        _bare()
