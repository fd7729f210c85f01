"""What a person made of conversations, who is blocked, and what is being deleted.

``folder``, ``list_at_ms`` and ``is_unread`` follow from the other columns, so that every list is a
walk down one index. ``folder`` has the numbers of ``domain.thread_flags.Folder``. A conversation that
``is_gone`` is listed again as soon as it holds something. ``doomed_at_ms``: when what it holds up to
``doomed_tie`` is deleted for good; until then the person may have it back. ``deleted_below_ms``: older
history than that was deleted without ever having been read.
"""

from typing import Final

from apsw import Connection

_SQL: Final = """
ALTER TABLE conversation ADD COLUMN is_pinned INTEGER NOT NULL DEFAULT 0;
ALTER TABLE conversation ADD COLUMN is_archived INTEGER NOT NULL DEFAULT 0;
ALTER TABLE conversation ADD COLUMN is_muted INTEGER NOT NULL DEFAULT 0;
ALTER TABLE conversation ADD COLUMN is_blocked INTEGER NOT NULL DEFAULT 0;
ALTER TABLE conversation ADD COLUMN is_marked_unread INTEGER NOT NULL DEFAULT 0;
ALTER TABLE conversation ADD COLUMN snoozed_until_ms INTEGER NOT NULL DEFAULT 0;
ALTER TABLE conversation ADD COLUMN surfaced_at_ms INTEGER NOT NULL DEFAULT 0;
ALTER TABLE conversation ADD COLUMN is_gone INTEGER NOT NULL DEFAULT 0;
ALTER TABLE conversation ADD COLUMN doomed_at_ms INTEGER NOT NULL DEFAULT 0;
ALTER TABLE conversation ADD COLUMN doomed_tie INTEGER NOT NULL DEFAULT 0;
ALTER TABLE conversation ADD COLUMN is_doomed_at_kandy INTEGER NOT NULL DEFAULT 0;
ALTER TABLE conversation ADD COLUMN deleted_below_ms INTEGER NOT NULL DEFAULT 0;
ALTER TABLE conversation ADD COLUMN folder INTEGER AS (CASE
  WHEN doomed_at_ms > 0 OR (is_gone AND last_at_ms = 0 AND draft = '') THEN 4
  WHEN is_blocked THEN 2 WHEN is_archived THEN 1 WHEN snoozed_until_ms > 0 THEN 3 ELSE 0 END);
ALTER TABLE conversation ADD COLUMN list_at_ms INTEGER AS (max(last_at_ms, surfaced_at_ms));
ALTER TABLE conversation ADD COLUMN is_unread INTEGER AS (unread > 0 OR is_marked_unread);

DROP INDEX conversation_newest;
DROP INDEX conversation_of_account;
DROP INDEX conversation_of_local;
DROP INDEX conversation_unread;
CREATE INDEX conversation_listed ON conversation (folder, is_pinned, list_at_ms, id);
CREATE INDEX conversation_of_account
  ON conversation (account_id, folder, is_pinned, list_at_ms, id);
CREATE INDEX conversation_of_local ON conversation (local, folder, is_pinned, list_at_ms, id);
CREATE INDEX conversation_unread ON conversation (folder, is_pinned, list_at_ms, id)
  WHERE is_unread = 1;
CREATE INDEX conversation_newest ON conversation (last_at_ms, id);
CREATE INDEX conversation_snoozed ON conversation (snoozed_until_ms) WHERE snoozed_until_ms > 0;
CREATE INDEX conversation_doomed ON conversation (doomed_at_ms) WHERE doomed_at_ms > 0;

-- By remote number, whichever of the own numbers it texts; also one that has no conversation yet.
CREATE TABLE blocked (remote TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

-- Threads whose deleted messages Kandy shall delete too, until it has.
CREATE TABLE deletion_at_kandy (
  account_id INTEGER NOT NULL REFERENCES account(id),
  local TEXT NOT NULL,
  remote TEXT NOT NULL,
  below_ms INTEGER NOT NULL,
  PRIMARY KEY (account_id, local, remote)
) STRICT, WITHOUT ROWID;
"""


def step(db: Connection) -> None:
    """Conversations that exist are neither pinned nor put away."""
    db.execute(_SQL)
