"""HTTP for those who know an open path, and as little of it as possible. Knows no paths.

Everything that goes wrong looks the same from outside: an empty 404, no name of a server, a closed
connection. Nothing that is sent here is written to the log.
"""

import asyncio
import socket
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Final, cast

from aiohttp import web

Answerer = Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]

_MOST_HEADERS: Final = 64
_MOST_AROUND: Final = 128 * 1024
"""Bytes of headers, and of what belongs to the next requests and came together with this one."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What those who were let in may cost us: bytes, seconds, connections.

    ``head_s``: from the first byte of a request to the end of its headers. ``body_s``: for the whole
    body after them. ``idle_s``: of silence between two requests; longer than the proxies and tunnels
    in front of us keep a connection, since one that we close might just be carrying a notification.
    ``linger_s``: for reading on after a refusal. ``commit_s``: how long closing waits for handlers.
    ``requests``: over one connection.
    """

    body_bytes: int = 256 * 1024
    head_s: float = 5.0
    body_s: float = 10.0
    idle_s: float = 150.0
    linger_s: float = 2.0
    commit_s: float = 5.0
    connections: int = 256
    requests: int = 1000


class EmptyResponse(web.Response):
    """An answer with a status and nothing else; ``closing`` ends the connection after it."""

    def __init__(self, status: int, *, closing: bool = True) -> None:
        super().__init__(status=status)
        if closing:
            self.force_close()

    async def _prepare_headers(self) -> None:
        await super()._prepare_headers()
        # aiohttp names itself, Python and both versions.
        self.headers.popall("Server", None)


class MinimalHttpServer(web.Server):
    """Passes each complete request head to ``answerer``; one connection too many ends the idlest."""

    def __init__(self, answerer: Answerer, limits: Limits) -> None:
        super().__init__(self._answer)
        self._answerer = answerer
        self._here = asyncio.get_running_loop()
        self._limits = limits
        self._inside: set[_Connection] = set()
        self._is_closed = False

    async def enter(self, line: socket.socket, heard: bytes) -> None:
        """Serve a connection of which ``heard`` was read already; returns once it is set up."""
        if self._is_closed or not self._has_room():
            line.close()
            return
        connection = self._connection(heard)
        self._inside.add(connection)
        try:
            await self._here.connect_accepted_socket(lambda: connection, line)
        except OSError:
            self._inside.discard(connection)
            line.close()

    async def close(self) -> None:
        """End idle connections at once, and the others when they are answered."""
        self._is_closed = True
        self.pre_shutdown()
        await self.shutdown(self._limits.commit_s)

    def connection_lost(
        self, handler: web.RequestHandler, exc: BaseException | None = None
    ) -> None:
        """One left, or was made to."""
        super().connection_lost(handler, exc)
        self._inside.discard(cast(_Connection, handler))

    def _has_room(self) -> bool:
        """Whether there is, or could be made; whoever is being answered stays."""
        if len(self._inside) < self._limits.connections:
            return True
        # One that is only being set up has nothing yet that could be closed.
        idle = [one for one in self._inside if one.transport is not None and not one.is_busy]
        if idle:
            idlest = min(idle, key=lambda one: one.heard_at_s)
            self._inside.discard(idlest)
            idlest.force_close()
        return bool(idle)

    def _connection(self, heard: bytes) -> "_Connection":
        return _Connection(
            self,
            heard,
            self._limits,
            loop=self._here,
            keepalive_timeout=self._limits.idle_s,
            lingering_time=self._limits.linger_s,
            access_log=None,  # Documented, and means off.
            max_headers=_MOST_HEADERS,
        )

    async def _answer(self, request: web.BaseRequest) -> web.StreamResponse:
        connection = cast(_Connection, request.protocol)
        connection.begin()
        try:
            answer = await self._answerer(request)
        finally:
            connection.end()
        if connection.requests >= self._limits.requests:
            answer.force_close()
        return answer


class _Connection(web.RequestHandler):
    """``is_busy`` while a request is being answered; ``heard_at_s`` by the loop's clock."""

    __slots__ = ("_bytes", "_cutting", "_first", "_limits", "heard_at_s", "is_busy", "requests")

    def __init__(self, server: web.Server, first: bytes, limits: Limits, **named: Any) -> None:
        super().__init__(server, **named)
        self._first = first
        self._limits = limits
        self._bytes = 0
        self._cutting: asyncio.TimerHandle | None = None
        self.heard_at_s = self._loop.time()
        self.is_busy = False
        self.requests = 0

    def begin(self) -> None:
        """The headers of a request are complete."""
        self._stop_cutting()
        self._bytes = 0
        self.is_busy = True
        self.requests += 1

    def end(self) -> None:
        """It was answered."""
        self.is_busy = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """What was heard before comes first."""
        super().connection_made(transport)
        first, self._first = self._first, b""
        self.data_received(first)

    def data_received(self, data: bytes) -> None:
        """Whoever begins a request has to come to its end, within bounds of time and bytes.

        aiohttp counts what is in chunks, not what is around them.
        """
        self.heard_at_s = self._loop.time()
        self._bytes += len(data)
        if self._bytes > 2 * self._limits.body_bytes + _MOST_AROUND:
            self.force_close()
        if not self.is_busy and self._cutting is None:
            self._cutting = self._loop.call_later(self._limits.head_s, self.force_close)
        super().data_received(data)

    def connection_lost(self, exc: BaseException | None) -> None:
        """Leave no timer behind."""
        self._stop_cutting()
        super().connection_lost(exc)

    def handle_error(
        self,
        request: web.BaseRequest,  # noqa: ARG002
        status: int = 500,  # noqa: ARG002
        exc: BaseException | None = None,  # noqa: ARG002
        message: str | None = None,  # noqa: ARG002
    ) -> web.StreamResponse:
        """What is not HTTP gets the same answer as what does not know the path."""
        return EmptyResponse(404)

    def log_exception(self, *args: object, **kw: object) -> None:
        """Strangers do not write into our log: aiohttp quotes what they sent."""

    def _stop_cutting(self) -> None:
        if self._cutting is not None:
            self._cutting.cancel()
            self._cutting = None
