"""The file: who may open it, what a commit promises, and what happens when something fails."""

import asyncio
import threading

import apsw
import pytest

from sms_desktop.domain.ids import ConversationId
from sms_desktop.store import accounts, contacts, conversations, errors, messages
from sms_desktop.store.connection import connect
from sms_desktop.store.database import open_database
from sms_desktop.ui.ports import ConversationFilter, Reader

PLANTED = "planted-secret-text"


def _name(remote, name):
    return lambda db: contacts.set_name(db, remote, name)


def test_only_the_owner_may_touch_the_file(path, opened):
    opened().reader()
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert {one.stat().st_mode & 0o777 for one in path.parent.iterdir()} == {0o600}


def test_another_key_does_not_open_it(path, opened):
    opened().close()
    before = path.read_bytes()
    with pytest.raises(errors.WrongKey):
        open_database(path, bytes(32))
    assert path.read_bytes() == before


def test_a_newer_database_is_refused_untouched(path, key, opened):
    opened().close()
    with connect(path, key, readonly=False) as db:
        db.execute("PRAGMA user_version = 999")
    db.close()
    before = path.read_bytes()
    with pytest.raises(errors.NewerSchema) as caught:
        open_database(path, key)
    assert "newer version" in caught.value.text()
    assert path.read_bytes() == before


async def test_a_left_over_wal_of_a_newer_program_stays(path, key, opened):
    await opened().write(lambda db: db.execute("SELECT 1").fetchall())
    live = connect(path, key, readonly=False)
    live.execute("PRAGMA user_version = 999")
    wal = path.with_name(path.name + "-wal")
    files = {one: one.read_bytes() for one in (path, wal)}
    elsewhere = path.parent / "copy"
    elsewhere.mkdir()
    for one, content in files.items():
        (elsewhere / one.name).write_bytes(content)
    live.close()
    with pytest.raises(errors.NewerSchema):
        open_database(elsewhere / path.name, key)
    assert {one: (elsewhere / one.name).read_bytes() for one in files} == files


def test_a_damaged_file_is_told_and_kept(path, key, opened):
    opened().close()
    content = bytearray(path.read_bytes())
    content[5000:9000] = bytes(4000)
    path.write_bytes(content)
    with pytest.raises((errors.Damaged, errors.WrongKey)):
        open_database(path, key).reader().accounts()
    assert path.read_bytes()[5000:9000] == bytes(4000)


def test_a_folder_in_the_way_gives_a_sentence(tmp_path, key):
    (tmp_path / "file").write_text("")
    with pytest.raises(errors.CannotOpen) as caught:
        open_database(tmp_path / "file" / "messages.db", key)
    assert "permissions" in caught.value.text()


async def test_nothing_readable_stands_on_the_disk(path, opened):
    database = opened()
    await database.write(_name("+12065550100", PLANTED))
    assert database.reader().contact_name("+12065550100") == PLANTED
    for _ in range(2):
        content = b"".join(one.read_bytes() for one in path.parent.iterdir())
        assert PLANTED.encode() not in content
        assert b"12065550100" not in content
        assert b"SQLite format" not in content
        database.close()


async def test_what_was_written_is_there_for_everybody_when_the_answer_comes(opened):
    one, other = opened(), opened()
    await one.write(_name("+12065550100", "Ada"))
    assert one.reader().contact_name("+12065550100") == "Ada"
    assert other.reader().contact_name("+12065550100") == "Ada"


async def test_two_programs_write_the_same_file_at_once(opened):
    one, other = opened(), opened()
    jobs = [
        database.write(_name(f"+1206555{number:04}", name))
        for number in range(200)
        for database, name in ((one, "one"), (other, "other"))
    ]
    await asyncio.gather(*jobs)
    named = await one.read_long(contacts.names)
    assert len(named) == 200


def test_two_programs_make_the_file_at_once(path, key):
    made, threads = [], []
    for _ in range(4):
        threads.append(threading.Thread(target=lambda: made.append(open_database(path, key))))
        threads[-1].start()
    for thread in threads:
        thread.join()
    assert len(made) == 4
    for database in made:
        database.close()


async def test_waiting_jobs_share_a_commit(opened):
    database = opened()
    before = database.commits
    await asyncio.gather(*(database.write(_name(f"+{n}", "x")) for n in range(500)))
    assert database.commits - before < 10
    assert len(database.reader().read(contacts.names)) == 500


async def test_a_job_that_fails_undoes_only_itself(opened):
    database = opened()

    def half(db):
        contacts.set_name(db, "+2", "half")
        raise ValueError("no")

    results = await asyncio.gather(
        database.write(_name("+1", "before")),
        database.write(half),
        database.write(_name("+3", "after")),
        return_exceptions=True,
    )
    assert not isinstance(results[0], Exception)
    assert isinstance(results[1], ValueError)
    assert database.reader().read(contacts.names) == {"+1": "before", "+3": "after"}


@pytest.mark.log_warnings("commit failed")
async def test_a_commit_that_fails_fails_everybody_and_keeps_nothing(opened):
    database = opened()

    def unfinished(db):
        db.execute("PRAGMA defer_foreign_keys = ON")
        conversations.ensure(db, 4711, "+1", "+2")

    results = await asyncio.gather(
        database.write(_name("+1", "lost")), database.write(unfinished), return_exceptions=True
    )
    assert [type(result) for result in results] == [errors.StoreError] * 2
    assert database.reader().read(contacts.names) == {}
    await database.write(_name("+1", "kept"))
    assert database.reader().contact_name("+1") == "kept"


