"""A Reader that holds its rows in memory, and says what changed as the store does."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import replace

from sms_desktop.domain.address import Address
from sms_desktop.domain.changes import Changes
from sms_desktop.domain.conversation import ConversationKey, ConversationRow
from sms_desktop.domain.delivery import State
from sms_desktop.domain.ids import AccountId, ClientId, ConversationId, MessageId
from sms_desktop.domain.message import Direction, Origin, TimelineKey, TimelineRow
from sms_desktop.domain.scheduling import ScheduledMessage
from sms_desktop.sync.events import TimelineChanged
from sms_desktop.ui.ports import ConversationFilter

ACCOUNT = AccountId(1)
OWN = Address("+16139998877")


class MemoryReader:
    """Fill it with ``conversation`` and ``add``; count what it was asked in ``queries``."""

    def __init__(self) -> None:
        self._threads: dict[ConversationId, ConversationRow] = {}
        self._rows: dict[ConversationId, list[TimelineRow]] = {}
        self._marks: dict[ConversationId, TimelineKey] = {}
        self._tie = 0
        self.queries = 0
        self.rows_read = 0

    # Filling.

    def thread(
        self, remote: str = "+16131234567", name: str = "", local: str = OWN, draft: str = ""
    ) -> ConversationId:
        """A new conversation without messages."""
        number = ConversationId(len(self._threads) + 1)
        self._threads[number] = ConversationRow(
            number,
            ACCOUNT,
            Address(local),
            Address(remote),
            name,
            0,
            "",
            None,
            None,
            None,
            0,
            draft,
        )
        self._rows[number] = []
        return number

    def change_thread(self, conversation_id: ConversationId, **fields: object) -> TimelineChanged:
        """Change fields of a conversation's summary."""
        self._threads[conversation_id] = replace(self._threads[conversation_id], **fields)
        return changed(conversation_id)

    def row(
        self,
        conversation_id: ConversationId,
        text: str,
        at_ms: int,
        *,
        state: State = State.RECEIVED,
        origin: Origin | None = None,
        client_id: str | None = None,
        reason: str = "",
        tie: int | None = None,
    ) -> TimelineRow:
        """A row that is not stored yet."""
        self._tie += 1
        inbound = state is State.RECEIVED
        return TimelineRow(
            TimelineKey(at_ms, self._tie if tie is None else tie),
            conversation_id,
            Direction.INBOUND if inbound else Direction.OUTBOUND,
            origin or (Origin.REMOTE if inbound else Origin.THIS_DEVICE),
            text,
            at_ms,
            state,
            reason,
            MessageId(f"m{self._tie}") if inbound else None,
            ClientId(client_id) if client_id else None,
        )

    def add(self, *rows: TimelineRow) -> TimelineChanged:
        """Store rows, in their places; a row with a known key replaces what was there."""
        for row in rows:
            stored = self._rows[row.conversation_id]
            at = bisect_left([r.key for r in stored], row.key)
            if at < len(stored) and stored[at].key == row.key:
                stored[at] = row
            else:
                stored.insert(at, row)
            self._summarize(row.conversation_id)
        return changed(*(row.conversation_id for row in rows))

    def receive(self, conversation_id: ConversationId, text: str, at_ms: int) -> TimelineChanged:
        """Store one inbound message."""
        return self.add(self.row(conversation_id, text, at_ms))

    def fill(self, conversation_id: ConversationId, count: int, *, every_ms: int = 60_000) -> None:
        """``count`` inbound messages, all of them looked at."""
        rows = [
            self.row(conversation_id, f"message {i}", 1_000_000 + i * every_ms)
            for i in range(count)
        ]
        self._rows[conversation_id].extend(rows)
        self.look(conversation_id)

    def remove(self, row: TimelineRow) -> TimelineChanged:
        """Forget a row."""
        self._rows[row.conversation_id].remove(row)
        self._summarize(row.conversation_id)
        return changed(row.conversation_id)

    def look(
        self, conversation_id: ConversationId, key: TimelineKey | None = None
    ) -> TimelineChanged:
        """Mark everything, or everything up to a key, as looked at."""
        rows = self._rows[conversation_id]
        if rows:
            self._marks[conversation_id] = key or rows[-1].key
        self._summarize(conversation_id)
        return changed(conversation_id)

    def stored(self, conversation_id: ConversationId) -> list[TimelineRow]:
        """Everything of a conversation."""
        return list(self._rows[conversation_id])

    def _summarize(self, conversation_id: ConversationId) -> None:
        rows = self._rows[conversation_id]
        mark = self._marks.get(conversation_id, TimelineKey(-1, 0))
        unread = sum(1 for r in rows if r.direction is Direction.INBOUND and r.key > mark)
        last = rows[-1] if rows else None
        self._threads[conversation_id] = replace(
            self._threads[conversation_id],
            last_at_ms=last.at_ms if last else 0,
            last_text=last.text if last else "",
            last_direction=last.direction if last else None,
            last_origin=last.origin if last else None,
            last_state=last.state if last else None,
            unread=unread,
        )

    # What a window asks.

    def conversations(
        self, wanted: ConversationFilter, after: ConversationKey | None, limit: int
    ) -> list[ConversationRow]:
        self.queries += 1
        rows = sorted(self._threads.values(), key=lambda r: r.key, reverse=True)
        rows = [
            row
            for row in rows
            if wanted.account_id in (None, row.account_id)
            and (row.local == wanted.local or (wanted.local is None and not row.is_hidden))
            and (row.is_unread or not wanted.unread_only)
            and row.folder is wanted.folder
            and (after is None or row.key < after)
        ]
        return rows[:limit]

    def scheduled(self) -> list[ScheduledMessage]:
        return []

    def scheduled_in(self, conversation_id: ConversationId) -> list[ScheduledMessage]:
        return []

    def conversation(self, conversation_id: ConversationId) -> ConversationRow | None:
        return self._threads.get(conversation_id)

    def rows_before(
        self, conversation_id: ConversationId, key: TimelineKey | None, limit: int
    ) -> list[TimelineRow]:
        self.queries += 1
        rows = self._rows[conversation_id]
        end = len(rows) if key is None else bisect_left([r.key for r in rows], key)
        return self._counted(rows[max(0, end - limit) : end])

    def rows_after(
        self, conversation_id: ConversationId, key: TimelineKey, limit: int
    ) -> list[TimelineRow]:
        self.queries += 1
        rows = self._rows[conversation_id]
        start = bisect_right([r.key for r in rows], key)
        return self._counted(rows[start : start + limit])

    def read_mark(self, conversation_id: ConversationId) -> TimelineKey | None:
        return self._marks.get(conversation_id)

    def unread_by_number(self) -> dict[tuple[AccountId, Address], int]:
        found: dict[tuple[AccountId, Address], int] = {}
        for row in self._threads.values():
            if row.unread:
                key = (row.account_id, row.local)
                found[key] = found.get(key, 0) + row.unread
        return found

    def unread_in_inbox(self, *, only_of_those_that_notify: bool = False) -> int:
        return sum(row.unread for row in self._threads.values() if not row.is_hidden)

    def contact_name(self, remote: Address) -> str:
        return next((row.remote_name for row in self._threads.values() if row.remote == remote), "")

    def _counted(self, rows: Iterable[TimelineRow]) -> list[TimelineRow]:
        found = list(rows)
        self.rows_read += len(found)
        return found


def changed(*conversations: ConversationId) -> TimelineChanged:
    """The fact that these conversations changed."""
    return TimelineChanged(Changes(frozenset(conversations)))
