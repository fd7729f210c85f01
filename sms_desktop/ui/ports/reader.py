"""What the windows read, each call quick enough for the thread that paints."""

from dataclasses import dataclass
from typing import Protocol

from sms_desktop.domain.address import Address
from sms_desktop.domain.conversation import ConversationKey, ConversationRow, Correspondent
from sms_desktop.domain.ids import AccountId, ClientId, ConversationId
from sms_desktop.domain.message import TimelineKey, TimelineRow
from sms_desktop.domain.message_facts import MessageFacts
from sms_desktop.domain.scheduling import ScheduledMessage
from sms_desktop.domain.thread_flags import Folder


@dataclass(frozen=True, slots=True)
class ConversationFilter:
    """Which conversations the list shows; the default is all that were not put away.

    Those of a number that is hidden from the inbox are shown where ``local`` names it.
    """

    account_id: AccountId | None = None
    local: Address | None = None
    unread_only: bool = False
    folder: Folder = Folder.INBOX
    scheduled_only: bool = False


class Reader(Protocol):
    """Answers at once, from the window's own read connection; call it in the window's thread only."""

    def conversations(
        self, wanted: ConversationFilter, after: ConversationKey | None, limit: int
    ) -> list[ConversationRow]:
        """At most ``limit`` rows in the order of the list, behind ``after`` (``None``: from the top)."""
        ...

    def conversation(self, conversation_id: ConversationId) -> ConversationRow | None:
        """One conversation's summary; ``None`` where it is gone."""
        ...

    def rows_before(
        self, conversation_id: ConversationId, key: TimelineKey | None, limit: int
    ) -> list[TimelineRow]:
        """The ``limit`` rows just before ``key`` (``None``: the newest), in rising order."""
        ...

    def rows_after(
        self, conversation_id: ConversationId, key: TimelineKey, limit: int
    ) -> list[TimelineRow]:
        """The ``limit`` rows just after ``key``, in rising order."""
        ...

    def message_facts(
        self, conversation_id: ConversationId, key: TimelineKey
    ) -> MessageFacts | None:
        """All that is known of the row at ``key``; ``None`` where it is gone."""
        ...

    def read_mark(self, conversation_id: ConversationId) -> TimelineKey | None:
        """Key of the newest row that was looked at; ``None`` while none was."""
        ...

    def unread_by_number(self) -> dict[tuple[AccountId, Address], int]:
        """Unread messages in the inbox of every own number that has some."""
        ...

    def unread_in_inbox(self, *, only_of_those_that_notify: bool = False) -> int:
        """Unread messages in the inbox; ``only_of_those_that_notify``: without what is muted."""
        ...

    def contact_name(self, remote: Address) -> str:
        """The name the person gave a remote number; empty without one."""
        ...

    def correspondents(self) -> list[Correspondent]:
        """Everybody who has a name or a conversation, in no order."""
        ...

    def conversations_with(self, remote: Address) -> list[ConversationRow]:
        """Every conversation with a remote number, the newest first."""
        ...

    def whereabouts(self, client_id: ClientId) -> ConversationId | None:
        """The conversation in which a wish, or the message that came of it, stands now."""
        ...

    def scheduled(self) -> list[ScheduledMessage]:
        """Every text that waits for its time, the soonest first."""
        ...

    def scheduled_in(self, conversation_id: ConversationId) -> list[ScheduledMessage]:
        """Those of one conversation, the soonest first."""
        ...
