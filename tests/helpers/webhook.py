"""A real webhook on this machine that keeps what it is sent."""

import json
import queue
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

PATIENCE_S = 60


class Webhook:
    """Listens from the start; ``status`` is what it answers."""

    def __init__(self) -> None:
        self.status = 200
        self.headers: list[dict[str, str]] = []
        self._came: queue.Queue[dict[str, Any]] = queue.Queue()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()

    @property
    def url(self) -> str:
        """What to register at Kandy."""
        return f"http://127.0.0.1:{self._server.server_port}/inbox"

    def next(self) -> dict[str, Any]:
        """The next body, as soon as it is there."""
        return self._came.get(timeout=PATIENCE_S)

    def is_empty(self) -> bool:
        """Whether everything that came was taken."""
        return self._came.empty()

    def close(self) -> None:
        """Stop listening."""
        if not self._thread.is_alive():
            return
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        webhook = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                webhook.headers.append(dict(self.headers))
                webhook._came.put(json.loads(body))
                self.send_response(webhook.status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                """Nothing on stderr."""

        return Handler
