"""``python -m tests.bench.bare_window``: the least that a window of PySide6 costs, as JSON.

When it had painted (by the clock that all processes share), and its memory then.
"""

import json
import os
import sys
import time
from pathlib import Path

from PySide6.QtCore import QStringListModel, QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QListView, QMainWindow


def _painted() -> None:
    now = time.perf_counter()
    rollup = Path("/proc/self/smaps_rollup").read_text().split("Pss:")[1]
    sys.stdout.write(json.dumps({"painted": now, "memory": int(rollup.split()[0]) * 1024}) + "\n")
    sys.stdout.flush()
    os._exit(0)


class _Window(QMainWindow):
    def paintEvent(self, _event: QPaintEvent) -> None:
        QTimer.singleShot(0, _painted)


def main() -> None:
    """Show it."""
    application = QApplication([])
    window = _Window()
    view = QListView(window)
    view.setModel(QStringListModel([f"line {n}" for n in range(50)], view))
    window.setCentralWidget(view)
    window.resize(1200, 800)
    window.show()
    application.exec()


if __name__ == "__main__":
    main()
