"""Quick reads for windows and for the use cases, on one read-only connection of one thread."""

from collections.abc import Callable
from typing import Any, TypeVar

from apsw import Connection

from sms_desktop.domain.account import Account, OwnNumber
from sms_desktop.domain.address import Address
from sms_desktop.domain.conversation import ConversationKey, ConversationRow, Correspondent
from sms_desktop.domain.ids import AccountId, ClientId, ConversationId
from sms_desktop.domain.message import OutboxItem, TimelineKey, TimelineRow
from sms_desktop.domain.message_facts import MessageFacts
from sms_desktop.domain.scheduling import ScheduledMessage
from sms_desktop.domain.thread_flags import Folder
from sms_desktop.store import (
    accounts,
    message_facts,
    numbers,
    outbox,
    scheduled,
    thread_list,
    timeline,
)
from sms_desktop.store.connection import our_errors, select
from sms_desktop.store.naming import NAME_OF

T = TypeVar("T")
# Of several people who share a number, the last one read counts: the first who was made.
_NAMED = """
SELECT k.number, p.shown, k.label FROM contact_number k JOIN contact p ON p.id = k.contact_id
 ORDER BY k.contact_id DESC"""
_TEXTED = "SELECT remote, max(last_at_ms) FROM conversation WHERE folder <> ? GROUP BY remote"


class StoreReader:
    """Answers from the last commit, in microseconds; call it in the thread that asked for it.

    Raises the types of ``store.errors``. No statement stays open between calls, so the reader
    never holds up the recycling of the write-ahead log.
    """

    def __init__(self, db: Connection) -> None:
        self._db = db

    def conversations(
        self, wanted: thread_list.Wanted, after: ConversationKey | None, limit: int
    ) -> list[ConversationRow]:
        """At most ``limit`` rows in the order of the list, behind ``after`` (``None``: from the top)."""
        return [
            thread_list.row_from(row) for row in self._rows(*thread_list.page(wanted, after, limit))
        ]

    def conversation(self, conversation_id: ConversationId) -> ConversationRow | None:
        """One conversation's summary; ``None`` where it is gone."""
        found = self._rows(thread_list.ONE, (conversation_id,))
        return thread_list.row_from(found[0]) if found else None

    def rows_before(
        self, conversation_id: ConversationId, key: TimelineKey | None, limit: int
    ) -> list[TimelineRow]:
        """The ``limit`` rows just before ``key`` (``None``: the newest), in rising order."""
        if key is None:
            found = self._rows(timeline.NEWEST, (conversation_id, limit))
        else:
            found = self._rows(timeline.BEFORE, (conversation_id, *key, limit))
        found.reverse()
        return [timeline.row_from(row) for row in found]

    def rows_after(
        self, conversation_id: ConversationId, key: TimelineKey, limit: int
    ) -> list[TimelineRow]:
        """The ``limit`` rows just after ``key``, in rising order."""
        found = self._rows(timeline.AFTER, (conversation_id, *key, limit))
        return [timeline.row_from(row) for row in found]

    def row(self, conversation_id: ConversationId, key: TimelineKey) -> TimelineRow | None:
        """The row that stands at ``key``."""
        found = self._rows(timeline.AT, (conversation_id, *key))
        return timeline.row_from(found[0]) if found else None

    def message_facts(
        self, conversation_id: ConversationId, key: TimelineKey
    ) -> MessageFacts | None:
        """All that is known of the row at ``key``; ``None`` where it is gone."""
        with our_errors():
            return message_facts.facts_at(self._db, conversation_id, key)

    def read_mark(self, conversation_id: ConversationId) -> TimelineKey | None:
        """Key of the newest row that was looked at; ``None`` while none was."""
        found = self._rows(
            "SELECT read_at_ms, read_tie FROM conversation WHERE id = ? AND read_at_ms NOT NULL",
            (conversation_id,),
        )
        return TimelineKey(*found[0]) if found else None

    def unread_by_number(self) -> dict[tuple[AccountId, Address], int]:
        """Unread messages in the inbox of every own number that has some."""
        found = self._rows(thread_list.UNREAD_BY_NUMBER)
        return {(account, local): count for account, local, count in found}

    def unread_in_inbox(self, *, only_of_those_that_notify: bool = False) -> int:
        """Unread messages in the inbox; ``only_of_those_that_notify``: without what is muted."""
        sql = thread_list.UNREAD_THAT_NOTIFIES if only_of_those_that_notify else thread_list.UNREAD
        return int(self._rows(sql)[0][0])

    def last_inbound_by_number(self) -> dict[tuple[AccountId, Address], int]:
        """When the newest inbound message of every own number that has some came, in milliseconds."""
        found = self._rows(
            "SELECT account_id, local, max(newest_inbound_at_ms) FROM conversation"
            " WHERE newest_inbound_at_ms > 0 GROUP BY account_id, local"
        )
        return {(account, local): at_ms for account, local, at_ms in found}

    def contact_name(self, remote: Address) -> str:
        """The name the person gave a remote number; empty without one."""
        return str(self._rows(f"SELECT {NAME_OF.format(number='?')}", (remote,))[0][0])

    def correspondents(self) -> list[Correspondent]:
        """Everybody who has a name or a conversation, in no order."""
        last = dict(self._rows(_TEXTED, (Folder.GONE,)))
        named = {row[0]: row for row in self._rows(_NAMED)}
        found = [
            Correspondent(number, name, last.pop(number, 0), label)
            for number, name, label in named.values()
        ]
        return found + [Correspondent(number, "", at_ms) for number, at_ms in last.items()]

    def conversations_with(self, remote: Address) -> list[ConversationRow]:
        """Every conversation with a remote number, the newest first."""
        found = self._rows(thread_list.WITH, (remote,))
        return [thread_list.row_from(row) for row in found]

    def whereabouts(self, client_id: ClientId) -> ConversationId | None:
        """The conversation in which a wish, or the message that came of it, stands now."""
        found = self.item(client_id)
        return None if found is None else found.conversation_id

    def accounts(self) -> list[Account]:
        """Every account that was not removed."""
        with our_errors():
            return accounts.all_accounts(self._db)

    def numbers(self) -> list[OwnNumber]:
        """The own numbers of these accounts, in the order of the rail."""
        with our_errors():
            return numbers.all_numbers(self._db)

    def item(self, client_id: ClientId) -> OutboxItem | None:
        """A wish, also after a message carries it."""
        with our_errors():
            return outbox.item(self._db, client_id)

    def scheduled(self) -> list[ScheduledMessage]:
        """Every text that waits for its time, the soonest first."""
        with our_errors():
            return scheduled.everything(self._db)

    def scheduled_in(self, conversation_id: ConversationId) -> list[ScheduledMessage]:
        """Those of one conversation, the soonest first."""
        with our_errors():
            return scheduled.of_conversation(self._db, conversation_id)

    def outbox_counts(self) -> dict[AccountId, tuple[int, int]]:
        """For each account with unsettled wishes: how many wait, how many are unconfirmed."""
        with our_errors():
            return outbox.counts(self._db)

    def read(self, function: Callable[[Connection], T]) -> T:
        """Any other quick read of this package, such as ``history.newest_known_ms``."""
        with our_errors():
            return function(self._db)

    def _rows(self, sql: str, values: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        with our_errors():
            return select(self._db, sql, values)
