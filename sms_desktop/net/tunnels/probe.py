"""Calls our own listener from outside: the one proof that a tunnel carries anything."""

import asyncio
import secrets
from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

from sms_desktop.net.errors import NetError, NoSuchHost
from sms_desktop.net.http import HttpDoor, Timeouts
from sms_desktop.net.listener import WebhookListener
from sms_desktop.wire.requests import Request

_TIMES: Final = Timeouts(connect_s=8, read_s=10, whole_s=15)
_NAME_TRIES: Final = 4
_NAME_WAIT_S: Final = 2.0
"""A name that the service has just made up takes some seconds to be known everywhere."""


class NotCarried(NetError):
    """The public address answered, and nothing came in here."""

    sentence = (
        "The public address answers, but what was sent to it did not arrive at this computer. "
        "Does it lead to the right port?"
    )


async def probe(listener: WebhookListener, public_url: str, agent: str) -> None:
    """Send a random text round through ``public_url``; raises ``NetError`` where it is lost."""
    nonce = secrets.token_urlsafe(16)
    arrived = asyncio.Event()

    async def take(body: bytes, _headers: Mapping[str, str]) -> None:
        if nonce.encode() in body:
            arrived.set()

    parts = urlsplit(public_url)
    path = listener.open_path(take)
    door = HttpDoor(f"{parts.scheme}://{parts.netloc}", agent=agent, timeouts=_TIMES)
    try:
        await _post(door, Request("POST", parts.path + path, json={"probe": nonce}))
    finally:
        listener.close_path(path)
        await door.aclose()
    if not arrived.is_set():
        raise NotCarried


async def _post(door: HttpDoor, request: Request) -> None:
    for _ in range(_NAME_TRIES - 1):
        try:
            await door.exchange(request)
        except NoSuchHost:
            await asyncio.sleep(_NAME_WAIT_S)
        else:
            return
    await door.exchange(request)