@pytest.mark.log_warnings("commit failed")
async def test_a_full_disk_is_told_and_passes(opened, path):
    database = opened()
    await database.write(_name("+1", "before"))

    def fill(db):
        # SQLite's own limit stands in for the disk's: the same error from the same place.
        pages = db.pragma("page_count")
        db.pragma("max_page_count", pages + 2)
        for number in range(1000):
            contacts.set_name(db, f"+{number}", "x" * 1000)

    with pytest.raises(errors.DiskFull) as caught:
        await database.write(fill)
    assert "disk is full" in caught.value.text()
    assert database.reader().read(contacts.names) == {"+1": "before"}
    await database.write(lambda db: db.pragma("max_page_count", 2**31 - 2))
    await database.write(_name("+2", "after"))
    assert database.reader().contact_name("+2") == "after"


async def test_cancelling_a_wait_that_has_not_begun_drops_its_job(opened):
    database = opened()
    go = threading.Event()
    blocking = asyncio.ensure_future(database.write(lambda db: go.wait()))
    dropped = asyncio.ensure_future(database.write(_name("+1", "dropped")))
    kept = asyncio.ensure_future(database.write(_name("+2", "kept")))
    await asyncio.sleep(0)
    assert not database.is_idle
    dropped.cancel()
    go.set()
    await asyncio.gather(blocking, kept)
    with pytest.raises(asyncio.CancelledError):
        await dropped
    assert database.reader().read(contacts.names) == {"+2": "kept"}
    assert database.is_idle


async def test_closing_finishes_what_waits(path, key, opened):
    database = opened()
    assert database.reader().accounts() == []
    waiting = asyncio.gather(*(database.write(_name(f"+{n}", "x")) for n in range(100)))
    await asyncio.sleep(0)
    database.close()
    await waiting
    assert sorted(one.name for one in path.parent.iterdir()) == [path.name]
    with pytest.raises(errors.StoreClosed):
        await database.write(_name("+1", "late"))
    with pytest.raises(errors.StoreClosed):
        database.reader()
    assert len(opened().reader().read(contacts.names)) == 100


def test_an_answer_after_the_end_of_its_loop_does_no_harm(opened):
    database = opened()
    go = threading.Event()

    kept = set()

    async def leave():
        kept.add(
            asyncio.ensure_future(database.write(lambda db: (go.wait(), _name("+1", "x")(db))))
        )
        await asyncio.sleep(0)

    loop = asyncio.new_event_loop()
    loop.run_until_complete(leave())
    for task in kept:
        task._log_destroy_pending = False
    loop.close()
    go.set()
    asyncio.run(database.write(_name("+2", "y")))
    assert database.reader().read(contacts.names) == {"+1": "x", "+2": "y"}


def _endless(started):
    def job(db):
        started.set()
        sql = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
        return db.execute(sql).fetchall()

    return job


async def test_closing_stops_a_long_read(opened):
    database = opened()
    started = threading.Event()
    reading = asyncio.ensure_future(database.read_long(_endless(started)))
    await asyncio.to_thread(started.wait)
    database.close()
    with pytest.raises(errors.StoreClosed):
        await reading


async def test_a_long_read_can_be_cancelled_and_others_go_on(opened):
    database = opened()
    started = threading.Event()
    reading = asyncio.ensure_future(database.read_long(_endless(started)))
    await asyncio.to_thread(started.wait)
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading
    assert await database.read_long(contacts.names) == {}


def test_the_reader_is_what_the_windows_ask_for_and_cannot_write(opened):
    reader: Reader = opened().reader()
    assert reader.conversations(ConversationFilter(), None, 50) == []
    assert reader.conversation(ConversationId(1)) is None
    with pytest.raises(errors.ReadOnlyDisk):
        reader.read(lambda db: contacts.set_name(db, "+1", "x"))


def test_each_thread_has_its_own_reader(opened):
    database = opened()
    mine = database.reader()
    assert database.reader() is mine
    found = []
    thread = threading.Thread(target=lambda: found.append(database.reader()))
    thread.start()
    thread.join()
    assert found[0] is not mine


async def test_any_text_and_any_time_survive_the_file(opened, new_store):
    text = "a\0b\x1f\u202e\ud83d\ude00 \ud800 e\u0301"
    database = opened()
    example = new_store()
    fact = example.stated("m\0\ud800", text, at_ms=2**70)

    def job(db):
        account = accounts.add(db, "project", "http://127.0.0.1", "k", "", "u", "t").account_id
        messages.record(db, account, fact, now_ms=-5)
        return messages.record(db, account, fact, now_ms=-5)

    assert not await database.write(job)
    [conversation] = database.reader().conversations(ConversationFilter(), None, 10)
    [row] = database.reader().rows_before(conversation.conversation_id, None, 10)
    assert row.text == "a\0b\x1f\u202e\U0001f600 \ufffd e\u0301"
    assert conversation.last_text == row.text
    assert row.at_ms == 253_370_764_800_000


def test_errors_say_nothing_of_the_content():
    sentences = [one().text() for one in errors.StoreError.__subclasses__()]
    assert len(set(sentences)) == len(sentences)
    assert isinstance(apsw.FullError(), apsw.Error)
