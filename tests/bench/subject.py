"""The program under measurement: whole, on a real profile, with eyes and a hand on it."""

import asyncio
import json
import time
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final

from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication

from sms_desktop import app
from sms_desktop.domain.address import Address
from sms_desktop.domain.health import Level
from sms_desktop.net.listener import WebhookListener
from sms_desktop.paths import Paths, paths_of
from sms_desktop.profile.profile import open_profile
from sms_desktop.sync.ways import webhook_way
from sms_desktop.ui.widgets.timeline_view import TimelineView
from tests.helpers.simulator import SimulatorProcess
from tests.helpers.whole_program import ENVIRON

PERSON: Final = Address("+16131234567")
_PAINT = TimelineView.paintEvent
_OPEN_PATH = WebhookListener.open_path


class Subject:
    """``hook_url``: where the program listens; ``entered``: when its handler was entered last."""

    def __init__(self, built: app.Built, own: str) -> None:
        self.built = built
        self.own = own
        self.window = built.window
        self.hook_url = ""
        self.entered = 0.0
        self._awaited = ""
        self._painted: asyncio.Future[float] | None = None

    def expect(self, text: str) -> "asyncio.Future[float]":
        """When the last bubble on screen says ``text``: done with the time of that paint's end."""
        self._awaited = text
        self._painted = asyncio.get_running_loop().create_future()
        return self._painted

    async def idle(self) -> None:
        """Nothing runs and nothing waits to be written."""
        await self.built.core.tasks.wait_idle()

    def body(self, text: str, person: str = PERSON) -> str:
        """A notification of an inbound text, as Kandy sends it."""
        now_ms = time.time_ns() // 1_000_000
        message = {
            "dateTime": now_ms,
            "destinationAddress": self.own,
            "message": text,
            "messageId": f"SM-{uuid.uuid4()}",
            "senderAddress": person,
        }
        notification = {"inboundSMSMessage": message, "dateTime": now_ms, "id": str(uuid.uuid4())}
        return json.dumps({"inboundSMSMessageNotification": notification})

    def look(self, view: TimelineView) -> None:
        """Called after every paint of the timeline."""
        waits = self._painted
        if waits is None or waits.done():
            return
        rows = view.visible_rows()
        if rows and view._rows.bubble(rows[-1]).row.text == self._awaited:
            waits.set_result(time.perf_counter())

    def listen(self, listener: WebhookListener, handler: Any) -> str:
        """Open a path whose handler notes when it is entered."""

        async def noting(body: bytes, headers: Mapping[str, str]) -> None:
            self.entered = time.perf_counter()
            await handler(body, headers)

        path = _OPEN_PATH(listener, noting)
        if handler.__module__ != webhook_way.__name__:
            return path  # The program calls itself by another one.
        self.hook_url = f"http://127.0.0.1:{listener.port}{path}"
        return path

    async def until(self, is_so: Callable[[], bool]) -> None:
        """Wait for something outside of what is measured: looks at every turn of the loop."""
        async with asyncio.timeout(60):
            while not is_so():  # noqa: ASYNC110 - anything may make it so
                await asyncio.sleep(0)


@asynccontextmanager
async def subject(
    application: QApplication,
    folder: Path,
    simulator: SimulatorProcess,
    base_url: str = "",
    *,
    with_window: bool = True,
) -> AsyncIterator[Subject]:
    """The program, signed in and live, until the block is left.

    Without a window everything runs but what the window does: it is told nothing.
    """
    paths: Paths = paths_of(folder)
    paths.make()
    one = Subject(app.build(application, paths, open_profile(paths, ENVIRON)), simulator.numbers[0])

    def paint(view: TimelineView, event: QPaintEvent) -> None:
        _PAINT(view, event)
        one.look(view)

    TimelineView.paintEvent = paint  # type: ignore[method-assign]
    WebhookListener.open_path = lambda l, h: one.listen(l, h)  # type: ignore[method-assign] # noqa: E741
    loop = asyncio.get_running_loop()
    life = app.live(one.built, paths, app.Options()) if with_window else _engine_alone(one.built)
    living = loop.create_task(life)
    standing = one.built.core.standing
    await one.until(lambda: standing.health.level is Level.NO_ACCOUNT)
    address = base_url or simulator.base_url
    adding: Awaitable[Any] = one.built.engine.add_account(
        address, simulator.client_id, "", simulator.client_secret, "loopback"
    )
    await adding
    await one.until(lambda: standing.health.level is Level.LIVE)
    try:
        yield one
    finally:
        one.window.close()  # says "closed", shown or not
        await living
        TimelineView.paintEvent = _PAINT  # type: ignore[method-assign]
        WebhookListener.open_path = _OPEN_PATH  # type: ignore[method-assign]


async def _engine_alone(built: app.Built) -> int:
    """Run everything but the window."""
    closed = asyncio.Event()
    built.window.closed.connect(closed.set)
    await built.engine.start()
    await closed.wait()
    await built.engine.close()
    await built.core.close()
    return 0
