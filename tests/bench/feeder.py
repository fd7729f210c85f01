"""A process of its own that calls a webhook at a steady rate, so that its work is not the program's.

Reads lines of JSON from standard input: ``{"url", "rate", "seconds", "lanes", "own", "people"}``.
Posts that many new texts a second from ``people`` persons, over ``lanes`` connections that stay open;
where every lane still waits for its answer, the rate is what the server makes of it. Answers each
line with ``{"seconds", "statuses", "waits_s"}``: seconds from each request to its answer.
"""

import json
import selectors
import socket
import sys
import time
import uuid
from collections import Counter
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

_END: Final = b"\r\n\r\n"


@dataclass
class _Lane:
    socket: socket.socket
    asked_at_s: float = 0.0
    answer: bytes = b""


@dataclass
class _Feeding:
    url: str
    rate: float
    seconds: float
    lanes: int
    own: str
    people: int
    sent: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    waits_s: list[float] = field(default_factory=list)

    def run(self) -> dict[str, object]:
        parts = urlsplit(self.url)
        self._head = f"POST {parts.path} HTTP/1.1\r\nHost: {parts.netloc}\r\n"
        self._selector = selectors.DefaultSelector()
        where = (str(parts.hostname), int(parts.port or 80))
        lanes = [_Lane(socket.create_connection(where)) for _ in range(self.lanes)]
        self._free = list(lanes)
        for lane in lanes:
            lane.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._selector.register(lane.socket, selectors.EVENT_READ, lane)
        took_s = self._feed()
        for lane in lanes:
            lane.socket.close()
        return {"seconds": took_s, "statuses": self.statuses, "waits_s": self.waits_s}

    def _feed(self) -> float:
        began_s = time.perf_counter()
        while (passed_s := time.perf_counter() - began_s) < self.seconds or self._is_waiting():
            due = int(min(passed_s, self.seconds) * self.rate)
            while self._free and self.sent < due:
                self._ask(self._free.pop())
            next_s = (self.sent + 1) / self.rate - passed_s
            for key, _ in self._selector.select(max(0.0, next_s) if self._free else 1.0):
                self._hear(key.data)
        return time.perf_counter() - began_s

    def _is_waiting(self) -> bool:
        return len(self._free) < self.lanes

    def _ask(self, lane: _Lane) -> None:
        body = self._body()
        head = f"{self._head}Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        lane.asked_at_s = time.perf_counter()
        lane.socket.sendall(head.encode() + body)
        self.sent += 1

    def _hear(self, lane: _Lane) -> None:
        lane.answer += lane.socket.recv(4096)
        if _END in lane.answer:
            self.waits_s.append(time.perf_counter() - lane.asked_at_s)
            self.statuses[int(lane.answer.split(b" ", 2)[1])] += 1
            lane.answer = b""
            self._free.append(lane)

    def _body(self) -> bytes:
        now_ms = time.time_ns() // 1_000_000
        message = {
            "dateTime": now_ms,
            "destinationAddress": self.own,
            "message": f"number {self.sent}",
            "messageId": f"SM-{uuid.uuid4()}",
            "senderAddress": f"+1613555{self.sent % self.people:04}",
        }
        notification = {"inboundSMSMessage": message, "dateTime": now_ms, "id": str(uuid.uuid4())}
        return json.dumps({"inboundSMSMessageNotification": notification}).encode()


if __name__ == "__main__":
    for line in sys.stdin:
        sys.stdout.write(json.dumps(_Feeding(**json.loads(line)).run()) + "\n")
        sys.stdout.flush()
