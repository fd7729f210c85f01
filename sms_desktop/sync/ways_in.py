"""The ways by which Kandy's notifications reach this computer: a webhook, or Kandy's websocket."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Final, Protocol

from sms_desktop.domain.clock import NowMs
from sms_desktop.domain.ids import AccountId, ChannelId
from sms_desktop.net.errors import ChannelDied, NetError, Refused
from sms_desktop.net.kandy import KandyClient
from sms_desktop.net.listener import WebhookListener
from sms_desktop.net.tunnels.models import Tunnel
from sms_desktop.net.websocket import WebsocketChannel
from sms_desktop.store import channels
from sms_desktop.store.database import Database
from sms_desktop.sync.backoff import Random, Sleep, delay_s
from sms_desktop.sync.tasks import until_one_ends
from sms_desktop.wire.answers import Channel

_log = logging.getLogger(__name__)

WEBSOCKET: Final = "websocket"
"""What an account's ``tunnel`` says when it needs none."""

_LIFETIME_S: Final = 3600

Take = Callable[[bytes], Awaitable[None]]
"""Keeps one notification; raises ``NotKept`` where it could not."""


class WayIn(Protocol):
    """One way in; ``title`` names it for people.

    ``listening_at`` is the local address that it needs, once open; empty for one that needs none.
    """

    title: str
    listening_at: str

    async def open(self) -> ChannelId:
        """Make the channel at Kandy; raises ``NetError``."""
        ...

    async def ready(self) -> None:
        """Return once notifications get through; while ``hold`` runs."""
        ...

    async def hold(self) -> None:
        """Keep it open until it is lost; raises ``NetError`` then, and never just returns."""
        ...

    async def close(self) -> None:
        """Stop taking notifications."""
        ...


class WebhookWay:
    """Kandy calls a path of our listener, through a tunnel."""

    def __init__(
        self,
        account_id: AccountId,
        client: KandyClient,
        store: Database,
        listener: WebhookListener,
        tunnel: Tunnel,
        take: Take,
        now_ms: NowMs,
    ) -> None:
        self.title = f"webhook through {tunnel.name}"
        self._account_id = account_id
        self._client = client
        self._store = store
        self._listener = listener
        self._tunnel = tunnel
        self._take = take
        self._now_ms = now_ms
        self._path = ""
        self.listening_at = ""

    async def open(self) -> ChannelId:
        """Open path, tunnel and channel."""
        port = await self._listener.start()
        self.listening_at = f"127.0.0.1:{port}"
        self._path = self._listener.open_path(self._receive)
        url = (await self._tunnel.open(port)).rstrip("/") + self._path
        channel = await self._client.create_webhook(url)
        await save_channel(self._store, self._account_id, channel, self._now_ms())
        return channel.channel_id

    async def ready(self) -> None:
        """The path has been open since ``open``."""

    async def hold(self) -> None:
        """Wait until cancelled: these tunnels do not tell of their end."""
        await asyncio.Event().wait()

    async def close(self) -> None:
        """Close path and tunnel."""
        if self._path:
            self._listener.close_path(self._path)
            self._path = ""
        await self._tunnel.close()

    async def _receive(self, body: bytes, _headers: Mapping[str, str]) -> None:
        await self._take(body)


class WebsocketWay:
    """Kandy sends frames over a websocket that we open; needs no public address."""

    def __init__(
        self,
        account_id: AccountId,
        client: KandyClient,
        store: Database,
        take: Take,
        now_ms: NowMs,
        sleep: Sleep,
        random: Random,
    ) -> None:
        self.title = "Kandy's websocket"
        self.listening_at = ""
        self._account_id = account_id
        self._client = client
        self._store = store
        self._take = take
        self._now_ms = now_ms
        self._sleep = sleep
        self._random = random
        self._channel: Channel | None = None
        self._opened = asyncio.Event()

    async def open(self) -> ChannelId:
        """Make the channel; frames begin with ``hold``."""
        self._channel = await self._client.create_websocket(_LIFETIME_S)
        await save_channel(self._store, self._account_id, self._channel, self._now_ms())
        return self._channel.channel_id

    async def ready(self) -> None:
        """Wait until the websocket is open; subscribing before would lose what comes at once."""
        await self._opened.wait()

    async def hold(self) -> None:
        """Take frames until the websocket dies; keeps the channel alive meanwhile."""
        if self._channel is None:
            raise ChannelDied
        url = await self._client.websocket_url(self._channel)
        socket = WebsocketChannel(
            url, on_frame=self._take, sleep=self._sleep, on_open=self._opened.set
        )
        await until_one_ends(socket.run(), self._renew(self._channel))
        raise ChannelDied("Kandy has closed the websocket channel.")

    async def close(self) -> None:
        """Nothing is left open once ``hold`` has ended."""

    async def _renew(self, channel: Channel) -> None:
        """Renew at half of the lifetime; one failure leaves time for more tries."""
        wait_s, failures = _LIFETIME_S / 2, 0
        while True:
            await self._sleep(wait_s)
            try:
                await self._client.renew_channel(channel, _LIFETIME_S)
            except Refused:
                # Kandy knows the channel no more: only a new one will do.
                raise ChannelDied from None
            except NetError as error:
                _log.info("the channel was not renewed: %s", type(error).__name__)
                failures += 1
                wait_s = delay_s(failures, self._random)
            else:
                wait_s, failures = _LIFETIME_S / 2, 0


async def save_channel(
    store: Database, account_id: AccountId, channel: Channel, now_ms: int
) -> None:
    """Write a channel down as ours, so that a later run can clear it away."""
    await store.write(
        lambda db: channels.save_channel(
            db,
            account_id,
            channel.channel_id,
            channel.url or "",
            channel.kind,
            channel.authorization,
            now_ms,
        )
    )
