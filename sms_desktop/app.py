"""The window's composition root: builds everything in order, runs it, and puts it away again.

The only importer of qasync: Qt's loop is asyncio's loop.
"""

import asyncio
import logging
import signal
import sys
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Final

import qasync
from filelock import FileLock
from PySide6.QtWidgets import QApplication

from sms_desktop import event_log, logs
from sms_desktop.compose import Core, now_ms
from sms_desktop.domain.errors import SmsDesktopError
from sms_desktop.instance.hand_over import hand_over, hold_unless
from sms_desktop.paths import Paths, unusable
from sms_desktop.profile.opening import open_by_asking
from sms_desktop.profile.profile import Opening, Profile
from sms_desktop.profile.restart import Restart, daily_backups
from sms_desktop.settings import LISTENER_PORT, Settings
from sms_desktop.store.reading import StoreReader
from sms_desktop.sync.engine import Engine
from sms_desktop.sync.events import Event, TroubleArose
from sms_desktop.sync.safety.app_lock import AppLock
from sms_desktop.sync.safety.backups import Backups
from sms_desktop.sync.safety.safekeeping import Safekeeping
from sms_desktop.system.core_dumps import keep_no_memory_image
from sms_desktop.ui.appearance import Appearance, dress, tell_problems
from sms_desktop.ui.bridge import Bridge
from sms_desktop.ui.network_watch import watch_network
from sms_desktop.ui.qt_messages import route_qt_messages
from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.windows.cannot_start import is_seen, tell_cannot_start
from sms_desktop.ui.windows.main_window import MainWindow
from sms_desktop.window_state import WindowState

_KEPT_KEY: Final = "recovery_key_kept"
_log = logging.getLogger(__name__)


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
    reader: StoreReader
    bridge: Bridge
    core: Core
    engine: Engine
    window: MainWindow
    backups: Backups | None
    again: Restart
    lock: AppLock

    def wake_up(self) -> None:
        """The computer has slept: what it kept open may be dead, and somebody else may sit there."""
        self.window.locking.watch.lock_for_sleep()
        self.engine.hurry()


Visit = Callable[[Built], Awaitable[int | None]]
"""Something that accompanies the program once it runs, as the demo does; a number ends it."""


def run(paths: Paths, options: Options, visit: Visit | None = None) -> int:
    """Open the window, or hand over to one that is open on the same profile; the exit code.

    What keeps it from opening is told on stderr and, where somebody sees it, in a window.
    """
    try:
        return _run_or_hand_over(paths, options, visit)
    except SmsDesktopError as error:
        return tell_cannot_start(error)


def _run_or_hand_over(paths: Paths, options: Options, visit: Visit | None) -> int:
    paths.make()
    keep_no_memory_image()
    take_off = logs.configure(paths, json_log=options.json_log, debug=options.debug)
    lock = FileLock(paths.lock_file)

    def handed_over() -> bool:
        to_log = options.debug or options.json_log
        return asyncio.run(hand_over(paths, options.link, options.overrides, to_log=to_log))

    try:
        try:
            if not hold_unless(handed_over, lock):
                return 0
        except OSError as error:
            raise unusable(paths.lock_file, error) from error
        return _run_window(paths, options, visit)
    finally:
        lock.release()
        take_off()


