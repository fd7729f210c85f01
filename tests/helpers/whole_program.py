"""The whole program inside a test: window, engine, encrypted store and listener, nothing replaced.

Qt's loop is asyncio's loop, as in the program. A test presses keys and clicks, looks at what is on
screen, and waits with ``until``, which turns Qt's loop from event to event and never sleeps.
"""

import asyncio
import gc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import pytest
import qasync
from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QWidget

from sms_desktop import app
from sms_desktop.domain.conversation import ConversationRow
from sms_desktop.domain.health import CheckState, Level
from sms_desktop.domain.message import TimelineRow
from sms_desktop.paths import Paths, paths_of
from sms_desktop.profile.profile import open_profile
from sms_desktop.ui.delegates.bubble_layout import BubbleLayout
from sms_desktop.ui.delegates.bubble_text import is_uncertain
from sms_desktop.ui.delegates.marks import Mark
from sms_desktop.ui.delegates.notes import NoteAction, note_for
from sms_desktop.ui.widgets.timeline_view import TimelineView
from sms_desktop.ui.windows.main_window import MainWindow
from tests.helpers.simulator import SimulatorProcess

T = TypeVar("T")
PATIENCE_MS = 30_000
ENVIRON = {"SMS_DESKTOP_VAULT": "file", "SMS_DESKTOP_PASSPHRASE": "correct horse battery staple"}
LEFT = Qt.MouseButton.LeftButton
NO_KEYS = Qt.KeyboardModifier.NoModifier


