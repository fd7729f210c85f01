"""One request out, one answer in: connections, proxies, certificates, time-outs.

Knows nothing of Kandy's words and draws no conclusion from a status. Its one promise is that every
failure says whether the request may have left.
"""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

import httpx

from sms_desktop.net.base_url import is_loopback_url
from sms_desktop.net.connecting import tls_context, unreachable
from sms_desktop.net.errors import (
    AnsweredTooSlowly,
    CertificateRefused,
    ConnectTimedOut,
    NetError,
    NoAnswer,
    ProxyFailed,
    TlsFailed,
    TooBusy,
    Unreadable,
)
from sms_desktop.net.library_logging import silence_request_lines
from sms_desktop.net.uncancellable import broken_off_gently, carried_through
from sms_desktop.wire.requests import Request

_LONGEST_BODY: Final = 16 * 1024 * 1024
"""Bytes; a page of a hundred long messages has some tens of thousands."""

_BEFORE_WRITING: Final = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
    httpx.InvalidURL,
)


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds: for a free connection, to connect, between two pieces of an answer, for everything."""

    pool_s: float = 30.0
    connect_s: float = 10.0
    read_s: float = 30.0
    whole_s: float = 120.0


@dataclass(frozen=True, slots=True)
class Answer:
    """A complete answer; ``headers`` ignore case."""

    http_status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)


class HttpDoor:
    """Takes requests to one base URL (checked) and brings answers back.

    ``transport`` replaces the real connections; proxies, certificates and pool limits are then its own.
    """

    def __init__(
        self,
        base_url: str,
        *,
        agent: str,
        timeouts: Timeouts | None = None,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        silence_request_lines()
        self._base_url = base_url
        self._timeouts = timeouts or Timeouts()
        self._transport = transport
        self._client: httpx.AsyncClient | None = None
        self._headers = {"Accept": "*/*", "User-Agent": agent, "X-Cpaas-Agent": agent}

    async def exchange(self, request: Request, bearer: str | None = None) -> Answer:
        """Send a request and read the whole answer, whatever its status.

        Raises ``Unreachable`` (has not left), ``NoAnswer`` and ``Unreadable`` (may have).
        """
        wrote = _Wrote(self._base_url, self._transport is not None)
        try:
            async with asyncio.timeout(self._timeouts.whole_s):
                return await broken_off_gently(self._exchange(request, bearer, wrote))
        except TimeoutError:
            raise (AnsweredTooSlowly() if wrote.anything else ConnectTimedOut()) from None
        except (httpx.HTTPError, httpx.InvalidURL) as problem:
            # Not chained: h11 quotes headers, the token among them, in what it raises.
            raise wrote.error(problem) from None

    async def aclose(self) -> None:
        """Drop all connections."""
        if self._client is not None:
            await carried_through(self._client.aclose())

    async def _exchange(self, request: Request, bearer: str | None, wrote: "_Wrote") -> Answer:
        if self._client is None:
            self._client = self._open_client()
        built = self._client.build_request(
            request.method,
            _url(self._base_url, request),
            headers=self._headers | _content_headers(request, bearer),
            content=_content(request),
            extensions={"trace": wrote.trace},
        )
        response = await self._client.send(built, stream=True)
        try:
            body = await _read(response)
        finally:
            await response.aclose()
        return Answer(response.status_code, response.headers, body)

    def _open_client(self) -> httpx.AsyncClient:
        on_this_computer = is_loopback_url(self._base_url)
        times = self._timeouts
        try:
            return httpx.AsyncClient(
                transport=self._transport,
                # A proxy cannot reach this computer's own loopback.
                trust_env=not on_this_computer,
                verify=tls_context() if self._base_url.startswith("https:") else False,
                follow_redirects=False,
                timeout=httpx.Timeout(times.read_s, connect=times.connect_s, pool=times.pool_s),
                limits=httpx.Limits(
                    max_connections=10, max_keepalive_connections=4, keepalive_expiry=15.0
                ),
            )
        except (ValueError, ImportError):
            raise ProxyFailed(
                "The proxy in this computer's settings is of a kind that cannot be used."
            ) from None


class _Wrote:
    """Notes whether the first byte of our request was about to be written to a connection."""

    def __init__(self, base_url: str, has_no_trace: bool) -> None:
        self._host = urlsplit(base_url).hostname
        self._has_no_trace = has_no_trace
        self.anything = False
        self.asked_proxy = False

    async def trace(self, event: str, info: dict[str, Any]) -> None:
        if event == "connection.connect_tcp.started":
            self.asked_proxy = info.get("host") != self._host
        elif event.endswith(".send_request_headers.started"):
            # A proxy is first asked to connect us; that request holds nothing of ours.
            asked = info.get("request")
            self.anything = self.anything or getattr(asked, "method", b"") != b"CONNECT"

    def error(self, problem: Exception) -> NetError:
        """What a failed exchange means; ``problem`` is what httpx raised."""
        if self._has_no_trace:
            self.anything = not isinstance(problem, _BEFORE_WRITING)
        if self.anything:
            return _after_writing(problem)
        error = _before_writing(problem)
        if self.asked_proxy and not isinstance(error, CertificateRefused | TlsFailed):
            return ProxyFailed()
        return error


def _after_writing(problem: Exception) -> NetError:
    if isinstance(problem, httpx.TimeoutException):
        return AnsweredTooSlowly()
    return Unreadable() if isinstance(problem, httpx.DecodingError) else NoAnswer()


def _before_writing(problem: Exception) -> NetError:
    if isinstance(problem, httpx.PoolTimeout):
        return TooBusy()
    if isinstance(problem, httpx.ProxyError):
        return ProxyFailed()
    if isinstance(problem, httpx.TimeoutException):
        return ConnectTimedOut()
    return unreachable(problem)


def _url(base_url: str, request: Request) -> str:
    query = urlencode(dict(request.query))
    return f"{base_url}{request.path}" + (f"?{query}" if query else "")


def _content(request: Request) -> bytes | None:
    if request.form is not None:
        return urlencode(dict(request.form)).encode("ascii")
    return (
        None
        if request.json is None
        else json.dumps(request.json, separators=(",", ":")).encode("ascii")
    )


def _content_headers(request: Request, bearer: str | None) -> dict[str, str]:
    if request.form is not None:
        return {"Content-Type": "application/x-www-form-urlencoded"}
    headers = {"Content-Type": "application/json"}
    return headers if bearer is None else headers | {"Authorization": f"Bearer {bearer}"}


async def _read(response: httpx.Response) -> bytes:
    body = bytearray()
    async for piece in response.aiter_bytes():
        body += piece
        if len(body) > _LONGEST_BODY:
            raise Unreadable("The server's answer is far too long to be Kandy's.")
    return bytes(body)
