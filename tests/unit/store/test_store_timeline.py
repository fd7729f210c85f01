"""Pages of bubbles and of conversations: complete, in order, and found by index only."""

import itertools
import random

import pytest

from sms_desktop.store import message_facts, outbox, thread_list, timeline
from sms_desktop.ui.ports import ConversationFilter


def _plan(db, sql):
    values = (None,) * sql.count("?")
    return [row[3] for row in db.execute("EXPLAIN QUERY PLAN " + sql, values)]


@pytest.mark.parametrize("sql", [timeline.NEWEST, timeline.BEFORE, timeline.AFTER, timeline.ALL])
def test_a_page_walks_down_two_indexes_and_sorts_nothing(store, sql):
    plan = _plan(store.db, sql)
    assert plan[0] == "MERGE (UNION ALL)"
    assert any(step.startswith("SEARCH message USING INDEX message_place (") for step in plan)
    assert any(step.startswith("SEARCH outbox USING INDEX outbox_place (") for step in plan)
    assert not any("SCAN" in step or "TEMP B-TREE" in step for step in plan)


@pytest.mark.parametrize("flags", list(itertools.product([False, True], repeat=4)))
def test_a_page_of_conversations_walks_down_an_index(store, flags):
    names = ("of_account", "of_local", "unread", "after")
    first, *others = _plan(store.db, thread_list.page_sql(**dict(zip(names, flags, strict=True))))
    assert first.startswith(("SCAN c USING INDEX conversation_", "SEARCH c USING INDEX conv"))
    assert all(step.startswith(("SEARCH", "CORRELATED SCALAR SUBQUERY")) for step in others)


def test_pages_in_both_directions_give_every_bubble_once(store):
    shuffled = random.Random(7)
    here = store.conversation()
    for number in range(60):
        store.comes(f"in{number}", at_ms=store.now + shuffled.randrange(20))
        if number % 3 == 0:
            store.wish(f"out{number}", now_ms=store.now + shuffled.randrange(20))
    everything = store.bubbles()
    assert len(everything) == 80
    assert [row.key for row in everything] == sorted({row.key for row in everything})

    up, key = [], None
    while page := store.reader.rows_before(here, key, 7):
        up = page + up
        key = page[0].key
    assert up == everything
    down = [everything[0]]
    while page := store.reader.rows_after(here, down[-1].key, 7):
        down += page
    assert down == everything
    assert store.reader.row(here, everything[5].key) == everything[5]


def test_pages_of_the_thread_list_give_every_conversation_once_newest_first(store, new_store):
    for number in range(40):
        local = f"+1613555000{number % 3}"
        fact = store.stated(f"m{number}", at_ms=store.now + number // 2, local=local)
        fact = type(fact)(**{**_fields(fact), "remote": f"+1206555{number:04}"})
        _record(store, fact)
    found, key = [], None
    while page := store.reader.conversations(ConversationFilter(), key, 7):
        found += page
        key = page[-1].key
    assert len(found) == 40
    assert [row.key for row in found] == sorted((row.key for row in found), reverse=True)
    wanted = ConversationFilter(account_id=store.account, local="+16135550002")
    some = store.reader.conversations(wanted, None, 50)
    assert some == [row for row in found if row.local == "+16135550002"]
    assert some == store.reader.conversations(ConversationFilter(local=wanted.local), None, 50)


def test_the_summary_shows_the_newest_bubble_whatever_it_is(store):
    here = store.conversation()
    summary = store.reader.conversation(here)
    assert (summary.last_at_ms, summary.last_text, summary.last_state) == (0, "", None)
    assert summary.last_direction is None
    store.comes("m1", "hello", store.now)
    store.wish("c1", "and you?", now_ms=store.now - 5000)
    summary = store.reader.conversation(here)
    assert (summary.last_text, summary.last_direction) == ("and you?", "outbound")
    assert (summary.last_state, summary.last_origin) == ("queued", "this_device")
    assert summary.last_at_ms == store.now + 1
    outbox.discard(store.db, "c1")
    assert store.reader.conversation(here).last_text == "hello"
    store.removed("m1")
    assert store.reader.conversation(here).last_at_ms == 0


def _fields(fact):
    return {name: getattr(fact, name) for name in fact.__slots__}


def _record(store, fact):
    from sms_desktop.store import messages

    messages.record(store.db, store.account, fact, now_ms=store.now)


def test_all_that_is_known_of_a_bubble_can_be_asked_for(store):
    here = store.conversation()
    store.comes("in", at_ms=store.now)
    wish = store.wish("out", now_ms=store.now + 5)
    inbound, waiting = store.bubbles()
    known = store.reader.message_facts(here, inbound.key)
    assert known.row == inbound
    assert known.at_is_kandys
    assert known.asked_at_ms is None
    assert known.recorded_at_ms is not None
    asked = store.reader.message_facts(here, waiting.key)
    assert asked.row == waiting
    assert asked.asked_at_ms == waiting.at_ms
    assert asked.recorded_at_ms is None
    assert (asked.local, asked.remote) == (known.local, known.remote)
    assert wish is not None
    gone = waiting.key._replace(tie=10_000)
    assert store.reader.message_facts(here, gone) is None


@pytest.mark.parametrize("sql", [message_facts.MESSAGE, message_facts.WISH])
def test_what_is_known_is_found_by_index(store, sql):
    assert all(step.startswith("SEARCH") for step in _plan(store.db, sql))
