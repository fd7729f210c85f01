"""Pinned, archived, muted, blocked, snoozed, unread: kept, listed by index, undone by what comes in."""

import itertools
from dataclasses import replace

import pytest

from sms_desktop.domain.address import Address
from sms_desktop.domain.delivery import State
from sms_desktop.domain.message import Direction
from sms_desktop.domain.thread_flags import Folder, ThreadChange, ThreadFlags
from sms_desktop.store import (
    conversations,
    messages,
    outbox,
    thread_flags,
    thread_list,
    timeline,
)
from sms_desktop.ui.ports import ConversationFilter

ANN, BEA, CYD = "+1206555001", "+1206555002", "+1206555003"
ALL = ConversationFilter()


@pytest.fixture
def people(store):
    """Three conversations, Ann's the newest, each with one unread text."""
    found = {}
    for number, remote in enumerate((CYD, BEA, ANN)):
        comes(store, remote, f"{remote}-1", store.now + number)
        found[remote] = store.conversation(remote=remote)
    return found


def comes(store, remote, message_id, at_ms, **kwargs):
    fact = store.stated(message_id, "hi", at_ms, Direction.INBOUND, State.RECEIVED)
    fact = replace(fact, remote=Address(remote))
    return messages.record(store.db, store.account, fact, now_ms=store.now, **kwargs)


def listed(store, folder=Folder.INBOX, **wanted):
    found = store.reader.conversations(ConversationFilter(folder=folder, **wanted), None, 10)
    return [row.remote for row in found]


def want(store, conversation, **wanted):
    return thread_flags.change(store.db, [conversation], ThreadChange(**wanted))


def test_pinned_conversations_stand_above_all_others(store, people):
    assert listed(store) == [ANN, BEA, CYD]
    want(store, people[CYD], pinned=True)
    assert listed(store) == [CYD, ANN, BEA]
    want(store, people[BEA], pinned=True)
    assert listed(store) == [BEA, CYD, ANN]
    comes(store, CYD, "later", store.now + 10)
    assert listed(store) == [CYD, BEA, ANN]
    want(store, people[CYD], pinned=False)
    assert listed(store) == [BEA, CYD, ANN]
    found, key = [], None
    while page := store.reader.conversations(ALL, key, 1):
        found += page
        key = page[-1].key
    assert [row.remote for row in found] == [BEA, CYD, ANN]


def test_archived_conversations_come_back_with_a_new_message(store, people):
    want(store, people[ANN], archived=True)
    assert (listed(store), listed(store, Folder.ARCHIVED)) == ([BEA, CYD], [ANN])
    assert store.reader.unread_in_inbox() == 2
    comes(store, ANN, "new", store.now + 10)
    assert (listed(store), listed(store, Folder.ARCHIVED)) == ([ANN, BEA, CYD], [])


def test_a_message_of_ones_own_brings_an_archived_conversation_back_too(store, people):
    want(store, people[BEA], archived=True)
    outbox.enqueue(
        store.db, store.account, people[BEA], "c1", store.local, Address(BEA), "hi", store.now + 9
    )
    assert listed(store)[0] == BEA


def test_old_history_brings_nothing_back(store, people):
    want(store, people[ANN], archived=True)
    newest = timeline.newest(store.db, people[ANN])
    conversations.mark_read(store.db, people[ANN], newest)
    comes(store, ANN, "old", store.now - 1000)
    comes(store, ANN, "imported", store.now + 5, counts_as_unread=False)
    assert listed(store, Folder.ARCHIVED) == [ANN]


def test_what_is_put_away_is_not_pinned_and_what_is_pinned_is_not_put_away(store, people):
    want(store, people[ANN], pinned=True)
    want(store, people[ANN], archived=True)
    assert thread_flags.flags_of(store.db, people[ANN]) == ThreadFlags(is_archived=True)
    want(store, people[ANN], pinned=True)
    assert thread_flags.flags_of(store.db, people[ANN]) == ThreadFlags(is_pinned=True)


def test_the_muted_count_in_the_list_and_draw_no_attention(store, people):
    want(store, people[ANN], muted=True)
    assert store.reader.unread_in_inbox() == 3
    assert store.reader.unread_in_inbox(only_of_those_that_notify=True) == 2
    assert store.reader.conversation(people[ANN]).flags.is_quiet


def test_blocking_is_about_the_number_wherever_it_texts(store, people):
    comes_to_second = store.conversation("+2", ANN)
    changes, before = want(store, people[ANN], blocked=True)
    assert changes.conversations == {people[ANN], comes_to_second} == set(before)
    comes(store, ANN, "again", store.now + 10)
    third = store.conversation("+3", ANN)
    assert store.reader.conversation(third).folder is Folder.BLOCKED
    assert listed(store) == [BEA, CYD]
    assert listed(store, Folder.BLOCKED)[0] == ANN
    assert store.reader.conversation(people[ANN]).last_text == "hi"
    assert store.reader.conversation(people[ANN]).unread == 2
    assert store.reader.unread_in_inbox() == 2
    assert store.reader.unread_by_number() == {(store.account, store.local): 2}
    want(store, third, blocked=False)
    assert listed(store)[0] == ANN
    assert listed(store, Folder.BLOCKED) == []
    fourth = store.conversation("+4", ANN)
    assert store.reader.conversation(fourth).folder is Folder.INBOX


