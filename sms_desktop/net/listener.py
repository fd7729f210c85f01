"""The webhook listener: where Kandy's notifications come in, on this computer's loopback only.

Says 200 only after the handler has returned, that is, after the notification is safe on disk.
Whoever does not know an open path cannot tell that anything is here, and never gets past the
connection filter. Where a call comes from counts for nothing: through a tunnel all come from this computer,
and what a proxy says of them (``X-Forwarded-For`` and the like) anybody can say.
"""

import asyncio
import hmac
import logging
import secrets
import socket
import traceback
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from typing import Final

from aiohttp import web

from sms_desktop.net.connection_filter import ConnectionFilter, Patience
from sms_desktop.net.errors import ListenerFailed, NotForUs, NotKept
from sms_desktop.net.minimal_http import EmptyResponse, Limits, MinimalHttpServer
from sms_desktop.net.request_line import LOOKING, token_of
from sms_desktop.net.uncancellable import carried_through

_log = logging.getLogger(__name__)

Handler = Callable[[bytes, Mapping[str, str]], Awaitable[None]]
"""Gets body and headers (which ignore case); raises ``NotKept`` when it could not keep
them, and ``NotForUs`` for what is none of Kandy's."""

_BACKLOG: Final = 1024
_CONTINUE: Final = b"HTTP/1.1 100 Continue\r\n\r\n"


class _TooLong(Exception):
    """The body is longer than allowed."""


def random_token() -> str:
    """43 characters that nobody can guess."""
    return secrets.token_urlsafe(32)


