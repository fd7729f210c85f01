"""Conversations: one own number × one remote number, like Kandy's own threads."""

from dataclasses import dataclass, field
from typing import NamedTuple

from sms_desktop.domain.address import Address
from sms_desktop.domain.delivery import State
from sms_desktop.domain.ids import AccountId, ConversationId
from sms_desktop.domain.message import Direction, Origin
from sms_desktop.domain.thread_flags import Folder, ThreadFlags


class ConversationKey(NamedTuple):
    """Place in the thread list, from above: pinned ones, then by time in milliseconds, then row id."""

    is_pinned: bool
    at_ms: int
    conversation_id: ConversationId


@dataclass(frozen=True, slots=True)
class ConversationRow:
    """What the thread list shows of a conversation.

    ``remote_name`` is resolved when read and empty where nobody named the number; ``draft`` is the
    text that waits in the composer. The ``last_*`` fields describe the newest timeline row and are
    ``None`` or empty while there is none. ``is_hidden``: the person keeps its number out of the inbox.
    ``surfaced_at_ms``: when it came back from a snooze. ``is_gone``: it was deleted.
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
    flags: ThreadFlags = field(default_factory=ThreadFlags)
    surfaced_at_ms: int = 0
    is_gone: bool = False

    @property
    def key(self) -> ConversationKey:
        """Where the row stands in the list."""
        at_ms = max(self.last_at_ms, self.surfaced_at_ms)
        return ConversationKey(self.flags.is_pinned, at_ms, self.conversation_id)

    @property
    def folder(self) -> Folder:
        """Where it is listed."""
        return Folder.GONE if self.is_gone else self.flags.folder

    @property
    def is_unread(self) -> bool:
        """Whether something waits to be looked at, or the person marked it so."""
        return self.unread > 0 or self.flags.is_marked_unread


@dataclass(frozen=True, slots=True)
class Correspondent:
    """Somebody at the other end who was named or texted; ``last_at_ms`` is 0 before any message.

    ``label`` says which of a person's numbers it is, in the words of ``contact.LABELS``.
    """

    remote: Address
    name: str
    last_at_ms: int
    label: str = ""
