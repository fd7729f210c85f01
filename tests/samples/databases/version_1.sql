PRAGMA user_version = 1;
CREATE TABLE counter (value INTEGER NOT NULL) STRICT;
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
INSERT INTO counter VALUES (7);
INSERT INTO account VALUES (1, 'project', 'https://kandy.example', 'key', '', 'user', 'ngrok', 0, 1700000000000);
INSERT INTO number VALUES (1, '+16135550001', '', '#7c5cfc', 0, 1, 0, 1);
INSERT INTO number VALUES (1, '+16135550002', '', '#12a866', 1, 1, 0, 1);
INSERT INTO contact VALUES ('+12065550100', 'Ada Lovelace');
INSERT INTO conversation VALUES (1, 1, '+16135550001', '+12065550100', 1700000007000, 7, 1, 1700000000001, 0, 1700000004000, 1700000004000, 'I wonder', 1700000008000);
INSERT INTO message VALUES (1, 1, 'm1', 1, 'inbound', 'remote', 'Are you there?'||X'00'||'😀', 1700000000000, 1, 1700000000000, 1, 1, 'received', 0, NULL, 1700000000000, NULL);
INSERT INTO message VALUES (2, 1, 'm2', 1, 'outbound', 'this_device', 'Yes.', 1700000002000, 1, 1700000001000, 2, 3, 'accepted', 0, 'c1', 1700000002000, NULL);
INSERT INTO message VALUES (3, 1, 'm3', 1, 'inbound', 'remote', 'Good.', 1700000003000, 1, 1700000003000, 4, 4, 'received', 1, NULL, 1700000003000, NULL);
INSERT INTO message VALUES (4, 1, 'm4', NULL, 'inbound', 'remote', '', 1700000004000, 1, 1700000004000, 5, 5, 'received', 0, NULL, 1700000004000, 1700000005000);
INSERT INTO outbox VALUES ('c1', 1, NULL, '+16135550001', '+12065550100', 'Yes.', 1700000001000, 1700000001000, 1700000001000, 2, 'sending', 1, 0, '', 0, 'm2');
INSERT INTO outbox VALUES ('c2', 1, 1, '+16135550001', '+12065550100', 'Shall I call?', 1700000006000, 1700000006000, 1700000006000, 6, 'unconfirmed', 1, 0, 'No answer came.', 1, NULL);
INSERT INTO outbox VALUES ('c3', 1, 1, '+16135550001', '+12065550100', 'Hello?', 1700000007000, NULL, 1700000007000, 7, 'queued', 0, 0, '', 0, NULL);
INSERT INTO early_fact VALUES (1, 'm5', 'delivered', NULL);
INSERT INTO notification_seen VALUES (1, 'n-m1', 1700000000000);
INSERT INTO notification_seen VALUES (1, 'n-m2', 1700000002000);
INSERT INTO notification_seen VALUES (1, 'n-m3', 1700000003000);
INSERT INTO notification_seen VALUES (1, 'n-m4', 1700000004000);
INSERT INTO unknown_notification VALUES (1, 1, 'Unknown', X'7B226E6577223A317D', 1700000000000);
INSERT INTO channel VALUES (1, 'wh-1', 'webhooks', 'https://x.example/p', NULL, 1700000000000);
INSERT INTO subscription VALUES (1, 's1', '+16135550001', 'wh-1', 1700000000000);
INSERT INTO sqlite_sequence VALUES ('account', 1);
INSERT INTO sqlite_sequence VALUES ('conversation', 1);
CREATE INDEX conversation_newest ON conversation (last_at_ms, id);
CREATE INDEX conversation_of_account ON conversation (account_id, last_at_ms, id);
CREATE INDEX conversation_of_local ON conversation (local, last_at_ms, id);
CREATE INDEX conversation_unread ON conversation (last_at_ms, id) WHERE unread > 0;
CREATE INDEX conversation_of_remote ON conversation (remote, account_id);
CREATE UNIQUE INDEX message_place ON message (conversation_id, sort_at_ms, tie);
CREATE INDEX message_unread ON message (conversation_id, sort_at_ms, tie) WHERE is_unread = 1;
CREATE UNIQUE INDEX message_client ON message (client_id) WHERE client_id IS NOT NULL;
CREATE UNIQUE INDEX outbox_place ON outbox (conversation_id, sort_at_ms, tie)
  WHERE message_id IS NULL;
CREATE INDEX outbox_waiting ON outbox (account_id, state, tie) WHERE message_id IS NULL;
CREATE VIEW timeline AS
  SELECT conversation_id, sort_at_ms, tie, direction, origin, text, at_ms, state,
         CAST('' AS TEXT) AS reason, message_id, client_id
    FROM message
  UNION ALL
  SELECT conversation_id, sort_at_ms, tie, CAST('outbound' AS TEXT), CAST('this_device' AS TEXT),
         text, created_at_ms, state, reason, CAST(NULL AS TEXT), client_id
    FROM outbox WHERE message_id IS NULL;
