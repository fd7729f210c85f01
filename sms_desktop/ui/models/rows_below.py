"""What stands below the stored rows of a conversation: echoes, and last what is scheduled. No Qt."""

from collections.abc import Sequence

from sms_desktop.domain.ids import ClientId, ConversationId
from sms_desktop.domain.message import TimelineRow
from sms_desktop.ui.models.scheduled_rows import scheduled_rows
from sms_desktop.ui.ports import Reader


class RowsBelow:
    """Those of the open conversation."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._scheduled: list[TimelineRow] = []
        self.echoes: list[TimelineRow] = []

    def open(self, conversation_id: ConversationId | None) -> None:
        """Begin with a conversation."""
        self.echoes = []
        self.read(conversation_id)

    def read(self, conversation_id: ConversationId | None) -> None:
        """Read what is scheduled again."""
        self._scheduled = []
        if conversation_id is not None:
            found = self._reader.scheduled_in(conversation_id)
            self._scheduled = scheduled_rows(found, conversation_id)

    def withdraw(self, client_id: ClientId) -> None:
        """An echo could not be kept."""
        self.echoes = [row for row in self.echoes if row.client_id != client_id]

    def under(self, rows: Sequence[TimelineRow], *, at_end: bool) -> list[TimelineRow]:
        """The rows with those below; an echo goes as soon as the row is held that it announced."""
        settled = {row.client_id for row in rows} if self.echoes or self._scheduled else set()
        self.echoes = [row for row in self.echoes if row.client_id not in settled]
        if not at_end:
            return list(rows)
        waiting = (row for row in self._scheduled if row.client_id not in settled)
        return [*rows, *self.echoes, *waiting]
