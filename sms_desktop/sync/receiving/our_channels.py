"""The notification channels of this installation at Kandy: makes them, and clears old ones away.

"Ours" is a channel that was written down when Kandy answered, that carries this installation's
correlator, or that leads to a URL which was written down before Kandy was asked: so one whose answer
was lost is found too.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection
from dataclasses import replace
from http import HTTPStatus
from typing import Final

from sms_desktop.domain.clock import NowMs
from sms_desktop.domain.ids import AccountId, ChannelId
from sms_desktop.net.errors import NetError, Refused
from sms_desktop.net.kandy import KandyClient
from sms_desktop.net.listener import random_token
from sms_desktop.store import channels
from sms_desktop.store.database import Database
from sms_desktop.sync.receiving.call_proof import CallProof
from sms_desktop.wire.answers import Channel

_log = logging.getLogger(__name__)

_NONE: Final[frozenset[ChannelId]] = frozenset()


class OurChannels:
    """Channels of one account; one that is in use stays until ``let_go``."""

    def __init__(
        self,
        account_id: AccountId,
        client: KandyClient,
        store: Database,
        *,
        correlator: str,
        now_ms: NowMs,
    ) -> None:
        self._account_id = account_id
        self._client = client
        self._store = store
        self._correlator = correlator
        self._now_ms = now_ms
        self._in_use: set[ChannelId] = set()
        self._was_swept = False
        # What Kandy is just making must not look like something left behind.
        self._turn = asyncio.Lock()

    async def make_webhook(self, url: str) -> Channel:
        """A channel that posts to ``url``; raises ``NetError`` and ``StoreError``."""
        now_ms = self._now_ms()
        await self._store.write(
            lambda db: channels.ask_for_channel(db, self._account_id, url, now_ms)
        )
        return await self._make(lambda: self._asked_webhook(url))

    async def make_websocket(self, lifetime_s: int) -> Channel:
        """A channel that is a websocket; raises ``NetError`` and ``StoreError``."""
        return await self._make(lambda: self._client.create_websocket(lifetime_s))

    def proof_of(self, channel: Channel) -> CallProof:
        """What tells Kandy's calls to a webhook from a stranger's."""
        return CallProof(
            self._account_id,
            channel.channel_id,
            channel.authorization or "",
            self._store,
            self._now_ms,
        )

    def let_go(self, channel_id: ChannelId) -> None:
        """A channel is of no use any more; it goes once everything stands on another one."""
        self._in_use.discard(channel_id)

    async def knows(self, channel_id: ChannelId) -> bool:
        """Whether a channel still is at Kandy; where Kandy does not say, it is."""
        try:
            return any(c.channel_id == channel_id for c in await self._client.channels())
        except NetError as error:
            _log.info("the channels could not be listed: %s", type(error).__name__)
            return True

    async def recorded(self) -> set[ChannelId]:
        """The ids of those that were written down."""
        found = await self._store.write(lambda db: channels.our_channels(db, self._account_id))
        return {one.channel_id for one in found}

    async def drop_but(self, needed: Collection[ChannelId]) -> None:
        """Delete what is neither in use nor ``needed`` by a subscription; raises ``StoreError``."""
        async with self._turn:
            await self._drop_but(self._in_use | set(needed))

    async def drop_all(self) -> None:
        """Delete every one: the account is taking leave. Raises ``StoreError``."""
        self._was_swept = False
        async with self._turn:
            await self._drop_but(_NONE)

    async def _make(self, ask: Callable[[], Awaitable[Channel]]) -> Channel:
        async with self._turn:
            # An answer that is lost leaves a channel behind.
            was_swept, self._was_swept = self._was_swept, False
            channel = await ask()
            await self._save(channel)
            self._was_swept = was_swept
            self._in_use.add(channel.channel_id)
        return channel

    async def _asked_webhook(self, url: str) -> Channel:
        asked = f"Bearer {random_token()}"
        try:
            channel = await self._client.create_webhook(url, asked)
        except Refused as error:
            if error.http_status != HTTPStatus.BAD_REQUEST:
                raise
            # Nobody documents the field: a Kandy that does not know it may not want to hear it.
            return await self._client.create_webhook(url)
        # Where the answer names another, that one counts.
        return replace(channel, authorization=channel.authorization or asked)

    async def _save(self, channel: Channel) -> None:
        now_ms = self._now_ms()
        await self._store.write(
            lambda db: channels.save_channel(
                db,
                self._account_id,
                channel.channel_id,
                channel.url or "",
                channel.kind,
                channel.authorization,
                now_ms,
            )
        )

    async def _drop_but(self, kept: Collection[ChannelId]) -> None:
        doomed = await self.recorded()
        try:
            if not self._was_swept:
                doomed |= await self._listed()
            for channel_id in sorted(doomed - set(kept)):
                await self._client.delete_channel(channel_id)
                await self._forget(channel_id)
        except NetError as error:
            _log.info("an old channel stays for now: %s", type(error).__name__)
            return
        self._was_swept = set(kept) <= self._in_use

    async def _listed(self) -> set[ChannelId]:
        urls = await self._store.write(lambda db: channels.asked_urls(db, self._account_id))
        return {
            one.channel_id
            for one in await self._client.channels()
            if one.correlator == self._correlator or one.url in urls
        }

    async def _forget(self, channel_id: ChannelId) -> None:
        await self._store.write(
            lambda db: channels.forget_channel(db, self._account_id, channel_id)
        )
