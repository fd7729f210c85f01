"""What the windows can ask for about searching."""

from collections.abc import Awaitable
from typing import Protocol

from sms_desktop.domain.ids import ConversationId
from sms_desktop.domain.message import TimelineKey
from sms_desktop.domain.search import Found


class SearchCommands(Protocol):
    """Searches run beside the window; cancelling the task that waits for one stops it."""

    def search(self, text: str, after: int | None = None) -> Awaitable[Found]:
        """A page of what the text finds, the newest first; ``after``: the end of the page before."""
        ...

    def keys_in(
        self, conversation_id: ConversationId, text: str
    ) -> Awaitable[tuple[TimelineKey, ...]]:
        """Where the text stands in one conversation, in rising order."""
        ...
