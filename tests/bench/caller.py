"""A process of its own that calls webhooks, so that its work does not count as the program's.

Reads lines of JSON from standard input: ``{"url", "bodies", "lanes", "each_s"}``. Posts every body,
over ``lanes`` connections at a time that stay open, and answers each line with
``{"seconds", "statuses", "latencies"}``. With ``each_s`` one is posted every so many seconds, each over
a connection of its own, and a lane that is late does not wait.
"""

import json
import queue
import sys
import threading
import time
from collections import Counter
from http.client import HTTPConnection, HTTPException
from typing import Final
from urllib.parse import urlsplit

HEADERS: Final = {"Content-Type": "application/json"}

PATIENCE_S: Final = 60


class _Caller:
    def __init__(self) -> None:
        self._open: dict[str, queue.SimpleQueue[HTTPConnection]] = {}

    def call(
        self, url: str, bodies: list[str], lanes: int, each_s: float = 0.0
    ) -> dict[str, object]:
        waiting: queue.SimpleQueue[tuple[float, str]] = queue.SimpleQueue()
        began = time.perf_counter()
        for number, body in enumerate(bodies):
            waiting.put((began + number * each_s, body))
        statuses: Counter[int] = Counter()
        latencies: list[float] = []
        lock = threading.Lock()

        def work() -> None:
            host, path = urlsplit(url).netloc, urlsplit(url).path
            connection = self._connection(host)
            while True:
                try:
                    due, body = waiting.get_nowait()
                except queue.Empty:
                    break
                if each_s:
                    connection.close()
                    time.sleep(max(0.0, due - time.perf_counter()))
                posted = time.perf_counter()
                status = _post(connection, path, body)
                with lock:
                    statuses[status] += 1
                    latencies.append(time.perf_counter() - posted)
            self._open[host].put(connection)

        threads = [threading.Thread(target=work) for _ in range(lanes)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        seconds = time.perf_counter() - began
        return {"seconds": seconds, "statuses": statuses, "latencies": latencies}

    def _connection(self, host: str) -> HTTPConnection:
        spare = self._open.setdefault(host, queue.SimpleQueue())
        try:
            return spare.get_nowait()
        except queue.Empty:
            return HTTPConnection(host, timeout=PATIENCE_S)


def _post(connection: HTTPConnection, path: str, body: str) -> int:
    """The status of the answer; 0 where there was none."""
    try:
        connection.request("POST", path, body.encode(), HEADERS)
        answer = connection.getresponse()
        answer.read()
    except (OSError, HTTPException):
        connection.close()
        return 0
    return answer.status


if __name__ == "__main__":
    caller = _Caller()
    for line in sys.stdin:
        sys.stdout.write(json.dumps(caller.call(**json.loads(line))) + "\n")
        sys.stdout.flush()
