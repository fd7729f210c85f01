"""The window's composition root: builds everything in order, runs it, and puts it away again.

The only importer of qasync: Qt's loop is asyncio's loop.
"""

import asyncio
import signal
import sys
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Final, cast

import qasync
from filelock import FileLock, Timeout
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMessageBox

from sms_desktop import event_log, logs
from sms_desktop.compose import Core, now_ms
from sms_desktop.domain.errors import SmsDesktopError
from sms_desktop.paths import Paths
from sms_desktop.profile import Profile, open_profile
from sms_desktop.settings import TEXT_PERCENT, THEME, Settings
from sms_desktop.sync.engine import Engine
from sms_desktop.sync.events import Event
from sms_desktop.ui.bridge import Bridge
from sms_desktop.ui.qt_messages import route_qt_messages
from sms_desktop.ui.theme.theme import Mode, Theme
from sms_desktop.ui.windows.main_window import MainWindow
from sms_desktop.window_state import WindowState

_HANDOVER_S: Final = 10.0


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line asked of the window; ``overrides`` are ``key=value`` for this run."""

    json_log: bool = False
    debug: bool = False
    link: str = ""
    overrides: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Built:
    """The whole program, ready to run."""

    application: QApplication
    settings: Settings
    theme: Theme
    profile: Profile
    bridge: Bridge
    core: Core
    engine: Engine
    window: MainWindow


Visit = Callable[[Built], Awaitable[int | None]]
"""Something that accompanies the program once it runs, as the demo does; a number ends it."""


def run(paths: Paths, options: Options, visit: Visit | None = None) -> int:
    """Open the window, or hand over to one that is open on the same profile; the exit code."""
    paths.make()
    take_off = logs.configure(paths, json_log=options.json_log, debug=options.debug)
    lock = FileLock(paths.lock_file)
    try:
        try:
            lock.acquire(timeout=0)
        except Timeout:
            if asyncio.run(_handed_over(paths, options.link)):
                return 0
            lock.acquire(timeout=_HANDOVER_S)
        return _run_window(paths, options, visit)
    finally:
        lock.release()
        take_off()


def build(
    application: QApplication, paths: Paths, profile: Profile, overrides: Sequence[str] = ()
) -> Built:
    """Put the program together: settings, looks, use cases, window. Nothing runs yet."""
    settings = Settings(paths.settings_file)
    settings.override(overrides)
    theme = Theme(application)
    theme.set_mode(cast(Mode, settings[THEME]))
    theme.set_text_percent(settings[TEXT_PERCENT])
    theme.apply(application)

    bridge = Bridge()

    def publish(event: Event) -> None:
        event_log.note(event)
        bridge.publish(event)

    reader = profile.store.reader()
    core = Core(profile, reader, publish)
    engine = core.make_engine(receive=True)
    window = MainWindow(
        reader=reader,
        commands=engine,
        bridge=bridge,
        theme=theme,
        settings=settings,
        state=WindowState(paths.state_file),
        now_ms=now_ms,
        spawn=core.tasks.spawn,
    )
    return Built(application, settings, theme, profile, bridge, core, engine, window)


def _run_window(paths: Paths, options: Options, visit: Visit | None) -> int:
    route_qt_messages()
    application = QApplication(sys.argv[:1])
    application.setApplicationName("sms-desktop")
    application.setApplicationDisplayName("SMS Desktop")
    application.setDesktopFileName("sms-desktop")
    loop = qasync.QEventLoop(application)
    with loop:
        try:
            built = build(application, paths, open_profile(paths), options.overrides)
        except SmsDesktopError as error:
            return _cannot_start(error)
        result: int = loop.run_until_complete(live(built, paths, options, visit))
        return result


async def live(built: Built, paths: Paths, options: Options, visit: Visit | None = None) -> int:
    """Show the window, start the rest, and put everything away once the window is closed."""
    ended: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    _end_with(built, ended)
    built.window.show()
    built.bridge.open()
    if options.link:
        built.window.open_link(options.link)
    # One turn of the loop paints the window; the network's libraries are imported after that.
    await asyncio.sleep(0)
    starting = built.core.tasks.spawn(_start(built, paths, visit, ended), "start", service=True)
    if visit is not None:
        # Without its company there is nothing to see; a window of its own stays, and tells.
        starting.add_done_callback(lambda _: None if ended.done() else ended.set_result(1))
    code = await ended
    await _put_away(built)
    return code


async def _start(
    built: Built, paths: Paths, visit: Visit | None, ended: "asyncio.Future[int]"
) -> None:
    from sms_desktop.control_server import serve_control

    async with serve_control(paths, built.engine, built.core):
        await built.engine.start()
        code = await visit(built) if visit is not None else None
        if code is not None and not ended.done():
            ended.set_result(code)
        await asyncio.Event().wait()


async def _put_away(built: Built) -> None:
    await built.engine.close()
    await built.core.close()


def _end_with(built: Built, ended: "asyncio.Future[int]") -> None:
    def end() -> None:
        if not ended.done():
            ended.set_result(0)

    # The last window's closing must not stop the loop before everything is put away.
    built.application.setQuitOnLastWindowClosed(False)
    built.window.closed.connect(end)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        try:
            loop.add_signal_handler(number, built.window.close)
        except NotImplementedError:  # Windows
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(built.window.close))


async def _handed_over(paths: Paths, link: str) -> bool:
    """Whether the program that holds the profile came forward."""
    from sms_desktop.net import control
    from sms_desktop.net.errors import NobodyThere

    try:
        await control.ask(paths.control_file, "show", {"link": link}, _HANDOVER_S)
    except NobodyThere:
        return False
    return True


def _cannot_start(error: SmsDesktopError) -> int:
    sys.stderr.write(f"sms-desktop: {error.text()}\n")
    if QGuiApplication.platformName() != "offscreen":
        QMessageBox.critical(None, "SMS Desktop", error.text())
    return 1
