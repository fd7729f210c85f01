"""Writes what a person made of conversations: pinned, archived, muted, blocked, snoozed, unread."""

from collections.abc import Iterable, Mapping
from typing import Final

from apsw import Connection

from sms_desktop.domain.changes import NOTHING, Changes
from sms_desktop.domain.ids import ConversationId
from sms_desktop.domain.thread_flags import ThreadChange, ThreadFlags, after_news, after_snooze
from sms_desktop.store import conversations, timeline
from sms_desktop.store.connection import select
from sms_desktop.store.values import clamped_ms

Flags = dict[ConversationId, ThreadFlags]

_READ: Final = (
    "SELECT is_pinned, is_archived, is_muted, is_blocked, is_marked_unread, snoozed_until_ms"
    " FROM conversation WHERE id = ?"
)
_WRITE: Final = (
    "UPDATE conversation SET is_pinned = ?, is_archived = ?, is_muted = ?, is_blocked = ?,"
    " is_marked_unread = ?, snoozed_until_ms = ? WHERE id = ?"
)


def change(
    db: Connection, conversation_ids: Iterable[ConversationId], wanted: ThreadChange
) -> tuple[Changes, Flags]:
    """Do what a person wants of conversations; gives the flags that those changed had before.

    Blocking is about the remote number: all conversations with it follow.
    """
    touched = set(conversation_ids)
    if wanted.blocked is not None:
        touched |= _with_same_remotes(db, touched)
    before = {one: flags for one in touched if (flags := flags_of(db, one)) is not None}
    after = {one: wanted.applied(flags) for one, flags in before.items()}
    return put_back(db, after), {one: before[one] for one in after if after[one] != before[one]}


def put_back(db: Connection, wanted: Mapping[ConversationId, ThreadFlags]) -> Changes:
    """Give conversations these flags; one that is gone has none."""
    touched = set()
    for one, flags in wanted.items():
        if flags_of(db, one) not in (None, flags):
            _write(db, one, flags)
            touched.add(one)
    return Changes(frozenset(touched)) if touched else NOTHING


def flags_of(db: Connection, conversation_id: ConversationId) -> ThreadFlags | None:
    """What the person made of a conversation."""
    found = select(db, _READ, (conversation_id,))
    if not found:
        return None
    pinned, archived, muted, blocked, marked, snoozed_until_ms = found[0]
    return ThreadFlags(
        bool(pinned), bool(archived), bool(muted), bool(blocked), bool(marked), snoozed_until_ms
    )


def note_news(db: Connection, conversation_id: ConversationId, *, inbound: bool) -> None:
    """A new message came or went; the caller tells that the conversation changed."""
    before = flags_of(db, conversation_id)
    if before is not None and (after := after_news(before, inbound=inbound)) != before:
        _write(db, conversation_id, after)


def next_snooze_ends_at_ms(db: Connection) -> int | None:
    """When the first snoozed conversation shall come back; ``None`` while there is none."""
    found = db.execute(
        "SELECT min(snoozed_until_ms) FROM conversation WHERE snoozed_until_ms > 0"
    ).get
    return None if found is None else int(found)


def end_snoozes(db: Connection, now_ms: int) -> Changes:
    """Bring back, to the top, every conversation whose time has come."""
    due = select(
        db,
        "SELECT id FROM conversation WHERE snoozed_until_ms > 0 AND snoozed_until_ms <= ?",
        (now_ms,),
    )
    for (one,) in due:
        before = flags_of(db, one)
        if before is not None:
            _write(db, one, after_snooze(before))
        db.execute(
            "UPDATE conversation SET surfaced_at_ms = ? WHERE id = ?", (clamped_ms(now_ms), one)
        )
    return Changes(frozenset(row[0] for row in due)) if due else NOTHING


def mark_all_read(db: Connection, conversation_ids: Iterable[ConversationId]) -> Changes:
    """The person says that everything in these conversations was looked at."""
    changes = NOTHING
    for one in conversation_ids:
        newest = timeline.newest(db, one)
        changes |= conversations.unmark(db, one)
        if newest is not None:
            changes |= conversations.mark_read(db, one, newest)
    return changes


def _with_same_remotes(
    db: Connection, conversation_ids: Iterable[ConversationId]
) -> set[ConversationId]:
    return {
        row[0]
        for one in conversation_ids
        for row in select(
            db,
            "SELECT id FROM conversation"
            " WHERE remote = (SELECT remote FROM conversation WHERE id = ?)",
            (one,),
        )
    }


def _write(db: Connection, conversation_id: ConversationId, flags: ThreadFlags) -> None:
    db.execute(
        _WRITE,
        (
            flags.is_pinned,
            flags.is_archived,
            flags.is_muted,
            flags.is_blocked,
            flags.is_marked_unread,
            clamped_ms(flags.snoozed_until_ms),
            conversation_id,
        ),
    )
    sql = (
        "INSERT OR IGNORE INTO blocked SELECT remote FROM conversation WHERE id = ?"
        if flags.is_blocked
        else "DELETE FROM blocked WHERE remote = (SELECT remote FROM conversation WHERE id = ?)"
    )
    db.execute(sql, (conversation_id,))
