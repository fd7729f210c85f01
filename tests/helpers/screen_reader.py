"""What a screen reader finds: a screen, a session bus and AT-SPI of their own, read over D-Bus."""

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from jeepney import DBusAddress, MatchRule, Properties, message_bus, new_method_call
from jeepney.io.blocking import DBusConnection, open_dbus_connection

PROGRAMS = ("Xvfb", "dbus-daemon")
LAUNCHER = "/usr/libexec/at-spi-bus-launcher"
PATIENCE_S = 60.0
_ACCESSIBLE = "org.a11y.atspi.Accessible"
_ROOT = "/org/a11y/atspi/accessible/root"
_REGISTRY = "org.a11y.atspi.Registry"
_SHOWING = 25
_FOCUSABLE = 11
_SELECTED = 23
_LOOK_AGAIN_S = 2.0
# Not those of texts: Qt warns of some that it sends itself.
_EVENTS = ("object:children-changed", "object:state-changed", "object:property-change")


@dataclass
class Node:
    """One object of the tree, as it was when it was read."""

    place: DBusAddress
    name: str
    role: str
    states: int
    children: "list[Node]" = field(default_factory=list)

    @property
    def is_showing(self) -> bool:
        """Whether it can be seen."""
        return bool(self.states >> _SHOWING & 1)

    @property
    def is_focusable(self) -> bool:
        """Whether the keys can go there."""
        return bool(self.states >> _FOCUSABLE & 1)

    @property
    def is_selected(self) -> bool:
        """Whether it is the chosen one of several."""
        return bool(self.states >> _SELECTED & 1)

    def everything(self) -> "Iterator[Node]":
        """It and all below, from above."""
        yield self
        for child in self.children:
            yield from child.everything()

    def all_of(self, role: str) -> "list[Node]":
        """All of a role below it that can be seen."""
        return [one for one in self.everything() if one.role == role and one.is_showing]

    def the(self, role: str, name: str) -> "Node":
        """The one of a role and a name."""
        found = [one for one in self.all_of(role) if one.name == name]
        told = [(one.role, one.name) for one in self.everything() if one.is_showing]
        assert len(found) == 1, f"{len(found)} are {role} {name!r}: {told}"
        return found[0]


class ScreenReader:
    """``environment`` is what a program needs to be seen and read; ``stop`` ends everything."""

    def __init__(self, folder: Path) -> None:
        self._processes: list[subprocess.Popen[str]] = []
        self._bus: DBusConnection | None = None
        self.environment = {"XDG_RUNTIME_DIR": str(folder), "HOME": str(folder)}
        screen = ["Xvfb", "-displayfd", "1", "-screen", "0", "1280x900x24", "-nolisten", "tcp"]
        self.environment["DISPLAY"] = ":" + self._first_line(screen)
        address = self._first_line(["dbus-daemon", "--session", "--nofork", "--print-address"])
        self.environment |= {
            "DBUS_SESSION_BUS_ADDRESS": address,
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
            "QT_QPA_PLATFORM": "xcb",
        }
        with open_dbus_connection(address) as session:
            bus = DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus")
            (reading,) = _answer(session, new_method_call(bus, "GetAddress"))
        self._bus = open_dbus_connection(reading)
        self._events = MatchRule(type="signal", interface="org.a11y.atspi.Event.Object")
        self._ask(message_bus.AddMatch(self._events))
        registry = DBusAddress("/org/a11y/atspi/registry", _REGISTRY, _REGISTRY)
        for kind in _EVENTS:
            self._ask(new_method_call(registry, "RegisterEvent", "sass", (kind, [], "")))

    def read(self, application: str) -> Node | None:
        """What a program shows, by the beginning of its name; ``None`` before it is there."""
        desktop = DBusAddress(_ROOT, _REGISTRY, _ACCESSIBLE)
        for place in self._children(desktop):
            node = self._node(place)
            if node.name.startswith(application):
                self._read_below(node)
                return node
        return None

    def until(self, application: str, is_so: Callable[[Node], object]) -> Node:
        """Read after every event, and at times without one, until the tree is as wanted."""
        assert self._bus is not None
        deadline = time.monotonic() + PATIENCE_S
        with self._bus.filter(self._events, bufsize=1) as happened:
            while True:
                try:
                    tree = self.read(application)
                    if tree is not None and is_so(tree):
                        return tree
                except Gone:
                    tree = None
                assert time.monotonic() < deadline, f"not in the tree; it is {_drawn(tree)}"
                with suppress(TimeoutError):
                    self._bus.recv_until_filtered(happened, timeout=_LOOK_AGAIN_S)

    def press(self, node: Node) -> None:
        """What a screen reader does for "click"."""
        action = DBusAddress(node.place.object_path, node.place.bus_name, "org.a11y.atspi.Action")
        self._ask(new_method_call(action, "DoAction", "i", (0,)))

    def stop(self) -> None:
        """End it all."""
        if self._bus is not None:
            self._bus.close()
        while self._processes:
            process = self._processes.pop()
            process.terminate()
            process.wait(PATIENCE_S)
            assert process.stdout
            process.stdout.close()

    def _first_line(self, command: list[str]) -> str:
        process = subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env=os.environ | self.environment,
        )
        self._processes.append(process)
        assert process.stdout
        line = process.stdout.readline().strip()
        assert line, f"{command[0]} did not start"
        return line

    def _read_below(self, node: Node) -> None:
        node.children = [self._node(place) for place in self._children(node.place)]
        for child in node.children:
            if child.is_showing:
                self._read_below(child)

    def _children(self, place: DBusAddress) -> list[DBusAddress]:
        (found,) = self._ask(new_method_call(place, "GetChildren"))
        return [DBusAddress(path, name, _ACCESSIBLE) for name, path in found]

    def _node(self, place: DBusAddress) -> Node:
        ((_, name),) = self._ask(Properties(place).get("Name"))
        (role,) = self._ask(new_method_call(place, "GetRoleName"))
        ((low, high),) = self._ask(new_method_call(place, "GetState"))
        return Node(place, name, role, low | high << 32)

    def _ask(self, message: Any) -> tuple[Any, ...]:
        assert self._bus is not None
        return _answer(self._bus, message)


class Gone(Exception):
    """What was asked about is not there any more."""


def _answer(bus: DBusConnection, message: Any) -> tuple[Any, ...]:
    reply = bus.send_and_get_reply(message, timeout=PATIENCE_S)
    if reply.header.message_type.name == "error":
        raise Gone(reply.body)
    body: tuple[Any, ...] = reply.body
    return body


def _drawn(tree: Node | None) -> str:
    if tree is None:
        return "not there"
    return "\n".join(f"{one.role}: {one.name}" for one in tree.everything() if one.is_showing)


@contextmanager
def screen_reader(folder: Path) -> Iterator[ScreenReader]:
    """A screen reader for as long as it lasts; skips where its programs are missing."""
    missing = [program for program in PROGRAMS if shutil.which(program) is None]
    missing += [LAUNCHER] if not Path(LAUNCHER).exists() else []
    if missing and not os.environ.get("CI"):
        pytest.skip(f"not installed: {', '.join(missing)}")
    folder.mkdir()
    reader = ScreenReader(folder)
    try:
        yield reader
    finally:
        reader.stop()