def test_a_snoozed_conversation_comes_back_on_top_at_its_time(store, people):
    want(store, people[CYD], snoozed_until_ms=store.now + 1000)
    assert (listed(store), listed(store, Folder.SNOOZED)) == ([ANN, BEA], [CYD])
    assert thread_flags.next_snooze_ends_at_ms(store.db) == store.now + 1000
    assert not thread_flags.end_snoozes(store.db, store.now + 999)
    assert thread_flags.end_snoozes(store.db, store.now + 1000).conversations == {people[CYD]}
    assert listed(store) == [CYD, ANN, BEA]
    assert store.reader.conversation(people[CYD]).is_unread
    assert thread_flags.next_snooze_ends_at_ms(store.db) is None
    comes(store, BEA, "later", store.now + 2000)
    assert listed(store) == [BEA, CYD, ANN]


def test_a_snoozed_conversation_comes_back_with_an_answer_but_not_with_ones_own(store, people):
    want(store, people[CYD], snoozed_until_ms=store.now + 10_000)
    remote = Address(CYD)
    outbox.enqueue(store.db, store.account, people[CYD], "c1", store.local, remote, "hi", store.now)
    assert listed(store, Folder.SNOOZED) == [CYD]
    comes(store, CYD, "answer", store.now + 20)
    assert listed(store)[0] == CYD


def test_marked_unread_counts_as_one_until_it_is_looked_at(store, people):
    thread_flags.mark_all_read(store.db, people.values())
    assert store.reader.unread_in_inbox() == 0
    want(store, people[BEA], marked_unread=True)
    assert listed(store, unread_only=True) == [BEA]
    assert store.reader.unread_in_inbox() == 1
    assert store.reader.unread_by_number() == {(store.account, store.local): 1}
    newest = timeline.newest(store.db, people[BEA])
    assert conversations.mark_read(store.db, people[BEA], newest).conversations == {people[BEA]}
    assert store.reader.unread_in_inbox() == 0


def test_what_was_changed_can_be_put_back_as_it_was(store, people):
    want(store, people[ANN], pinned=True)
    ids = list(people.values())
    _, before = thread_flags.change(store.db, ids, ThreadChange(archived=True))
    assert listed(store) == []
    assert thread_flags.put_back(store.db, before).conversations == set(ids)
    assert listed(store) == [ANN, BEA, CYD]
    assert thread_flags.flags_of(store.db, people[ANN]).is_pinned
    _, before = thread_flags.change(store.db, ids, ThreadChange(blocked=True))
    thread_flags.put_back(store.db, before)
    assert store.db.execute("SELECT count(*) FROM blocked").get == 0


@pytest.mark.parametrize(
    "flags", [ThreadFlags(*one) for one in itertools.product([False, True], repeat=5)]
)
@pytest.mark.parametrize("snoozed_until_ms", [0, 5])
def test_the_store_lists_every_state_where_the_rules_say(store, people, flags, snoozed_until_ms):
    flags = ThreadFlags(
        flags.is_pinned,
        flags.is_archived,
        flags.is_muted,
        flags.is_blocked,
        flags.is_marked_unread,
        snoozed_until_ms,
    )
    thread_flags.put_back(store.db, {people[ANN]: flags})
    for folder in Folder:
        assert (ANN in listed(store, folder)) == (folder is flags.folder)
    assert store.reader.conversation(people[ANN]).folder is flags.folder


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT min(snoozed_until_ms) FROM conversation WHERE snoozed_until_ms > 0",
        "SELECT id FROM conversation WHERE snoozed_until_ms > 0 AND snoozed_until_ms <= 7",
    ],
)
def test_looking_for_the_next_snooze_reads_only_what_is_snoozed(store, sql):
    [plan] = [row[3] for row in store.db.execute("EXPLAIN QUERY PLAN " + sql)]
    assert "USING" in plan
    assert "conversation_snoozed" in plan


@pytest.mark.parametrize("name", ["UNREAD", "UNREAD_THAT_NOTIFIES", "UNREAD_BY_NUMBER"])
def test_counting_the_unread_reads_only_what_is_unread(store, name):
    sql = "EXPLAIN QUERY PLAN " + getattr(thread_list, name)
    plan = [row[3] for row in store.db.execute(sql)]
    assert plan[0].startswith("SEARCH c USING INDEX conversation_unread (folder=?")
    assert not any(step.startswith("SCAN") for step in plan)
