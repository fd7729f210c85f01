"""Reads that follow each other quickly and may be dropped: one thread, one connection, kept open."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final, TypeVar

from apsw import Connection

from sms_desktop.store.connection import connect, our_errors
from sms_desktop.store.errors import StoreClosed

T = TypeVar("T")
_STEPS_BETWEEN_LOOKS: Final = 2_000
_CACHE_KIB: Final = 8_192


class KeptReader:
    """Opens its connection when it is first asked, on its own thread."""

    def __init__(self, path: Path, key: bytes) -> None:
        self._path = path
        self._key = key
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="store-search")
        self._db: Connection | None = None
        self._is_closed = False

    async def read(self, job: Callable[[Connection], T]) -> T:
        """Run a read; cancelling stops it, also in the middle. ``close`` ends it with ``StoreClosed``."""
        if self._is_closed:
            raise StoreClosed
        cancelled = threading.Event()
        running = self._thread.submit(self._read, job, cancelled)
        try:
            return await asyncio.wrap_future(running)
        except asyncio.CancelledError:
            cancelled.set()
            raise

    def _read(self, job: Callable[[Connection], T], cancelled: threading.Event) -> T:
        def is_unwanted() -> bool:
            return cancelled.is_set() or self._is_closed

        if is_unwanted():
            raise StoreClosed
        if self._db is None:
            self._db = connect(self._path, self._key, readonly=True)
            # Pages that were deciphered for one letter are wanted again for the next.
            self._db.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        self._db.set_progress_handler(is_unwanted, _STEPS_BETWEEN_LOOKS)
        with our_errors():
            return job(self._db)

    def close(self) -> None:
        """Stop what runs and close the connection."""
        self._is_closed = True
        self._thread.shutdown(wait=True)
        if self._db is not None:
            self._db.close()
