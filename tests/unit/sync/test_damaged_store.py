"""A damaged store: put aside, never overwritten, and the person is told; a wrong key is none."""

import asyncio
import os
from pathlib import Path

import pytest

from sms_desktop.domain.address import Address
from sms_desktop.domain.errors import SmsDesktopError
from sms_desktop.paths import Paths, paths_of
from sms_desktop.profile.profile import Profile, open_profile
from sms_desktop.store import contacts, damage, errors
from sms_desktop.store.connection import Connection
from sms_desktop.store.database import open_database

ENVIRON = {"SMS_DESKTOP_VAULT": "file", "SMS_DESKTOP_PASSPHRASE": "correct horse battery staple"}
NOW = 1_795_000_000_000
PAGE = 4096


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return paths_of(tmp_path / "profile")


def _much(db: Connection) -> None:
    for number in range(100):
        contacts.set_name(db, Address(f"+9{number}"), "x" * 900)


def _fill(paths: Paths, *, backup: bool) -> None:
    profile = open_profile(paths, ENVIRON)

    async def work() -> None:
        await profile.store.write(lambda db: contacts.set_name(db, "+1", "before"))
        await profile.store.write(_much)
        if backup:
            await profile.store.back_up(paths.backups, NOW)
        await profile.store.write(lambda db: contacts.set_name(db, "+2", "after"))

    asyncio.run(work())
    profile.close()


def _names(profile: Profile) -> set[str]:
    try:
        named = profile.store.reader().read(contacts.names)
        return {name for name in named.values() if not name.startswith("x")}
    finally:
        profile.close()


def _flip(content: bytes, at: int) -> bytes:
    return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]


HARMS = {
    "header garbage": lambda content: os.urandom(100) + content[100:],
    "first page garbage": lambda content: os.urandom(PAGE) + content[PAGE:],
    "first page flipped": lambda content: _flip(content, 60),
    "salt flipped": lambda content: _flip(content, 3),
    "truncated": lambda content: content[: len(content) // 2],
    "truncated to odd": lambda content: content[: len(content) // 2 + 100],
    "truncated to little": lambda content: content[:1000],
    "random bytes": lambda content: os.urandom(len(content)),
    "zeros": lambda content: bytes(len(content)),
}


@pytest.mark.parametrize("has_backup", [True, False], ids=["backup", "no backup"])
@pytest.mark.parametrize("harm", HARMS)
def test_it_is_put_aside_and_what_there_is_takes_its_place(
    paths: Paths, capsys: pytest.CaptureFixture[str], harm: str, has_backup: bool
) -> None:
    _fill(paths, backup=has_backup)
    damaged = HARMS[harm](paths.database.read_bytes())
    paths.database.write_bytes(damaged)
    profile = open_profile(paths, ENVIRON)
    assert _names(profile) == ({"before"} if has_backup else set())
    (aside,) = paths.data.glob("messages-damaged-*.db")
    assert aside.read_bytes() == damaged
    said = capsys.readouterr().err
    assert said == f"sms-desktop: {profile.notice}\n"
    assert aside.name in said
    assert ("backup of" in said) is has_backup
    again = open_profile(paths, ENVIRON)
    assert (again.notice, _names(again)) == ("", {"before"} if has_backup else set())


@pytest.mark.parametrize("harm", ["empty", "gone"])
def test_an_empty_or_missing_file_comes_back_from_the_backup(paths: Paths, harm: str) -> None:
    _fill(paths, backup=True)
    paths.database.unlink()
    if harm == "empty":
        paths.database.touch()
    profile = open_profile(paths, ENVIRON)
    assert "gone or empty" in profile.notice
    assert _names(profile) == {"before"}


def test_a_page_in_the_middle_is_found_by_the_next_backup_and_mended_at_the_next_start(
    paths: Paths,
) -> None:
    _fill(paths, backup=True)
    content = paths.database.read_bytes()
    paths.database.write_bytes(_flip(content, len(content) - PAGE // 2))
    profile = open_profile(paths, ENVIRON)
    assert profile.notice == ""
    with pytest.raises(errors.Damaged):
        asyncio.run(profile.store.back_up(paths.backups, NOW + 1))
    profile.store.suspect()
    profile.close()
    mended = open_profile(paths, ENVIRON)
    assert "damaged" in mended.notice
    assert _names(mended) == {"before"}


def test_a_suspicion_that_was_wrong_changes_nothing(paths: Paths) -> None:
    _fill(paths, backup=True)
    damage.note_suspicion(paths.database)
    profile = open_profile(paths, ENVIRON)
    assert (profile.notice, _names(profile)) == ("", {"before", "after"})
    assert not list(paths.data.glob("*.suspect"))


def test_the_newest_backup_that_is_good_is_taken(paths: Paths) -> None:
    _fill(paths, backup=True)
    (good,) = paths.backups.iterdir()
    later = paths.backups / good.name.replace("messages-2026", "messages-2027")
    later.write_bytes(_flip(good.read_bytes(), 9000))
    paths.database.write_bytes(os.urandom(9000))
    profile = open_profile(paths, ENVIRON)
    assert _names(profile) == {"before"}
    assert later.exists()


def test_a_wrong_key_is_never_damage(paths: Paths) -> None:
    _fill(paths, backup=True)
    paths.database.unlink()
    other = open_database(paths.database, bytes(32))
    other.close()
    before = paths.database.read_bytes()
    with pytest.raises(errors.WrongKey):
        open_profile(paths, ENVIRON)
    assert paths.database.read_bytes() == before
    assert not list(paths.data.glob("messages-*"))
    assert not damage.is_damaged_for_certain(paths.database, bytes(range(32)))


def test_nobody_exchanges_a_store_that_a_window_has_open(paths: Paths) -> None:
    from filelock import FileLock

    _fill(paths, backup=True)
    paths.database.write_bytes(bytes(9000))
    with FileLock(paths.lock_file), pytest.raises(SmsDesktopError):
        open_profile(paths, ENVIRON)
    assert paths.database.read_bytes() == bytes(9000)
