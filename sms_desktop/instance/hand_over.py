"""A second start on the same profile: the open window comes forward and does what was asked of this one."""

import sys
import time
from collections.abc import Callable, Sequence
from typing import Final

from filelock import FileLock, Timeout

from sms_desktop.domain.errors import SmsDesktopError
from sms_desktop.net import control
from sms_desktop.net.errors import NobodyThere
from sms_desktop.paths import Paths

_PATIENCE_S: Final = 10.0
_STARTING_S: Final = 15.0
"""For the program that holds the profile to get as far as listening to others."""

_LOOK_AGAIN_S: Final = 0.2

_NOT_SET: Final = (
    "The program is open already and waits to be unlocked, so --set changed nothing. "
    "Try again once it is unlocked."
)
_LOGS_AS_BEFORE: Final = (
    "The program is open already and logs as it did. "
    "--debug and --json-log count from its next start."
)


class InUse(SmsDesktopError):
    """Another process holds the profile and does not answer."""

    sentence = (
        "SMS Desktop is already open on this profile, but does not answer. "
        "Close it, or end its process, and try again."
    )


def hold_unless(
    handed_over: Callable[[], bool],
    lock: FileLock,
    *,
    patience_s: float = _STARTING_S,
    monotonic: Callable[[], float] = time.monotonic,
) -> bool:
    """Hold the profile; false where ``handed_over`` says that whoever holds it came forward.

    Of two starts at once the other one may still be on its way to listening, or about to end, so
    both are tried again and again. Raises ``InUse`` and what ``handed_over`` raises.
    """
    until = monotonic() + patience_s
    wait_s = 0.0
    while True:
        try:
            lock.acquire(timeout=wait_s)
        except Timeout:
            pass
        else:
            return True
        if handed_over():
            return False
        if monotonic() >= until:
            raise InUse
        wait_s = _LOOK_AGAIN_S


async def hand_over(paths: Paths, link: str, overrides: Sequence[str], *, to_log: bool) -> bool:
    """Whether the program that holds the profile came forward; says what it could not take over.

    ``overrides``: ``key=value`` for its run. ``to_log``: more, or other, logging was asked for.
    Raises ``ControlFailed`` and ``ControlUnanswered``.
    """
    wanted = {"link": link, "overrides": list(overrides)}
    try:
        answer = await control.ask(paths.control_file, "show", wanted, _PATIENCE_S)
    except NobodyThere:
        return False
    if overrides and not answer.get("has_set"):
        sys.stderr.write(f"sms-desktop: {_NOT_SET}\n")
    if to_log:
        sys.stderr.write(f"sms-desktop: {_LOGS_AS_BEFORE}\n")
    return True
