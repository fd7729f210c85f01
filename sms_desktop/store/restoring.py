"""Puts a backup, or an empty store, in the place of the present one, which is put aside and never lost.

Nobody may have the store open meanwhile.
"""

import os
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from sms_desktop.domain.backup import Backup
from sms_desktop.store import outbox, scheduled
from sms_desktop.store.backup import count_messages
from sms_desktop.store.backup_folder import backups_in, made_at_ms, sync_folder
from sms_desktop.store.connection import connect, make_private_file, our_errors
from sms_desktop.store.errors import BackupFailed, Damaged, NoSuchBackup, StoreError
from sms_desktop.store.migrations import migrate, refuse_newer

_BESIDE: Final = ("-wal", "-shm", "-journal")


def described(file: Path, key: bytes) -> Backup:
    """A backup with its size and how much is in it; raises ``BackupFailed`` where it is gone."""
    try:
        size = file.stat().st_size
    except OSError as error:
        raise BackupFailed from error
    return Backup(file.name, made_at_ms(file.name) or 0, size, _messages_in(file, key))


def every_backup(folder: Path, key: bytes) -> list[Backup]:
    """All of them, the newest first."""
    return [described(one, key) for one in backups_in(folder)]


def restore(database: Path, key: bytes, folder: Path, name: str, label: str) -> Path | None:
    """Put a backup in the place of the store; where the present one is now, if there was one.

    ``label`` says in its new name why it was put aside. What waited to be sent in the backup may
    have been sent since: it is unconfirmed, and Kandy's history or the person settles it. Raises
    ``NoSuchBackup``, ``WrongKey``, ``Damaged``, ``NewerSchema``, ``BackupFailed``; then nothing
    has changed.
    """
    source = folder / name
    if made_at_ms(name) is None or not source.is_file():
        raise NoSuchBackup
    ready = database.with_name(f"{database.name}.restoring")
    try:
        _clear(ready)
        make_private_file(ready)
        shutil.copyfile(source, ready)
        _make_ready(ready, key)
        return _exchange(ready, database, label)
    except OSError as error:
        raise BackupFailed from error
    finally:
        _clear(ready)


def aside_label(why: str) -> str:
    """The part of a file's name that says why and when it was put aside."""
    return f"{why}-{datetime.now(UTC):%Y%m%dT%H%M%SZ}"


def put_aside(database: Path, label: str) -> Path | None:
    """Give the store, and what stands beside it, another name; ``None`` where there is none.

    The next one who opens the store makes an empty one. Raises ``BackupFailed``.
    """
    try:
        return _exchange(None, database, label)
    except OSError as error:
        raise BackupFailed from error


def _messages_in(file: Path, key: bytes) -> int | None:
    try:
        db = connect(file, key, readonly=True)
    except StoreError:
        return None
    try:
        with our_errors():
            return count_messages(db)
    except StoreError:
        return None
    finally:
        db.close()


def _make_ready(path: Path, key: bytes) -> None:
    db = connect(path, key, readonly=False)
    try:
        with our_errors():
            if db.pragma("integrity_check") != "ok":
                raise Damaged
            refuse_newer(db)
            migrate(db)
            outbox.doubt_all(db)
            scheduled.hold_all(db)
    finally:
        db.close()
    _sync_file(path)


def _exchange(ready: Path | None, database: Path, label: str) -> Path | None:
    """The order matters: the store's own name never points to nothing, nor to a WAL of another."""
    aside: Path | None = None
    if database.exists() or any(_beside(database, _BESIDE)):
        aside = _free_name(database, label)
        if database.exists():
            _link_or_rename(database, aside, is_replaced=ready is not None)
        for left in _beside(database, _BESIDE):
            left.rename(aside.with_name(aside.name + left.name.removeprefix(database.name)))
    if ready is not None:
        ready.replace(database)
    sync_folder(database.parent)
    return aside


def _link_or_rename(present: Path, aside: Path, *, is_replaced: bool) -> None:
    if is_replaced:
        try:
            aside.hardlink_to(present)
        except OSError:  # a file system without links
            present.rename(aside)
    else:
        present.rename(aside)


def _free_name(database: Path, label: str) -> Path:
    numbered: Callable[[int], Path] = lambda number: database.with_name(  # noqa: E731
        f"{database.stem}-{label}{f'-{number}' if number else ''}{database.suffix}"
    )
    number = 0
    while numbered(number).exists() or any(_beside(numbered(number), _BESIDE)):
        number += 1
    return numbered(number)


def _beside(path: Path, endings: tuple[str, ...]) -> list[Path]:
    return [one for end in endings if (one := path.with_name(path.name + end)).exists()]


def _clear(path: Path) -> None:
    for one in (path, *_beside(path, _BESIDE)):
        one.unlink(missing_ok=True)


def _sync_file(path: Path) -> None:
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
