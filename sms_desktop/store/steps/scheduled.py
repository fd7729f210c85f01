"""Texts that are to be sent later. They enter the outbox, with their ``client_id``, when their time comes."""

from typing import Final

from apsw import Connection

_SQL: Final = """
-- held: why it is not sent by itself, for the person to decide; empty while it is. A conversation is
-- named by its numbers, so that one that is deleted meanwhile takes no text with it.
CREATE TABLE scheduled (
  client_id TEXT PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES account(id),
  local TEXT NOT NULL,
  remote TEXT NOT NULL,
  text TEXT NOT NULL,
  send_at_ms INTEGER NOT NULL,
  tie INTEGER NOT NULL,
  held TEXT NOT NULL DEFAULT '',
  is_brief INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX scheduled_due ON scheduled (send_at_ms, tie) WHERE held = '';
CREATE INDEX scheduled_of ON scheduled (account_id, local, remote, send_at_ms, tie);
"""


def step(db: Connection) -> None:
    """Make the table, empty."""
    db.execute(_SQL)
