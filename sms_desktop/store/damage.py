"""Tells a damaged store from one of another key, and notes that a store must be looked through.

A wrong key and a damaged first page look the same to SQLite. So more is asked for before a file is
called damaged: a beginning that no store has, or another page that opens with this very key.
"""

import logging
from pathlib import Path
from typing import Final

import apsw
from apsw import Connection

from sms_desktop.store.connection import connect, select, store_error
from sms_desktop.store.errors import Damaged, StoreError

_CLEAR_AT: Final = 16
_PAGE_BYTES: Final = 4096
_RESERVED_BYTES: Final = 32
_PAGES_TRIED: Final = 200

_log = logging.getLogger(__name__)


def is_damaged_for_certain(path: Path, key: bytes) -> bool:
    """Of a store that does not open with the key: whether that is not the key's fault."""
    try:
        with path.open("rb") as file:
            beginning = file.read(_PAGE_BYTES * (_PAGES_TRIED + 1))
    except OSError:
        return False
    if not _begins_like_a_store(beginning):
        return True
    return _some_page_opens(beginning, key)


def note_suspicion(path: Path) -> None:
    """The next one who opens the store looks through all of it; never fails."""
    try:
        _mark(path).touch(mode=0o600)
    except OSError as error:
        _log.info("the suspicion could not be noted: %s", type(error).__name__)


def look_through(path: Path, key: bytes) -> None:
    """Where there is a suspicion, read every page; raises ``Damaged``, and the errors of opening."""
    if not _mark(path).exists():
        return
    db = connect(path, key, readonly=False)
    try:
        is_whole = db.pragma("integrity_check") == "ok"
    except apsw.Error as error:
        raise store_error(error) from error
    finally:
        db.close()
    if not is_whole:
        raise Damaged
    end_suspicion(path)


def end_suspicion(path: Path) -> None:
    """The store is whole, or another one stands in its place."""
    _mark(path).unlink(missing_ok=True)


def _mark(path: Path) -> Path:
    return path.with_name(f"{path.name}.suspect")


def _begins_like_a_store(beginning: bytes) -> bool:
    """SQLite's own eight bytes that every encrypted store has in the clear: page size and the like."""
    clear = beginning[_CLEAR_AT : _CLEAR_AT + 8]
    page_size = int.from_bytes(clear[:2], "big")
    return (
        len(beginning) >= page_size == _PAGE_BYTES
        and set(clear[2:4]) <= {1, 2}
        and clear[4:] == bytes((_RESERVED_BYTES, 64, 32, 32))
    )


def _some_page_opens(beginning: bytes, key: bytes) -> bool:
    """Put the pages into a store of our own under the same key, each as the only page of a table.

    A page is bound to its number and the key by a checksum that nobody can make without the key.
    """
    import tempfile

    with tempfile.TemporaryDirectory(prefix="sms-desktop-look-") as folder:
        probe = Path(folder) / "probe.db"
        db = connect(probe, key, readonly=False)
        roots = _tables_of_one_page(db)
        db.close()
        content = bytearray(probe.read_bytes())
        for number in roots.values():
            place = slice((number - 1) * _PAGE_BYTES, number * _PAGE_BYTES)
            if len(beginning) >= place.stop:
                content[place] = beginning[place]
        probe.write_bytes(content)
        present = [n for n, at in roots.items() if len(beginning) >= at * _PAGE_BYTES]
        db = connect(probe, key, readonly=True)
        try:
            return any(_reads(db, name) for name in present)
        finally:
            db.close()


def _tables_of_one_page(db: Connection) -> dict[str, int]:
    db.execute("BEGIN")
    for number in range(_PAGES_TRIED):
        db.execute(f"CREATE TABLE p{number} (x)")
    db.execute("COMMIT")
    return dict(select(db, "SELECT name, rootpage FROM sqlite_schema"))


def _reads(db: Connection, table: str) -> bool:
    try:
        select(db, f"SELECT count(*) FROM {table}")  # noqa: S608 - a name of our own
    except (apsw.Error, StoreError):
        return False
    return True
