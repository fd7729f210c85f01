"""Searching while one types: a query is text, an answer is a page, a newer query cancels the older."""

from datetime import date, datetime
from typing import Final

from sms_desktop.domain.clock import NowMs
from sms_desktop.domain.ids import ConversationId
from sms_desktop.domain.message import TimelineKey
from sms_desktop.domain.search import Found, parse_query
from sms_desktop.store.database import Database
from sms_desktop.store.searching import search

MOST_IN_ONE: Final = 1_000


class Searching:
    """Implements the windows' ``SearchCommands``. Cancel a call to stop the search behind it."""

    def __init__(self, store: Database, now_ms: NowMs) -> None:
        self._store = store
        self._now_ms = now_ms

    async def search(self, text: str, after: int | None = None) -> Found:
        """A page of what the text finds, the newest first; ``after``: the end of the page before."""
        query = parse_query(text, self._today())
        return await self._store.read_search(lambda db: search(db, query, after=after))

    async def keys_in(self, conversation_id: ConversationId, text: str) -> tuple[TimelineKey, ...]:
        """Where the text stands in one conversation, in rising order; the newest ``MOST_IN_ONE``."""
        query = parse_query(text, self._today())
        found = await self._store.read_search(
            lambda db: search(db, query, limit=MOST_IN_ONE, within=conversation_id)
        )
        return tuple(sorted(hit.key for hit in found.hits))

    def _today(self) -> date:
        return datetime.fromtimestamp(self._now_ms() / 1000).astimezone().date()
