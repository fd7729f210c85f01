"""Servers whose start, or end, is broken off at any moment leave no socket behind."""

import asyncio
import gc
import warnings
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path

import pytest

from sms_desktop.net.control import ControlServer
from sms_desktop.net.listener import WebhookListener


async def _cancelled_after(turns: int, start: Callable[[], Awaitable[object]]) -> None:
    starting = asyncio.ensure_future(start())
    for _ in range(turns):
        await asyncio.sleep(0)
    starting.cancel()
    await asyncio.wait([starting])


async def _keep(_body: bytes, _headers: Mapping[str, str]) -> None:
    pass


async def _nothing_is_left_open() -> None:
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        gc.collect()
        await asyncio.sleep(0)
        gc.collect()
    assert not [str(w.message) for w in seen if "unclosed" in str(w.message)]


@pytest.mark.parametrize("turns", range(1, 9))
async def test_a_webhook_listener(turns: int) -> None:
    listener = WebhookListener()
    await _cancelled_after(turns, listener.start)
    await listener.close()
    await _nothing_is_left_open()


@pytest.mark.parametrize("turns", range(1, 9))
async def test_the_end_of_a_webhook_listener(turns: int) -> None:
    listener = WebhookListener()
    port = await listener.start()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(
        b"POST %s HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}"
        % listener.open_path(_keep).encode()
    )
    assert b" 200 " in await reader.readuntil(b"\r\n\r\n")
    await _cancelled_after(turns, listener.close)
    assert await reader.read() == b""
    writer.close()
    await _nothing_is_left_open()


@pytest.mark.parametrize("turns", range(1, 9))
async def test_a_control_server(turns: int, tmp_path: Path) -> None:
    async def handle(_command: str, _payload: dict[str, object]) -> dict[str, object]:
        return {}

    server = ControlServer(handle)
    file = tmp_path / "control.json"
    await _cancelled_after(turns, lambda: server.start(file))
    await server.close()
    assert not file.exists()
    await _nothing_is_left_open()
