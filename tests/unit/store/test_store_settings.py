"""Accounts, own numbers, names, channels, and notifications that were seen."""

from dataclasses import replace

from sms_desktop.domain.account import AccountKind
from sms_desktop.store import accounts, channels, contacts, notifications, numbers


def _add(store, user_id="user", email="", tunnel="loopback"):
    return accounts.add(
        store.db, AccountKind.PROJECT, "http://127.0.0.1:1", "key", email, user_id, tunnel
    )


def test_the_same_account_is_updated_and_others_are_added(store):
    again = _add(store, tunnel="ngrok")
    assert again.account_id == store.account
    assert _add(store, user_id="somebody else").account_id != store.account
    assert [one.tunnel for one in store.reader.accounts()] == ["ngrok", "loopback"]


def test_an_account_without_a_user_id_is_found_again_once_it_has_one(store):
    new = _add(store, user_id="", email="a@b.example")
    assert new.account_id != store.account
    accounts.set_signed_in(store.db, new.account_id, "ab")
    assert _add(store, user_id="", email="a@b.example").user_id == "ab"
    assert _add(store, user_id="ab", email="").account_id == new.account_id


def test_a_removed_account_keeps_its_messages_and_comes_back(store):
    store.comes("m1")
    numbers.merge_found(store.db, store.account, [store.local])
    accounts.remove(store.db, store.account)
    assert store.reader.accounts() == []
    assert store.reader.numbers() == []
    assert len(store.bubbles()) == 1
    assert _add(store).account_id == store.account
    assert [number.number for number in store.reader.numbers()] == [store.local]


def test_numbers_keep_what_the_person_made_of_them(store):
    first, second = numbers.merge_found(store.db, store.account, ["+1", "+2", "+1"])
    assert (first.colour, second.colour) == ("#7c5cfc", "#12a866")
    assert (first.name, first.receive, second.position) == ("", True, 1)
    numbers.change(store.db, replace(first, name="Work", colour="#000000", receive=False))
    assert [n.number for n in numbers.merge_found(store.db, store.account, ["+2", "+3"])] == [
        "+2",
        "+3",
    ]
    back = numbers.merge_found(store.db, store.account, ["+1", "+2", "+3"])
    assert (back[0].name, back[0].colour, back[0].receive) == ("Work", "#000000", False)
    assert len({number.colour for number in back}) == 3


def test_one_number_is_kandys_default(store):
    numbers.merge_found(store.db, store.account, ["+1", "+2"])
    for number in ("+1", "+2"):
        numbers.set_kandy_default(store.db, store.account, number)
    assert [n.number for n in store.reader.numbers() if n.is_kandy_default] == ["+2"]


def test_a_name_is_resolved_when_read(store):
    store.comes("m1")
    contacts.set_name(store.db, store.remote, "Ada")
    assert store.reader.conversation(store.conversation()).remote_name == "Ada"
    contacts.set_name(store.db, store.remote, "Ada Lovelace")
    assert store.reader.contact_name(store.remote) == "Ada Lovelace"
    contacts.set_name(store.db, store.remote, " ")
    assert store.reader.conversation(store.conversation()).remote_name == ""
    assert contacts.names(store.db) == {}


def test_channels_and_subscriptions_that_are_ours(store):
    channels.save_channel(
        store.db, store.account, "wh-1", "https://x/secret", "webhooks", "Bearer s", 1
    )
    channels.save_subscription(store.db, store.account, "+1", "s1", "wh-1", 2)
    channels.save_subscription(store.db, store.account, "+2", "s2", "wh-1", 3)
    [channel] = channels.our_channels(store.db, store.account)
    assert (channel.url, channel.authorization) == ("https://x/secret", "Bearer s")
    assert "secret" not in repr(channel)
    assert "Bearer" not in repr(channel)
    assert channels.forget_subscription(store.db, "s1") == "+1"
    assert channels.forget_subscription(store.db, "s1") is None
    assert [s.number for s in channels.our_subscriptions(store.db, store.account)] == ["+2"]
    channels.forget_channel(store.db, store.account, "wh-1")
    assert channels.our_channels(store.db, store.account) == []
    assert channels.our_subscriptions(store.db, store.account) == []


def test_a_channel_remembers_that_its_authorization_was_seen(store):
    def save(authorization):
        channels.save_channel(
            store.db, store.account, "wh-1", "https://x", "webhooks", authorization, 1
        )
        [channel] = channels.our_channels(store.db, store.account)
        return channel.authorization_seen_at_ms

    assert save("Bearer s") is None
    channels.saw_authorization(store.db, store.account, "wh-1", 5)
    channels.saw_authorization(store.db, store.account, "wh-1", 6)
    assert save("Bearer s") == 5
    assert save("Bearer other") is None


def test_unknown_notifications_are_kept_but_not_without_end(store):
    for number in range(notifications.MOST_UNKNOWN + 5):
        notifications.keep_unknown(store.db, store.account, "new", b"\xff%d" % number, 1)
    found = store.db.execute("SELECT raw FROM unknown_notification ORDER BY id").fetchall()
    assert len(found) == notifications.MOST_UNKNOWN
    assert found[-1] == (b"\xff%d" % (notifications.MOST_UNKNOWN + 4),)
