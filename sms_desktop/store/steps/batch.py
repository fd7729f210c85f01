"""One text to several people: which wishes belong together, until the person has seen the outcome."""

from typing import Final

from apsw import Connection

_SQL: Final = """
-- remote outlives the wish, so that what was cancelled can still be named. is_new: the conversation
-- was made for this wish.
CREATE TABLE batch (
  client_id TEXT PRIMARY KEY,
  position INTEGER NOT NULL,
  account_id INTEGER NOT NULL REFERENCES account(id),
  remote TEXT NOT NULL,
  is_new INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
"""


def step(db: Connection) -> None:
    """Make the table, empty."""
    db.execute(_SQL)
