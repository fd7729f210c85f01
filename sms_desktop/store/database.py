"""The encrypted database as the rest of the program holds it: one writer, readers, long reads."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final, TypeVar

import apsw
from apsw import Connection

from sms_desktop.store.connection import connect, make_private_file, our_errors, store_error
from sms_desktop.store.errors import StoreClosed
from sms_desktop.store.migrations import migrate, refuse_newer
from sms_desktop.store.reading import StoreReader
from sms_desktop.store.writer import Writer

T = TypeVar("T")
_STEPS_BETWEEN_LOOKS: Final = 20_000


class Database:
    """Made by ``open_database``; closed once, by ``close``."""

    def __init__(self, path: Path, key: bytes, writing: Connection) -> None:
        self._path = path
        self._key = key
        self._writing = writing
        self._writer = Writer(writing)
        self._here = threading.local()
        self._reading: list[Connection] = []
        self._long_readers = ThreadPoolExecutor(2, thread_name_prefix="store-reader")
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


def open_database(path: Path, key: bytes) -> Database:
    """Open the store, making or migrating it as needed.

    ``key``: 32 raw bytes. Raises ``WrongKey``, ``NewerSchema`` (file untouched), ``Damaged``,
    ``CannotOpen``, ``DiskFull``, ``StoreBusy``.
    """
    make_private_file(path)
    db = connect(path, key, readonly=False)
    try:
        refuse_newer(db)
        if db.pragma("journal_mode") != "wal":
            db.pragma("journal_mode", "wal")
        migrate(db)
    except apsw.Error as error:
        db.close()
        raise store_error(error) from error
    except BaseException:
        db.close()
        raise
    return Database(path, key, db)
