"""What a change changed, so that a view refreshes only what it shows."""

from dataclasses import dataclass

from sms_desktop.domain.ids import ConversationId
from sms_desktop.domain.message import TimelineRow


@dataclass(frozen=True, slots=True)
class Changes:
    """The conversations whose rows or summaries are different now.

    ``arrived``: rows of new inbound messages that nobody has looked at, for notifications.
    """

    conversations: frozenset[ConversationId] = frozenset()
    arrived: tuple[TimelineRow, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.conversations)

    def __or__(self, other: "Changes") -> "Changes":
        return Changes(self.conversations | other.conversations, self.arrived + other.arrived)


NOTHING = Changes()
