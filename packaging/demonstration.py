"""``run.py demo``: the program against a simulated Kandy; without a display, pictures of it."""

import os
import subprocess
import sys
from collections.abc import Mapping
from typing import NoReturn

from environment import PYTHON, ROOT, Purpose, prepare, say


def run(arguments: list[str]) -> int:
    """Start the demo with further options of the program; the answer is its exit code."""
    prepare(Purpose.DEMO)
    if has_display(sys.platform, os.environ):
        _become(arguments)
    return _take_pictures(arguments)


def has_display(platform: str, environ: Mapping[str, str]) -> bool:
    """Whether a window can be shown; a Qt platform that was chosen by hand is believed."""
    if not platform.startswith("linux"):
        return True
    return any(environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def _become(arguments: list[str]) -> NoReturn:
    command = _command(arguments)
    if os.name == "nt":
        sys.exit(subprocess.call(command))
    sys.stdout.flush()
    # The program takes this process over, and with it every signal that is meant for it.
    os.execv(command[0], command)  # noqa: S606


def _take_pictures(arguments: list[str]) -> int:
    say(
        "there is no display here, so the demo takes pictures of itself instead of opening a window"
    )
    if "--tour" not in arguments:
        arguments = ["--tour", str(ROOT / "build" / "tour"), *arguments]
    folder = os.path.abspath((arguments[arguments.index("--tour") + 1 :] or ["."])[0])  # noqa: PTH100
    code = subprocess.call(_command(arguments), env=os.environ | {"QT_QPA_PLATFORM": "offscreen"})
    if code == 0:
        say(f"the pictures are in {folder}")
    return code


def _command(arguments: list[str]) -> list[str]:
    return [str(PYTHON), "-m", "sms_desktop", "--demo", *arguments]
