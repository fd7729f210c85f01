"""Whoever comes in the very moment in which a server closes is let go of, and no socket stays behind."""

import asyncio
import gc
import random
import socket
import warnings
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from sms_desktop.net.control import ControlServer
from sms_desktop.net.listener import WebhookListener
from sms_desktop.simulator.server import Simulator
from sms_desktop.simulator.surroundings import Surroundings
from tests.helpers.cuttable_tunnel import CuttableTunnel
from tests.helpers.kandy_session import OWN
from tests.helpers.raw_kandy import RawKandy

Server = tuple[int, Callable[[], Awaitable[None]]]
"""The port of one that listens, and how to close it."""


async def _control(folder: Path) -> Server:
    async def handle(_command: str, _payload: dict[str, object]) -> dict[str, object]:
        return {}

    server = ControlServer(handle)
    await server.start(folder / "control.json")
    assert server._server is not None
    return server._server.sockets[0].getsockname()[1], server.close


async def _listener(_folder: Path) -> Server:
    listener = WebhookListener()
    return await listener.start(), listener.close


async def _simulator(_folder: Path) -> Server:
    around = Surroundings(now_ms=lambda: 1_795_000_000_000, rng=random.Random(1))
    simulator = Simulator((OWN,), "empty", around)
    await simulator.start()
    known = simulator.sign_in_of(simulator.account)
    return int(urlsplit(str(known["base_url"])).port or 0), simulator.close


async def _simulator_offline(folder: Path) -> Server:
    """Its port goes away and comes again."""
    port, close = await _simulator(folder)
    kandy: Simulator = close.__self__  # type: ignore[attr-defined]

    async def switch() -> None:
        assert kandy._kandy_port is not None
        await kandy._kandy_port.close()
        await close()

    return port, switch


async def _tunnel(_folder: Path) -> Server:
    tunnel = CuttableTunnel()
    url = await tunnel.open(9)
    return int(urlsplit(url).port or 0), tunnel.close


async def _raw_kandy(_folder: Path) -> Server:
    kandy = RawKandy()
    await kandy.start()
    return kandy.port, kandy.close


@asynccontextmanager
async def nothing_stays_open() -> AsyncIterator[None]:
    """What is left at the end of the block is named by the garbage collection."""
    gc.collect()
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        yield
        await asyncio.sleep(0)
        gc.collect()
    assert not [str(w.message) for w in seen if "unclosed" in str(w.message)]


@pytest.mark.parametrize("turns", range(1, 4))
@pytest.mark.parametrize(
    "start", [_control, _listener, _simulator, _simulator_offline, _tunnel, _raw_kandy]
)
async def test_a_connection_at_the_last_moment(
    start: Callable[[Path], Awaitable[Server]], turns: int, tmp_path: Path
) -> None:
    async with nothing_stays_open():
        port, close = await start(tmp_path)
        # Connected at once, as far as the system is concerned; the loop learns of it by and by.
        with socket.create_connection(("127.0.0.1", port)) as guest:
            for _ in range(turns):
                await asyncio.sleep(0)
            await close()
            guest.setblocking(False)
