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
from sms_desktop.opening import open_by_asking
from sms_desktop.paths import Paths
from sms_desktop.profile import Opening, Profile
from sms_desktop.settings import TEXT_PERCENT, THEME, Settings
from sms_desktop.sync.engine import Engine
from sms_desktop.sync.events import Event
from sms_desktop.sync.safekeeping import Safekeeping
from sms_desktop.ui.bridge import Bridge
from sms_desktop.ui.qt_messages import route_qt_messages
from sms_desktop.ui.theme.theme import Mode, Theme
from sms_desktop.ui.windows.main_window import MainWindow
from sms_desktop.window_state import WindowState

_HANDOVER_S: Final = 10.0
_KEPT_KEY: Final = "recovery_key_kept"


class InUse(SmsDesktopError):
    """Another process holds the profile and does not answer."""

    sentence = (
        "SMS Desktop is already open on this profile, but does not answer. "
        "Close it, or end its process, and try again."
    )


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line asked of the window; ``overrides`` are ``key=value`` for this run.

    ``first_run``: without an account, lead to one at once.
    """

    json_log: bool = False
    debug: bool = False
    link: str = ""
    overrides: tuple[str, ...] = ()
    first_run: bool = False


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


@dataclass(frozen=True, slots=True)
class Looks:
    """The settings, and the theme that they ask for."""

    settings: Settings
    theme: Theme


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
            try:
                lock.acquire(timeout=_HANDOVER_S)
            except Timeout as error:
                raise InUse from error
        return _run_window(paths, options, visit)
    finally:
        lock.release()
        take_off()


def dress(application: QApplication, paths: Paths, overrides: Sequence[str] = ()) -> Looks:
    """What the person set, and the looks that follow from it."""
    settings = Settings(paths.settings_file)
    settings.override(overrides)
    theme = Theme(application)
    theme.set_mode(cast(Mode, settings[THEME]))
    theme.set_text_percent(settings[TEXT_PERCENT])
    theme.apply(application)
    return Looks(settings, theme)


def build(
    application: QApplication,
    paths: Paths,
    profile: Profile,
    overrides: Sequence[str] = (),
    looks: Looks | None = None,
) -> Built:
    """Put the program together: settings, looks, use cases, window. Nothing runs yet."""
    looks = looks or dress(application, paths, overrides)
    settings, theme = looks.settings, looks.theme
    bridge = Bridge()

    def publish(event: Event) -> None:
        event_log.note(event)
        bridge.publish(event)

    reader = profile.store.reader()
    core = Core(profile, reader, publish)
    engine = core.make_engine(receive=True)
    state = WindowState(profile.paths.state_file)
    safe = Safekeeping(
        profile.vault,
        profile.mark,
        lambda: state.text(_KEPT_KEY),
        lambda mark: state.remember(**{_KEPT_KEY: mark}),
        is_scripted=profile.is_scripted,
    )
    if profile.was_recovered:
        safe.keep_in_mind()
    window = MainWindow(
        reader=reader,
        commands=engine,
        bridge=bridge,
        theme=theme,
        settings=settings,
        state=state,
        now_ms=now_ms,
        spawn=core.tasks.spawn,
        safe=safe,
    )
    return Built(application, settings, theme, profile, bridge, core, engine, window)


def _run_window(paths: Paths, options: Options, visit: Visit | None) -> int:
    route_qt_messages()
    application = QApplication(sys.argv[:1])
    application.setApplicationName("sms-desktop")
    application.setApplicationDisplayName("SMS Desktop")
    application.setDesktopFileName("sms-desktop")
    # The last window's closing must not stop the loop before everything is put away.
    application.setQuitOnLastWindowClosed(False)
    loop = qasync.QEventLoop(application)
    with loop:
        try:
            looks = dress(application, paths, options.overrides)
            profile: Profile | None = loop.run_until_complete(
                open_by_asking(Opening(paths), paths, looks.theme, may_ask=_is_seen())
            )
            if profile is None:
                return 0
            built = build(application, paths, profile, looks=looks)
        except SmsDesktopError as error:
            return _cannot_start(error)
        result: int = loop.run_until_complete(live(built, paths, options, visit))
        return result


async def live(built: Built, paths: Paths, options: Options, visit: Visit | None = None) -> int:
    """Show the window, start the rest, and put everything away once the window is closed."""
    ended: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    _end_with(built, ended)
    if options.first_run:
        built.window.offer_first_run()
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


def _is_seen() -> bool:
    """Whether a person can see windows and answer them."""
    return QGuiApplication.platformName() not in ("offscreen", "minimal")


def _cannot_start(error: SmsDesktopError) -> int:
    sys.stderr.write(f"sms-desktop: {error.text()}\n")
    if _is_seen():
        QMessageBox.critical(None, "SMS Desktop", error.text())
    return 1
