"""The index of message texts, filled later by the writer while it has nothing else to do.

Trigrams, since a text message has no words in Chinese and is looked for by parts of words in every
language: with ``unicode61`` beside it the index was by half slower to write and found nothing more.
The index keeps no text of its own. ``place`` orders entries by time, which ``message.id`` does not
after history was read. Between ``oldest`` and ``newest`` every message has its entry.
"""

from typing import Final

from apsw import Connection

_SQL: Final = """
CREATE VIRTUAL TABLE search_text USING fts5(
  folded, content='', contentless_delete=1, tokenize='trigram case_sensitive 1');
CREATE TABLE search_entry (
  place INTEGER PRIMARY KEY,
  message INTEGER NOT NULL UNIQUE
) STRICT;
CREATE TABLE search_progress (oldest INTEGER NOT NULL, newest INTEGER NOT NULL) STRICT;
INSERT INTO search_progress SELECT ifnull(max(id), 0) + 1, ifnull(max(id), 0) FROM message;
-- Messages whose text is another one since it was indexed.
CREATE TABLE search_again (message INTEGER PRIMARY KEY) STRICT;

CREATE TRIGGER search_forgets AFTER DELETE ON message BEGIN
  DELETE FROM search_text WHERE rowid = (SELECT place FROM search_entry WHERE message = old.id);
  DELETE FROM search_entry WHERE message = old.id;
  DELETE FROM search_again WHERE message = old.id;
  -- The ids of the last messages are given again.
  UPDATE search_progress SET newest = min(newest, ifnull((SELECT max(id) FROM message), 0));
  UPDATE search_progress SET oldest = min(oldest, newest + 1);
END;
CREATE TRIGGER search_learns AFTER UPDATE OF text ON message WHEN new.text <> old.text BEGIN
  DELETE FROM search_text WHERE rowid = (SELECT place FROM search_entry WHERE message = old.id);
  DELETE FROM search_entry WHERE message = old.id;
  INSERT OR IGNORE INTO search_again VALUES (new.id);
END;
"""


def step(db: Connection) -> None:
    """Make the index, empty; what is there already is indexed afterwards, the newest first."""
    db.execute(_SQL)
