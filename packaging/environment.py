"""The virtual environment with the pinned packages, and the note that says it is ready."""

import hashlib
import importlib.util
import os
import subprocess
import sys
from enum import Enum
from pathlib import Path

import system_packages

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
_CONSTRAINTS = ROOT / "packaging" / "constraints.txt"
# What the environment depends on; a change of any of them makes it anew.
_SOURCES = ("pyproject.toml", "packaging/constraints.txt", "sms_desktop/__init__.py")
_BUILD_BACKEND = ("hatchling", "editables")


class SetUpError(Exception):
    """The machine could not be made ready; the text says what to do."""


class Purpose(Enum):
    """What the environment is for."""

    DEMO = "demo"
    TEST = "test"


def prepare(purpose: Purpose) -> None:
    """Make everything ready for ``purpose``; returns at once where it is. Raises ``SetUpError``."""
    wanted = _fingerprint(purpose)
    stamp = VENV / f"ready-for-{purpose.value}"
    if PYTHON.exists() and stamp.exists() and stamp.read_text("utf-8") == wanted:
        return
    packages_are_there = system_packages.ensure(_system_packages(purpose))
    _make_venv()
    _install(purpose)
    if packages_are_there:
        stamp.write_text(wanted, "utf-8")


def say(sentence: str) -> None:
    """Tell the person what happens now, before what it runs writes anything."""
    print(f"· {sentence}", flush=True)


def _system_packages(purpose: Purpose) -> tuple[str, ...]:
    if purpose is Purpose.DEMO:
        return system_packages.QT + system_packages.FONTS
    return system_packages.QT + system_packages.FOR_TESTS


def _fingerprint(purpose: Purpose) -> str:
    digest = hashlib.sha256()
    for name in _SOURCES:
        digest.update((ROOT / name).read_bytes())
    parts = (str(ROOT), *_version(), *_system_packages(purpose))
    return hashlib.sha256("\n".join((digest.hexdigest(), *parts)).encode()).hexdigest()


def _version() -> tuple[str, str]:
    return str(sys.version_info[0]), str(sys.version_info[1])


def _make_venv() -> None:
    if _venv_works():
        return
    _ensure_venv_module()
    say(f"making the virtual environment {VENV}")
    _run(
        [sys.executable, "-m", "venv", "--clear", str(VENV)],
        "The virtual environment was not made.",
    )


def _venv_works() -> bool:
    if not PYTHON.exists():
        return False
    question = "import sys, pip; print('%d.%d' % sys.version_info[:2])"
    answer = subprocess.run(
        [PYTHON, "-c", question], capture_output=True, text=True, check=False, cwd=VENV
    )
    return answer.returncode == 0 and answer.stdout.strip() == ".".join(_version())


def _ensure_venv_module() -> None:
    # Debian ships Python without the parts that make an environment.
    if _can_make_venvs():
        return
    package = f"python{'.'.join(_version())}-venv"
    if not system_packages.ensure((package,)) or not _can_make_venvs():
        raise SetUpError(
            f"This Python cannot make virtual environments. On Debian and Ubuntu: apt-get install {package}"
        )


def _can_make_venvs() -> bool:
    importlib.invalidate_caches()
    return all(importlib.util.find_spec(name) for name in ("venv", "ensurepip"))


def _install(purpose: Purpose) -> None:
    say("installing the Python packages; the first time takes a minute")
    extra = "[test]" if purpose is Purpose.TEST else ""
    # The backend comes from the same pinned list, so that building fetches nothing of its own.
    _pip(*_BUILD_BACKEND)
    _pip("--no-build-isolation", "--editable", f"{ROOT}{extra}")


def _pip(*arguments: str) -> None:
    command = [str(PYTHON), "-m", "pip", "install", "--quiet", "--constraint", str(_CONSTRAINTS)]
    _run([*command, *arguments], "The Python packages were not installed; is there a network?")


def _run(command: list[str], otherwise: str) -> None:
    surroundings = os.environ | {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_USER": "0"}
    if subprocess.call(command, env=surroundings, cwd=ROOT) != 0:
        raise SetUpError(
            f"{otherwise} This command failed, and said why above:\n  {' '.join(command)}"
        )
