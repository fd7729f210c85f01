"""Reads from Kandy's history what was missed while nobody listened.

Only adds: a message that is missing at Kandy is not a deleted message (trial accounts store a
thousand). Reading twice is harmless, so each run begins a little before the end of the last one.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from sms_desktop.domain.address import Address
from sms_desktop.domain.changes import NOTHING, Changes
from sms_desktop.domain.clock import NowMs
from sms_desktop.domain.ids import AccountId
from sms_desktop.domain.message import Direction, Origin, ServerMessage, TimelineKey
from sms_desktop.net.kandy import KandyClient
from sms_desktop.store import conversations, history, messages, summaries
from sms_desktop.store.connection import Connection
from sms_desktop.store.database import Database
from sms_desktop.sync.events import Publish, TimelineChanged
from sms_desktop.wire.answers import Thread

_OVERLAP_MS: Final = 10 * 60_000
_BATCH: Final = 200


class CatchUp:
    """Compares Kandy's history of one account with the store, and adds what is missing.

    ``now_ms`` is Kandy's time: by a local clock that is fast, the next run would begin too late.
    """

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
        self._most_new: dict[tuple[Address, Address], int] = {}

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
        found = await self._messages(local, remote, since_ms)
        for start in range(0, len(found), _BATCH):
            await self._keep(found[start : start + _BATCH])

    async def read_threads_with(self, remote: Address, since_ms: int) -> None:
        """Read what went to and fro with one remote address since a time, from any own number."""
        async for thread in self._client.threads(since_ms):
            if thread.remote == remote:
                await self.read_thread(thread.local, remote, since_ms)

    async def _read_first_time(self, thread: Thread) -> None:
        """Years may come in: only what Kandy itself calls new counts as unread."""
        new = self._new_in(thread)
        found = await self._messages(thread.local, thread.remote, None)
        first_new = _where_news_begins(found, new, thread.last_at_ms)
        seen, news = found[:first_new], found[first_new:]
        for start in range(0, len(seen), _BATCH):
            await self._keep(seen[start : start + _BATCH], is_news=False, sent_from=Origin.UNKNOWN)
        if seen:
            await self._mark_read(thread, seen[-1].at_ms)
        await self._keep(news, sent_from=Origin.UNKNOWN)

    async def _messages(
        self, local: Address, remote: Address, since_ms: int | None
    ) -> list[ServerMessage]:
        """A thread's messages, oldest first. Kandy lists the newest first, and may count in seconds:
        those of one second keep the order that Kandy has them in.
        """
        found = [m async for m in self._client.messages(local, remote, since_ms)]
        if found and found[0].at_ms >= found[-1].at_ms:
            found.reverse()
        found.sort(key=lambda m: m.at_ms)
        return found

    def _new_in(self, thread: Thread) -> int:
        """How many messages nobody had fetched before us: a try that broke off has fetched too."""
        key = (thread.local, thread.remote)
        self._most_new[key] = max(self._most_new.get(key, 0), thread.new or 0)
        return self._most_new[key]

    async def _mark_read(self, thread: Thread, at_ms: int) -> None:
        def job(db: Connection) -> Changes:
            conversation = conversations.ensure(db, self._account_id, thread.local, thread.remote)
            # After everything of that millisecond which is stored, before what is stored later.
            up_to = TimelineKey(at_ms, summaries.next_tie(db))
            return conversations.mark_read(db, conversation, up_to)

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


def _where_news_begins(
    found: Sequence[ServerMessage], new: int, listed_until_ms: int | None
) -> int:
    """Index of the first of the last ``new`` inbound messages; the end where nothing is new.

    What came after Kandy had counted (``listed_until_ms``) is new without being counted.
    """
    counted = [
        at
        for at, message in enumerate(found)
        if listed_until_ms is None or message.at_ms <= listed_until_ms
    ]
    inbound = [at for at in counted if found[at].direction is Direction.INBOUND]
    return inbound[-new:][0] if new and inbound else len(counted)
