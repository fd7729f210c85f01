"""Copies the store into a backup while it is in use: encrypted with the same key, checked, in one step.

Must not hold up the writer: it copies a snapshot on the thread that calls, and rests in between.
"""

import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

import apsw
from apsw import Connection

from sms_desktop.domain.backup import Backup
from sms_desktop.store.backup_folder import backup_name, sync_folder
from sms_desktop.store.connection import connect, make_private_file, store_error
from sms_desktop.store.errors import BackupFailed, CannotOpen, Damaged, NoRoomForBackup, StoreClosed

Rest = Callable[[float], None]
"""Called between two portions with the seconds that the last one took."""

LEFT_FREE_BYTES: Final = 64 * 1024 * 1024
"""What a backup leaves free on the disk: notifications must still find room."""
_PAGES_AT_ONCE: Final = 64
_STEPS_BETWEEN_RESTS: Final = 50_000
_LONGEST_REST_S: Final = 0.05


def rest_as_long(took_s: float) -> None:
    """Leave at least half of the disk and of a core to others."""
    time.sleep(min(took_s, _LONGEST_REST_S))


def back_up(
    source: Path,
    key: bytes,
    folder: Path,
    at_ms: int,
    *,
    rest: Rest = rest_as_long,
    is_unwanted: Callable[[], bool] = lambda: False,
    left_free_bytes: int = LEFT_FREE_BYTES,
) -> Backup:
    """Write a whole and checked backup into the folder, or nothing.

    Raises ``NoRoomForBackup`` before the disk is full, ``Damaged`` where the store cannot be read,
    ``StoreClosed`` when it is not wanted any more, ``BackupFailed`` and other errors of the store.
    """
    _need_room(source, folder, left_free_bytes)
    made = folder / backup_name(at_ms)
    unfinished = made.with_suffix(f".{os.getpid()}.part")
    try:
        make_private_file(unfinished)
        messages = _copy(source, key, unfinished, rest, is_unwanted)
        _check(unfinished, key, messages, rest, is_unwanted)
        _put_on_disk(unfinished)
        unfinished.replace(made)
        sync_folder(folder)
        return Backup(made.name, at_ms, made.stat().st_size, messages)
    except OSError as error:
        raise BackupFailed from error
    finally:
        for left in folder.glob(f"{unfinished.name}*"):
            left.unlink(missing_ok=True)


def count_messages(db: Connection) -> int:
    """How many messages a store of any version holds."""
    found = db.execute("SELECT count(*) FROM message").get
    return int(found)


def _need_room(source: Path, folder: Path, left_free_bytes: int) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        wal = source.with_name(source.name + "-wal")
        size = sum(one.stat().st_size for one in (source, wal) if one.exists())
        free = shutil.disk_usage(folder).free
    except OSError as error:
        raise CannotOpen from error
    if free < size + left_free_bytes:
        raise NoRoomForBackup


def _copy(
    source: Path, key: bytes, target: Path, rest: Rest, is_unwanted: Callable[[], bool]
) -> int:
    """Copy one snapshot; how many messages it holds."""
    reading = connect(source, key, readonly=True)
    writing: Connection | None = None
    try:
        writing = connect(target, key, readonly=False)
        # A file that nobody else knows needs no journal; it is put on the disk at the end.
        writing.pragma("journal_mode", "off")
        writing.pragma("synchronous", "off")
        # Within a transaction all portions are of the same moment, whatever is written meanwhile:
        # without it each write of others would make SQLite begin anew.
        reading.execute("BEGIN")
        messages = count_messages(reading)
        with writing.backup("main", reading, "main") as copying:
            while not copying.done:
                _stop_if(is_unwanted)
                began = time.monotonic()
                copying.step(_PAGES_AT_ONCE)
                rest(time.monotonic() - began)
        # The copy has inherited the WAL; a backup shall be one file.
        writing.pragma("journal_mode", "delete")
        return messages
    except apsw.Error as error:
        raise store_error(error) from error
    finally:
        if writing is not None:
            writing.close()
        reading.close()


def _check(
    path: Path, key: bytes, messages: int, rest: Rest, is_unwanted: Callable[[], bool]
) -> None:
    """Read the whole file again: every page decrypts, every index fits, no message is missing."""
    db = connect(path, key, readonly=True)
    began = time.monotonic()

    def between() -> bool:
        nonlocal began
        rest(time.monotonic() - began)
        began = time.monotonic()
        return is_unwanted()

    try:
        db.set_progress_handler(between, _STEPS_BETWEEN_RESTS)
        is_whole = db.pragma("integrity_check") == "ok" and count_messages(db) == messages
    except apsw.Error as error:
        raise store_error(error) from error
    finally:
        db.close()
    if not is_whole:
        raise Damaged


def _put_on_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _stop_if(is_unwanted: Callable[[], bool]) -> None:
    if is_unwanted():
        raise StoreClosed
