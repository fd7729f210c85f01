"""The tables of schema version 1, as SQL. A released step is never edited: changes are new steps.

``message`` holds what Kandy has stated, ``outbox`` what the person asked for, ``timeline`` shows
both: an outbox row disappears from it as soon as a message carries it (``outbox.message_id``).
"""

from typing import Final

VERSION_1: Final = """
CREATE TABLE counter (value INTEGER NOT NULL) STRICT;
INSERT INTO counter VALUES (0);

CREATE TABLE account (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  base_url TEXT NOT NULL,
  kandy_client_id TEXT NOT NULL,
  email TEXT NOT NULL,
  user_id TEXT NOT NULL,
  tunnel TEXT NOT NULL,
  is_removed INTEGER NOT NULL DEFAULT 0,
  history_read_at_ms INTEGER
) STRICT;

CREATE TABLE number (
  account_id INTEGER NOT NULL REFERENCES account(id),
  number TEXT NOT NULL,
  name TEXT NOT NULL,
  colour TEXT NOT NULL,
  position INTEGER NOT NULL,
  receive INTEGER NOT NULL,
  is_kandy_default INTEGER NOT NULL DEFAULT 0,
  is_assigned INTEGER NOT NULL DEFAULT 1,
  PRIMARY KEY (account_id, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE contact (
  remote TEXT PRIMARY KEY,
  name TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- AUTOINCREMENT: the id of a conversation that vanished must never mean another one to a window.
CREATE TABLE conversation (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id INTEGER NOT NULL REFERENCES account(id),
  local TEXT NOT NULL,
  remote TEXT NOT NULL,
  last_at_ms INTEGER NOT NULL DEFAULT 0,
  last_tie INTEGER NOT NULL DEFAULT 0,
  unread INTEGER NOT NULL DEFAULT 0,
  read_at_ms INTEGER,
  read_tie INTEGER,
  newest_inbound_at_ms INTEGER NOT NULL DEFAULT 0,
  newest_known_at_ms INTEGER,
  draft TEXT NOT NULL DEFAULT '',
  draft_at_ms INTEGER NOT NULL DEFAULT 0,
  UNIQUE (account_id, local, remote)
) STRICT;
CREATE INDEX conversation_newest ON conversation (last_at_ms, id);
CREATE INDEX conversation_of_account ON conversation (account_id, last_at_ms, id);
CREATE INDEX conversation_of_local ON conversation (local, last_at_ms, id);
CREATE INDEX conversation_unread ON conversation (last_at_ms, id) WHERE unread > 0;
CREATE INDEX conversation_of_remote ON conversation (remote, account_id);

-- A tombstone has deleted_at_ms, an empty text and no conversation, so that no timeline finds it.
-- (sort_at_ms, tie) is the place of the bubble, inherited from the outbox row that it settles;
-- (at_ms, own_tie) is the place that it has when it settles none.
CREATE TABLE message (
  id INTEGER PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES account(id),
  message_id TEXT NOT NULL,
  conversation_id INTEGER REFERENCES conversation(id),
  direction TEXT NOT NULL,
  origin TEXT NOT NULL,
  text TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  at_is_kandys INTEGER NOT NULL,
  sort_at_ms INTEGER NOT NULL,
  tie INTEGER NOT NULL,
  own_tie INTEGER NOT NULL,
  state TEXT NOT NULL,
  is_unread INTEGER NOT NULL DEFAULT 0,
  client_id TEXT,
  recorded_at_ms INTEGER NOT NULL,
  deleted_at_ms INTEGER,
  UNIQUE (account_id, message_id)
) STRICT;
CREATE UNIQUE INDEX message_place ON message (conversation_id, sort_at_ms, tie);
CREATE INDEX message_unread ON message (conversation_id, sort_at_ms, tie) WHERE is_unread = 1;
CREATE UNIQUE INDEX message_client ON message (client_id) WHERE client_id IS NOT NULL;

-- message_id: the message that carries this wish by all appearances; Kandy's own answer settles it
-- for good and deletes the row. conversation_id is NULL meanwhile.
CREATE TABLE outbox (
  client_id TEXT PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES account(id),
  conversation_id INTEGER REFERENCES conversation(id),
  sender TEXT NOT NULL,
  remote TEXT NOT NULL,
  text TEXT NOT NULL,
  created_at_ms INTEGER NOT NULL,
  sent_at_ms INTEGER,
  sort_at_ms INTEGER NOT NULL,
  tie INTEGER NOT NULL,
  state TEXT NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  next_attempt_at_ms INTEGER NOT NULL DEFAULT 0,
  reason TEXT NOT NULL DEFAULT '',
  may_have_left INTEGER NOT NULL DEFAULT 0,
  message_id TEXT
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX outbox_place ON outbox (conversation_id, sort_at_ms, tie)
  WHERE message_id IS NULL;
CREATE INDEX outbox_waiting ON outbox (account_id, state, tie) WHERE message_id IS NULL;

-- The casts give both arms the same affinities: only then does SQLite walk both indexes in step
-- instead of gathering and sorting.
CREATE VIEW timeline AS
  SELECT conversation_id, sort_at_ms, tie, direction, origin, text, at_ms, state,
         CAST('' AS TEXT) AS reason, message_id, client_id
    FROM message
  UNION ALL
  SELECT conversation_id, sort_at_ms, tie, CAST('outbound' AS TEXT), CAST('this_device' AS TEXT),
         text, created_at_ms, state, reason, CAST(NULL AS TEXT), client_id
    FROM outbox WHERE message_id IS NULL;

-- Facts about messages that have not come yet.
CREATE TABLE early_fact (
  account_id INTEGER NOT NULL REFERENCES account(id),
  message_id TEXT NOT NULL,
  state TEXT,
  deleted_at_ms INTEGER,
  PRIMARY KEY (account_id, message_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE notification_seen (
  account_id INTEGER NOT NULL REFERENCES account(id),
  notification_id TEXT NOT NULL,
  seen_at_ms INTEGER NOT NULL,
  PRIMARY KEY (account_id, notification_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE unknown_notification (
  id INTEGER PRIMARY KEY,
  account_id INTEGER REFERENCES account(id),
  kind TEXT NOT NULL,
  raw BLOB NOT NULL,
  at_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE channel (
  account_id INTEGER NOT NULL REFERENCES account(id),
  channel_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  url TEXT NOT NULL,
  authorization TEXT,
  made_at_ms INTEGER NOT NULL,
  PRIMARY KEY (account_id, channel_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE subscription (
  account_id INTEGER NOT NULL REFERENCES account(id),
  subscription_id TEXT NOT NULL,
  number TEXT NOT NULL,
  channel_id TEXT NOT NULL,
  made_at_ms INTEGER NOT NULL,
  PRIMARY KEY (account_id, subscription_id)
) STRICT, WITHOUT ROWID;
"""
