"""Reads from Kandy's history what was missed while nobody listened.

Only adds: a message that is missing at Kandy is not a deleted message (trial accounts store a
thousand). Reading twice is harmless, so each run begins a little before the end of the last one.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from sms_desktop.domain.address import Address
from sms_desktop.domain.changes import NOTHING, Changes
from sms_desktop.domain.clock import NowMs, dated
from sms_desktop.domain.ids import AccountId
from sms_desktop.domain.message import ServerMessage
from sms_desktop.net.kandy import KandyClient
from sms_desktop.store import history, messages
from sms_desktop.store.connection import Connection
from sms_desktop.store.database import Database
from sms_desktop.sync.events import Publish, TimelineChanged
from sms_desktop.sync.receiving.history_import import HistoryImport
from sms_desktop.sync.receiving.thread_troubles import Troubles

_OVERLAP_MS: Final = 10 * 60_000
_SMALL_OVERLAP_MS: Final = 60_000
_GRAIN_MS: Final = 1000
"""Kandy may count in seconds."""

_BATCH: Final = 200
_FEWEST_STORED: Final = 1000
"""Messages that even a trial account stores; in one with fewer, none has fallen out."""


class CatchUp:
    """Compares Kandy's history of one account with the store, and adds what is missing.

    ``now_ms`` is Kandy's time: by a local clock that is fast, the next run would begin too late.
    ``on_inbound`` is called when a text was found that nobody had told of.
    """

    def __init__(
        self,
        account_id: AccountId,
        client: KandyClient,
        store: Database,
        publish: Publish,
        *,
        now_ms: NowMs,
        on_inbound: Callable[[], None],
    ) -> None:
        self._account_id = account_id
        self._client = client
        self._store = store
        self._publish = publish
        self._now_ms = now_ms
        self._on_inbound = on_inbound
        self._import = HistoryImport(account_id, client, store, publish, now_ms=now_ms)

    async def run(self) -> bool:
        """Read everything since the last complete run; whether the first import has more to read.

        Raises ``NetError`` and ``StoreError``.
        """
        started_ms = self._now_ms()
        since_ms = await self._begin_ms(_OVERLAP_MS)
        if since_ms is None:
            if await self._import.read_slice():
                return True
            # Its list of threads may be an earlier start's: what came after it is not missed.
            since_ms = await self._begin_ms(_GRAIN_MS)
        if since_ms is not None:
            await self._read_since(since_ms, started_ms)
        return False

    async def read_news(self) -> None:
        """The same often and cheaply, once the first import is over; what shows late is for ``run``.

        Raises ``NetError`` and ``StoreError``.
        """
        started_ms = self._now_ms()
        since_ms = await self._begin_ms(_SMALL_OVERLAP_MS)
        if since_ms is not None:
            await self._read_since(since_ms, started_ms)

    async def _read_since(self, since_ms: int, started_ms: int) -> None:
        troubles = Troubles()
        async for thread in self._client.threads(since_ms):
            if thread.last_at_ms is None or thread.last_at_ms >= since_ms:
                with troubles.put_off():
                    await self.read_thread(thread.local, thread.remote, since_ms)
        troubles.come_out()
        await self._store.write(lambda db: history.set_read_at_ms(db, self._account_id, started_ms))

    async def _begin_ms(self, overlap_ms: int) -> int | None:
        """Where the last complete run ended, and a little before; ``None`` before the first."""
        ended_ms = await self._store.write(lambda db: history.read_at_ms(db, self._account_id))
        return None if ended_ms is None else ended_ms - overlap_ms

    async def read_thread(self, local: Address, remote: Address, since_ms: int | None) -> None:
        """Read one thread's messages since a time; what is already known changes nothing."""
        found = await self._messages(local, remote, since_ms)
        for start in range(0, len(found), _BATCH):
            await self._keep(found[start : start + _BATCH])

    async def read_threads_with(self, remote: Address, since_ms: int) -> None:
        """Read what went to and fro with one remote address since a time, from any own number."""
        async for thread in self._client.threads(since_ms):
            if thread.remote == remote:
                await self.read_thread(thread.local, remote, since_ms)

    async def reaches_back(self, at_ms: int) -> bool:
        """Whether Kandy still has everything since a time, so that its silence means something.

        The oldest messages of an account fall out first, whatever their thread. Raises ``NetError``.
        """
        stored = 0
        async for thread in self._client.threads():
            if thread.first_at_ms is not None and thread.first_at_ms <= at_ms:
                return True
            stored += _FEWEST_STORED if thread.length is None else thread.length
        return stored < _FEWEST_STORED

    async def _messages(
        self, local: Address, remote: Address, since_ms: int | None
    ) -> list[ServerMessage]:
        """A thread's messages, oldest first. Kandy lists the newest first, and may count in seconds:
        those of one second keep the order that Kandy has them in.
        """
        now_ms = self._now_ms()
        # Kandy does not always say when, or not what can be: better now than 1970.
        found = [
            replace(m, at_ms=dated(m.at_ms, now_ms))
            async for m in self._client.messages(local, remote, since_ms)
        ]
        if found and found[0].at_ms >= found[-1].at_ms:
            found.reverse()
        found.sort(key=lambda m: m.at_ms)
        return found

    async def _keep(self, found: list[ServerMessage]) -> None:
        now_ms = self._now_ms()

        def job(db: Connection) -> Changes:
            changes = NOTHING
            for message in found:
                changes |= messages.record(
                    db,
                    self._account_id,
                    message,
                    now_ms=now_ms,
                )
            return changes

        if changes := await self._store.write(job):
            if changes.arrived:
                self._on_inbound()
            self._publish(TimelineChanged(changes))
