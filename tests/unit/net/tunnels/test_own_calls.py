"""Calls of our own address from time to time: over one connection, unless that might be a lie."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from sms_desktop.net.errors import AnsweredTooSlowly, NetError
from sms_desktop.net.listener import WebhookListener
from sms_desktop.net.tunnels.probe import OwnCalls
from tests.helpers.cuttable_tunnel import CuttableTunnel

PATIENCE_S = 20.0


class Line(CuttableTunnel):
    """Counts the connections that are made through it."""

    connections = 0

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        super()._accept(reader, writer)


@pytest.fixture
async def listener() -> AsyncIterator[WebhookListener]:
    made = WebhookListener()
    await made.start()
    yield made
    await made.close()


@pytest.fixture
async def calls(listener: WebhookListener) -> AsyncIterator[OwnCalls]:
    made = OwnCalls(lambda: listener, "test")
    yield made
    await made.close()


@pytest.fixture
async def line(listener: WebhookListener) -> AsyncIterator[Line]:
    made = Line()
    yield made
    await made.close()


async def test_one_connection_serves_many_calls(
    listener: WebhookListener, calls: OwnCalls, line: Line
) -> None:
    url = await line.open(listener.port or 0)
    for _ in range(5):
        assert await calls.call(url, PATIENCE_S) >= 0
    assert line.connections == 1
    await calls.call(url, PATIENCE_S, fresh=True)
    assert line.connections == 2


async def test_a_kept_connection_does_not_hide_a_cut_line(
    listener: WebhookListener, calls: OwnCalls, line: Line
) -> None:
    url = await line.open(listener.port or 0)
    await calls.call(url, PATIENCE_S)
    await line.cut()
    for fresh in (False, True):
        with pytest.raises(NetError):
            await calls.call(url, PATIENCE_S, fresh=fresh)
    url = await line.open(listener.port or 0)
    await calls.call(url, PATIENCE_S)


async def test_an_answer_that_does_not_come_is_not_waited_for_longer_than_wanted(
    calls: OwnCalls,
) -> None:
    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    async with await asyncio.start_server(silent, "127.0.0.1", 0) as server:
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        with pytest.raises(AnsweredTooSlowly):
            await calls.call(url, 0.05)


async def test_time_in_which_the_program_stood_still_says_nothing(
    listener: WebhookListener, calls: OwnCalls, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As after SIGCONT: the clock has jumped over the patience while the answer was under way."""
    loop = asyncio.get_running_loop()
    time_s, jumped = loop.time, 0.0
    call = calls._call
    stood_still = 0

    async def once_interrupted(url: str, *, fresh: bool) -> None:
        nonlocal jumped, stood_still
        if not stood_still:
            stood_still += 1
            jumped = 100.0
            await asyncio.Event().wait()
        await call(url, fresh=fresh)

    monkeypatch.setattr(loop, "time", lambda: time_s() + jumped)
    monkeypatch.setattr(calls, "_call", once_interrupted)
    await calls.call(f"http://127.0.0.1:{listener.port}", PATIENCE_S)
    assert stood_still == 1


async def test_a_stranger_at_the_path_hears_what_strangers_hear(
    listener: WebhookListener, calls: OwnCalls
) -> None:
    await calls.call(f"http://127.0.0.1:{listener.port}", PATIENCE_S)
    reader, writer = await asyncio.open_connection("127.0.0.1", listener.port)
    head = f"POST {calls._path} HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n"
    writer.write(head.encode() + b"{}")
    assert b" 404 " in await reader.readline()
    writer.close()
    await calls.close()
    assert not listener._handlers
