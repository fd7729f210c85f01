"""A server that does what a test says, and clients that talk to it."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest

from sms_desktop.net.connection_filter import Patience
from sms_desktop.net.credentials import Credentials, ProjectCredentials
from sms_desktop.net.http import Timeouts
from sms_desktop.net.kandy import KandyClient
from sms_desktop.net.listener import WebhookListener
from sms_desktop.net.minimal_http import Limits
from tests.helpers.raw_kandy import RawKandy

SECRET = "s3cret-of-the-project"


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "SSL_CERT_FILE"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture
async def server() -> AsyncIterator[RawKandy]:
    raw = RawKandy()
    await raw.start()
    yield raw
    await raw.close()


class Clock:
    def __init__(self) -> None:
        self.ms = 1_700_000_000_000

    def __call__(self) -> int:
        return self.ms


@pytest.fixture
def clock() -> Clock:
    return Clock()


MakeClient = Callable[..., KandyClient]


@pytest.fixture
async def make_client(clock: Clock) -> AsyncIterator[MakeClient]:
    made: list[KandyClient] = []

    def make(
        base_url: str, credentials: Credentials | None = None, timeouts: Timeouts | None = None
    ) -> KandyClient:
        client = KandyClient(
            base_url,
            credentials or ProjectCredentials("private-key", SECRET),
            agent="sms-desktop/0",
            correlator="device-1",
            now_ms=clock,
            timeouts=timeouts,
        )
        made.append(client)
        return client

    yield make
    for client in made:
        await client.aclose()


@pytest.fixture
def client(make_client: MakeClient, server: RawKandy) -> KandyClient:
    return make_client(f"http://127.0.0.1:{server.port}")


MakeListener = Callable[..., Awaitable[WebhookListener]]


@pytest.fixture
async def make_listener() -> AsyncIterator[MakeListener]:
    made: list[WebhookListener] = []

    async def make(*, waiting: int = 128, silence_s: float = 5.0, **limits: Any) -> WebhookListener:
        patience = Patience(waiting=waiting, silence_s=silence_s, share=1.0)
        listener = WebhookListener(limits=Limits(**limits), patience=patience)
        made.append(listener)
        await listener.start()
        return listener

    yield make
    for listener in made:
        await listener.close()


@pytest.fixture
async def listener(make_listener: MakeListener) -> WebhookListener:
    return await make_listener()
