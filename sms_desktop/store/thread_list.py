"""Reads summaries of conversations for the thread list, a page at a time along its key."""

from functools import cache
from typing import Any, Final, Protocol

from sms_desktop.domain.address import Address
from sms_desktop.domain.conversation import ConversationKey, ConversationRow
from sms_desktop.domain.ids import AccountId
from sms_desktop.domain.thread_flags import Folder, ThreadFlags
from sms_desktop.store.naming import NAME_OF
from sms_desktop.store.timeline import direction_of, origin_of, state_of

_OWN_NUMBER: Final = (
    " LEFT JOIN number w ON w.account_id = c.account_id AND w.number = c.local"
    " LEFT JOIN account a ON a.id = c.account_id"
)
# Where a number has no square in the rail, its conversations can be found among all and only there.
_IS_HIDDEN: Final = "ifnull(w.is_hidden AND w.is_assigned AND NOT a.is_removed, 0)"

# The last bubble is found by its key: one look into each table's index.
_SUMMARY: Final = f"""
SELECT c.id, c.account_id, c.local, c.remote, {NAME_OF.format(number="c.remote")}, c.last_at_ms,
       coalesce(m.text, o.text, ''), ifnull(m.direction, iif(o.tie IS NULL, NULL, 'outbound')),
       ifnull(m.origin, iif(o.tie IS NULL, NULL, 'this_device')), ifnull(m.state, o.state),
       c.unread, c.draft, {_IS_HIDDEN}, c.is_pinned, c.is_archived, c.is_muted, c.is_blocked,
       c.is_marked_unread, c.snoozed_until_ms, c.surfaced_at_ms, c.folder = {Folder.GONE:d}
  FROM conversation c
  {_OWN_NUMBER}
  LEFT JOIN message m
    ON m.conversation_id = c.id AND m.sort_at_ms = c.last_at_ms AND m.tie = c.last_tie
  LEFT JOIN outbox o
    ON o.conversation_id = c.id AND o.sort_at_ms = c.last_at_ms AND o.tie = c.last_tie
       AND o.message_id IS NULL
"""  # noqa: S608 - put together from constants of this module
_IS_SCHEDULED: Final = (
    "EXISTS (SELECT 1 FROM scheduled s WHERE s.account_id = c.account_id AND s.local = c.local"
    " AND s.remote = c.remote)"
)
_IN_INBOX: Final = f"c.is_unread = 1 AND c.folder = {Folder.INBOX:d}"
# One that the person marked counts as one message.
_HOW_MANY: Final = "max(c.unread, c.is_marked_unread)"
UNREAD: Final = (
    f"SELECT ifnull(sum({_HOW_MANY}), 0) FROM conversation c{_OWN_NUMBER}"  # noqa: S608 - constants
    f" WHERE {_IN_INBOX} AND NOT {_IS_HIDDEN}"
)
UNREAD_THAT_NOTIFIES: Final = UNREAD + " AND ifnull(w.notify, 1) AND NOT c.is_muted"
UNREAD_BY_NUMBER: Final = (
    f"SELECT c.account_id, c.local, sum({_HOW_MANY}) FROM conversation c"  # noqa: S608 - constants
    f" WHERE {_IN_INBOX} GROUP BY c.account_id, c.local"
)
_ORDER: Final = "c.is_pinned DESC, c.list_at_ms DESC, c.id DESC"
ONE: Final = _SUMMARY + " WHERE c.id = ?"
WITH: Final = _SUMMARY + " WHERE c.remote = ? ORDER BY c.last_at_ms DESC, c.id DESC"


class Wanted(Protocol):
    """Which conversations are wanted; ``None`` and ``False`` mean all.

    Those of hidden numbers are among them only where their number is named.
    """

    @property
    def account_id(self) -> AccountId | None: ...  # noqa: D102
    @property
    def local(self) -> Address | None: ...  # noqa: D102
    @property
    def unread_only(self) -> bool: ...  # noqa: D102
    @property
    def folder(self) -> Folder: ...  # noqa: D102
    @property
    def scheduled_only(self) -> bool: ...  # noqa: D102


@cache
def page_sql(
    *, of_account: bool, of_local: bool, unread: bool, after: bool, scheduled: bool = False
) -> str:
    """The query for one page; every kind of it walks down an index that has its order."""
    conditions = [
        text
        for wanted, text in (
            (True, "c.folder = ?"),
            (unread, "c.is_unread = 1"),
            # With a number given, the account only filters: the number's index is the narrower.
            (of_account, "+c.account_id = ?" if of_local or unread else "c.account_id = ?"),
            (of_local, "+c.local = ?" if unread else "c.local = ?"),
            (after, "(c.is_pinned, c.list_at_ms, c.id) < (?, ?, ?)"),
            (not of_local, f"NOT {_IS_HIDDEN}"),
            (scheduled, _IS_SCHEDULED),
        )
        if wanted
    ]
    return f"{_SUMMARY} WHERE {' AND '.join(conditions)} ORDER BY {_ORDER} LIMIT ?"


def page(
    wanted: Wanted, after: ConversationKey | None, limit: int
) -> tuple[str, tuple[int | str, ...]]:
    """The query for a page and its values."""
    sql = page_sql(
        of_account=wanted.account_id is not None,
        of_local=wanted.local is not None,
        unread=wanted.unread_only,
        after=after is not None,
        scheduled=wanted.scheduled_only,
    )
    values = [value for value in (wanted.account_id, wanted.local) if value is not None]
    return sql, (wanted.folder, *values, *(after or ()), limit)


def row_from(values: tuple[Any, ...]) -> ConversationRow:
    """The summary that a row of the query holds."""
    fields = list(values[:13])
    pinned, archived, muted, blocked, marked, snoozed_until_ms, surfaced_at_ms, gone = values[13:]
    flags = ThreadFlags(
        bool(pinned), bool(archived), bool(muted), bool(blocked), bool(marked), snoozed_until_ms
    )
    fields += [flags, surfaced_at_ms, bool(gone)]
    fields[7:10] = direction_of(values[7]), origin_of(values[8]), state_of(values[9])
    fields[12] = bool(values[12])
    return ConversationRow(*fields)
