"""Calls our own listener from outside: the one proof that a tunnel carries anything."""

import asyncio
import secrets
from collections.abc import Callable, Mapping
from typing import Final
from urllib.parse import urlsplit

from sms_desktop.net.errors import AnsweredTooSlowly, NetError, NoSuchHost, NotForUs
from sms_desktop.net.http import HttpDoor, Timeouts
from sms_desktop.net.listener import WebhookListener
from sms_desktop.wire.requests import Request

_TIMES: Final = Timeouts(connect_s=8, read_s=10, whole_s=15)
FIRST_S: Final = 30.0
"""How long the first call of an address may take; see ``_NAME_TRIES``."""

_NAME_TRIES: Final = 4
_NAME_WAIT_S: Final = 2.0
"""A name that the service has just made up takes some seconds to be known everywhere."""

_RENEW_S: Final = 60.0
"""A connection that is kept saves the greeting, and may outlive the way that new ones would take."""

_STALL_S: Final = 0.5


class NotCarried(NetError):
    """The public address answered, and nothing came in here."""

    sentence = (
        "The public address answers, but what was sent to it did not arrive at this computer. "
        "Does it lead to the right port?"
    )


class OwnCalls:
    """Calls from time to time, over a connection that is kept for a minute, to a path of its own."""

    def __init__(self, listener: Callable[[], WebhookListener], agent: str) -> None:
        self._listener = listener
        self._agent = agent
        self._nonce = ""
        self._path = ""
        self._has_arrived = False
        self._door: HttpDoor | None = None
        self._base_url = ""
        self._opened_at_s = 0.0

    async def call(self, public_url: str, patience_s: float, *, fresh: bool = False) -> float:
        """Send a random text round through ``public_url``; the seconds that it took.

        ``fresh``: by the way that a new connection takes now. Raises ``NetError`` where it is lost.
        """
        loop = asyncio.get_running_loop()
        while True:
            began_s = loop.time()
            try:
                async with asyncio.timeout(patience_s):
                    await self._call(public_url, fresh=fresh)
            except TimeoutError:
                # Where this program itself stood still, the time says nothing about the line.
                if loop.time() - began_s < patience_s + _STALL_S:
                    raise AnsweredTooSlowly from None
            else:
                return loop.time() - began_s

    async def close(self) -> None:
        """Close connection and path; the next call opens new ones."""
        door, self._door = self._door, None
        path, self._path = self._path, ""
        if path:
            self._listener().close_path(path)
        if door is not None:
            await door.aclose()

    async def _call(self, public_url: str, *, fresh: bool) -> None:
        parts = urlsplit(public_url)
        door = await self._door_to(f"{parts.scheme}://{parts.netloc}", fresh=fresh)
        self._path = self._path or self._listener().open_path(self._take)
        self._nonce, self._has_arrived = secrets.token_urlsafe(16), False
        request = Request("POST", parts.path + self._path, json={"probe": self._nonce})
        await _post(door, request)
        if not self._has_arrived:
            raise NotCarried

    async def _door_to(self, base_url: str, *, fresh: bool) -> HttpDoor:
        now_s = asyncio.get_running_loop().time()
        is_old = now_s - self._opened_at_s >= _RENEW_S
        if self._door is not None and (fresh or is_old or base_url != self._base_url):
            door, self._door = self._door, None
            await door.aclose()
        if self._door is None:
            self._base_url, self._opened_at_s = base_url, now_s
            self._door = HttpDoor(base_url, agent=self._agent, timeouts=_TIMES)
        return self._door

    async def _take(self, body: bytes, _headers: Mapping[str, str]) -> None:
        if self._nonce.encode() not in body:
            raise NotForUs
        self._has_arrived = True


async def probe(listener: WebhookListener, public_url: str, agent: str) -> None:
    """Call once; raises ``NetError`` where the call is lost."""
    calls = OwnCalls(lambda: listener, agent)
    try:
        await calls.call(public_url, FIRST_S)
    finally:
        await calls.close()


async def _post(door: HttpDoor, request: Request) -> None:
    for _ in range(_NAME_TRIES - 1):
        try:
            await door.exchange(request)
        except NoSuchHost:
            await asyncio.sleep(_NAME_WAIT_S)
        else:
            return
    await door.exchange(request)
