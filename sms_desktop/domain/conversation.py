"""Conversations: one own number × one remote number, like Kandy's own threads."""

from dataclasses import dataclass
from typing import NamedTuple

from sms_desktop.domain.address import Address
from sms_desktop.domain.delivery import State
from sms_desktop.domain.ids import AccountId, ConversationId
from sms_desktop.domain.message import Direction, Origin


class ConversationKey(NamedTuple):
    """Place in the thread list, newest first: time of the last row in milliseconds, then row id."""

    last_at_ms: int
    conversation_id: ConversationId


@dataclass(frozen=True, slots=True)
class ConversationRow:
    """What the thread list shows of a conversation.

    ``remote_name`` is resolved when read and empty where nobody named the number; ``draft`` is the
    text that waits in the composer. The ``last_*`` fields describe the newest timeline row and are
    ``None`` or empty while there is none. ``is_hidden``: the person keeps its number out of the inbox.
    """

    conversation_id: ConversationId
    account_id: AccountId
    local: Address
    remote: Address
    remote_name: str
    last_at_ms: int
    last_text: str
    last_direction: Direction | None
    last_origin: Origin | None
    last_state: State | None
    unread: int
    draft: str
    is_hidden: bool = False

    @property
    def key(self) -> ConversationKey:
        """Where the row stands in the list."""
        return ConversationKey(self.last_at_ms, self.conversation_id)


@dataclass(frozen=True, slots=True)
class Correspondent:
    """Somebody at the other end who was named or texted; ``last_at_ms`` is 0 before any message."""

    remote: Address
    name: str
    last_at_ms: int
