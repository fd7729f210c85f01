"""A profile with its engine, open for one command."""

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from filelock import AsyncFileLock, Timeout

from sms_desktop.compose import Core
from sms_desktop.domain.errors import SmsDesktopError
from sms_desktop.net.errors import NobodyThere, NotAnswering
from sms_desktop.paths import Paths, unusable
from sms_desktop.profile.profile import Profile, open_profile
from sms_desktop.sync.engine import Engine
from sms_desktop.sync.events import Event, TroubleArose

PATIENCE_S: Final = 45.0


class ProfileIsBusy(SmsDesktopError):
    """Another command holds the profile."""

    sentence = "Another command is at work on this profile. Try again once it has ended."


class WindowHangs(SmsDesktopError):
    """The window holds the profile, took the call, and said nothing."""

    sentence = (
        "The window that is open on this profile does not answer, so nothing was done. "
        "Wait until it does, or end it, and try again."
    )


@asynccontextmanager
async def opened(paths: Paths, *, send: bool) -> AsyncIterator[tuple[Engine, Core, Profile]]:
    """The use cases of a profile; trouble that stops nothing is told on stderr."""
    profile = open_profile(paths)
    core = Core(profile, profile.store.reader(), _tell_trouble)
    engine = core.make_engine(receive=False, send=send)
    try:
        yield engine, core, profile
    finally:
        await engine.close()
        await core.close()


@asynccontextmanager
async def held(paths: Paths, nobody: NobodyThere) -> AsyncIterator[None]:
    """Hold the profile, so that no window opens on it meanwhile.

    ``nobody``: what came of asking the window. Raises ``WindowHangs`` where it holds the profile
    without answering, ``ProfileIsBusy`` where a command does, and ``FolderUnusable``.
    """
    paths.make()
    lock = AsyncFileLock(paths.lock_file)
    hangs = isinstance(nobody, NotAnswering)
    try:
        await lock.acquire(timeout=0 if hangs else PATIENCE_S)
    except Timeout:
        raise (WindowHangs if hangs else ProfileIsBusy) from None
    except OSError as error:
        raise unusable(paths.lock_file, error) from error
    try:
        yield
    finally:
        await lock.release()


def _tell_trouble(event: Event) -> None:
    if isinstance(event, TroubleArose):
        sys.stderr.write(f"sms-desktop: {event.sentence}\n")
