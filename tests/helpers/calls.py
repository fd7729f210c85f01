"""Raw connections to a listener, and listeners that keep what they are told."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress

from sms_desktop.net.listener import WebhookListener

Line = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Kept:
    """A handler that keeps what comes, once it is allowed to."""

    def __init__(self) -> None:
        self.bodies: list[bytes] = []
        self.headers: list[Mapping[str, str]] = []
        self.came = asyncio.Event()
        self.may_return = asyncio.Event()
        self.may_return.set()

    async def __call__(self, body: bytes, headers: Mapping[str, str]) -> None:
        self.came.set()
        await self.may_return.wait()
        self.bodies.append(body)
        self.headers.append(headers)


async def connect(listener: WebhookListener) -> Line:
    """A connection on which nothing was said yet."""
    return await asyncio.open_connection("127.0.0.1", listener.port)


async def raw(listener: WebhookListener, *pieces: bytes) -> bytes:
    """Everything that comes back until the listener closes the connection."""
    return await talk(await connect(listener), *pieces)


async def talk(line: Line, *pieces: bytes) -> bytes:
    """Say the pieces; everything that comes back until the other side closes."""
    reader, writer = line
    answer = b""
    with suppress(ConnectionError):
        for piece in pieces:
            writer.write(piece)
            await writer.drain()
        answer = await reader.read()
    writer.close()
    return answer


def post(path: str, body: bytes = b"{}", *more: bytes, head: bytes = b"") -> bytes:
    """A request as Kandy makes them; ``head`` stands in for the length of the body."""
    head = head or b"Content-Length: %d\r\n" % len(body)
    line = b"POST " + path.encode() + b" HTTP/1.1\r\nHost: x\r\n"
    return line + head + b"".join(one + b"\r\n" for one in more) + b"\r\n" + body
