"""Reads from Kandy's history what was missed while nobody listened.

Only adds: a message that is missing at Kandy is not a deleted message (trial accounts store a
thousand). Reading twice is harmless, so each run begins a little before the end of the last one.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from sms_desktop.domain.address import Address
from sms_desktop.domain.changes import NOTHING, Changes
from sms_desktop.domain.clock import NowMs
from sms_desktop.domain.ids import AccountId
from sms_desktop.domain.message import Direction, Origin, ServerMessage, TimelineKey
from sms_desktop.net.kandy import KandyClient
from sms_desktop.store import conversations, history, messages
from sms_desktop.store.connection import Connection
from sms_desktop.store.database import Database
from sms_desktop.sync.events import Publish, TimelineChanged
from sms_desktop.wire.answers import Thread

_OVERLAP_MS: Final = 10 * 60_000
_BATCH: Final = 200
_LAST_TIE: Final = 2**62


class CatchUp:
    """Compares Kandy's history of one account with the store, and adds what is missing."""

    def __init__(
        self,
        account_id: AccountId,
        client: KandyClient,
        store: Database,
        publish: Publish,
        *,
        now_ms: NowMs,
    ) -> None:
        self._account_id = account_id
        self._client = client
        self._store = store
        self._publish = publish
        self._now_ms = now_ms

    async def run(self) -> None:
        """Read everything since the last complete run; raises ``NetError`` and ``StoreError``."""
        started_ms = self._now_ms()
        read_at_ms = await self._store.write(lambda db: history.read_at_ms(db, self._account_id))
        since_ms = None if read_at_ms is None else read_at_ms - _OVERLAP_MS
        async for thread in self._client.threads(since_ms):
            if since_ms is None:
                await self._read_first_time(thread)
            elif thread.last_at_ms is None or thread.last_at_ms >= since_ms:
                await self.read_thread(thread.local, thread.remote, since_ms)
        await self._store.write(lambda db: history.set_read_at_ms(db, self._account_id, started_ms))

    async def read_thread(self, local: Address, remote: Address, since_ms: int | None) -> None:
        """Read one thread's messages since a time; what is already known changes nothing."""
        batch: list[ServerMessage] = []
        async for message in self._client.messages(local, remote, since_ms):
            batch.append(message)
            if len(batch) == _BATCH:
                await self._keep(batch)
                batch = []
        await self._keep(batch)

    async def _read_first_time(self, thread: Thread) -> None:
        """Years may come in: only what Kandy itself calls new counts as unread."""
        found = [m async for m in self._client.messages(thread.local, thread.remote, None)]
        found.sort(key=lambda m: m.at_ms)
        first_new = _where_news_begins(found, thread.new or 0)
        seen, news = found[:first_new], found[first_new:]
        for start in range(0, len(seen), _BATCH):
            await self._keep(seen[start : start + _BATCH], is_news=False, sent_from=Origin.UNKNOWN)
        if seen:
            await self._mark_read(thread, seen[-1].at_ms)
        await self._keep(news, sent_from=Origin.UNKNOWN)

    async def _mark_read(self, thread: Thread, at_ms: int) -> None:
        def job(db: Connection) -> Changes:
            conversation = conversations.ensure(db, self._account_id, thread.local, thread.remote)
            return conversations.mark_read(db, conversation, TimelineKey(at_ms, _LAST_TIE))

        await self._write(job)

    async def _keep(
        self,
        found: list[ServerMessage],
        *,
        is_news: bool = True,
        sent_from: Origin = Origin.OTHER_DEVICE,
    ) -> None:
        if not found:
            return
        now_ms = self._now_ms()

        def job(db: Connection) -> Changes:
            changes = NOTHING
            for message in found:
                changes |= messages.record(
                    db,
                    self._account_id,
                    # Kandy does not always say when: better now than 1970.
                    message if message.at_ms else replace(message, at_ms=now_ms),
                    counts_as_unread=is_news,
                    sent_from=sent_from,
                    now_ms=now_ms,
                )
            return changes

        await self._write(job)

    async def _write(self, job: Callable[[Connection], Changes]) -> None:
        if changes := await self._store.write(job):
            self._publish(TimelineChanged(changes))


def _where_news_begins(found: list[ServerMessage], new: int) -> int:
    """Index of the first of the last ``new`` inbound messages; the end where nothing is new."""
    inbound = [at for at, m in enumerate(found) if m.direction is Direction.INBOUND]
    return inbound[-new:][0] if new and inbound else len(found)
