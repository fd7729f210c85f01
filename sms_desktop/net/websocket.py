"""Kandy's websocket channel: a way in that needs no tunnel. One connection, from open to dead.

Opening the next one, and catching up on what was missed, is for those who run it. The URL holds the
access token: it is in no error and no log line.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Final

import aiohttp
from yarl import URL

from sms_desktop.net.base_url import is_loopback_host
from sms_desktop.net.connecting import tls_context, unreachable
from sms_desktop.net.errors import (
    ChannelDied,
    ChannelRefused,
    ConnectTimedOut,
    NetError,
    ProxyFailed,
)

_MISSES: Final = 3
_LONGEST_FRAME: Final = 1024 * 1024
_LONGEST_SIGN: Final = 200
"""Bytes of a connCheck or connAck; what is longer is a notification."""


class WebsocketChannel:
    """One websocket. ``on_frame`` gets each notification's bytes, in order, one after the other.

    We have the connCheck role ``client``: every ``interval_s`` seconds we ask for a sign of life;
    three intervals without any mean that the channel is dead: 28 seconds at most after its last word.
    """

    def __init__(
        self,
        url: str,
        *,
        on_frame: Callable[[bytes], Awaitable[None]],
        sleep: Callable[[float], Awaitable[None]],
        interval_s: int = 7,
        connect_timeout_s: float = 15.0,
        on_open: Callable[[], None] = lambda: None,
    ) -> None:
        self._url = URL(url, encoded=True)
        self._on_frame = on_frame
        self._on_open = on_open
        self._sleep = sleep
        self._interval_s = interval_s
        self._connect_timeout_s = connect_timeout_s
        self._socket: aiohttp.ClientWebSocketResponse | None = None
        self._heard = False
        self._is_storing = False
        self._was_closed = False

    async def run(self) -> None:
        """Open, listen, and return when the channel was closed properly, by either side.

        Raises ``Unreachable``, ``ChannelRefused`` (not opened), ``ChannelDied`` (lost), and
        whatever ``on_frame`` raises: a frame that was not kept can only be had from history.
        """
        async with aiohttp.ClientSession(trust_env=not self._is_on_this_computer()) as session:
            self._socket = await self._open(session)
            self._on_open()
            reading = asyncio.create_task(self._read(self._socket), name="websocket reading")
            asking = asyncio.create_task(self._ask(self._socket), name="websocket connCheck")
            try:
                done, _ = await asyncio.wait({reading, asking}, return_when=asyncio.FIRST_COMPLETED)
            finally:
                reading.cancel()
                asking.cancel()
                await asyncio.gather(reading, asking, return_exceptions=True)
                await self._socket.close()
            # What reading says comes first: it knows of a proper ending.
            (reading if reading in done else asking).result()

    async def close(self) -> None:
        """End the channel; ``run`` returns."""
        self._was_closed = True
        if self._socket is not None:
            await self._socket.close()

    async def _open(self, session: aiohttp.ClientSession) -> aiohttp.ClientWebSocketResponse:
        try:
            async with asyncio.timeout(self._connect_timeout_s):
                return await session.ws_connect(
                    self._url,
                    max_msg_size=_LONGEST_FRAME,
                    ssl=tls_context() if self._url.scheme == "wss" else True,
                )
        except TimeoutError:
            raise ConnectTimedOut from None
        except aiohttp.ClientError as problem:
            # Not chained: aiohttp quotes the URL, and the token with it.
            raise _why_not_open(problem) from None

    async def _read(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        async for message in socket:
            if message.type is aiohttp.WSMsgType.ERROR:
                raise ChannelDied from None
            await self._take(socket, message.data)
        if not self._was_closed and socket.close_code not in (1000, 1001):
            raise ChannelDied

    async def _take(self, socket: aiohttp.ClientWebSocketResponse, data: str | bytes) -> None:
        frame = data.encode() if isinstance(data, str) else data
        self._heard = True
        sign = _sign_of_life(frame)
        if sign == "connCheck":
            # The other way round, in case Kandy takes the role that we asked for itself.
            await _say(socket, {"connAck": {}})
        elif sign is None:
            self._is_storing = True
            await self._on_frame(frame)
            self._is_storing = False

    async def _ask(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        misses = 0
        while misses < _MISSES:
            self._heard = False
            await _say(socket, {"connCheck": {"interval": self._interval_s}})
            await self._sleep(self._interval_s)
            # While a frame is being stored the answer waits unread; that is no silence of Kandy's.
            misses = 0 if self._heard or self._is_storing else misses + 1
        raise ChannelDied("Kandy's websocket channel gave no sign of life any more.")

    def _is_on_this_computer(self) -> bool:
        return is_loopback_host(self._url.host or "")


async def _say(socket: aiohttp.ClientWebSocketResponse, value: object) -> None:
    try:
        await socket.send_str(json.dumps(value))
    except ConnectionError:
        raise ChannelDied from None


def _sign_of_life(frame: bytes) -> str | None:
    if len(frame) > _LONGEST_SIGN:
        return None
    try:
        value = json.loads(frame)
    except ValueError:
        return None
    names = list(value) if isinstance(value, dict) else []
    return names[0] if names in (["connCheck"], ["connAck"]) else None


def _why_not_open(problem: aiohttp.ClientError) -> NetError:
    if isinstance(problem, aiohttp.WSServerHandshakeError):
        return ChannelRefused(problem.status)
    if isinstance(problem, aiohttp.ClientProxyConnectionError | aiohttp.ClientHttpProxyError):
        return ProxyFailed()
    return unreachable(problem)
