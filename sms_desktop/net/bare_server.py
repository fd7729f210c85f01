"""An HTTP server that says as little as possible to strangers. Knows no paths and no handlers.

Everything that goes wrong looks the same from outside: an empty 404, no name of a server, a closed
connection. Nothing that strangers send is written to the log.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import cast

from aiohttp import web

Answerer = Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]


@dataclass(frozen=True, slots=True)
class Limits:
    """What strangers may cost us: bytes, seconds, open connections.

    ``headers_s``: until a request's headers are complete, counted from the opening of the
    connection or from the answer before. ``body_s``: for the whole body. ``linger_s``: for reading
    on after a refusal, without which the refusal might not reach the client. ``commit_s``: how long
    closing waits for handlers.
    """

    body_bytes: int = 256 * 1024
    headers_s: float = 10.0
    body_s: float = 10.0
    linger_s: float = 2.0
    commit_s: float = 5.0
    connections: int = 256


class Bare(web.Response):
    """An answer with a status and nothing else; ``closing`` ends the connection after it."""

    def __init__(self, status: int, *, closing: bool = True) -> None:
        super().__init__(status=status)
        if closing:
            self.force_close()

    async def _prepare_headers(self) -> None:
        await super()._prepare_headers()
        # aiohttp names itself, Python and both versions.
        self.headers.popall("Server", None)


class BareServer(web.Server):
    """Passes each complete request head to ``answerer``; cuts off connections beyond the limit."""

    def __init__(self, answerer: Answerer, limits: Limits) -> None:
        super().__init__(answerer)
        self._here = asyncio.get_running_loop()
        self._limits = limits

    def __call__(self) -> asyncio.BaseProtocol:  # type: ignore[override]  # asyncio wants no more
        """The protocol of one more connection."""
        if len(self.connections) >= self._limits.connections:
            return _OneTooMany()
        return _Connection(
            self,
            loop=self._here,
            # aiohttp counts this from the opening of a connection too, until the headers are there.
            keepalive_timeout=self._limits.headers_s,
            lingering_time=self._limits.linger_s,
            access_log=None,  # type: ignore[arg-type]  # None is documented, and means off.
            max_headers=64,
        )


class _OneTooMany(asyncio.Protocol):
    """Cuts its connection off at once."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        cast(asyncio.Transport, transport).abort()


class _Connection(web.RequestHandler):
    __slots__ = ()

    def handle_error(
        self,
        request: web.BaseRequest,  # noqa: ARG002
        status: int = 500,  # noqa: ARG002
        exc: BaseException | None = None,  # noqa: ARG002
        message: str | None = None,  # noqa: ARG002
    ) -> web.StreamResponse:
        """What is not HTTP gets the same answer as what does not know the path."""
        return Bare(404)

    def log_exception(self, *args: object, **kw: object) -> None:
        """Strangers do not write into our log: aiohttp quotes what they sent."""