class WebhookListener:
    """An HTTP server on 127.0.0.1, and ``::1`` where there is one, with a path for each channel.

    ``token`` makes the paths; ``fixed_port`` gives the port to listen on, 0 for any free one, each
    time that it starts without being told. ``accepted`` counts notifications that were kept, ``refused``
    everything else.
    """

    def __init__(
        self,
        *,
        token: Callable[[], str] = random_token,
        limits: Limits | None = None,
        patience: Patience | None = None,
        fixed_port: Callable[[], int] = lambda: 0,
    ) -> None:
        self._token = token
        self._limits = limits or Limits()
        self._patience = patience or Patience()
        self._fixed_port = fixed_port
        self._handlers: dict[str, Handler] = {}
        self._server: MinimalHttpServer | None = None
        self._filter: ConnectionFilter | None = None
        self._entering: set[asyncio.Task[None]] = set()
        self._refused = 0
        self.port: int | None = None
        self.accepted = 0

    @property
    def refused(self) -> int:
        """How many were sent away, or told to come again."""
        return self._refused + (self._filter.refused if self._filter else 0)

    async def start(self, port: int | None = None) -> int:
        """Listen on a port (0: any free one; none: the fixed one) and name it; raises ``ListenerFailed``.

        Every account asks for it, often at once; there is one server for all.
        """
        if self.port is None:
            self._listen(_doors(self._fixed_port() if port is None else port))
        assert self.port is not None  # noqa: S101 - it listens
        return self.port

    async def move(self) -> bool:
        """Listen on the fixed port that is wanted now; whether that is another one than before.

        Raises ``ListenerFailed``, and listens on as before then. Nothing that came in by the old port
        is lost; whoever leads there has to lead elsewhere from now on.
        """
        wanted = self._fixed_port()
        filter_, server = self._filter, self._server
        if filter_ is None or server is None or wanted in (0, self.port):
            return False
        self._listen(_doors(wanted))
        await carried_through(self._put_away(filter_, server))
        return True

    def _listen(self, doors: list[socket.socket]) -> None:
        loop = asyncio.get_running_loop()
        server = MinimalHttpServer(self._answer, self._limits)

        def admit(line: socket.socket, heard: bytes) -> None:
            try:
                loop.call_soon_threadsafe(self._enter, server, line, heard)
            except RuntimeError:
                line.close()  # The loop has ended.

        self.port = int(doors[0].getsockname()[1])
        self._server = server
        self._filter = ConnectionFilter(self._knows, admit, self._patience)
        self._filter.start(doors)

    def open_path(self, handler: Handler) -> str:
        """A new path, ``/`` and 43 characters, whose posts go to ``handler``."""
        token = self._token()
        self._handlers[token] = handler
        return f"/{token}"

    def close_path(self, path: str) -> None:
        """From now on the path is as unknown as any other."""
        self._handlers.pop(path.rpartition("/")[2], None)

    async def close(self) -> None:
        """Take no more; notifications that are being stored are answered first."""
        filter_, server = self._filter, self._server
        self._filter = self._server = self.port = None
        if filter_ is not None and server is not None:
            # Broken off half-way, connections would stay open that nobody owns any more.
            await carried_through(self._put_away(filter_, server))

    async def _put_away(self, filter_: ConnectionFilter, server: MinimalHttpServer) -> None:
        await asyncio.to_thread(filter_.close)
        self._refused += filter_.refused
        await asyncio.gather(*self._entering)
        # Requests that are here already begin to be answered before idle connections end.
        await asyncio.sleep(0)
        await server.close()

    def _enter(self, server: MinimalHttpServer, line: socket.socket, heard: bytes) -> None:
        entering = asyncio.ensure_future(server.enter(line, heard))
        self._entering.add(entering)
        entering.add_done_callback(self._entering.discard)

    async def _answer(self, request: web.BaseRequest) -> web.StreamResponse:
        handler = self._find(token_of(request.raw_path.encode(errors="replace")))
        if handler is not None and request.method in LOOKING:
            return EmptyResponse(200, closing=False)
        known = handler if request.method == "POST" else None
        status = 404 if known is None else await self._take(request, known)
        if status == 200:
            self.accepted += 1
        else:
            self._refused += 1
        # After 503 the sender may try again over the same connection.
        return EmptyResponse(status, closing=status not in (200, 503))

    def _knows(self, token: bytes) -> bool:
        return self._find(token) is not None

    def _find(self, offered: bytes) -> Handler | None:
        found = None
        for token, handler in list(self._handlers.items()):
            # Every one is compared, each in constant time, so that time tells nothing.
            if hmac.compare_digest(token.encode(), offered):
                found = handler
        return found

    async def _take(self, request: web.BaseRequest, handler: Handler) -> int:
        try:
            body = await self._body(request)
        except _TooLong:
            return 413
        except TimeoutError:
            return 408
        except web.RequestPayloadError:
            return 400
        return await _status_of(handler, body, request.headers)

    async def _body(self, request: web.BaseRequest) -> bytes:
        if request.content.is_eof():
            # It came together with its head, as nearly all do: a timer would cost more than reading.
            body = request.content.read_nowait()
            if len(body) > self._limits.body_bytes:
                raise _TooLong
            return body
        async with asyncio.timeout(self._limits.body_s):
            return await self._slow_body(request)

    async def _slow_body(self, request: web.BaseRequest) -> bytes:
        longest = self._limits.body_bytes
        if (request.content_length or 0) > longest:
            raise _TooLong
        if request.headers.get("Expect", "").lower() == "100-continue":
            await request.writer.write(_CONTINUE)
            request.writer.output_size = 0
        body = bytearray()
        # Counted while reading: a body may come without a length, or compressed.
        async for piece in request.content.iter_any():
            body += piece
            if len(body) > longest:
                raise _TooLong
        return bytes(body)


def _doors(port: int) -> list[socket.socket]:
    """Listening sockets; tunnels that look for "localhost" may try IPv6 alone. ``ListenerFailed``."""
    try:
        doors = [socket.create_server(("127.0.0.1", port), backlog=_BACKLOG)]
    except OSError as problem:
        raise ListenerFailed(port) from problem
    # Not every computer has IPv6, and there the port may be somebody else's.
    with suppress(OSError):
        same = doors[0].getsockname()[1]
        doors.append(socket.create_server(("::1", same), family=socket.AF_INET6, backlog=_BACKLOG))
    return doors


async def _status_of(handler: Handler, body: bytes, headers: Mapping[str, str]) -> int:
    try:
        await handler(body, headers)
    except NotKept:
        return 503
    except NotForUs:
        return 404
    except Exception as problem:  # noqa: BLE001 - whatever it is, Kandy must not hear 200
        # Places and types only: the words of an exception may quote the notification.
        places = "".join(traceback.format_tb(problem.__traceback__))
        _log.error("A webhook handler failed with %s:\n%s", type(problem).__name__, places)
        return 503
    return 200
