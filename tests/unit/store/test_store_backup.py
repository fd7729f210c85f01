"""Backups: whole, encrypted, made beside writes; and what a restored one may and may not do."""

import asyncio
import threading
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from sms_desktop.domain.delivery import State
from sms_desktop.domain.ids import ClientId, MessageId
from sms_desktop.domain.message import Direction, ServerMessage
from sms_desktop.store import backup, contacts, conversations, errors, messages, outbox
from sms_desktop.store.backup_folder import backup_name, backups_in, kept_of, made_at_ms, thin_out
from sms_desktop.store.connection import connect
from sms_desktop.store.database import open_database
from sms_desktop.store.restoring import every_backup, put_aside, restore
from tests.unit.store.conftest import LOCAL, NOW, REMOTE, add_account

PLANTED = "planted-secret-text"


def _fill(db, count=300):
    account = add_account(db).account_id
    for number in range(count):
        fact = ServerMessage(
            MessageId(f"m{number}"), Direction.INBOUND, LOCAL, REMOTE, PLANTED * 5, NOW + number,
            State.RECEIVED,
        )  # fmt: skip
        messages.record(db, account, fact, now_ms=NOW)


@pytest.fixture
def folder(path):
    return path.parent / "backups"


async def test_a_backup_holds_everything_and_nothing_readable(opened, folder, key):
    database = opened()
    await database.write(_fill)
    made = await database.back_up(folder, NOW)
    assert (made.messages, made.at_ms) == (300, NOW)
    file = folder / made.name
    assert [one.name for one in folder.iterdir()] == [made.name]
    assert file.stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o777 == 0o700
    assert PLANTED.encode() not in file.read_bytes()
    assert b"SQLite format" not in file.read_bytes()
    assert await database.backups(folder) == [made]
    with pytest.raises(errors.WrongKey):
        connect(file, bytes(32), readonly=True)


async def test_writes_go_on_while_it_is_made_and_it_is_of_one_moment(opened, path, key, folder):
    database = opened()
    await database.write(lambda db: _fill(db, 2000))
    began, go_on = threading.Event(), threading.Event()

    def rest(_took_s):
        began.set()
        go_on.wait()

    copying = asyncio.ensure_future(
        asyncio.to_thread(backup.back_up, path, key, folder, NOW, rest=rest)
    )
    await asyncio.to_thread(began.wait)
    for number in range(50):
        await database.write(lambda db, n=number: contacts.set_name(db, f"+{n}", "x" * 500))
    go_on.set()
    made = await copying
    restored = connect(folder / made.name, key, readonly=True)
    assert restored.execute("SELECT count(*) FROM contact").get == 0
    assert restored.pragma("integrity_check") == "ok"
    restored.close()
    assert len(database.reader().read(contacts.names)) == 50


async def test_closing_stops_it_and_leaves_nothing_behind(opened, path, key, folder):
    database = opened()
    await database.write(_fill)
    with pytest.raises(errors.StoreClosed):
        backup.back_up(path, key, folder, NOW, is_unwanted=lambda: True)
    assert list(folder.iterdir()) == []


async def test_a_disk_that_would_be_full_gets_no_backup(opened, path, key, folder):
    await opened().write(_fill)
    with pytest.raises(errors.NoRoomForBackup) as caught:
        backup.back_up(path, key, folder, NOW, left_free_bytes=2**60)
    assert "free space" in caught.value.text()
    assert list(folder.iterdir()) == []


def test_a_damaged_store_makes_no_backup(opened, path, key, folder):
    database = opened()
    asyncio.run(database.write(_fill))
    database.close()
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    with pytest.raises(errors.Damaged):
        backup.back_up(path, key, folder, NOW)
    assert list(folder.iterdir()) == []


def _names(days_ago):
    base = datetime(2026, 11, 23, 12, tzinfo=UTC)
    return [
        backup_name(int((base - timedelta(days=day)).timestamp() * 1000) + 7) for day in days_ago
    ]


def test_a_name_tells_its_moment_and_other_files_have_none():
    assert made_at_ms(backup_name(NOW + 123)) == NOW + 123
    for name in ("messages-x.db", "messages-20261123T000000.xZ.db", "a.db", "messages-Z.db"):
        assert made_at_ms(name) is None


def test_seven_days_stay_and_older_ones_by_the_week():
    names = _names(range(60))
    kept = [name for name in names if name in kept_of(names)]
    assert kept[:7] == names[:7]
    assert len(kept) == 7 + 4
    weeks = [names.index(name) for name in kept[7:]]
    assert all(later - earlier == 7 for earlier, later in pairwise(weeks[1:]))


def test_after_a_year_without_the_program_everything_is_there():
    names = _names([0, 400, 401])
    assert kept_of(names) == set(names)


def test_many_of_one_day_are_thinned_but_the_newest_stay():
    names = _names(number / 100 for number in range(40))
    assert [name for name in names if name in kept_of(names)] == names[:3]


