"""What a person wants of own numbers: kept, migrated, and what it does to the inbox."""

from dataclasses import replace
from pathlib import Path

import apsw
import pytest

from sms_desktop.store import accounts, migrations, numbers
from sms_desktop.store.reading import StoreReader
from sms_desktop.ui.ports import ConversationFilter

SAMPLES = Path(__file__).parents[2] / "samples" / "databases"
ALL = ConversationFilter()


@pytest.fixture
def own(store):
    """Two own numbers, each with one unread text."""
    found = numbers.merge_found(store.db, store.account, [store.local, "+2", "+3"])
    store.comes("m1")
    store.comes("m2", local="+2")
    return found


def listed(store, wanted=ALL):
    return [row.local for row in store.reader.conversations(wanted, None, 10)]


def test_numbers_from_before_tell_stay_and_sign_nothing():
    db = apsw.Connection(":memory:")
    db.execute((SAMPLES / "version_1.sql").read_text("utf-8"))
    migrations.migrate(db)
    first, second = StoreReader(db).numbers()
    assert (first.colour, second.colour) == ("#7c5cfc", "#12a866")
    for number in (first, second):
        assert (number.notify, number.is_hidden) == (True, False)
        assert (number.signature, number.is_default_sender) == ("", False)


def test_every_wish_is_kept_and_comes_back_with_the_number(store, own):
    wish = replace(own[0], notify=False, is_hidden=True, signature="Tom\nSupport")
    numbers.change(store.db, wish)
    numbers.set_default_sender(store.db, (store.account, own[0].number))
    numbers.merge_found(store.db, store.account, ["+2"])
    [back, *_] = numbers.merge_found(store.db, store.account, [store.local, "+2", "+3"])
    assert back == replace(wish, is_default_sender=True)


def test_a_hidden_number_is_out_of_all_and_in_its_own_list(store, own):
    assert store.reader.unread_in_inbox() == 2
    numbers.change(store.db, replace(own[0], is_hidden=True))
    assert listed(store) == ["+2"]
    assert listed(store, ConversationFilter(unread_only=True)) == ["+2"]
    assert listed(store, ConversationFilter(store.account, store.local)) == [store.local]
    assert store.reader.unread_in_inbox() == 1
    assert store.reader.unread_by_number()[store.account, store.local] == 1
    assert store.reader.conversation(store.conversation()).is_hidden


@pytest.mark.parametrize("how", ["unassigned", "removed"])
def test_what_has_no_place_of_its_own_any_more_is_among_all(store, own, how):
    numbers.change(store.db, replace(own[0], is_hidden=True))
    if how == "removed":
        accounts.remove(store.db, store.account)
    else:
        numbers.merge_found(store.db, store.account, ["+2"])
    assert sorted(listed(store)) == sorted([store.local, "+2"])
    assert store.reader.unread_in_inbox() == 2


def test_a_quiet_number_is_in_the_inbox_and_draws_no_attention(store, own):
    numbers.change(store.db, replace(own[1], notify=False))
    assert store.reader.unread_in_inbox() == 2
    assert store.reader.unread_in_inbox(only_of_those_that_notify=True) == 1


def test_the_order_is_the_persons_and_new_numbers_come_last(store, own):
    keys = [(n.account_id, n.number) for n in own]
    numbers.put_in_order(store.db, [keys[2], keys[0], keys[2], (store.account, "+nobody")])
    assert [n.number for n in store.reader.numbers()] == ["+3", store.local, "+2"]
    numbers.merge_found(store.db, store.account, [store.local, "+2", "+3", "+4"])
    assert [n.number for n in store.reader.numbers()] == ["+3", store.local, "+2", "+4"]


def test_a_change_of_something_else_leaves_place_and_rank(store, own):
    numbers.put_in_order(store.db, [(n.account_id, n.number) for n in reversed(own)])
    numbers.set_default_sender(store.db, (store.account, "+2"))
    numbers.change(store.db, replace(own[1], name="Stale copy", position=77))
    assert [n.number for n in store.reader.numbers()] == ["+3", "+2", store.local]
    assert [n.is_default_sender for n in store.reader.numbers()] == [False, True, False]


def test_there_is_one_default_sender_or_none(store, own):
    for number in own:
        numbers.set_default_sender(store.db, (number.account_id, number.number))
    chosen = [n.number for n in store.reader.numbers() if n.is_default_sender]
    assert chosen == [own[-1].number]
    numbers.set_default_sender(store.db, None)
    assert not any(n.is_default_sender for n in store.reader.numbers())


def test_when_the_newest_text_of_a_number_came(store, own):
    assert store.reader.last_inbound_by_number() == {
        (store.account, store.local): store.now,
        (store.account, "+2"): store.now,
    }
