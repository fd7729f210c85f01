"""The disk that is full, read-only, slow or pulled out; and power cuts at any instant."""

import asyncio
import contextlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import apsw
import pytest

from sms_desktop.store import connection, contacts, errors
from sms_desktop.store.database import open_database
from tests.helpers.writing_program import KEY

BIG = 60_000


def _name(remote, name):
    return lambda db: contacts.set_name(db, remote, name)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own, of four megabytes."""
    place = tmp_path / "disk"
    place.mkdir()
    if os.name == "nt" or os.geteuid() != 0:
        pytest.skip("only root can mount a small disk")
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", place], check=False)
    if done.returncode:
        pytest.skip("no disk can be mounted here")
    yield place
    subprocess.run(["umount", "-l", place], check=True)


def _fill_up(disk: Path) -> Path:
    filler = disk / "filler"
    with contextlib.suppress(OSError), filler.open("wb", buffering=0) as file:
        while file.write(bytes(4096)):
            pass
    return filler


@pytest.mark.log_warnings("commit failed")
async def test_a_full_disk_keeps_nothing_by_halves_and_recovers_by_itself(disk):
    database = open_database(disk / "messages.db", KEY)
    await database.write(_name("+1", "before"))
    filler = _fill_up(disk)
    kept, refused = [], []
    for number in range(20):
        try:
            await database.write(_name(f"+9{number}", "x" * BIG))
            kept.append(number)
        except errors.DiskFull as error:
            refused.append(error.text())
    assert refused
    assert "disk is full" in refused[0]
    with pytest.raises(errors.NoRoomForBackup):
        await database.back_up(disk / "backups", 1)
    named = database.reader().read(contacts.names)
    assert len(named) == 1 + len(kept)
    filler.unlink()
    await database.write(_name("+2", "after"))
    assert database.reader().contact_name("+2") == "after"
    database.close()
    again = open_database(disk / "messages.db", KEY)
    assert again.reader().read(lambda db: db.pragma("integrity_check")) == "ok"
    assert len(again.reader().read(contacts.names)) == 2 + len(kept)
    again.close()


def _remount(disk: Path, how: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{how}", disk], check=True)


async def test_a_disk_that_is_read_only_is_told_and_fine_once_it_is_not(disk):
    database = open_database(disk / "messages.db", KEY)
    await database.write(_name("+1", "before"))
    database.close()
    _remount(disk, "ro")
    with pytest.raises(errors.StoreError) as caught:
        open_database(disk / "messages.db", KEY)
    assert "permissions" in caught.value.text()
    _remount(disk, "rw")
    again = open_database(disk / "messages.db", KEY)
    await again.write(_name("+2", "after"))
    assert set(again.reader().read(contacts.names).values()) == {"before", "after"}
    again.close()


@pytest.mark.log_warnings("commit failed")
@pytest.mark.parametrize("how", ["moved", "deleted", "exchanged"])
async def test_nothing_is_acknowledged_into_a_file_that_nobody_finds_again(path, opened, how):
    database = opened()
    await database.write(_name("+1", "before"))
    elsewhere = path.with_name("elsewhere.db")
    path.rename(elsewhere)
    if how == "exchanged":
        shutil.copyfile(elsewhere, path)
    with pytest.raises(errors.StoreGone) as caught:
        await database.write(_name("+2", "lost"))
    assert "moved or deleted" in caught.value.text()
    if how == "deleted":
        elsewhere.unlink()
        return
    elsewhere.replace(path)
    await database.write(_name("+3", "after"))
    assert database.reader().read(contacts.names) == {"+1": "before", "+3": "after"}


class _SlowFile(apsw.VFSFile):
    syncs = 0

    def xSync(self, flags):
        _SlowFile.syncs += 1
        time.sleep(0.2)
        super().xSync(flags)


class _SlowDisk(apsw.VFS):
    def __init__(self) -> None:
        super().__init__("slow", "unix")

    def xOpen(self, name, flags):
        return _SlowFile("unix", name, flags)


@pytest.mark.skipif(os.name == "nt", reason="the slow disk is made for Unix")
async def test_on_a_slow_disk_what_waits_shares_the_wait(path, monkeypatch):
    slow = _SlowDisk()
    monkeypatch.setattr(
        connection, "Connection", partial(apsw.Connection, vfs="multipleciphers-slow")
    )
    database = open_database(path, KEY)
    before = _SlowFile.syncs
    await asyncio.gather(*(database.write(_name(f"+{n}", "x")) for n in range(200)))
    assert 0 < _SlowFile.syncs - before < 12
    assert len(database.reader().read(contacts.names)) == 200
    await asyncio.to_thread(database.close)
    slow.unregister()


@pytest.mark.skipif(os.name == "nt", reason="no process can be frozen there")
def test_a_power_cut_at_any_instant_loses_nothing_that_was_acknowledged(path, tmp_path):
    chance = random.Random(20)
    words = [sys.executable, "-m", "tests.helpers.writing_program", str(path)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as writing:
        assert writing.stdout is not None
        acknowledged = 0
        for cut in range(12):
            for _ in range(chance.randrange(1, 60)):
                acknowledged = int(writing.stdout.readline())
            writing.send_signal(signal.SIGSTOP)
            os.waitid(os.P_PID, writing.pid, os.WSTOPPED)
            copy = tmp_path / f"cut{cut}"
            shutil.copytree(path.parent, copy)
            if cut % 2:
                # The index of the WAL is no part of what must survive.
                (copy / "messages.db-shm").unlink()
            writing.send_signal(signal.SIGCONT)
            _is_whole(copy / "messages.db", acknowledged)
        writing.kill()


def _is_whole(database: Path, acknowledged: int) -> None:
    assert database.with_name("messages.db-wal").stat().st_size > 0
    opened = open_database(database, KEY)
    try:
        assert opened.reader().read(lambda db: db.pragma("integrity_check")) == "ok"
        found = opened.reader().read(contacts.names)
        # What was acknowledged out of order within one portion is read in order of numbers.
        assert {f"+{number}" for number in range(1, acknowledged + 1)} <= found.keys()
    finally:
        opened.close()