class WholeProgram:
    """One profile, and the program on it; ``open`` and ``close`` as often as wanted.

    Make it, and use it, on the thread of the application; ``end`` must be called at last.
    """

    def __init__(self, application: QApplication, folder: Path) -> None:
        self.paths: Paths = paths_of(folder)
        self._application = application
        self._loop = qasync.QEventLoop(application, already_running=True)
        self._loop.set_exception_handler(self._take_trouble)
        self._living: asyncio.Task[int] | None = None
        self._built: app.Built | None = None
        self.trouble: list[str] = []

    # Its life.

    def open(self, link: str = "", *, first_run: bool = False) -> MainWindow:
        """Start it as the command line would, until the window is in front."""
        self.paths.make()
        profile = open_profile(self.paths, ENVIRON)
        self._built = app.build(self._application, self.paths, profile)
        life = app.live(self._built, self.paths, app.Options(link=link, first_run=first_run))
        self._living = self._loop.create_task(life)
        window = self.window
        self.until("the window is in front", lambda: window.isVisible() and _has_focus(window))
        return window

    def open_signed_in(self, simulator: SimulatorProcess) -> MainWindow:
        """Start it, add the simulator's account, and wait until it is live."""
        window = self.open()
        self.until("it has started", lambda: window.facts.health.level is Level.NO_ACCOUNT)
        added = self.built.engine.add_account(
            simulator.base_url, simulator.client_id, "", simulator.client_secret, "loopback"
        )
        self.run(added)
        self.until_live()
        return window

    def close(self) -> None:
        """Close the window, and wait until everything is put away."""
        if self._living is None:
            return
        window = self.window
        window.close()
        living = self._living
        self.until("everything is put away", living.done)
        assert living.result() == 0
        for _ in range(3):
            self.run(asyncio.sleep(0))  # connections that were closed tell so in the next turn
        self.built.theme.let_go()
        self._living = self._built = None
        sheets = window.sheets
        for one in (*sheets.standing(), window):
            one.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def end(self) -> None:
        """Close the window and the loop."""
        try:
            self.close()
        finally:
            self._loop.stop()
            # Qt was told to end, and remembers it until it has run once more.
            QTimer.singleShot(0, self._application.quit)
            self._application.exec()
            self._loop.close()
            asyncio.events._set_running_loop(None)
            del self._loop
            # What is left of it are Qt's objects in circles: another thread must not clear them away.
            gc.collect()
        assert not self.trouble, "\n".join(self.trouble)

    @property
    def built(self) -> app.Built:
        """Its parts; tests look at them only to wait."""
        assert self._built is not None, "the program is not open"
        return self._built

    @property
    def window(self) -> MainWindow:
        """The main window."""
        return self.built.window

    @property
    def timeline(self) -> TimelineView:
        """The messages on screen."""
        return self.window.conversation_pane.timeline

    def use_folder(self, folder: Path) -> None:
        """Take another folder for the profile, before it is opened."""
        assert self._built is None, "the program is open"
        self.paths = paths_of(folder)

    # Waiting.

    def until(self, what: str, is_so: Callable[[], object]) -> None:
        """Let the program work until something is so; fails after half a minute."""
        patience = QTimer(singleShot=True)
        patience.start(PATIENCE_MS)
        while not is_so():
            assert patience.isActive(), f"It did not come to pass: {what}. {self._on_screen()}"
            assert not self.trouble, "\n".join(self.trouble)
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)

    def until_live(self) -> None:
        """Wait until the status line says Live and the history was read."""
        facts = self.window.facts

        def is_live() -> bool:
            states = {check.name: check.state for check in facts.health.checks}
            is_caught_up = states.get("catch_up") is CheckState.OK
            return facts.health.level is Level.LIVE and is_caught_up

        self.until("live", is_live)
        self.settle()

    def settle(self) -> None:
        """Let everything happen that waits: tasks, writes, layouts, paints."""
        tasks = self.built.core.tasks
        self.until("idle", lambda: tasks.is_idle and self.built.profile.store.is_idle)
        QCoreApplication.processEvents()
        self.until("idle", lambda: tasks.is_idle and self.built.profile.store.is_idle)

    def run(self, work: Any) -> Any:
        """The outcome of a coroutine, run beside the program."""
        task = self._loop.create_task(work)
        self.until("a coroutine ends", task.done)
        return task.result()

    def meanwhile(self, work: Callable[[], T]) -> T:
        """The outcome of a call that blocks, while the program goes on."""
        outcome: T = self.run(asyncio.to_thread(work))
        return outcome

    # Hands.

    def click(self, widget: QWidget, at: QPoint | None = None) -> None:
        """Press and release the left button on what must be there to be pressed."""
        point = widget.rect().center() if at is None else at
        window = widget.window()
        assert widget.isVisible(), f"{widget} is not to be seen"
        assert widget.isEnabled(), f"{widget} cannot be used"
        hit = window.childAt(widget.mapTo(window, point))
        assert hit is not None, f"{widget} is outside of its window"
        assert hit is widget or widget.isAncestorOf(hit), f"{hit} covers {widget}"
        QTest.mouseMove(widget, point)
        QTest.mouseClick(widget, LEFT, NO_KEYS, point)

    def click_row(self, view: QAbstractItemView, row: int) -> None:
        """Click a row of a list."""
        index = view.model().index(row, 0)
        view.scrollTo(index)
        self.click(view.viewport(), view.visualRect(index).center())

    def click_thread(self, remote: str, local: str | None = None) -> None:
        """Click a conversation in the list."""
        self.click_row(self.window.thread_pane.list, self.place_in_list(remote, local))

    def click_note(self, text: str, action: NoteAction) -> None:
        """Click the words under a bubble that do something."""
        row = self._row_number(text)
        self.timeline.scrollTo(self.timeline.model().index(row, 0))
        area = self.timeline.visualRect(self.timeline.model().index(row, 0))
        for y in range(area.bottom(), area.top(), -3):
            for x in range(area.left(), area.right(), 5):
                if self.timeline.hit(QPoint(x, y)) is action:
                    self.click(self.timeline.viewport(), QPoint(x, y))
                    return
        raise AssertionError(f"nothing to click for {action} under the bubble")

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NO_KEYS) -> None:
        """Press a key wherever the focus is."""
        QTest.keyClick(self._focus(), key, modifiers)

    def type(self, text: str) -> None:
        """Type ASCII wherever the focus is."""
        for character in text:
            QTest.keyClicks(self._focus(), character)

    def write(self, text: str) -> None:
        """Type a message into the composer and press Enter."""
        self.click(self.window.conversation_pane.composer.field.viewport())
        self.type(text)
        self.press(Qt.Key.Key_Return)

    def press_enter(self) -> None:
        """Press Enter in the composer."""
        self.click(self.window.conversation_pane.composer.field.viewport())
        self.press(Qt.Key.Key_Return)

    # Eyes.

    def in_list(self) -> list[ConversationRow]:
        """The conversations of the list, from above."""
        threads = self.window.threads
        return [threads.conversation(row) for row in range(threads.rowCount())]

    def place_in_list(self, remote: str, local: str | None = None) -> int:
        """Where a conversation stands in the list; fails where it is not."""
        for row, one in enumerate(self.in_list()):
            if one.remote == remote and local in (None, one.local):
                return row
        raise AssertionError(f"not in the list: {self.in_list()}")

    def listed(self, remote: str, local: str | None = None) -> ConversationRow:
        """What the list shows of a conversation."""
        return self.in_list()[self.place_in_list(remote, local)]

    def is_listed(self, remote: str, local: str | None = None) -> bool:
        """Whether the list has a conversation."""
        return any(r.remote == remote and local in (None, r.local) for r in self.in_list())

    def unread(self, remote: str, local: str | None = None) -> int:
        """The badge of a conversation in the list; 0 where it is not there."""
        return self.listed(remote, local).unread if self.is_listed(remote, local) else 0

    def spoken_row(self, remote: str, local: str | None = None) -> str:
        """What a screen reader says of a conversation in the list."""
        index = self.window.threads.index(self.place_in_list(remote, local))
        return str(index.data(Qt.ItemDataRole.AccessibleTextRole))

    def texts(self) -> list[str]:
        """Every text of the open conversation that is held, from above."""
        return [row.text for row in self._rows()]

    def texts_in_view(self) -> list[str]:
        """The texts that are on screen."""
        rows = self._rows()
        return [rows[at].text for at in self.timeline.visible_rows()]

    def tops_in_view(self) -> dict[str, int]:
        """How far below the upper edge every text on screen stands, in pixels."""
        rows = self._rows()
        return {rows[at].text: self.timeline.row_top(at) for at in self.timeline.visible_rows()}

    def ends_in_view(self, text: str, top: int) -> bool:
        """Whether a bubble's lower edge is on screen."""
        height = self.timeline.row_height(self._row_number(text))
        return top + height <= self.timeline.viewport().height()

    def mark(self, text: str) -> Mark | None:
        """The sign of state that is painted in a bubble."""
        return self._layout(text).marks[1]

    def arrow(self, text: str) -> bool:
        """Whether the arrow of another device is painted in a bubble."""
        return self._layout(text).marks[0] is Mark.ARROW

    def is_dashed(self, text: str) -> bool:
        """Whether a bubble is drawn dashed."""
        return is_uncertain(self._layout(text).bubble)

    def note(self, text: str) -> str:
        """The sentence under a bubble; empty without one."""
        layout = self._layout(text)
        note = note_for(layout.bubble.row, layout.bubble.told)
        assert (note is not None) == (layout.note is not None)
        return "" if note is None else note.text

    def spoken(self, text: str) -> str:
        """What a screen reader says of a message."""
        index = self.timeline.model().index(self._row_number(text), 0)
        return str(index.data(Qt.ItemDataRole.AccessibleTextRole))

    def written(self) -> str:
        """What stands in the composer."""
        return self.window.conversation_pane.composer.field.toPlainText()

    def status(self) -> str:
        """The first word of the status line."""
        return self.window.status_line.level_label.text()

    def open_with(self) -> str:
        """Whom the header names; empty where no conversation is open."""
        pane = self.window.conversation_pane
        return pane.header.name_label.full_text if pane.header.isVisible() else ""

    def words_in(self, widget: QWidget) -> str:
        """Every visible label of a window, in one text."""
        labels = widget.findChildren(QLabel)
        return "\n".join(one.text() for one in labels if one.isVisible())

    def _rows(self) -> list[TimelineRow]:
        model = self.window.conversation_pane.model
        return [model.bubble(row).row for row in range(model.rowCount())]

    def _row_number(self, text: str) -> int:
        found = [at for at, row in enumerate(self._rows()) if row.text == text]
        assert len(found) == 1, f"{len(found)} bubbles say so: {self.texts()}"
        return found[0]

    def _layout(self, text: str) -> BubbleLayout:
        return self.timeline._layout(self._row_number(text))

    def _focus(self) -> QWidget:
        if QApplication.activeWindow() is None:
            # Where a dialog closes, a window manager would do this.
            self.until("the window is in front", lambda: _has_focus(self.window))
        focus = QApplication.focusWidget()
        assert focus is not None, "nothing has the focus"
        return focus

    def _on_screen(self) -> str:
        if self._built is None:
            return ""
        health = self.window.facts.health
        return f"On screen: {self.status()}, {health.sentence!r}, {self.texts()[-8:]}"

    def _take_trouble(self, _loop: object, context: dict[str, Any]) -> None:
        self.trouble.append(f"{context.get('message')}: {context.get('exception')!r}")


def _has_focus(window: QWidget) -> bool:
    if QApplication.activeModalWidget() is not None:
        return True  # a sheet over it has the keys
    if not window.isActiveWindow():
        window.activateWindow()
    return window.isActiveWindow()


@pytest.fixture
def program(qapp: QApplication, tmp_path: Path) -> Iterator[WholeProgram]:
    """The program on a new profile, not yet open."""
    program = WholeProgram(qapp, tmp_path / "profile")
    yield program
    program.end()
