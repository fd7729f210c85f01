"""People with several numbers, pictures, and a way back from imports, in place of single names.

Every name that was given to a number becomes a contact with that number. A number may belong to
several people, as at home; the one who is longest here lends it the name that is shown.
``contact_source`` remembers which entry of which book became whom, so that a second import finds
the same person under any name. ``contact_before`` holds what contacts were before a change:
``was`` is JSON, NULL for one that was not there; ``revision`` is the one that the change left it
with, NULL where the change removed it.
"""

from typing import Final

from apsw import Connection

from sms_desktop.domain.folding import fold

_SQL: Final = """
ALTER TABLE contact RENAME TO named_remote;
CREATE TABLE contact (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  organisation TEXT NOT NULL DEFAULT '',
  note TEXT NOT NULL DEFAULT '',
  shown TEXT NOT NULL,
  folded TEXT NOT NULL,
  folded_more TEXT NOT NULL DEFAULT '',
  revision INTEGER NOT NULL
) STRICT;
CREATE INDEX contact_by_name ON contact (folded, id);

CREATE TABLE contact_number (
  contact_id INTEGER NOT NULL REFERENCES contact(id) ON DELETE CASCADE,
  number TEXT NOT NULL,
  label TEXT NOT NULL,
  position INTEGER NOT NULL,
  PRIMARY KEY (contact_id, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX contact_of_number ON contact_number (number, contact_id);

CREATE TABLE contact_photo (
  contact_id INTEGER PRIMARY KEY REFERENCES contact(id) ON DELETE CASCADE,
  image BLOB NOT NULL
) STRICT;

CREATE TABLE contact_source (
  source TEXT PRIMARY KEY,
  contact_id INTEGER NOT NULL REFERENCES contact(id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX contact_source_of ON contact_source (contact_id);

-- Two entries that the person called different people although they look alike.
CREATE TABLE contact_apart (
  one INTEGER NOT NULL REFERENCES contact(id) ON DELETE CASCADE,
  other INTEGER NOT NULL REFERENCES contact(id) ON DELETE CASCADE,
  PRIMARY KEY (one, other)
) STRICT, WITHOUT ROWID;

CREATE TABLE contact_change (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  label TEXT NOT NULL,
  at_ms INTEGER NOT NULL
) STRICT;
CREATE TABLE contact_before (
  change_id INTEGER NOT NULL REFERENCES contact_change(id) ON DELETE CASCADE,
  contact_id INTEGER NOT NULL,
  revision INTEGER,
  was TEXT,
  photo BLOB,
  PRIMARY KEY (change_id, contact_id)
) STRICT, WITHOUT ROWID;
"""


def step(db: Connection) -> None:
    """Make the tables, and of every name a contact."""
    db.execute(_SQL)
    for remote, name in db.execute("SELECT remote, name FROM named_remote").fetchall():
        made = db.execute(
            "INSERT INTO contact (name, shown, folded, revision) VALUES (?1, ?1, ?2, 0) RETURNING id",
            (name, " ".join(fold(str(name)).split())),
        ).get
        db.execute("INSERT INTO contact_number VALUES (?, ?, '', 0)", (made, remote))
    db.execute("DROP TABLE named_remote")
