"""Kandy's facts about messages, the read mark, and what counts as unread."""

import pytest

from sms_desktop.domain.changes import NOTHING
from sms_desktop.domain.delivery import State
from sms_desktop.domain.message import Origin
from sms_desktop.store import conversations, export, history, messages, notifications, outbox


def _unread(store):
    return store.reader.conversation(store.conversation()).unread


def test_what_a_first_import_brings_may_be_from_anywhere(store):
    fact = store.stated("m1")
    messages.record(store.db, store.account, fact, sent_from=Origin.UNKNOWN, now_ms=store.now)
    assert store.bubbles()[0].origin is Origin.UNKNOWN


def test_a_new_message_is_told_once(store):
    changes = store.comes("m1", "hello", notification_id="n1")
    assert [(row.text, row.origin) for row in changes.arrived] == [("hello", Origin.REMOTE)]
    assert changes.conversations == {store.conversation()}
    assert store.comes("m1", "hello", notification_id="n1") == NOTHING
    assert store.comes("m1", "hello") == NOTHING
    assert store.comes("m9", "another body", notification_id="n1") == NOTHING
    assert len(store.bubbles()) == _unread(store) == 1


def test_a_first_import_is_neither_unread_nor_news(store):
    assert store.comes("m1", counts_as_unread=False).arrived == ()
    assert _unread(store) == 0
    store.comes("m2", at_ms=store.now + 1)
    assert _unread(store) == 1
    assert store.reader.unread_by_number() == {(store.account, store.local): 1}


def test_reading_up_to_a_bubble_leaves_the_later_ones_unread(store):
    here = store.conversation()
    for number in range(5):
        store.comes(f"m{number}", at_ms=store.now + number)
    keys = [row.key for row in store.bubbles()]
    assert conversations.mark_read(store.db, here, keys[2]).conversations == {here}
    assert _unread(store) == 2
    assert store.reader.read_mark(here) == keys[2]
    assert conversations.mark_read(store.db, here, keys[1]) == NOTHING
    assert store.reader.read_mark(here) == keys[2]
    store.removed("m4")
    assert _unread(store) == 1
    store.removed("m0")
    assert _unread(store) == 1
    conversations.mark_read(store.db, here, keys[4])
    assert _unread(store) == 0
    assert store.reader.unread_by_number() == {}


def test_a_message_from_before_the_mark_is_not_unread(store):
    store.comes("m1", at_ms=store.now)
    conversations.mark_read(store.db, store.conversation(), store.bubbles()[-1].key)
    assert store.comes("late", at_ms=store.now - 1000).arrived == ()
    assert _unread(store) == 0


def test_a_fast_clock_of_ours_hides_no_answer(store):
    here = store.conversation()
    store.comes("m1", at_ms=store.now)
    store.wish("c1", now_ms=store.now + 600_000)
    conversations.mark_read(store.db, here, store.bubbles()[-1].key)
    assert len(store.comes("m2", at_ms=store.now + 1000).arrived) == 1
    assert _unread(store) == 1


def test_states_come_early_late_and_repeated_and_never_go_back(store):
    store.reported("m1", State.DELIVERED)
    store.reported("m1", State.IMPOSSIBLE)
    store.told("m1", state=State.ACCEPTED)
    assert store.bubbles()[0].state is State.DELIVERED
    assert store.reported("m1", State.ACCEPTED) == NOTHING
    assert store.bubbles()[0].state is State.DELIVERED
    store.told("m2")
    assert store.reported("m2", State.IMPOSSIBLE)
    assert store.told("m2", state=State.DELIVERED)
    assert store.bubbles()[1].state is State.DELIVERED


def test_a_report_says_nothing_about_inbound_messages(store):
    store.comes("m1")
    store.reported("m1", State.DELIVERED)
    assert store.bubbles()[0].state is State.RECEIVED


@pytest.mark.parametrize("early", [True, False])
def test_a_deleted_message_never_comes_back(store, early):
    if not early:
        store.comes("m1", "private words")
    store.removed("m1")
    assert not store.comes("m1", "private words")
    assert not store.told("m1", "private words")
    assert store.everything() == []
    assert _unread(store) == 0
    assert store.db.execute("SELECT text FROM message").fetchall() == [("",)]
    assert store.removed("m1") == NOTHING


def test_a_message_that_kandy_forgot_stays(store):
    store.comes("m1")
    store.comes("m2", at_ms=store.now + 5)
    assert [row.message_id for row in store.bubbles()] == ["m1", "m2"]


def test_a_draft_is_kept_until_it_is_cleared(store):
    here = store.conversation()
    assert conversations.set_draft(store.db, here, "to be\0continued", store.now)
    assert conversations.set_draft(store.db, here, "to be\0continued", store.now) == NOTHING
    assert store.reader.conversation(here).draft == "to be\0continued"
    assert conversations.set_draft(store.db, here, "", store.now)
    assert store.reader.conversation(here).draft == ""


def test_history_knows_how_far_kandy_was_read(store):
    place = (store.db, store.account, store.local, store.remote)
    assert history.newest_known_ms(*place) is None
    store.comes("m1", at_ms=store.now + 50)
    store.comes("m2", at_ms=store.now + 20)
    store.sending("c1", now_ms=store.now + 900)
    store.answered("c1", "m3", at_ms=store.now + 900)
    assert history.newest_known_ms(*place) == store.now + 50
    assert history.read_at_ms(store.db, store.account) is None
    history.set_read_at_ms(store.db, store.account, store.now)
    assert history.read_at_ms(store.db, store.account) == store.now


def test_an_export_has_every_bubble_once_in_order(store):
    store.comes("m1", "hello")
    store.sending("c1", "one", sender="default")
    store.answered("c1", "m2")
    store.wish("c2", "two")
    store.comes("gone")
    store.removed("gone")
    rows = list(export.rows(store.db))
    assert [(row.message_id, row.client_id, row.text, row.state) for row in rows] == [
        ("m1", None, "hello", "received"),
        ("m2", "c1", "one", "accepted"),
        (None, "c2", "two", "queued"),
    ]
    assert {(row.local, row.remote) for row in rows} == {(store.local, store.remote)}
    assert outbox.item(store.db, "c1").text == "one"


def test_notifications_of_long_ago_are_forgotten_little_by_little(store):
    day_ms = 24 * 3600 * 1000
    for number in range(600):
        notifications.first_time(store.db, store.account, f"old{number}", store.now)
    later = store.now + 20 * day_ms
    notifications.first_time(store.db, store.account, "young", later)
    left = lambda: store.db.execute("SELECT count(*) FROM notification_seen").get  # noqa: E731
    notifications.forget_old(store.db, store.now + 29 * day_ms)
    assert left() == 601
    notifications.forget_old(store.db, store.now + 31 * day_ms)
    assert 1 < left() < 601
    notifications.forget_old(store.db, store.now + 31 * day_ms)
    assert left() == 1
    assert not notifications.first_time(store.db, store.account, "young", later)
