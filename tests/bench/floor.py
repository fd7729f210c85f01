"""The floor: the least that any program could do with the same libraries and the same loop.

A bare window with a list, a bare aiohttp handler, a bare httpx client. Nothing is parsed, stored,
checked or laid out beyond a line of text.
"""

import time
from collections.abc import Callable
from types import TracebackType

import httpx
from aiohttp import web
from PySide6.QtCore import QStringListModel
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QListView, QMainWindow, QVBoxLayout, QWidget


class _List(QListView):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.painted: Callable[[], None] = lambda: None

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        self.painted()


class BareWindow(QMainWindow):
    """A list of lines and a field; ``painted`` is called after every paint of the list."""

    def __init__(self, application: QApplication) -> None:
        super().__init__()
        # As bare as a window can be: the program may have dressed the application before.
        application.setStyleSheet("")
        inside = QWidget(self)
        self.lines = QStringListModel(inside)
        self.list = _List(inside)
        self.list.setModel(self.lines)
        self.field = QLineEdit(inside)
        column = QVBoxLayout(inside)
        column.addWidget(self.list)
        column.addWidget(self.field)
        self.setCentralWidget(inside)
        self.resize(1200, 800)

    def append(self, text: str) -> None:
        """One line more, in view."""
        row = self.lines.rowCount()
        self.lines.insertRow(row)
        self.lines.setData(self.lines.index(row), text)
        self.list.scrollToBottom()


class BareListener:
    """A handler that reads the body and answers; ``entered`` is the time at which it began."""

    def __init__(self, take: Callable[[bytes], None]) -> None:
        self._take = take
        self.entered = 0.0
        self.url = ""

    async def __aenter__(self) -> "BareListener":
        async def handle(request: web.Request) -> web.Response:
            self.entered = time.perf_counter()
            self._take(await request.read())
            return web.Response()

        application = web.Application()
        application.router.add_post("/hook", handle)
        self._runner = web.AppRunner(application, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}/hook"
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._runner.cleanup()


def bare_client(base_url: str) -> httpx.AsyncClient:
    """A client that keeps its connections."""
    return httpx.AsyncClient(base_url=base_url, trust_env=False, timeout=30)
