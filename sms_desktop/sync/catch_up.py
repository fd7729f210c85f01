"""Reads from Kandy's history what was missed while nobody listened.

Only adds: a message that is missing at Kandy is not a deleted message (trial accounts store a
thousand). Reading twice is harmless, so each run begins a little before the end of the last one.
"""

from dataclasses import replace
from typing import Final

from sms_desktop.domain.address import Address
from sms_desktop.domain.changes import NOTHING, Changes
from sms_desktop.domain.clock import NowMs
from sms_desktop.domain.ids import AccountId, MessageId
from sms_desktop.domain.message import Direction, ServerMessage
from sms_desktop.net.kandy import KandyClient
from sms_desktop.store import history, messages
from sms_desktop.store.connection import Connection
from sms_desktop.store.database import Database
from sms_desktop.sync.events import Publish, TimelineChanged
from sms_desktop.wire.answers import Thread

_OVERLAP_MS: Final = 10 * 60_000
_BATCH: Final = 200


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
            if since_ms is None or thread.last_at_ms is None or thread.last_at_ms >= since_ms:
                await self._read(thread, since_ms)
        await self._store.write(lambda db: history.set_read_at_ms(db, self._account_id, started_ms))

    async def read_thread(self, local: Address, remote: Address, since_ms: int | None) -> None:
        """Read one thread's messages since a time; what is already known changes nothing."""
        batch: list[ServerMessage] = []
        async for message in self._client.messages(local, remote, since_ms):
            batch.append(message)
            if len(batch) == _BATCH:
                await self._keep(batch, None)
                batch = []
        await self._keep(batch, None)

    async def _read(self, thread: Thread, since_ms: int | None) -> None:
        if since_ms is not None:
            await self.read_thread(thread.local, thread.remote, since_ms)
            return
        # A first reading brings years: only what Kandy itself calls new counts as unread.
        found = [m async for m in self._client.messages(thread.local, thread.remote, None)]
        found.sort(key=lambda m: m.at_ms)
        inbound = [m for m in found if m.direction is Direction.INBOUND]
        unread = {m.message_id for m in inbound[len(inbound) - (thread.new or 0) :]}
        for start in range(0, len(found), _BATCH):
            await self._keep(found[start : start + _BATCH], unread)

    async def _keep(self, found: list[ServerMessage], unread: set[MessageId] | None) -> None:
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
                    counts_as_unread=unread is None or message.message_id in unread,
                    now_ms=now_ms,
                )
            return changes

        if changes := await self._store.write(job):
            self._publish(TimelineChanged(changes))
