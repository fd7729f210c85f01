"""A program at a desk: signed in, live, with a Kandy of its own."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.helpers.desk import Desk, open_desk


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture
async def cold_desk(tmp_path: Path) -> AsyncIterator[Desk]:
    """Nothing has been started and nobody has signed in."""
    async with open_desk(tmp_path) as desk:
        yield desk


@pytest.fixture
async def desk(cold_desk: Desk) -> Desk:
    """Signed in through a webhook, and live."""
    await cold_desk.start()
    await cold_desk.sign_in()
    await cold_desk.until_live()
    await cold_desk.kandy.control.delete("/counters")
    return cold_desk


@pytest.fixture
async def websocket_desk(cold_desk: Desk) -> Desk:
    """Signed in through Kandy's websocket, and live."""
    await cold_desk.start()
    await cold_desk.sign_in("websocket")
    await cold_desk.until_live()
    await cold_desk.kandy.control.delete("/counters")
    return cold_desk
