"""The tour: drives the real window by real Qt events, and takes a picture of every step.

What it waits for it learns from the signals of models and windows; it never sleeps, and it does
nothing that a person could not do with mouse and keyboard.
"""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListView, QWidget

from sms_desktop.domain.address import Address
from sms_desktop.domain.delivery import OUTBOX_STATES
from sms_desktop.domain.errors import SmsDesktopError
from sms_desktop.domain.health import CheckState, Level
from sms_desktop.domain.message import Direction, Origin, TimelineRow
from sms_desktop.ui.ports import PhoneLine
from sms_desktop.ui.windows.main_window import MainWindow
from sms_desktop.ui.windows.phone import PhoneWindow
from sms_desktop.ui.windows.settings.page_name import PageName
from sms_desktop.ui.windows.settings.window import SettingsWindow

STEP_S: Final = 20.0
_SCALE: Final = 2
_SENT: Final = "Thanks! Is 4 pm still fine for you – Tom?"
_ELSEWHERE: Final = "Sent from my other phone: I'll look at it tonight."


class TourFailed(SmsDesktopError):
    """A step did not come to its end; ``step`` names it."""

    def __init__(self, step: str, reason: str) -> None:
        super().__init__(f"{step}: {reason}")
        self.step = step
        self.reason = reason


