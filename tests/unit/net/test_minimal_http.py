"""Connections that are let in at once, where there is room for fewer."""

import asyncio
import socket

from aiohttp import web

from sms_desktop.net.minimal_http import EmptyResponse, Limits, MinimalHttpServer

_ASKING = b"POST / HTTP/1.1\r\nHost: x\r\n\r\n"


async def test_one_too_many_in_the_same_moment_is_closed_and_not_forgotten() -> None:
    async def answer(_request: web.BaseRequest) -> web.StreamResponse:
        return EmptyResponse(200)

    server = MinimalHttpServer(answer, Limits(connections=1))
    pairs = [socket.socketpair() for _ in range(2)]
    await asyncio.gather(*(server.enter(ours, _ASKING) for ours, _ in pairs))
    said = []
    for _, theirs in pairs:
        theirs.setblocking(False)
        reader, writer = await asyncio.open_connection(sock=theirs)
        said.append(await reader.read())
        writer.close()
    assert said[0].startswith(b"HTTP/1.1 200 ")
    assert said[1] == b""
    await server.close()
