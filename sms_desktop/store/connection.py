"""Opens connections to the encrypted file and turns SQLite's errors into ours. Knows no table."""

import os
from pathlib import Path
from typing import Any, Final

import apsw
from apsw import Connection as Connection  # noqa: PLC0414 - what other rings call it

from sms_desktop.store import errors

KEY_BYTES: Final = 32
_BUSY_TIMEOUT_MS: Final = 10_000

_TYPES: Final[tuple[tuple[type[apsw.Error], type[errors.StoreError]], ...]] = (
    (apsw.FullError, errors.DiskFull),
    (apsw.NotADBError, errors.WrongKey),
    (apsw.CorruptError, errors.Damaged),
    (apsw.ReadOnlyError, errors.ReadOnlyDisk),
    (apsw.PermissionsError, errors.ReadOnlyDisk),
    (apsw.CantOpenError, errors.CannotOpen),
    (apsw.IOError, errors.DiskFailed),
    (apsw.BusyError, errors.StoreBusy),
    (apsw.LockedError, errors.StoreBusy),
    (apsw.InterruptError, errors.StoreClosed),
)


def store_error(error: apsw.Error) -> errors.StoreError:
    """Our type for an error of SQLite's."""
    for theirs, ours in _TYPES:
        if isinstance(error, theirs):
            return ours()
    return errors.StoreError()


class our_errors:  # noqa: N801 - reads as a verb's object: ``with our_errors():``
    """Turns SQLite's errors inside a ``with`` into ours."""

    __slots__ = ()

    def __enter__(self) -> None:
        return None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: object
    ) -> None:
        if isinstance(error, apsw.Error):
            raise store_error(error) from error


def select(db: Connection, sql: str, values: tuple[object, ...] = ()) -> list[tuple[Any, ...]]:
    """All rows of a query, read to the end so that no statement stays open."""
    return db.execute(sql, values).fetchall()


def make_private_file(path: Path) -> None:
    """Make sure that the file exists and only its owner may touch it; a new folder likewise.

    SQLite gives ``-wal`` and ``-shm`` the permissions of the file, so this covers them too.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        path.chmod(0o600)
    except OSError as error:
        raise errors.CannotOpen from error


def connect(path: Path, key: bytes, *, readonly: bool) -> Connection:
    """A connection with the cipher set and the key proven by a first read.

    ``key``: 32 raw bytes; no derivation happens. Raises ``WrongKey``, ``CannotOpen``, ``Damaged``.
    """
    if len(key) != KEY_BYTES:
        raise errors.WrongKey
    flags = (
        apsw.SQLITE_OPEN_READONLY
        if readonly
        else apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE
    )
    try:
        db = Connection(str(path), flags=flags)
    except apsw.Error as error:
        raise store_error(error) from error
    try:
        db.set_busy_timeout(_BUSY_TIMEOUT_MS)
        # Else this build of SQLite plans a query anew whenever its values change (STAT4), which
        # costs up to twenty times what running it does.
        db.config(apsw.SQLITE_DBCONFIG_ENABLE_QPSG, 1)
        # The cipher and the key come before anything that reads the file.
        db.execute("PRAGMA cipher = 'chacha20'")
        db.execute(f"PRAGMA key = 'raw:{key.hex()}'")
        db.execute("SELECT count(*) FROM sqlite_schema").fetchall()
        db.execute("PRAGMA foreign_keys = ON")
        db.execute("PRAGMA synchronous = FULL")
        # Sorting that spills to a temporary file would leave texts on the disk in the clear.
        db.execute("PRAGMA temp_store = MEMORY")
    except apsw.Error as error:
        db.close()
        raise store_error(error) from error
    return db