class Tour:
    """Writes ``NN-name.png`` into ``directory``; needs the demo's people at the other end."""

    def __init__(
        self, window: MainWindow, line: PhoneLine, directory: Path, *, step_s: float = STEP_S
    ) -> None:
        self._window = window
        self._line = line
        self._directory = directory
        self._step_s = step_s
        self._pictures = 0
        self._step = "start"
        self._waits_for = ""

    async def run(self) -> None:
        """Go through all steps; raises `TourFailed` with the first that fails."""
        self._directory.mkdir(parents=True, exist_ok=True)
        steps: tuple[tuple[str, Callable[[], Any]], ...] = (
            ("the window comes up", self._comes_up),
            ("a conversation opens", self._opens),
            ("a message is sent", self._sends),
            ("the answer arrives", self._is_answered),
            ("a message from another device appears", self._sees_other_device),
            ("the settings open", self._opens_settings),
            ("dark mode", self._darkens),
        )
        for self._step, do in steps:
            self._waits_for = ""
            try:
                async with asyncio.timeout(self._step_s):
                    await do()
            except TimeoutError:
                reason = f"waited {self._step_s:g} s for {self._waits_for or 'the simulator'}"
                raise TourFailed(self._step, reason) from None
            except SmsDesktopError as error:
                raise TourFailed(self._step, error.text()) from error

    # The steps.

    async def _comes_up(self) -> None:
        window = self._window
        window.come_forward()
        threads = window.threads
        await self._until(
            "conversations in the list",
            lambda: threads.rowCount() > 0,
            (threads.modelReset, threads.rowsInserted),
        )
        health = window.facts.bridge.health_changed
        await self._until(
            "the connection to be live",
            lambda: window.facts.health.level is Level.LIVE,
            (health,),
        )
        await self._until("the history to be read", self._is_caught_up, (health,))
        await self._picture("window", window)

    def _is_caught_up(self) -> bool:
        checks = {check.name: check.state for check in self._window.facts.health.checks}
        return checks.get("catch_up") is CheckState.OK

    async def _opens(self) -> None:
        people = await self._line.people()
        person = next(p.number for p in people if p.name)
        await self._click_thread(person)
        await self._picture("conversation", self._window)

    async def _sends(self) -> None:
        pane = self._window.conversation_pane
        field = pane.composer.field
        QTest.mouseClick(field.viewport(), Qt.MouseButton.LeftButton)
        _type(field, _SENT)
        await self._picture("typed", self._window)
        QTest.mouseClick(pane.composer.count.fix, Qt.MouseButton.LeftButton)
        QTest.keyClick(field, Qt.Key.Key_Return)
        self._sent = _SENT.replace("–", "-")
        if self._row_with(self._sent) is None:
            raise TourFailed(self._step, "Enter was pressed and no bubble stands there")
        await self._picture("sent", self._window)
        await self._until("Kandy to accept the message", self._is_accepted, self._row_signals())
        await self._picture("accepted", self._window)

    async def _is_answered(self) -> None:
        def has_answer() -> bool:
            sent = self._row_with(self._sent)
            rows = self._rows()
            return sent is not None and any(
                row.direction is Direction.INBOUND and row.key > sent.key for row in rows
            )

        await self._until("the scripted answer", has_answer, self._row_signals())
        await self._picture("answer", self._window)

    async def _sees_other_device(self) -> None:
        threads = self._window.threads
        shown = self._window.conversation_pane.conversation_id
        named = {p.number for p in await self._line.people() if p.name}
        rows = [threads.conversation(at) for at in range(threads.rowCount())]
        other = next(r for r in rows if r.conversation_id != shown and r.remote in named)
        await self._line.send_from_another_device(other.remote, other.local, _ELSEWHERE)

        def is_listed() -> bool:
            at = threads.row_of(other.conversation_id)
            row = None if at is None else threads.conversation(at)
            return (
                row is not None
                and row.last_text == _ELSEWHERE
                and row.last_origin is Origin.OTHER_DEVICE
            )

        await self._until(
            "the message in its thread", is_listed, (threads.dataChanged, threads.rowsMoved)
        )
        await self._picture("other-device-listed", self._window)
        await self._click_thread(other.remote)
        await self._until(
            "its bubble", lambda: self._row_with(_ELSEWHERE) is not None, self._row_signals()
        )
        await self._picture("other-device", self._window)
        for phone in self._top_level(PhoneWindow):
            await self._picture("phone", phone)

    async def _opens_settings(self) -> None:
        QTest.mouseClick(self._window.rail.settings_button, Qt.MouseButton.LeftButton)
        for page in PageName:
            settings = self._settings()
            sidebar = settings.sidebar
            self._click_row(sidebar, int(page))
            if settings.pages.currentIndex() != page:
                raise TourFailed(self._step, f"the page {page.name.lower()} did not open")
            await self._picture(f"settings-{page.name.lower()}", settings)

    async def _darkens(self) -> None:
        settings = self._settings()
        self._click_row(settings.sidebar, int(PageName.APPEARANCE))
        dark = settings.appearance_page.theme_row.chips["dark"]
        QTest.mouseClick(dark, Qt.MouseButton.LeftButton)
        if not self._window.theme.palette.is_dark:
            raise TourFailed(self._step, "Dark was chosen and the window stayed light")
        await self._picture("dark-settings", settings)
        QTest.keyClick(settings, Qt.Key.Key_Escape)
        self._window.come_forward()
        QTest.keyClick(self._window, Qt.Key.Key_Escape)
        await self._picture("dark", self._window)

    # Hands and eyes.

    def _settings(self) -> SettingsWindow:
        settings = self._window.sheets.settings
        if settings is None or not settings.isVisible():
            raise TourFailed(self._step, "the settings window did not open")
        return settings

    async def _click_thread(self, remote: Address) -> None:
        threads, pane = self._window.threads, self._window.conversation_pane
        rows = [threads.conversation(at) for at in range(threads.rowCount())]
        wanted = next((r for r in rows if r.remote == remote), None)
        if wanted is None:
            raise TourFailed(self._step, "the conversation is not in the list")
        self._click_row(self._window.thread_pane.list, rows.index(wanted))
        await self._until(
            "the conversation to open",
            lambda: pane.conversation_id == wanted.conversation_id,
            (pane.opened,),
        )

    @staticmethod
    def _click_row(view: QListView, row: int) -> None:
        index = view.model().index(row, 0)
        view.scrollTo(index)
        at: QPoint = view.visualRect(index).center()
        QTest.mouseClick(
            view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at
        )

    def _rows(self) -> list[TimelineRow]:
        model = self._window.conversation_pane.model
        return [model.bubble(at).row for at in range(model.rowCount())]

    def _row_with(self, text: str) -> TimelineRow | None:
        return next((row for row in reversed(self._rows()) if row.text == text), None)

    def _is_accepted(self) -> bool:
        row = self._row_with(self._sent)
        return row is not None and row.state not in OUTBOX_STATES

    def _row_signals(self) -> tuple[Any, ...]:
        model = self._window.conversation_pane.model
        return model.rowsInserted, model.dataChanged, model.modelReset

    async def _until(
        self, what: str, condition: Callable[[], bool], signals: tuple[Any, ...]
    ) -> None:
        """Wait until a condition holds, looking at it whenever one of the signals is emitted."""
        self._waits_for = what
        held: asyncio.Future[None] = asyncio.get_running_loop().create_future()

        def look(*_: object) -> None:
            if not held.done() and condition():
                held.set_result(None)

        for signal in signals:
            signal.connect(look)
        try:
            look()
            await held
        finally:
            for signal in signals:
                signal.disconnect(look)

    async def _picture(self, name: str, widget: QWidget) -> None:
        """Let layouts settle, then write what the widget shows, twice as fine as the screen."""
        for _ in range(3):
            await _turn()
        self._pictures += 1
        pixmap = QPixmap(widget.size() * _SCALE)
        pixmap.setDevicePixelRatio(_SCALE)
        widget.render(pixmap)
        file = self._directory / f"{self._pictures:02}-{name}.png"
        if not pixmap.save(str(file)):
            raise TourFailed(self._step, f"the picture {file.name} could not be written")

    @staticmethod
    def _top_level(kind: type[QWidget]) -> list[QWidget]:
        return [w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()]


def _type(widget: QWidget, text: str) -> None:
    """Press a key for every character; QTest itself knows only those of ASCII."""
    for character in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, character)
            QApplication.sendEvent(widget, event)


async def _turn() -> None:
    """One turn of Qt's event loop: everything posted before is delivered."""
    turned: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def turn() -> None:
        if not turned.done():
            turned.set_result(None)

    QTimer.singleShot(0, turn)
    await turned
