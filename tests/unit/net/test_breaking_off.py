"""A request that is broken off at any moment leaves no connection open behind it."""

import asyncio
import gc
from collections.abc import AsyncIterator

import pytest

from sms_desktop.net.http import HttpDoor
from sms_desktop.wire.requests import Request
from tests.helpers.raw_kandy import Asked, RawKandy, http

WHEREVER = Request("GET", "/anything")
AT_ONCE = 3


class _Gate:
    """Answers when so many have asked, so that each needs a connection of its own."""

    def __init__(self) -> None:
        self._waiting = 0
        self._all_here = asyncio.Event()

    async def __call__(self, _asked: Asked) -> bytes:
        self._waiting += 1
        if self._waiting == AT_ONCE:
            self._all_here.set()
        await self._all_here.wait()
        return http(200, {})


@pytest.fixture
async def kandy() -> AsyncIterator[RawKandy]:
    made = RawKandy(other=_Gate())
    await made.start()
    yield made
    await made.close()


@pytest.mark.parametrize("turns", range(16))
async def test_while_connections_that_died_are_being_closed(kandy: RawKandy, turns: int) -> None:
    door = HttpDoor(f"http://127.0.0.1:{kandy.port}", agent="test")
    await asyncio.gather(*(door.exchange(WHEREVER) for _ in range(AT_ONCE)))
    await kandy.hang_up()
    asking = asyncio.create_task(door.exchange(WHEREVER))
    for _ in range(turns):
        await asyncio.sleep(0)
    asking.cancel()
    await asyncio.wait([asking])
    await door.aclose()
    del door, asking
    # What is still open says so as a warning, which fails the test.
    gc.collect()
