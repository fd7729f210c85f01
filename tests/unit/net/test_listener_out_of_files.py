"""The listener while this process may open no more files, and afterwards."""

import asyncio
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest

from sms_desktop.net.listener import WebhookListener

resource = pytest.importorskip("resource", reason="Windows has no such limit")
MANY = 400


@contextmanager
def no_file_left() -> Iterator[None]:
    """Everything that may be open is open."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    hogged: list[int] = []
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(soft, MANY), hard))
    try:
        with suppress(OSError):
            while True:
                hogged.append(os.dup(0))
        yield
    finally:
        for one in hogged:
            os.close(one)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


class Kept:
    def __init__(self) -> None:
        self.bodies: list[bytes] = []

    async def __call__(self, body: bytes, _headers: object) -> None:
        self.bodies.append(body)


async def _asked(client: socket.socket, path: str, body: bytes) -> bytes:
    loop = asyncio.get_running_loop()
    head = f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: {len(body)}\r\n\r\n"
    await loop.sock_sendall(client, head.encode() + body)
    return await loop.sock_recv(client, 1000)


async def test_who_comes_while_no_file_can_be_opened_is_served_as_soon_as_one_can(
    listener: WebhookListener,
) -> None:
    kept = Kept()
    path = listener.open_path(kept)
    clients = [socket.socket() for _ in range(3)]
    early = clients.pop()
    for client in (early, *clients):
        client.setblocking(False)
    loop = asyncio.get_running_loop()
    where = ("127.0.0.1", listener.port)
    await loop.sock_connect(early, where)
    assert b" 200 " in await _asked(early, path, b"before")
    with no_file_left():
        asking = []
        for number, client in enumerate(clients):
            await loop.sock_connect(client, where)
            asking.append(asyncio.create_task(_asked(client, path, b"late %d" % number)))
        # Who was inside before needs no file, and a turn of the filter passes meanwhile.
        for _ in range(20):
            assert b" 200 " in await _asked(early, path, b"meanwhile")
        assert b"late 0" not in kept.bodies
    assert all(b" 200 " in answer for answer in await asyncio.gather(*asking))
    assert {b"late 0", b"late 1"} < set(kept.bodies)
    for client in (early, *clients):
        client.close()


async def test_a_stranger_who_says_nothing_gives_way_where_files_are_short(
    listener: WebhookListener,
) -> None:
    path = listener.open_path(Kept())
    silent, client = socket.socket(), socket.socket()
    loop = asyncio.get_running_loop()
    where = ("127.0.0.1", listener.port)
    for one in (silent, client):
        one.setblocking(False)
    await loop.sock_connect(silent, where)
    assert listener._filter is not None
    while not listener._filter._waiting:  # noqa: ASYNC110 - the filter has a thread of its own
        await asyncio.sleep(0)
    with no_file_left():
        await loop.sock_connect(client, where)
        assert b" 200 " in await _asked(client, path, b"{}")
        assert await loop.sock_recv(silent, 10) == b""
    for one in (silent, client):
        one.close()
