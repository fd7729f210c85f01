"""The webhook listener: where Kandy's notifications come in, on this computer's loopback only.

Says 200 only after the handler has returned, that is, after the notification is safe on disk.
Whoever does not know an open path cannot tell that anything is here.
"""

import hmac
import logging
import secrets
import traceback
from asyncio import Lock, timeout
from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from aiohttp import web

from sms_desktop.net.bare_server import Bare, BareServer, Limits
from sms_desktop.net.carried_through import carried_through
from sms_desktop.net.errors import ListenerFailed, NotKept

_log = logging.getLogger(__name__)

Handler = Callable[[bytes, Mapping[str, str]], Awaitable[None]]
"""Gets body and headers (which ignore case); raises ``NotKept`` when it could not keep them."""

_CONTINUE: Final = b"HTTP/1.1 100 Continue\r\n\r\n"


class _TooLong(Exception):
    """The body is longer than allowed."""


def random_token() -> str:
    """43 characters that nobody can guess."""
    return secrets.token_urlsafe(32)


class WebhookListener:
    """An HTTP server on 127.0.0.1 with one unguessable path for each channel.

    ``token`` makes the paths. ``accepted`` counts notifications that were kept, ``refused``
    everything else.
    """

    def __init__(
        self, *, token: Callable[[], str] = random_token, limits: Limits | None = None
    ) -> None:
        self._token = token
        self._limits = limits or Limits()
        self._handlers: dict[str, Handler] = {}
        self._runner: web.ServerRunner | None = None
        self._starting = Lock()
        self.port: int | None = None
        self.accepted = 0
        self.refused = 0

    async def start(self, port: int = 0) -> int:
        """Listen on a port (0: any free one) and name it; raises ``ListenerFailed``.

        Every account asks for it, often at once; there is one server for all.
        """
        async with self._starting:
            return await self._start(port) if self.port is None else self.port

    async def _start(self, port: int) -> int:
        self._runner = web.ServerRunner(
            BareServer(self._answer, self._limits), shutdown_timeout=self._limits.commit_s
        )
        await self._runner.setup()
        try:
            await carried_through(web.TCPSite(self._runner, "127.0.0.1", port).start())
        except OSError as problem:
            await self.close()
            raise ListenerFailed from problem
        self.port = int(self._runner.addresses[0][1])
        return self.port

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
        runner, self._runner, self.port = self._runner, None, None
        if runner is not None:
            await runner.cleanup()

    async def _answer(self, request: web.BaseRequest) -> web.StreamResponse:
        handler = self._handler_for(request)
        status = 404 if handler is None else await self._take(request, handler)
        if status == 200:
            self.accepted += 1
        else:
            self.refused += 1
        # After 503 the sender may try again over the same connection.
        return Bare(status, closing=status not in (200, 503))

    def _handler_for(self, request: web.BaseRequest) -> Handler | None:
        # Only the last part counts: a reverse proxy may put a path of its own before it.
        offered = request.rel_url.raw_path.rpartition("/")[2].encode()
        found = None
        for token, handler in list(self._handlers.items()):
            # Every one is compared, each in constant time, so that time tells nothing.
            if hmac.compare_digest(token.encode(), offered):
                found = handler
        return found if request.method == "POST" else None

    async def _take(self, request: web.BaseRequest, handler: Handler) -> int:
        try:
            async with timeout(self._limits.body_s):
                body = await self._body(request)
        except _TooLong:
            return 413
        except TimeoutError:
            return 408
        except web.RequestPayloadError:
            return 400
        return await _status_of(handler, body, request.headers)

    async def _body(self, request: web.BaseRequest) -> bytes:
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


async def _status_of(handler: Handler, body: bytes, headers: Mapping[str, str]) -> int:
    try:
        await handler(body, headers)
    except NotKept:
        return 503
    except Exception as problem:  # noqa: BLE001 - whatever it is, Kandy must not hear 200
        # Places and types only: the words of an exception may quote the notification.
        places = "".join(traceback.format_tb(problem.__traceback__))
        _log.error("A webhook handler failed with %s:\n%s", type(problem).__name__, places)
        return 503
    return 200
