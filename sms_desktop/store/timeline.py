"""Reads bubbles from the ``timeline`` view, a page at a time along its key."""

from typing import Any, Final

from apsw import Connection

from sms_desktop.domain.delivery import State
from sms_desktop.domain.ids import ConversationId
from sms_desktop.domain.message import Direction, Origin, TimelineKey, TimelineRow
from sms_desktop.store.connection import select

ALL: Final = """
SELECT * FROM timeline WHERE conversation_id = ? ORDER BY sort_at_ms, tie"""
NEWEST: Final = """
SELECT * FROM timeline WHERE conversation_id = ?
 ORDER BY sort_at_ms DESC, tie DESC LIMIT ?"""
BEFORE: Final = """
SELECT * FROM timeline WHERE conversation_id = ? AND (sort_at_ms, tie) < (?, ?)
 ORDER BY sort_at_ms DESC, tie DESC LIMIT ?"""
AFTER: Final = """
SELECT * FROM timeline WHERE conversation_id = ? AND (sort_at_ms, tie) > (?, ?)
 ORDER BY sort_at_ms, tie LIMIT ?"""
AT: Final = """
SELECT * FROM timeline WHERE conversation_id = ? AND sort_at_ms = ? AND tie = ?"""

_DIRECTIONS: Final = {member.value: member for member in Direction}
_ORIGINS: Final = {member.value: member for member in Origin}
_STATES: Final = {member.value: member for member in State}


def direction_of(stored: str | None) -> Direction | None:
    """The direction that a column holds; ``None`` for NULL."""
    return None if stored is None else _DIRECTIONS[stored]


def origin_of(stored: str | None) -> Origin | None:
    """The origin that a column holds; ``None`` for NULL."""
    return None if stored is None else _ORIGINS[stored]


def state_of(stored: str | None) -> State | None:
    """The state that a column holds; ``None`` for NULL."""
    return None if stored is None else _STATES[stored]


def row_from(
    values: tuple[Any, ...],
) -> TimelineRow:
    """The bubble that a row of the view describes."""
    conversation, sort_at, tie, direction, origin, text, at, state, reason, message, client = values
    return TimelineRow(
        TimelineKey(sort_at, tie),
        ConversationId(conversation),
        _DIRECTIONS[direction],
        _ORIGINS[origin],
        text,
        at,
        _STATES[state],
        reason,
        message,
        client,
    )


def row_at(db: Connection, conversation_id: ConversationId, key: TimelineKey) -> TimelineRow | None:
    """The bubble that stands at a key."""
    found = select(db, AT, (conversation_id, *key))
    return row_from(found[0]) if found else None


def newest(db: Connection, conversation_id: ConversationId) -> TimelineKey | None:
    """The key of the last bubble of a conversation."""
    found = select(
        db,
        "SELECT sort_at_ms, tie FROM timeline WHERE conversation_id = ?"
        " ORDER BY sort_at_ms DESC, tie DESC LIMIT 1",
        (conversation_id,),
    )
    return TimelineKey(*found[0]) if found else None
