"""Searching: what is found, in which order, by which way, and what is forgotten."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import apsw
import pytest

from sms_desktop.domain.address import Address
from sms_desktop.domain.delivery import State
from sms_desktop.domain.ids import MessageId
from sms_desktop.domain.message import Direction, ServerMessage
from sms_desktop.domain.search import Found, parse_query
from sms_desktop.store import accounts, contacts, messages, removal, searching
from sms_desktop.store.connection import connect
from sms_desktop.store.database import Database
from sms_desktop.store.search_index import index_some, indexed_share
from sms_desktop.store.searching import search
from sms_desktop.store.steps.search import step

TODAY = date(2026, 11, 23)
NOW = 1_700_000_000_000
DAY_MS = 86_400_000


@pytest.fixture(params=["fresh", "indexed", "as if large"])
def shelf(request, store, monkeypatch):
    """The store in memory, before and after its messages were indexed, and as if there were many."""
    store.index = lambda: drain(store.db) if request.param != "fresh" else None
    if request.param == "as if large":
        monkeypatch.setattr(searching, "_FEW", 0)
        monkeypatch.setattr(searching, "_LOOKED_AT_FIRST", 1)
        monkeypatch.setattr(searching, "_DENSE", 0)
    return store


def drain(db: apsw.Connection) -> None:
    while index_some(db, 3):
        pass


def texts(store, query: str, **how) -> list[str]:
    store.index()
    return [hit.text for hit in search(store.db, parse_query(query, TODAY), **how).hits]


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("Hello there", "hello"),
        ("unbelievable", "liev"),
        ("Crème brûlée", "creme brulee"),
        ("日本語のテスト", "語"),
        ("日本語のテスト", "テスト"),
        ("日本語のテスト", "スト"),
        ("看東京", "京"),
        ("see you at 4 then", '"you at 4"'),
        ("ok", "k"),
        ("line\nbreak", '"line break"'),
        ('he said "so"', "said"),
        ("zero\x00inside", "inside"),
        ("100% *sure* (really)", "100% *sure* (really)"),
    ],
)
def test_it_is_found(shelf, text: str, query: str) -> None:
    shelf.comes("m1", text)
    shelf.comes("m2", "something else")
    assert texts(shelf, query) == [text]


def test_all_words_must_stand_there_and_a_phrase_as_one(shelf) -> None:
    shelf.comes("m1", "the oak shelf")
    shelf.comes("m2", "a shelf of oak", NOW + 1)
    assert texts(shelf, "oak shelf") == ["a shelf of oak", "the oak shelf"]
    assert texts(shelf, '"oak shelf"') == ["the oak shelf"]
    assert texts(shelf, "oak table") == []


def test_the_newest_come_first_whenever_they_were_recorded(shelf) -> None:
    for number, at in enumerate((NOW + 5, NOW + 9, NOW + 1)):
        shelf.comes(f"m{number}", f"word {at - NOW}", at)
    assert texts(shelf, "word") == ["word 9", "word 5", "word 1"]


def test_pages_follow_each_other_without_gap_or_repeat(shelf) -> None:
    for number in range(25):
        shelf.comes(f"m{number}", f"word {number}", NOW + number // 2)
    shelf.index()
    seen: list[str] = []
    after, query = None, parse_query("word", TODAY)
    while True:
        page = search(shelf.db, query, after=after, limit=10)
        seen += [hit.text for hit in page.hits]
        after = page.after
        if after is None:
            break
    assert seen == [f"word {number}" for number in range(24, -1, -1)]


def test_filters(shelf) -> None:
    contacts.set_name(shelf.db, shelf.remote, "Maria Rossi")
    shelf.comes("m1", "word from her")
    shelf.told("m2", "word of mine https://x.example", NOW + 1)
    shelf.comes("m3", "word long ago", NOW - 400 * DAY_MS)
    shelf.index()
    assert texts(shelf, "from:maria word") == ["word from her", "word long ago"]
    assert texts(shelf, "to:Maria word") == ["word of mine https://x.example"]
    assert texts(shelf, "from:me") == ["word of mine https://x.example"]
    assert texts(shelf, "has:link") == ["word of mine https://x.example"]
    assert len(texts(shelf, "in:206-555 word")) == 3
    assert texts(shelf, "in:nobody word") == []
    day = datetime.fromtimestamp(NOW / 1000, UTC).astimezone().date()
    assert texts(shelf, f"before:{day.isoformat()} word") == ["word long ago"]
    assert len(texts(shelf, f"after:{day.isoformat()} word")) == 2
    assert texts(shelf, "is:unread from:maria") == ["word from her", "word long ago"]


def test_people_by_name_and_by_number_in_any_layout(shelf) -> None:
    contacts.set_name(shelf.db, shelf.remote, "Aïcha Saïd")
    here = shelf.comes("m1", "hello").conversations
    for typed in ("aicha", "saïd", "(206) 555", "206555", "+1 206"):
        found = search(shelf.db, parse_query(typed, TODAY))
        assert {row.conversation_id for row in found.people} == here, typed
    assert not search(shelf.db, parse_query("maria", TODAY)).people


def test_what_waits_to_be_sent_is_found_too(shelf) -> None:
    shelf.wish("c1", "a wish about oak")
    shelf.index()
    assert texts(shelf, "oak") == ["a wish about oak"]


def test_what_was_deleted_leaves_the_index(shelf) -> None:
    shelf.comes("m1", "secret word")
    shelf.index()
    shelf.removed("m1")
    assert texts(shelf, "secret") == []
    drain(shelf.db)
    assert not shelf.db.execute(
        "SELECT rowid FROM search_text WHERE search_text MATCH 'secret'"
    ).fetchall()
    assert shelf.db.execute("SELECT count(*) FROM search_entry").get == 0


def test_ids_that_are_given_again_are_indexed_again(shelf) -> None:
    shelf.comes("m1", "first word")
    shelf.index()
    removal.delete_everything(shelf.db, shelf.account)
    shelf.account = accounts.add(
        shelf.db, accounts.AccountKind.PROJECT, "http://127.0.0.1:1", "k", "", "u", "loopback"
    ).account_id
    shelf.comes("m2", "second word")
    drain(shelf.db)
    assert texts(shelf, "word") == ["second word"]


def test_one_millisecond_holds_many(store) -> None:
    store.index = lambda: drain(store.db)
    db = store.db
    for number in range(3):
        store.comes(f"m{number}", f"word {number}")
    # The counter has gone round: the next place is the first one's.
    db.execute("UPDATE counter SET value = value + 32768 - 1")
    store.comes("m9", "word 9")
    assert sorted(texts(store, "word")) == ["word 0", "word 1", "word 2", "word 9"]


def test_a_database_from_before_is_indexed_bit_by_bit_from_the_newest(new_store) -> None:
    made = new_store()
    old = made.db
    old.execute(
        "DROP TRIGGER search_forgets; DROP TRIGGER search_learns; DROP TABLE search_text;"
        " DROP TABLE search_entry; DROP TABLE search_progress; DROP TABLE search_again"
    )
    for number in range(10):
        made.comes(f"m{number}", f"word {number}", NOW + number)
    step(old)
    assert indexed_share(old) == 0.0
    assert index_some(old, 4)
    assert indexed_share(old) == 0.4
    found = search(old, parse_query("word", TODAY))
    assert [hit.text for hit in found.hits] == [f"word {n}" for n in (9, 8, 7, 6)]
    made.comes("m10", "word 10", NOW + 10)
    drain(old)
    assert indexed_share(old) == 1.0
    assert len(search(old, parse_query("word", TODAY)).hits) == 11
    old.close()


def test_a_rare_word_costs_what_it_finds(store, monkeypatch) -> None:
    """Neither the number of messages nor of earlier pages counts: only candidates are looked at."""
    for number in range(400):
        store.comes(f"m{number}", f"message number {number}", NOW + number)
    store.comes("rare", "a needle", NOW - 1)
    drain(store.db)
    folded: list[str] = []
    plain = searching.fold
    monkeypatch.setattr(searching, "fold", lambda text: folded.append(text) or plain(text))
    assert len(search(store.db, parse_query("needle", TODAY)).hits) == 1
    assert folded == ["a needle"]
    folded.clear()
    assert len(search(store.db, parse_query("number", TODAY)).hits) == 50
    assert len(folded) <= 51
    plan = store.db.execute(
        "EXPLAIN QUERY PLAN " + searching._INDEXED, ('"needle"', 1 << 62, 0)
    ).fetchall()
    steps = [row[3] for row in plan]
    assert all("SCAN f VIRTUAL TABLE" in s or s.startswith("SEARCH") for s in steps), steps


@pytest.fixture
def database(opened: Callable[[], Database]) -> Iterator[Database]:
    return opened()


def fill(database: Database, count: int) -> None:
    def job(db: apsw.Connection) -> None:
        account = accounts.add(
            db, accounts.AccountKind.PROJECT, "http://127.0.0.1:1", "k", "", "u", "loopback"
        ).account_id
        for number in range(count):
            fact = ServerMessage(
                MessageId(f"m{number}"),
                Direction.INBOUND,
                Address("+16135550001"),
                Address("+12065550100"),
                f"Grüße {number}",
                NOW + number,
                State.RECEIVED,
            )
            messages.record(db, account, fact, now_ms=NOW)

    asyncio.run(database.write(job))


def ask(database: Database, query: str) -> Found:
    return asyncio.run(database.read_search(lambda db: search(db, parse_query(query, TODAY))))


def test_the_writer_indexes_in_quiet_moments_and_after_a_restart(
    opened: Callable[[], Database], path: Path, key: bytes
) -> None:
    first = opened()
    fill(first, 600)
    assert len(ask(first, "grusse").hits) == 50
    first.close()
    second = opened()
    until_indexed(path, key, 600)
    found = ask(second, "gruße 599")
    assert [hit.text for hit in found.hits] == ["Grüße 599"]
    assert b"gr\xc3\xbc" not in path.read_bytes().lower()


def until_indexed(path: Path, key: bytes, count: int) -> None:
    looking = connect(path, key, readonly=True)
    wait = threading.Event()
    for _ in range(600):
        if looking.execute("SELECT count(*) FROM search_entry").get == count:
            break
        wait.wait(0.05)
    else:
        raise AssertionError("it was not indexed")
    looking.close()


def test_a_cancelled_search_ends_and_the_next_one_is_answered(database: Database) -> None:
    fill(database, 3)
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
    began = threading.Event()

    def job(db: apsw.Connection) -> None:
        began.set()
        db.execute(endless).fetchall()

    async def type_on() -> Found:
        first = asyncio.create_task(database.read_search(job))
        await asyncio.to_thread(began.wait)
        first.cancel()
        with pytest.raises(asyncio.CancelledError):
            await first
        return await database.read_search(lambda db: search(db, parse_query("grusse", TODAY)))

    assert len(asyncio.run(type_on()).hits) == 3
