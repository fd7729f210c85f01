"""The encrypted database as the rest of the program holds it: one writer, readers, long reads."""

import asyncio
import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final, TypeVar

import apsw
from apsw import Connection

from sms_desktop.domain.backup import Backup
from sms_desktop.domain.clock import NowMs
from sms_desktop.store.backup import back_up
from sms_desktop.store.backup_folder import FOLDER, thin_out
from sms_desktop.store.connection import connect, make_private_file, our_errors, store_error
from sms_desktop.store.damage import note_suspicion
from sms_desktop.store.errors import StoreClosed, StoreError, StoreGone
from sms_desktop.store.kept_reader import KeptReader
from sms_desktop.store.migrations import migrate, needs_steps, refuse_newer
from sms_desktop.store.reading import StoreReader
from sms_desktop.store.search_index import index_some
from sms_desktop.store.writer import Writer

T = TypeVar("T")
_STEPS_BETWEEN_LOOKS: Final = 20_000

_log = logging.getLogger(__name__)


class Database:
    """Made by ``open_database``; closed once, by ``close``."""

    def __init__(self, path: Path, key: bytes, writing: Connection) -> None:
        self._path = path
        self._key = key
        self._writing = writing
        self._writer = Writer(writing, _place_of(path), when_idle=index_some)
        self._searching = KeptReader(path, key)
        self._here = threading.local()
        self._reading: list[Connection] = []
        self._long_readers = ThreadPoolExecutor(2, thread_name_prefix="store-reader")
        self._backing_up = ThreadPoolExecutor(1, thread_name_prefix="store-backup")
        self._is_closed = False

    @property
    def is_idle(self) -> bool:
        """Whether no write waits or runs."""
        return self._writer.is_idle

    @property
    def commits(self) -> int:
        """How many transactions were committed so far; fewer than writes when they came together."""
        return self._writer.commits

    async def write(self, job: Callable[[Connection], T]) -> T:
        """Run a job on the writer's thread; returns after its commit has reached the disk.

        What the job raises comes back here and undoes only that job. Raises ``DiskFull`` and the
        other types of ``store.errors`` when the commit fails; then nothing was kept. Cancelling
        drops a job that has not begun and lets one that has begun be completed.
        """
        result: T = await self._writer.submit(job)
        return result

    def reader(self) -> StoreReader:
        """The quick reader of the calling thread; each thread has its own connection."""
        if self._is_closed:
            raise StoreClosed
        found: StoreReader | None = getattr(self._here, "reader", None)
        if found is None:
            connection = connect(self._path, self._key, readonly=True)
            self._reading.append(connection)
            found = self._here.reader = StoreReader(connection)
        return found

    async def read_long(self, job: Callable[[Connection], T]) -> T:
        """Run a slow read on a thread and a read-only connection of its own.

        Cancelling stops it, and so does ``close`` (then it raises ``StoreClosed``).
        """
        if self._is_closed:
            raise StoreClosed
        cancelled = threading.Event()

        def is_unwanted() -> bool:
            return cancelled.is_set() or self._is_closed

        running = self._long_readers.submit(self._read_long, job, is_unwanted)
        try:
            return await asyncio.wrap_future(running)
        except asyncio.CancelledError:
            cancelled.set()
            raise

    async def back_up(self, folder: Path, at_ms: int) -> Backup:
        """Write a checked backup on a thread of its own, then thin out the older ones.

        Raises as ``store.backup.back_up``. Cancelling stops it, and so does ``close``.
        """
        if self._is_closed:
            raise StoreClosed
        cancelled = threading.Event()

        def job() -> Backup:
            made = back_up(
                self._path,
                self._key,
                folder,
                at_ms,
                is_unwanted=lambda: cancelled.is_set() or self._is_closed,
            )
            thin_out(folder)
            return made

        try:
            return await asyncio.wrap_future(self._backing_up.submit(job))
        except asyncio.CancelledError:
            cancelled.set()
            raise

    def suspect(self) -> None:
        """The next one who opens the store shall look through all of it."""
        note_suspicion(self._path)

    async def backups(self, folder: Path) -> list[Backup]:
        """Every backup in the folder, the newest first, with what is in it."""
        if self._is_closed:
            raise StoreClosed
        from sms_desktop.store.restoring import every_backup

        listing = self._backing_up.submit(every_backup, folder, self._key)
        return await asyncio.wrap_future(listing)

    async def read_search(self, job: Callable[[Connection], T]) -> T:
        """Run a read of the search on its own thread and connection; cancelling stops it."""
        return await self._searching.read(job)

    def _read_long(self, job: Callable[[Connection], T], is_unwanted: Callable[[], bool]) -> T:
        connection = connect(self._path, self._key, readonly=True)
        try:
            # Not ``interrupt``, which does nothing to a statement that is just about to begin.
            connection.set_progress_handler(is_unwanted, _STEPS_BETWEEN_LOOKS)
            with our_errors():
                return job(connection)
        finally:
            connection.close()

    def close(self) -> None:
        """Wait for the queued writes, stop the long reads, then close every connection."""
        if self._is_closed:
            return
        self._is_closed = True
        self._backing_up.shutdown(wait=True)
        self._searching.close()
        self._long_readers.shutdown(wait=True)
        self._writer.close()
        for connection in self._reading:
            connection.close()
        # Last, because only a connection that may write can fold the WAL into the file.
        self._writing.close()


def check_key(path: Path, key: bytes) -> None:
    """Raise ``WrongKey`` unless the key opens the store, which must exist; changes nothing in it.

    Raises ``Damaged`` and ``CannotOpen`` too.
    """
    # Only a connection that may write can read what a crash has left beside the file.
    connect(path, key, readonly=False).close()


def _place_of(path: Path) -> Callable[[], None]:
    """Raises ``StoreGone`` once another file, or none, stands at the path.

    SQLite goes on writing to a file that was deleted, and its WAL with it: what is acknowledged then
    would be lost at the end.
    """
    made = path.stat()

    def check() -> None:
        try:
            found = path.stat()
        except OSError:
            raise StoreGone from None
        if (found.st_dev, found.st_ino) != (made.st_dev, made.st_ino):
            raise StoreGone

    return check


def _now_ms() -> int:
    return time.time_ns() // 1_000_000


def open_database(path: Path, key: bytes, *, now_ms: NowMs = _now_ms) -> Database:
    """Open the store, making or migrating it as needed; before it is migrated, a backup is made.

    ``key``: 32 raw bytes. Raises ``WrongKey``, ``NewerSchema`` (file untouched), ``Damaged``,
    ``CannotOpen``, ``DiskFull``, ``StoreBusy``.
    """
    make_private_file(path)
    db = connect(path, key, readonly=False)
    try:
        refuse_newer(db)
        if db.pragma("journal_mode") != "wal":
            db.pragma("journal_mode", "wal")
        if needs_steps(db):
            _back_up_before_steps(path, key, now_ms())
        migrate(db)
    except apsw.Error as error:
        db.close()
        raise store_error(error) from error
    except BaseException:
        db.close()
        raise
    return Database(path, key, db)


def _back_up_before_steps(path: Path, key: bytes, at_ms: int) -> None:
    try:
        back_up(path, key, path.parent / FOLDER, at_ms, rest=lambda _took_s: None)
    except StoreError as error:
        # Each step is a transaction of its own: it can do without, and the person wants to text.
        _log.warning("no backup before the migration: %s", type(error).__name__)
