"""Stands at the listening sockets, in a thread of its own, and lets in only who names an open path.

Everybody else gets an empty 404 and costs the event loop nothing: measured, ten thousand strangers a
second hold up a window whose own loop answers them, and keep real notifications out for seconds.
"""

import logging
import selectors
import socket
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from sms_desktop.net.cpu_budget import CpuBudget
from sms_desktop.net.request_line import LONGEST, Judgement, Knows, judge

_log = logging.getLogger(__name__)

NOTHING_HERE: Final = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
_AT_ONCE: Final = 8
"""Connections taken in one turn, before those that wait are looked at again, and the window."""

_BREATH_S: Final = 0.0001
"""Rest after each turn. Python's threads take turns after 5 ms, or when one of them rests: a frame
that asks for its turn a dozen times would be late."""

_LONGEST_REST_S: Final = 0.05
_MOST_UNHEARD: Final = 512 * 1024
_PIECE: Final = 64 * 1024

Admit = Callable[[socket.socket, bytes], None]
"""Takes over a connection and what was heard of it; called from the filter's thread."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How much strangers are borne with.

    ``waiting``: connections that have not yet said what they want; one more, and the oldest is cut.
    ``silence_s``: until they have to have said it. ``share``: of one processor core, at most.
    """

    waiting: int = 128
    silence_s: float = 5.0
    share: float = 0.8


@dataclass(slots=True, eq=False)
class _Caller:
    """One connection. Once refused it may finish its request, of which ``unheard`` bytes are read."""

    line: socket.socket
    due_s: float
    heard: bytes = b""
    is_refused: bool = False
    unheard: int = 0


class ConnectionFilter:
    """``knows`` and ``admit`` are called from its thread. ``refused`` counts those sent away."""

    def __init__(self, knows: Knows, admit: Admit, patience: Patience) -> None:
        self._knows = knows
        self._admit = admit
        self._patience = patience
        self._selector = selectors.DefaultSelector()
        self._bell, self._rope = socket.socketpair()
        # All are waited for equally long, so the oldest is the first whose time is over.
        self._waiting: dict[_Caller, None] = {}
        self._is_closing = False
        self._thread = threading.Thread(target=self._run, name="connection filter", daemon=True)
        self.refused = 0

    def start(self, doors: Iterable[socket.socket]) -> None:
        """Take over listening sockets and watch them."""
        for door in doors:
            door.setblocking(False)
            self._selector.register(door, selectors.EVENT_READ, door)
        self._selector.register(self._bell, selectors.EVENT_READ)
        self._thread.start()

    def close(self) -> None:
        """Close all sockets and end the thread; blocks for some hundredths of a second at most."""
        self._is_closing = True
        self._rope.send(b"!")
        self._thread.join()
        for one in (self._rope, self._bell):
            one.close()

    def _run(self) -> None:
        allowance = CpuBudget(self._patience.share, _LONGEST_REST_S)
        while not self._is_closing:
            try:
                self._turn()
            except Exception as problem:  # noqa: BLE001 - without this thread the program is deaf
                _log.error("the connection filter stumbled over %s", type(problem).__name__)
                time.sleep(_LONGEST_REST_S)
            time.sleep(min(max(_BREATH_S, allowance.rest_s()), _LONGEST_REST_S))
        self._selector.unregister(self._bell)
        for key in list(self._selector.get_map().values()):
            key.fileobj.close()  # type: ignore[union-attr]  # only sockets are registered
        self._selector.close()

    def _turn(self) -> None:
        for key, _ in self._selector.select(self._until_due_s()):
            if isinstance(key.data, _Caller):
                self._listen(key.data)
            elif key.data is not None:
                self._open(key.data)
        now_s = time.monotonic()
        while self._waiting and self._oldest().due_s <= now_s:
            self._cut(self._oldest())

    def _until_due_s(self) -> float | None:
        return max(0.0, self._oldest().due_s - time.monotonic()) if self._waiting else None

    def _oldest(self) -> _Caller:
        return next(iter(self._waiting))

    def _open(self, door: socket.socket) -> None:
        for taken in range(_AT_ONCE):
            try:
                line, _address = door.accept()
            except BlockingIOError:
                return
            except OSError:
                # Mostly too many open files; or one that hung up again, which the next turn forgets.
                # Linux says so even where nobody else waits: nobody gives way to nobody.
                if not taken:
                    self._make_room()
                return
            line.setblocking(False)
            # Most have spoken by now, and need not be watched.
            self._hear(_Caller(line, self._due_s()))

    def _listen(self, caller: _Caller) -> None:
        if caller not in self._waiting:
            return  # Cut in this very turn.
        if caller.is_refused:
            self._see_off(caller)
        else:
            self._hear(caller)

    def _hear(self, caller: _Caller) -> None:
        try:
            said = caller.line.recv(LONGEST)
        except BlockingIOError:
            self._watch(caller)
            return
        except OSError:
            said = b""
        caller.heard += said
        judgement = judge(caller.heard, self._knows) if said else Judgement.REFUSE
        if judgement is Judgement.WAIT:
            self._watch(caller)
        elif judgement is Judgement.ADMIT:
            self._unwatch(caller)
            self._admit(caller.line, caller.heard)
        else:
            self._refuse(caller)

    def _refuse(self, caller: _Caller) -> None:
        self.refused += 1
        with suppress(OSError):
            caller.line.send(NOTHING_HERE)
            if self._may_linger(caller):
                # Closing with something unread would take the answer back.
                caller.line.shutdown(socket.SHUT_WR)
                self._unwatch(caller)
                caller.is_refused, caller.due_s = True, self._due_s()
                self._watch(caller)
                return
        self._cut(caller)

    def _may_linger(self, caller: _Caller) -> bool:
        is_complete = not caller.heard or caller.heard.endswith(b"\r\n\r\n")
        return not is_complete and len(self._waiting) < self._patience.waiting // 2

    def _see_off(self, caller: _Caller) -> None:
        try:
            unheard = len(caller.line.recv(_PIECE))
        except BlockingIOError:
            return
        except OSError:
            unheard = 0
        caller.unheard += unheard
        if not unheard or caller.unheard > _MOST_UNHEARD:
            self._cut(caller)

    def _due_s(self) -> float:
        return time.monotonic() + self._patience.silence_s

    def _watch(self, caller: _Caller) -> None:
        if caller in self._waiting:
            return
        if len(self._waiting) >= self._patience.waiting:
            self._cut(self._oldest())
        self._waiting[caller] = None
        self._selector.register(caller.line, selectors.EVENT_READ, caller)

    def _unwatch(self, caller: _Caller) -> None:
        if caller in self._waiting:
            del self._waiting[caller]
            self._selector.unregister(caller.line)

    def _cut(self, caller: _Caller) -> None:
        self._unwatch(caller)
        caller.line.close()

    def _make_room(self) -> None:
        if self._waiting:
            self._cut(self._oldest())
        else:
            time.sleep(_LONGEST_REST_S)
