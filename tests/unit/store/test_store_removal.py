"""Removing an account with its messages, and keeping the numbers that a person has decided about."""

from sms_desktop.domain.delivery import State
from sms_desktop.domain.setting_up import NumberChoice
from sms_desktop.store import (
    accounts,
    channels,
    chosen_numbers,
    contacts,
    conversations,
    messages,
    notifications,
    numbers,
    outbox,
    removal,
)
from sms_desktop.store.connection import select
from sms_desktop.store.reading import StoreReader


def _rows_of(store, account):
    """Every row of any table that belongs to an account, tables of later schemas included."""
    tables = [
        row[0]
        for row in select(
            store.db,
            "SELECT m.name FROM sqlite_schema m JOIN pragma_table_info(m.name) c"
            " WHERE m.type = 'table' AND c.name = 'account_id'",
        )
    ]
    assert {"message", "outbox", "conversation", "number"} <= set(tables)
    found = {
        table: store.db.execute(
            f"SELECT count(*) FROM {table} WHERE account_id = ?", (account,)
        ).get
        for table in tables
    }
    return {table: count for table, count in found.items() if count}


def _fill(store, account, user):
    """Something of an account in every table."""
    numbers.merge_found(store.db, account, [store.local])
    channels.save_channel(store.db, account, f"wh-{user}", "https://x", "webhooks", None, 1)
    channels.save_subscription(store.db, account, store.local, f"s-{user}", f"wh-{user}", 2)
    notifications.keep_unknown(store.db, account, "new", b"{}", 3)
    here = conversations.ensure(store.db, account, store.local, store.remote)
    outbox.enqueue(
        store.db, account, here, f"c-{user}", store.local, store.remote, "not sent", store.now
    )
    conversations.set_draft(store.db, here, "a draft", store.now)
    for known, text in (("m1", "hello"), ("m2", "deleted")):
        fact = store.stated(f"{user}-{known}", text)
        messages.record(store.db, account, fact, notification_id=f"{user}-{known}", now_ms=1)
    messages.remove(store.db, account, f"{user}-m2", store.now)
    messages.report(store.db, account, f"{user}-m3", State.DELIVERED, now_ms=1)
    return here


def test_everything_of_one_account_goes_and_nothing_of_another(store):
    other = accounts.add(
        store.db, accounts.AccountKind.USER, "https://k", "c", "a@b.ca", "other", "websocket"
    ).account_id
    here, there = _fill(store, store.account, "u"), _fill(store, other, "o")
    contacts.set_name(store.db, store.remote, "Maria")
    before = _rows_of(store, other)
    assert before.keys() == _rows_of(store, store.account).keys()
    assert removal.message_count(store.db, store.account) == 1
    changes = removal.delete_everything(store.db, store.account)
    assert changes.conversations == {here}
    assert _rows_of(store, store.account) == {}
    assert _rows_of(store, other) == before
    assert store.reader.conversation(here) is None
    assert store.reader.conversation(there) is not None
    assert [one.account_id for one in store.reader.accounts()] == [other]
    assert store.reader.contact_name(store.remote) == "Maria"
    assert select(store.db, "PRAGMA foreign_key_check") == []


def test_an_account_that_comes_back_begins_empty(store):
    _fill(store, store.account, "u")
    removal.delete_everything(store.db, store.account)
    again = accounts.add(
        store.db, accounts.AccountKind.PROJECT, "http://127.0.0.1:1", "key", "", "user", "loopback"
    )
    assert again.account_id != store.account
    assert _rows_of(store, again.account_id) == {}
    store.account = again.account_id
    store.comes("u-m1")
    assert [row.text for row in store.bubbles()] == ["hello"]


def test_deleted_texts_do_not_stay_in_the_file(store):
    """With the key, its pages are plain: what was deleted must not be in free ones."""
    for number in range(200):
        store.wish(f"c{number}", "tell nobody")
    assert b"tell nobody" in store.db.serialize("main")
    removal.delete_everything(store.db, store.account)
    assert b"tell nobody" not in store.db.serialize("main")


def test_what_was_decided_about_numbers_is_kept(store):
    numbers.merge_found(store.db, store.account, ["+1", "+2"])
    chosen_numbers.keep(
        store.db,
        store.account,
        [
            NumberChoice("+1", "Support", "#2f6fed"),
            NumberChoice("+2", "", "", receive=False),
            NumberChoice("+3", "Old line", "", receive=True),
        ],
    )
    first, second, by_hand = store.reader.numbers()
    assert (first.name, first.colour, first.receive) == ("Support", "#2f6fed", True)
    assert (second.name, second.colour, second.receive) == ("", "#12a866", False)
    assert (by_hand.number, by_hand.name) == ("+3", "Old line")
    assert by_hand.colour not in {first.colour, second.colour}


def test_a_number_added_by_hand_survives_what_kandy_lists(store):
    chosen_numbers.keep(store.db, store.account, [NumberChoice("+3", "Old line")])
    numbers.merge_found(store.db, store.account, ["+1"])
    assert [n.number for n in store.reader.numbers()] == ["+3", "+1"]
    # Once Kandy has listed it, it is Kandy's to take away.
    numbers.merge_found(store.db, store.account, ["+1", "+3"])
    numbers.merge_found(store.db, store.account, ["+1"])
    assert [n.number for n in store.reader.numbers()] == ["+1"]


def test_an_edited_account_keeps_its_place(store):
    _fill(store, store.account, "u")
    changed = accounts.change(
        store.db,
        store.account,
        accounts.AccountKind.USER,
        "https://new",
        "c2",
        "a@b.ca",
        "user",
        "websocket",
    )
    assert changed.account_id == store.account
    assert store.reader.accounts() == [changed]
    assert (changed.base_url, changed.email, changed.tunnel) == (
        "https://new",
        "a@b.ca",
        "websocket",
    )
    assert len(store.bubbles()) == 2
    assert isinstance(store.reader, StoreReader)
