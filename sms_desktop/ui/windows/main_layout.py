"""Where the parts of the main window stand, and in which order Tab goes through them."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sms_desktop.ui.widgets.tab_order import put_in_order

if TYPE_CHECKING:
    from sms_desktop.ui.windows.main_window import MainWindow

_SMALLEST_PX = (460, 400)
_FIRST_SIZE_PX = (1200, 800)


def lay_out(window: "MainWindow") -> None:
    """Rail, list and conversation side by side; beneath them what is told about all of it."""
    middle = QHBoxLayout()
    middle.setSpacing(0)
    middle.addWidget(window.rail)
    middle.addWidget(window.splitter, 1)
    central = QWidget(window)
    outer = QVBoxLayout(central)
    outer.setContentsMargins(0, 0, 0, 0)
    outer.setSpacing(0)
    outer.addLayout(middle, 1)
    for below in (window.batch.line, window.banner, window.history_strip, window.status_line):
        outer.addWidget(below)
    window.setCentralWidget(central)
    put_in_order(
        [
            *window.rail.tab_stops(),
            *window.thread_pane.tab_stops(),
            *window.conversation_pane.tab_stops(),
            *window.banner.tab_stops(),
            window.status_line,
        ]
    )
    window.setMinimumSize(*_SMALLEST_PX)
    window.resize(*_FIRST_SIZE_PX)
