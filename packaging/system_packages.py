"""Packages of Debian and Ubuntu that Qt and the tests want; other systems bring theirs along."""

import os
import shutil
import subprocess
import sys

QT = (
    "libdbus-1-3",
    "libegl1",
    "libfontconfig1",
    "libgl1",
    "libglib2.0-0",
    "libopengl0",
    "libwayland-cursor0",
    "libwayland-egl1",
    "libx11-xcb1",
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-image0",
    "libxcb-keysyms1",
    "libxcb-randr0",
    "libxcb-render-util0",
    "libxcb-shape0",
    "libxcb-xinerama0",
    "libxcb-xkb1",
    "libxkbcommon-x11-0",
    "libxkbcommon0",
)
"""Libraries that the wheels of Qt do not carry."""

FONTS = ("fonts-inter", "fonts-noto-color-emoji", "fonts-noto-core")
"""Emoji and other scripts; the program's own typeface comes with it."""

# dbus-x11 with it, or else gnome-keyring brings the whole of systemd.
FOR_TESTS = ("at-spi2-core", "dbus-x11", "gnome-keyring", "xvfb")
"""A real keyring, for the tests that keep secrets in one; what a screen reader needs, and a screen."""


def ensure(names: tuple[str, ...]) -> bool:
    """Install what is missing where that is possible, else print the command that would.

    The answer is whether everything is there. On systems without apt there is nothing to do.
    """
    if not sys.platform.startswith("linux") or shutil.which("apt-get") is None:
        return True
    missing = _missing(names)
    if not missing:
        return True
    command = ["apt-get", "install", "-y", "--no-install-recommends", *missing]
    if os.geteuid() != 0:
        print(
            f"· these packages of your system are missing; please run:\n  sudo {' '.join(command)}"
        )
        return False
    print(f"· installing {len(missing)} packages of your system: {' '.join(missing)}", flush=True)
    return _installed(command)


def _missing(names: tuple[str, ...]) -> list[str]:
    # Newer releases renamed some of them for 64-bit time; either name will do.
    asked = [*names, *(f"{name}t64" for name in names)]
    answer = subprocess.run(
        ["dpkg-query", "--show", "--showformat=${db:Status-Status} ${Package}\n", *asked],
        capture_output=True,
        text=True,
        check=False,
    )
    lines = (line.partition(" ") for line in answer.stdout.splitlines())
    there = {name for status, _, name in lines if status == "installed"}
    return [name for name in names if name not in there and f"{name}t64" not in there]


def _installed(command: list[str]) -> bool:
    # A fresh machine has no lists of packages, and an old one has stale ones.
    if _apt(command).returncode == 0:
        return True
    _apt(["apt-get", "update"])
    answer = _apt(command)
    if answer.returncode != 0:
        print(answer.stdout, answer.stderr, file=sys.stderr)
        print(f"· that did not work; going on without. The command was:\n  {' '.join(command)}")
    return answer.returncode == 0


def _apt(command: list[str]) -> "subprocess.CompletedProcess[str]":
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"}
    return subprocess.run(command, env=quiet, capture_output=True, text=True, check=False)
