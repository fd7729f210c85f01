"""Reads all that the store knows of one bubble."""

from typing import Final

from apsw import Connection

from sms_desktop.domain.ids import ConversationId
from sms_desktop.domain.message import TimelineKey
from sms_desktop.domain.message_facts import MessageFacts
from sms_desktop.store.connection import select
from sms_desktop.store.timeline import row_at

MESSAGE: Final = """
SELECT c.local, c.remote, m.at_is_kandys, m.recorded_at_ms, m.client_id, m.sort_at_ms
  FROM message m JOIN conversation c ON c.id = m.conversation_id
 WHERE m.conversation_id = ? AND m.sort_at_ms = ? AND m.tie = ?"""
WISH: Final = """
SELECT sender, remote, created_at_ms, sent_at_ms, attempts, next_attempt_at_ms FROM outbox
 WHERE conversation_id = ? AND sort_at_ms = ? AND tie = ? AND message_id IS NULL"""


def facts_at(
    db: Connection, conversation_id: ConversationId, key: TimelineKey
) -> MessageFacts | None:
    """What is known of the bubble at a key; ``None`` where none stands there."""
    row = row_at(db, conversation_id, key)
    if row is None:
        return None
    if row.message_id is None:
        sender, remote, asked, sent, attempts, again = select(db, WISH, (conversation_id, *key))[0]
        return MessageFacts(row, sender, remote, False, asked, sent, None, attempts, again)
    local, remote, is_kandys, recorded, client, place = select(
        db, MESSAGE, (conversation_id, *key)
    )[0]
    # A message keeps the place of the wish that it settles, and so when that was made.
    asked = None if client is None else place
    return MessageFacts(row, local, remote, bool(is_kandys), asked, None, recorded)
