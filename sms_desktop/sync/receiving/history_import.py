"""The first import of an account's history: page after page, a slice at a time, from where it was.

Years may come in: only what Kandy itself calls new counts as unread. A page and the place after it
are written together, so that a crash costs one page; between two slices others have their turn.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from sms_desktop.domain.changes import NOTHING, Changes
from sms_desktop.domain.clock import NowMs, dated
from sms_desktop.domain.ids import AccountId
from sms_desktop.domain.message import Direction, Origin, ServerMessage, TimelineKey
from sms_desktop.net.kandy import KandyClient
from sms_desktop.store import conversations, history, imports, messages, summaries
from sms_desktop.store.connection import Connection
from sms_desktop.store.database import Database
from sms_desktop.store.imports import Import, ImportedThread
from sms_desktop.sync.events import HistoryImported, Publish, TimelineChanged
from sms_desktop.sync.receiving.thread_troubles import Troubles
from sms_desktop.wire.answers import Thread

_PAGES_AT_ONCE: Final = 20


class HistoryImport:
    """Imports one account's history; ``now_ms`` is Kandy's time."""

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

    async def read_slice(self) -> bool:
        """Read some pages; whether there are more. Raises ``NetError`` and ``StoreError``."""
        now_ms = self._now_ms()
        begun = await self._store.write(lambda db: imports.begin(db, self._account_id, now_ms))
        if not (begun.is_listed or begun.is_cancelled):
            await self._list(begun)
        pages = 0
        troubles = Troubles()
        while pages < _PAGES_AT_ONCE:
            thread = await self._next_thread(put_off=len(troubles))
            if thread is None:
                troubles.come_out()
                await self._finish()
                return False
            with troubles.put_off():
                pages += await self._read_thread(thread, begun.since_ms, _PAGES_AT_ONCE - pages)
        return True

    async def _next_thread(self, put_off: int) -> ImportedThread | None:
        def job(db: Connection) -> ImportedThread | None:
            now = imports.state(db, self._account_id)
            is_wanted = now is not None and not now.is_cancelled
            return imports.next_thread(db, self._account_id, put_off) if is_wanted else None

        return await self._store.write(job)

    async def _list(self, begun: Import) -> None:
        """Know every thread before the first is read: reading makes Kandy count it as fetched."""
        found = [
            _begin(thread)
            async for thread in self._client.threads(_before(begun.since_ms))
            if not _is_older(thread.last_at_ms, begun.since_ms)
        ]
        await self._store.write(
            lambda db: imports.add_threads(db, self._account_id, found, is_all=True)
        )
        await self._tell()

    async def _read_thread(self, thread: ImportedThread, since_ms: int | None, most: int) -> int:
        """Read at most so many pages (never fewer than two) of a thread; how many it were."""
        carried: list[ServerMessage] = []
        pages = 0
        while pages < max(most, 2):
            page = await self._client.message_page(
                thread.local, thread.remote, since_ms=_before(since_ms), after=thread.next_page
            )
            pages += 1
            now_ms = self._now_ms()
            # Kandy does not always say when, or not what can be: better now than 1970.
            listed = [
                replace(m, at_ms=dated(m.at_ms, now_ms)) for m in (page.messages if page else ())
            ]
            following = None if page is None else page.next_page
            young = [m for m in listed if not _is_older(m.at_ms, since_ms)]
            # Kandy lists the newest first: behind one that is too old, there are only older ones.
            is_done = following in (None, thread.next_page) or len(young) < len(listed)
            found = [m for m in _in_order(young) if not _is_kept(m, thread)] + carried
            carried, found = ([], found) if is_done else _held_back(found)
            here, down_to_ms = following, None
            if carried:
                here, down_to_ms = thread.next_page, found[0].at_ms
            place = replace(thread, next_page=here, kept_down_to_ms=down_to_ms)
            kept = await self._keep(place, found, is_done=is_done)
            if is_done:
                break
            thread = replace(kept, next_page=following, kept_down_to_ms=None)
        await self._tell()
        return pages

    async def _keep(
        self, thread: ImportedThread, found: list[ServerMessage], *, is_done: bool
    ) -> ImportedThread:
        """Write messages and place together; gives the thread as it stands then."""
        first_new, new_left = _where_news_begins(found, thread.new_left, thread.listed_until_ms)
        after = replace(thread, new_left=new_left)
        now_ms = self._now_ms()

        def job(db: Connection) -> Changes:
            changes = NOTHING
            unread = conversations.oldest_unread(db, self._account_id, thread.local, thread.remote)
            for at, message in enumerate(found):
                if at == first_new and at > 0:
                    changes |= self._mark_read(db, thread, found[at - 1].at_ms, unread)
                changes |= messages.record(
                    db,
                    self._account_id,
                    message,
                    counts_as_unread=at >= first_new,
                    sent_from=Origin.UNKNOWN,
                    now_ms=now_ms,
                )
            if found and first_new >= len(found):
                changes |= self._mark_read(db, thread, found[-1].at_ms, unread)
            imports.advance(db, self._account_id, after, messages=len(found), is_done=is_done)
            return changes

        if changes := await self._store.write(job):
            self._publish(TimelineChanged(changes))
        return after

    def _mark_read(
        self, db: Connection, thread: ImportedThread, at_ms: int, unread: TimelineKey | None
    ) -> Changes:
        """``unread``: the first that is here already and that nobody has looked at; it stays so."""
        here = conversations.ensure(db, self._account_id, thread.local, thread.remote)
        # After everything of that millisecond which is stored, before what is stored later.
        up_to = TimelineKey(at_ms, summaries.next_tie(db))
        if unread is not None and unread <= up_to:
            up_to = unread._replace(tie=unread.tie - 1)
        return conversations.mark_read(db, here, up_to)

    async def _finish(self) -> None:
        """From now on only what is later than the beginning of the import is looked for."""

        def job(db: Connection) -> None:
            done = imports.state(db, self._account_id)
            if done is not None and done.began_at_ms is not None:
                history.set_read_at_ms(db, self._account_id, done.began_at_ms)

        await self._store.write(job)
        await self._tell(is_over=True)

    async def _tell(self, *, is_over: bool = False) -> None:
        now = await self._store.write(lambda db: imports.state(db, self._account_id))
        if now is not None:
            self._publish(
                HistoryImported(
                    self._account_id, now.threads_done, now.threads, now.messages, is_over
                )
            )


def _before(since_ms: int | None) -> int | None:
    """Kandy gives what is later than it is asked for; the very beginning of a day belongs to it."""
    return None if since_ms is None else since_ms - 1


def _begin(thread: Thread) -> ImportedThread:
    return ImportedThread(thread.local, thread.remote, thread.new or 0, thread.last_at_ms)


def _is_older(at_ms: int | None, since_ms: int | None) -> bool:
    """Kandy may ignore what was asked for; a time that it does not say is no reason to leave out."""
    return bool(at_ms) and since_ms is not None and (at_ms or 0) < since_ms


def _is_kept(message: ServerMessage, thread: ImportedThread) -> bool:
    return thread.kept_down_to_ms is not None and message.at_ms >= thread.kept_down_to_ms


def _in_order(found: Sequence[ServerMessage]) -> list[ServerMessage]:
    """Oldest first. Kandy may count in seconds: those of one second keep the order they came in."""
    ordered = list(found)
    if ordered and ordered[0].at_ms >= ordered[-1].at_ms:
        ordered.reverse()
    return sorted(ordered, key=lambda m: m.at_ms)


def _held_back(found: list[ServerMessage]) -> tuple[list[ServerMessage], list[ServerMessage]]:
    """Those of the oldest time wait for the next page, which may hold more of that very time."""
    if not found or found[0].at_ms == found[-1].at_ms:
        return [], found
    oldest = found[0].at_ms
    waiting = [m for m in found if m.at_ms == oldest]
    return waiting, found[len(waiting) :]


def _where_news_begins(
    found: Sequence[ServerMessage], new: int, listed_until_ms: int | None
) -> tuple[int, int]:
    """Index of the first message that is news, and how many new ones are left for older pages.

    What came after Kandy had counted (``listed_until_ms``) is new without being counted.
    """
    counted = [
        at
        for at, message in enumerate(found)
        if listed_until_ms is None or message.at_ms <= listed_until_ms
    ]
    inbound = [at for at in counted if found[at].direction is Direction.INBOUND]
    if not new or not inbound:
        return len(counted), new
    return inbound[-new:][0], max(0, new - len(inbound))
