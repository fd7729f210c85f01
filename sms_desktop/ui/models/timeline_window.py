"""Which rows of a conversation are held, and how more are read and far ones let go. No Qt."""

from typing import Final

from sms_desktop.domain.ids import ConversationId
from sms_desktop.domain.message import Direction, TimelineKey, TimelineRow
from sms_desktop.ui.ports import Reader

PAGE: Final = 60
LARGEST: Final = 400


def just_before(key: TimelineKey) -> TimelineKey:
    """A bound below ``key`` and above everything older."""
    return TimelineKey(key.at_ms, key.tie - 1)


class TimelineWindow:
    """Stored rows in rising order without gaps, from somewhere to somewhere.

    Every read costs a page, or the window when it is read again; never the conversation.
    """

    def __init__(self, reader: Reader, page: int = PAGE, largest: int = LARGEST) -> None:
        self._reader = reader
        self._page = page
        self._largest = largest
        self._newest: TimelineKey | None = None
        self.conversation_id: ConversationId | None = None
        self.rows: list[TimelineRow] = []
        self.at_start = True
        self.at_end = True

    def open(self, conversation_id: ConversationId | None, at: TimelineKey | None) -> None:
        """Hold a page that ends with the newest row, or two around ``at``."""
        self.conversation_id = conversation_id
        self.rows, self.at_start, self.at_end, self._newest = [], True, True, None
        if conversation_id is None:
            return
        if at is None:
            self._open_newest(conversation_id)
            self._newest = self.rows[-1].key if self.rows else None
        else:
            self._open_around(conversation_id, at)
            newest = self._reader.rows_before(conversation_id, None, 1)
            self._newest = newest[-1].key if newest else None

    def first_unread(self, *, show: bool) -> TimelineKey | None:
        """Key of the oldest inbound row that was not looked at; ``show`` moves the window to it."""
        if self.conversation_id is None:
            return None
        mark = self._reader.read_mark(self.conversation_id) or TimelineKey(-1, 0)
        rows = self.rows
        if not rows or rows[0].key > mark:
            # The mark lies above the window, or right at its edge.
            rows = self._reader.rows_after(self.conversation_id, mark, self._page)
        key = next((r.key for r in rows if r.key > mark and r.direction is Direction.INBOUND), None)
        if show and key is not None and all(row.key != key for row in self.rows):
            self._open_around(self.conversation_id, key)
        return key

    def extend_up(self, *, may_trim: bool = True) -> None:
        """Read one page of older rows."""
        if self.at_start or self.conversation_id is None or not self.rows:
            return
        older = self._reader.rows_before(self.conversation_id, self.rows[0].key, self._page)
        self.at_start = len(older) < self._page
        self.rows = older + self.rows
        if may_trim and len(self.rows) > self._largest:
            del self.rows[self._largest :]
            self.at_end = False

    def extend_down(self) -> None:
        """Read one page of newer rows."""
        if self.at_end or self.conversation_id is None or not self.rows:
            return
        newer = self._reader.rows_after(self.conversation_id, self.rows[-1].key, self._page)
        self.at_end = len(newer) < self._page
        self.rows = self.rows + newer
        if len(self.rows) > self._largest:
            del self.rows[: len(self.rows) - self._largest]
            self.at_start = False

    def refresh(self) -> list[TimelineRow]:
        """Read the held rows again; returns the rows newer than all that were known, held or not."""
        if self.conversation_id is None:
            return []
        if self.rows:
            self._read_again(self.conversation_id)
        if not self.rows:
            self._open_newest(self.conversation_id)
        after = self._newest or TimelineKey(-1, 0)
        if self.at_end:
            news = [row for row in self.rows if row.key > after]
        else:
            news = self._reader.rows_after(self.conversation_id, after, self._page)
        if news:
            self._newest = news[-1].key
        return news

    def _read_again(self, conversation_id: ConversationId) -> None:
        first = self.rows[0].key
        room = len(self.rows) + (self._page if self.at_end else 0)
        self.rows = self._reader.rows_after(conversation_id, just_before(first), room)
        self.at_end = self.at_end and len(self.rows) < room
        if self.rows:
            # History may have come in above what was the oldest row.
            above = self._reader.rows_before(conversation_id, self.rows[0].key, 1)
            self.at_start = not above

    def _open_newest(self, conversation_id: ConversationId) -> None:
        self.rows = self._reader.rows_before(conversation_id, None, self._page)
        self.at_start = len(self.rows) < self._page
        self.at_end = True

    def _open_around(self, conversation_id: ConversationId, at: TimelineKey) -> None:
        before = self._reader.rows_before(conversation_id, at, self._page)
        after = self._reader.rows_after(conversation_id, just_before(at), self._page)
        self.rows = before + after
        self.at_start = len(before) < self._page
        self.at_end = len(after) < self._page
