"""The commands of the README: what they install, and what they say on machines that lack something."""

import ast
import os
import re
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import demonstration
import pytest
import system_packages
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[3]
PINS = [
    Requirement(line)
    for line in (ROOT / "packaging" / "constraints.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]
BUILD_BACKEND = {"hatchling", "editables"}


def needed(name: str, extras: frozenset[str]) -> set[str]:
    """Everything that a distribution needs on this machine, itself included."""
    found: set[str] = set()
    waiting = [(name, extras)]
    while waiting:
        name, extras = waiting.pop()
        if name in found and not extras:
            continue
        found.add(name)
        for line in metadata.requires(name) or ():
            requirement = Requirement(line)
            contexts = [{"extra": extra} for extra in ("", *extras)]
            if not requirement.marker or any(map(requirement.marker.evaluate, contexts)):
                waiting.append((canonicalize_name(requirement.name), frozenset(requirement.extras)))
    return found


def test_every_package_that_is_used_is_pinned_to_what_is_installed() -> None:
    pinned = {
        canonicalize_name(pin.name): str(pin.specifier)
        for pin in PINS
        if pin.marker is None or pin.marker.evaluate()
    }
    used = needed("sms-desktop", frozenset({"test"})) | BUILD_BACKEND
    installed = {name: f"=={metadata.version(name)}" for name in used - {"sms-desktop"}}
    assert {name: pinned.get(name) for name in installed} == installed


@pytest.mark.parametrize("version", ["3.11", "3.12", "3.13"])
def test_each_python_gets_one_exact_version_of_each_package(version: str) -> None:
    python = {"python_version": version, "python_full_version": f"{version}.1"}
    for_this = [pin for pin in PINS if pin.marker is None or pin.marker.evaluate(python)]
    names = [canonicalize_name(pin.name) for pin in for_this]
    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"==[\w.]+", str(pin.specifier)) for pin in for_this)
    assert not any(pin.url for pin in for_this)


def test_the_qt_that_loses_references_to_none_is_not_pinned_for_old_pythons() -> None:
    old = {"python_version": "3.11", "python_full_version": "3.11.2"}
    (qt,) = (
        pin
        for pin in PINS
        if canonicalize_name(pin.name) == "pyside6-essentials"
        and (pin.marker is None or pin.marker.evaluate(old))
    )
    assert not qt.specifier.contains("6.12.0")


def run(*arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, str(ROOT / "packaging" / "run.py"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("arguments", [(), ("tset",), ("--help",)])
def test_an_unknown_command_shows_the_two_there_are(arguments: tuple[str, ...]) -> None:
    answer = run(*arguments)
    assert answer.returncode == 2
    assert "run.py demo" in answer.stderr
    assert "run.py test" in answer.stderr


def test_an_old_python_can_read_far_enough_to_say_what_is_missing() -> None:
    source = (ROOT / "packaging" / "run.py").read_text("utf-8")
    body = ast.parse(source, feature_version=(3, 6)).body
    guard = next(i for i, node in enumerate(body) if isinstance(node, ast.If))
    before = [ast.unparse(node) for node in body[1:guard]]
    assert before == ["import sys"], "nothing else may come before the check"


@pytest.mark.parametrize(
    ("platform", "environ", "expected"),
    [
        ("linux", {}, False),
        ("linux", {"DISPLAY": ""}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("linux", {"QT_QPA_PLATFORM": "offscreen"}, True),
        ("darwin", {}, True),
        ("win32", {}, True),
    ],
)
def test_where_a_window_can_be_shown(
    platform: str, environ: dict[str, str], expected: bool
) -> None:
    assert demonstration.has_display(platform, environ) is expected


@pytest.fixture
def debian(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A Debian whose package tools are small programs: installed packages are lines of a file."""
    programs = {
        "dpkg-query": 'while read -r name; do echo "installed $name"; done < "$STATE/installed"',
        "apt-get": 'echo "$@" >> "$STATE/asked"\n'
        'if [ "$1" = update ]; then touch "$STATE/lists"; exit 0; fi\n'
        '[ -e "$STATE/lists" ] && for name in "$@"; do echo "$name" >> "$STATE/installed"; done',
    }
    for name, script in programs.items():
        program = tmp_path / name
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)
    (tmp_path / "installed").write_text("libgl1\nlibglib2.0-0t64\n")
    (tmp_path / "asked").touch()
    monkeypatch.setenv("STATE", str(tmp_path))
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    return tmp_path


linux_only = pytest.mark.skipif(sys.platform != "linux", reason="apt is Debian's and Ubuntu's")


@linux_only
def test_what_is_there_under_either_name_is_not_installed_again(debian: Path) -> None:
    assert system_packages.ensure(("libgl1", "libglib2.0-0"))
    assert (debian / "asked").read_text() == ""


@linux_only
def test_root_gets_what_is_missing_though_the_machine_has_no_lists(
    debian: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert system_packages.ensure(("libgl1", "libegl1"))
    install = "install -y --no-install-recommends libegl1"
    assert (debian / "asked").read_text().splitlines() == [install, "update", install]
    assert "libegl1" in (debian / "installed").read_text().split()


@linux_only
def test_others_are_told_the_exact_command(
    debian: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert not system_packages.ensure(("libgl1", "libegl1"))
    assert "sudo apt-get install -y --no-install-recommends libegl1" in capsys.readouterr().out
    assert (debian / "asked").read_text() == ""
