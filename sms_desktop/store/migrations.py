"""Brings a database to the present schema, step by step; refuses a newer one untouched."""

from collections.abc import Callable
from typing import Final

import apsw
from apsw import Connection

from sms_desktop.store.errors import Damaged, NewerSchema
from sms_desktop.store.schema import VERSION_1
from sms_desktop.store.steps import (
    authorization,
    batch,
    contacts,
    number_wishes,
    reachability,
    scheduled,
    search,
    thread_flags,
)


def _first_tables(db: Connection) -> None:
    db.execute(VERSION_1)


STEPS: Final[tuple[Callable[[Connection], None], ...]] = (
    _first_tables,
    number_wishes.step,
    batch.step,
    authorization.step,
    reachability.add_tables,
    search.step,
    thread_flags.step,
    scheduled.step,
    contacts.step,
)
"""Step n brings ``user_version`` from n to n + 1. Only ever append."""


def version(db: Connection) -> int:
    """The schema version that the file says it has; 0 for a new file."""
    value = db.pragma("user_version")
    return int(value) if isinstance(value, int) else 0


def needs_steps(db: Connection) -> bool:
    """Whether the file was written by an older program; a new file was written by none."""
    return 0 < version(db) < len(STEPS)


def refuse_newer(db: Connection, known: int = len(STEPS)) -> None:
    """Raise ``NewerSchema`` for a file of a newer program, and leave its bytes as they are."""
    found = version(db)
    if found < 0:
        raise Damaged
    if found > known:
        # Closing the last connection would otherwise fold a left-over WAL into the file.
        db.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)
        raise NewerSchema


def migrate(db: Connection, steps: tuple[Callable[[Connection], None], ...] = STEPS) -> None:
    """Run the missing steps, each in a transaction of its own.

    Two processes may start at once: the version is read again under the write lock.
    """
    while version(db) < len(steps):
        db.execute("BEGIN IMMEDIATE")
        try:
            found = version(db)
            if found < len(steps):
                steps[found](db)
                db.execute(f"PRAGMA user_version = {found + 1}")
            db.execute("COMMIT")
        except BaseException:
            if db.in_transaction:
                db.execute("ROLLBACK")
            raise
