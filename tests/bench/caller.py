"""A process of its own that calls webhooks, so that its work does not count as the program's.

Reads lines of JSON from standard input: ``{"url", "bodies", "lanes"}``. Posts every body, over
``lanes`` connections at a time that stay open, and answers each line with
``{"seconds", "statuses"}``.
"""

import json
import queue
import sys
import threading
import time
from collections import Counter
from http.client import HTTPConnection
from urllib.parse import urlsplit


class _Caller:
    def __init__(self) -> None:
        self._open: dict[str, queue.SimpleQueue[HTTPConnection]] = {}

    def call(self, url: str, bodies: list[str], lanes: int) -> dict[str, object]:
        waiting: queue.SimpleQueue[str] = queue.SimpleQueue()
        for body in bodies:
            waiting.put(body)
        statuses: Counter[int] = Counter()
        lock = threading.Lock()

        def work() -> None:
            host, path = urlsplit(url).netloc, urlsplit(url).path
            connection = self._connection(host)
            while True:
                try:
                    body = waiting.get_nowait()
                except queue.Empty:
                    break
                headers = {"Content-Type": "application/json"}
                connection.request("POST", path, body.encode(), headers)
                answer = connection.getresponse()
                answer.read()
                with lock:
                    statuses[answer.status] += 1
            self._open[host].put(connection)

        began = time.perf_counter()
        threads = [threading.Thread(target=work) for _ in range(lanes)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return {"seconds": time.perf_counter() - began, "statuses": statuses}

    def _connection(self, host: str) -> HTTPConnection:
        spare = self._open.setdefault(host, queue.SimpleQueue())
        try:
            return spare.get_nowait()
        except queue.Empty:
            return HTTPConnection(host, timeout=60)


if __name__ == "__main__":
    caller = _Caller()
    for line in sys.stdin:
        sys.stdout.write(json.dumps(caller.call(**json.loads(line))) + "\n")
        sys.stdout.flush()