def test_other_files_in_the_folder_are_left_alone(tmp_path):
    for name in (*_names(range(30)), "mine.db", "messages-mine.db"):
        (tmp_path / name).write_bytes(b"")
    thin_out(tmp_path)
    assert (tmp_path / "mine.db").exists()
    assert (tmp_path / "messages-mine.db").exists()
    assert len(backups_in(tmp_path)) == 11


async def test_a_restored_backup_is_what_was_and_the_present_store_stays_beside_it(
    opened, path, key, folder
):
    database = opened()
    await database.write(_fill)
    made = await database.back_up(folder, NOW)
    await database.write(lambda db: contacts.set_name(db, REMOTE, "Later"))
    database.close()
    aside = restore(path, key, folder, made.name, "replaced")
    assert aside == path.with_name("messages-replaced.db")
    assert open_and(path, key, contacts.names) == {}
    assert open_and(aside, key, contacts.names) == {REMOTE: "Later"}
    assert (folder / made.name).exists()
    assert restore(path, key, folder, made.name, "replaced").name == "messages-replaced-1.db"
    assert not list(path.parent.glob("*.restoring*"))


def open_and(path, key, job):
    database = open_database(path, key)
    try:
        return database.reader().read(job)
    finally:
        database.close()


async def test_what_waited_in_a_backup_is_never_sent_by_itself(opened, path, key, folder):
    database = opened()

    def wish(db):
        account = add_account(db).account_id
        here = conversations.ensure(db, account, LOCAL, REMOTE)
        for name in ("queued", "sending"):
            outbox.enqueue(db, account, here, ClientId(name), LOCAL, REMOTE, name, NOW)
        outbox.mark_sending(db, ClientId("sending"), NOW)
        return account

    account = await database.write(wish)
    made = await database.back_up(folder, NOW)
    database.close()
    restore(path, key, folder, made.name, "replaced")
    assert open_and(path, key, lambda db: outbox.waiting(db, account)) == []
    unsure = open_and(path, key, lambda db: outbox.unconfirmed(db, account))
    assert {item.client_id for item in unsure} == {"queued", "sending"}

    def told(db):
        fact = ServerMessage(
            MessageId("m1"), Direction.OUTBOUND, LOCAL, REMOTE, "queued", NOW + 5, State.ACCEPTED
        )
        messages.record(db, account, fact, now_ms=NOW)

    again = opened()
    await again.write(told)
    rows = again.reader().rows_before(1, None, 10)
    assert [(row.text, row.state) for row in rows].count(("queued", State.ACCEPTED)) == 1
    assert len(rows) == 2


@pytest.mark.parametrize("harm", ["flipped", "cut", "another key", "gone", "outside"])
async def test_a_backup_that_is_no_good_changes_nothing(opened, path, key, folder, harm):
    database = opened()
    await database.write(_fill)
    made = await database.back_up(folder, NOW)
    database.close()
    name, file = made.name, folder / made.name
    content = bytearray(file.read_bytes())
    if harm == "flipped":
        content[len(content) // 2] ^= 1
        file.write_bytes(content)
    elif harm == "cut":
        file.write_bytes(content[:9000])
    elif harm == "another key":
        key = bytes(32)
    elif harm == "gone":
        file.unlink()
    else:
        name = "../messages.db"
    before = path.read_bytes()
    with pytest.raises(errors.StoreError):
        restore(path, key, folder, name, "replaced")
    assert path.read_bytes() == before
    assert {one.name for one in path.parent.iterdir()} == {"messages.db", "backups"}


async def test_a_left_over_wal_goes_aside_with_its_store(opened, path, key, folder):
    database = opened()
    await database.write(_fill)
    made = await database.back_up(folder, NOW)
    await database.write(lambda db: contacts.set_name(db, REMOTE, "Later"))
    files = {one.name: one.read_bytes() for one in path.parent.glob("messages.db*")}
    database.close()
    for name, content in files.items():
        (path.parent / name).write_bytes(content)
    aside = restore(path, key, folder, made.name, "replaced")
    assert open_and(path, key, contacts.names) == {}
    assert open_and(aside, key, contacts.names) == {REMOTE: "Later"}


def test_nothing_to_put_aside(path):
    path.parent.mkdir()
    assert put_aside(path, "damaged") is None


async def test_an_older_store_is_backed_up_before_it_is_migrated(opened, path, key, folder):
    database = opened()
    await database.write(_fill)
    database.close()
    older = connect(path, key, readonly=False)
    older.execute("PRAGMA user_version = 3")
    columns = [row[1] for row in older.execute("PRAGMA table_info(channel)").fetchall()]
    assert columns
    older.close()
    with pytest.raises(errors.StoreError):  # a step that is done twice fails
        open_database(path, key)
    (made,) = every_backup(folder, key)
    assert made.messages == 300
    before = connect(folder / made.name, key, readonly=True)
    assert before.pragma("user_version") == 3
    before.close()
