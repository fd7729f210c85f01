"""A second start on the same profile: the open window comes forward and does what was asked of this one."""

import sys
from collections.abc import Sequence
from typing import Final

from sms_desktop.net import control
from sms_desktop.net.errors import NobodyThere
from sms_desktop.paths import Paths

PATIENCE_S: Final = 10.0

_NOT_SET: Final = (
    "The program is open already and waits to be unlocked, so --set changed nothing. "
    "Try again once it is unlocked."
)
_LOGS_AS_BEFORE: Final = (
    "The program is open already and logs as it did. "
    "--debug and --json-log count from its next start."
)


async def hand_over(paths: Paths, link: str, overrides: Sequence[str], *, to_log: bool) -> bool:
    """Whether the program that holds the profile came forward; says what it could not take over.

    ``overrides``: ``key=value`` for its run. ``to_log``: more, or other, logging was asked for.
    Raises ``ControlFailed`` and ``ControlUnanswered``.
    """
    wanted = {"link": link, "overrides": list(overrides)}
    try:
        answer = await control.ask(paths.control_file, "show", wanted, PATIENCE_S)
    except NobodyThere:
        return False
    if overrides and not answer.get("has_set"):
        sys.stderr.write(f"sms-desktop: {_NOT_SET}\n")
    if to_log:
        sys.stderr.write(f"sms-desktop: {_LOGS_AS_BEFORE}\n")
    return True
