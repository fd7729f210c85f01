"""What a person may want of an own number: quiet, out of the inbox, a signature, the first choice.

The numbers that are there keep telling, stay in the inbox, and sign nothing.
"""

from typing import Final

from apsw import Connection

_SQL: Final = """
ALTER TABLE number ADD COLUMN notify INTEGER NOT NULL DEFAULT 1;
ALTER TABLE number ADD COLUMN is_hidden INTEGER NOT NULL DEFAULT 0;
ALTER TABLE number ADD COLUMN signature TEXT NOT NULL DEFAULT '';
ALTER TABLE number ADD COLUMN is_default_sender INTEGER NOT NULL DEFAULT 0;
"""


def step(db: Connection) -> None:
    """Give every number the four columns."""
    db.execute(_SQL)
