"""The backup of each day: when it is made, and what is told where it cannot be."""

import asyncio
from itertools import pairwise
from pathlib import Path

import pytest

from sms_desktop.store import backup_folder, errors
from sms_desktop.store.database import Database, open_database
from sms_desktop.sync.safety.backups import Backups

DAY_MS = 24 * 3_600_000


class _Days:
    """Hours that pass when the service sleeps; it ends after so many."""

    def __init__(self, hours: int) -> None:
        self.now = 1_795_000_000_000
        self._left = hours

    def now_ms(self) -> int:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += int(seconds * 1000)
        self._left -= 1
        if self._left < 0:
            raise asyncio.CancelledError


@pytest.fixture
def store(tmp_path: Path):
    made = open_database(tmp_path / "messages.db", bytes(range(32)))
    yield made
    made.close()


async def _live(store: Database, folder: Path, days: _Days) -> list[str]:
    told: list[str] = []
    backups = Backups(
        store,
        folder,
        lambda event: told.append(event.sentence),
        lambda _name: None,
        now_ms=days.now_ms,
        sleep=days.sleep,
    )
    with pytest.raises(asyncio.CancelledError):
        await backups.run()
    return told


async def test_one_a_day_and_the_newest_ten_days_thinned_to_seven(store, tmp_path):
    folder = tmp_path / "backups"
    assert await _live(store, folder, _Days(24 * 10)) == []
    made = [backup_folder.made_at_ms(one.name) for one in backup_folder.backups_in(folder)]
    assert [late - early for late, early in pairwise(made[:6])] == [DAY_MS] * 5
    assert 7 <= len(made) <= 9


async def test_a_second_start_makes_none_before_its_time(store, tmp_path):
    folder = tmp_path / "backups"
    days = _Days(3)
    await _live(store, folder, days)
    days._left = 3
    await _live(store, folder, days)
    assert len(backup_folder.backups_in(folder)) == 1


async def test_a_clock_that_was_ahead_does_not_keep_backups_away(store, tmp_path):
    folder = tmp_path / "backups"
    days = _Days(2)
    days.now += 400 * DAY_MS
    await _live(store, folder, days)
    days = _Days(2)
    await _live(store, folder, days)
    assert len(backup_folder.backups_in(folder)) == 2


async def test_a_full_disk_is_told_once(store, tmp_path, monkeypatch):
    async def refuse(*_):
        raise errors.NoRoomForBackup

    monkeypatch.setattr(store, "back_up", refuse)
    told = await _live(store, tmp_path / "backups", _Days(24 * 3))
    assert told == [errors.NoRoomForBackup().text()]
