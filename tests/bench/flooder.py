"""A process of its own that throws rubbish at a port, so that its work does not count as the program's.

Reads lines of JSON from standard input: ``{"port", "rate", "seconds"}``. Opens ``rate`` connections a
second, says one thing on each, and reads what comes back for as long as there is room for it; answers
each line with ``{"thrown", "answered", "missed", "seconds"}``. Only for loopback.
"""

import errno
import json
import socket
import sys
import time
from collections import deque
from contextlib import suppress
from itertools import cycle
from typing import Final

RUBBISH: Final = (
    b"GET / HTTP/1.1\r\nHost: sms.example\r\nUser-Agent: zgrab/0.x\r\nAccept: */*\r\n\r\n",
    b"POST /" + b"A" * 43 + b' HTTP/1.1\r\nHost: x\r\nContent-Length: 11\r\n\r\n{"guess":1}',
    b"GET /.env HTTP/1.1\r\nHost: x\r\n\r\n" * 4,
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x07" * 200,
    b"GET /wp-login.php?" + b"x" * 2000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
    b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n",
    b"GET /\r\n",
    b"",
)
"""Scanners, guesses, pipelines, TLS, long lines, half requests, HTTP/0.9 and silence."""

_IN_FLIGHT: Final = 100
_KIND: Final = socket.SOCK_STREAM | getattr(socket, "SOCK_NONBLOCK", 0)


class _Flood:
    def __init__(self, port: int) -> None:
        self._address = ("127.0.0.1", port)
        self._open: deque[socket.socket] = deque()
        self.thrown = self.answered = self.missed = 0

    def run(self, rate: float, seconds: float) -> dict[str, float]:
        said = cycle(RUBBISH)
        began = time.perf_counter()
        while (elapsed := time.perf_counter() - began) < seconds:
            for _ in range(max(0, min(50, int(elapsed * rate) - self.thrown - self.missed))):
                self._throw(next(said))
            if self.thrown + self.missed >= elapsed * rate:
                time.sleep(0.001)
        took = time.perf_counter() - began
        while self._open:
            self._drop()
        return {
            "thrown": self.thrown,
            "answered": self.answered,
            "missed": self.missed,
            "seconds": took,
        }

    def _throw(self, said: bytes) -> None:
        one = socket.socket(socket.AF_INET, _KIND)
        if one.connect_ex(self._address) not in (0, errno.EINPROGRESS):
            self.missed += 1
            one.close()
            return
        try:
            if said:
                one.send(said)
        except OSError:
            # No connection at once: nobody takes them as fast as they come.
            self.missed += 1
            one.close()
            return
        self.thrown += 1
        self._open.append(one)
        if len(self._open) > _IN_FLIGHT:
            self._drop()

    def _drop(self) -> None:
        one = self._open.popleft()
        with suppress(OSError):
            self.answered += bool(one.recv(4096))
        one.close()


if __name__ == "__main__":
    for line in sys.stdin:
        wanted = json.loads(line)
        flood = _Flood(wanted["port"])
        sys.stdout.write(json.dumps(flood.run(wanted["rate"], wanted["seconds"])) + "\n")
        sys.stdout.flush()
