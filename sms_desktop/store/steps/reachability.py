"""Schema step: channels that were asked for, how far a first import has come, when ids may go.

``asked_channel`` is written before Kandy is asked: where the answer is lost, the unguessable URL
tells that a channel in Kandy's list is ours. ``history_import.since_ms`` is what the person chose,
``NULL`` for everything; ``began_at_ms`` is Kandy's time when it began. ``imported_thread.next_page``
is Kandy's pointer to the page that comes next, of which everything from ``kept_down_to_ms`` on is
kept already; ``new_left`` counts the messages that nobody had fetched before us.
"""

from typing import Final

from apsw import Connection

_SQL: Final = """
CREATE TABLE asked_channel (
  account_id INTEGER NOT NULL REFERENCES account(id),
  url TEXT NOT NULL,
  asked_at_ms INTEGER NOT NULL,
  PRIMARY KEY (account_id, url)
) STRICT, WITHOUT ROWID;

CREATE TABLE history_import (
  account_id INTEGER PRIMARY KEY REFERENCES account(id),
  since_ms INTEGER,
  began_at_ms INTEGER,
  is_listed INTEGER NOT NULL DEFAULT 0,
  messages INTEGER NOT NULL DEFAULT 0,
  is_cancelled INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE imported_thread (
  account_id INTEGER NOT NULL REFERENCES account(id),
  local TEXT NOT NULL,
  remote TEXT NOT NULL,
  new_left INTEGER NOT NULL,
  listed_until_ms INTEGER,
  next_page TEXT,
  kept_down_to_ms INTEGER,
  is_done INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (account_id, local, remote)
) STRICT, WITHOUT ROWID;

CREATE INDEX notification_seen_at ON notification_seen (seen_at_ms);
"""


def add_tables(db: Connection) -> None:
    """Add what is empty at first."""
    db.execute(_SQL)