def build(
    application: QApplication,
    paths: Paths,
    profile: Profile,
    overrides: Sequence[str] = (),
    looks: Appearance | None = None,
) -> Built:
    """Put the program together: settings, looks, use cases, window. Nothing runs yet."""
    looks = looks or dress(application, paths.settings_file, overrides)
    settings, theme = looks.settings, looks.theme
    settings.on_change(lambda setting: logs.event(_log, "setting_changed", key=setting.key))
    bridge = Bridge()

    def publish(event: Event) -> None:
        event_log.note(event)
        bridge.publish(event)

    reader = profile.store.reader()
    core = Core(profile, reader, publish, listener_port=lambda: settings[LISTENER_PORT])
    engine = core.make_engine(receive=True)
    settings.on_change(lambda setting: _move_listener(setting, core, engine))
    again = Restart()
    backups = daily_backups(profile, publish, again.with_backup)
    state = WindowState(profile.paths.state_file)
    safe = Safekeeping(
        profile.vault,
        profile.mark,
        lambda: state.text(_KEPT_KEY),
        lambda mark: state.remember(**{_KEPT_KEY: mark}),
        lock=AppLock(profile.vault, time.monotonic),
        is_scripted=profile.is_scripted,
        backups=backups,
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
    again.end = window.close
    if profile.notice:
        publish(TroubleArose(profile.notice))
    return Built(
        application,
        settings,
        theme,
        profile,
        reader,
        bridge,
        core,
        engine,
        window,
        backups,
        again,
        safe.lock,
    )


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
            looks = dress(application, paths.settings_file, options.overrides)
            tell_problems(looks.settings, to_log=options.debug or options.json_log)
            opening = Opening(paths, is_alone=True)
            profile: Profile | None = loop.run_until_complete(
                open_by_asking(opening, paths, looks.theme, may_ask=is_seen())
            )
            if profile is None:
                return 0
            while True:
                built = build(application, paths, profile, looks=looks)
                result: int = loop.run_until_complete(live(built, paths, options, visit))
                if not built.again.backup:
                    return result
                put_off(built)
                profile = opening.reopened(profile, built.again.backup)
                looks = dress(application, paths.settings_file, options.overrides)
        except SmsDesktopError as error:
            return tell_cannot_start(error)


async def live(built: Built, paths: Paths, options: Options, visit: Visit | None = None) -> int:
    """Show the window, start the rest, and put everything away once the window is closed."""
    ended: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    _end_with(built, ended)
    if options.first_run:
        built.window.offer_first_run()
    built.engine.tell_what_is_stored()
    built.bridge.open()
    built.window.show()
    if built.settings.problems:
        built.core.publish(TroubleArose(" ".join(built.settings.problems)))
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


def put_off(built: Built) -> None:
    """Take the windows of an ended program away: another one takes their place."""
    built.theme.let_go()
    sheets = built.window.sheets
    for one in (*sheets.standing(), built.window):
        one.deleteLater()


async def _start(
    built: Built, paths: Paths, visit: Visit | None, ended: "asyncio.Future[int]"
) -> None:
    from sms_desktop.instance.control_server import serve_control
    from sms_desktop.system.leftovers import sweep
    from sms_desktop.ui.tray import put_into_tray

    built.core.tasks.spawn(sweep(), "sweep")
    built.window.address_book.show_photos()
    put_into_tray(built.window, built.reader, built.bridge)
    if built.backups is not None:
        built.core.tasks.spawn(built.backups.run(), "backups", service=True)
    asked = (built.settings.override, lambda: built.lock.is_locked)
    async with serve_control(paths, built.engine, built.core, *asked):
        await built.engine.start()
        built.core.watch_wakes(built.wake_up)
        watch_network(built.engine.hurry)
        built.window.locking.watch_sleep()
        code = await visit(built) if visit is not None else None
        if code is not None and not ended.done():
            ended.set_result(code)
        await asyncio.Event().wait()


async def _put_away(built: Built) -> None:
    await built.engine.close()
    await built.core.close()


def _move_listener(setting: object, core: Core, engine: Engine) -> None:
    if setting is LISTENER_PORT:
        core.move_listener(engine.listener_moved)


def _end_with(built: Built, ended: "asyncio.Future[int]") -> None:
    def end() -> None:
        if not ended.done():
            ended.set_result(0)

    built.application.setQuitOnLastWindowClosed(False)
    built.window.closed.connect(end)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        try:
            loop.add_signal_handler(number, built.window.close)
        except NotImplementedError:  # Windows
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(built.window.close))
