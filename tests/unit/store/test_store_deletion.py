"""Whole conversations deleted: at once off the lists, later for good, and never by mistake."""

import pytest

from sms_desktop.domain.address import Address
from sms_desktop.domain.message import TimelineKey
from sms_desktop.domain.thread_flags import Folder, ThreadChange
from sms_desktop.store import conversations, deletion, outbox, thread_flags
from sms_desktop.store.deletion import DeletionAtKandy
from sms_desktop.ui.ports import ConversationFilter

DUE = 1_700_000_010_000


def listed(store, folder=Folder.INBOX):
    return len(store.reader.conversations(ConversationFilter(folder=folder), None, 10))


def delete(store, here, *, at_kandy=False, limit=deletion.AT_ONCE):
    deletion.doom(store.db, [here], DUE, at_kandy=at_kandy)
    while not deletion.delete_some(store.db, here, DUE, limit):
        pass


def test_it_is_off_the_lists_at_once_and_can_be_had_back_whole(store):
    store.comes("m1")
    store.comes("m2", at_ms=store.now + 1)
    here = store.conversation()
    conversations.set_draft(store.db, here, "and then", store.now)
    before = store.reader.conversation(here), store.bubbles()
    assert deletion.doom(store.db, [here], DUE, at_kandy=True).conversations == {here}
    assert (listed(store), store.reader.unread_in_inbox()) == (0, 0)
    assert store.reader.correspondents() == []
    assert deletion.next_due_ms(store.db) == DUE
    assert deletion.due(store.db, DUE - 1) == []
    assert deletion.due(store.db, DUE) == [here]
    assert deletion.spare(store.db, [here]).conversations == {here}
    assert (store.reader.conversation(here), store.bubbles()) == before
    assert deletion.next_due_ms(store.db) is None
    assert deletion.delete_some(store.db, here, DUE)
    assert store.bubbles() == before[1]


def test_nothing_of_it_stays_and_history_does_not_bring_it_back(store):
    facts = [("m1", "secret one", store.now), ("m2", "secret two", store.now + 1)]
    for fact in facts:
        store.comes(*fact)
    here = store.conversation()
    conversations.set_draft(store.db, here, "secret draft", store.now)
    delete(store, here)
    for fact in facts:
        assert not store.comes(*fact)
    assert (store.bubbles(), listed(store)) == ([], 0)
    texts = store.db.execute("SELECT group_concat(text) FROM message").get
    assert "secret" not in texts
    assert "secret" not in store.db.execute("SELECT group_concat(draft) FROM conversation").get


def test_a_long_conversation_goes_bit_by_bit(store):
    for number in range(10):
        store.comes(f"m{number}", at_ms=store.now + number)
    here = store.conversation()
    deletion.doom(store.db, [here], DUE, at_kandy=False)
    steps = 1
    while not deletion.delete_some(store.db, here, DUE, 3):
        steps += 1
    assert steps == 4
    assert store.bubbles() == []
    assert store.db.execute("SELECT unread FROM conversation WHERE id = ?", (here,)).get == 0


def test_what_comes_while_it_can_be_had_back_is_not_deleted(store):
    store.comes("m1", "old")
    here = store.conversation()
    deletion.doom(store.db, [here], DUE, at_kandy=False)
    store.comes("m2", "new", store.now + 5)
    store.comes("m3", "new but dated before", store.now - 5)
    deletion.delete_some(store.db, here, DUE)
    assert {row.text for row in store.bubbles()} == {"new", "new but dated before"}
    assert listed(store) == 1
    assert store.reader.conversation(here).unread == 2


def test_a_message_that_nobody_had_seen_is_shown_however_old(store):
    store.comes("m1", at_ms=store.now)
    delete(store, store.conversation())
    store.comes("missed", "you missed this", store.now - 60_000)
    assert [row.text for row in store.bubbles()] == ["you missed this"]
    assert listed(store) == 1


def test_older_history_that_is_imported_later_was_deleted_too(store):
    store.comes("m1", at_ms=store.now)
    delete(store, store.conversation())
    assert not store.comes("older", at_ms=store.now - 1, counts_as_unread=False).arrived
    assert (store.bubbles(), listed(store)) == ([], 0)
    store.comes("later", at_ms=store.now + 1, counts_as_unread=False)
    assert [row.message_id for row in store.bubbles()] == ["later"]


def test_a_text_that_waits_is_not_sent_any_more_and_one_on_its_way_is_not_forgotten(store):
    here = store.conversation()
    store.wish("waits", "never send this")
    store.sending("travels", "already leaving")
    delete(store, here)
    assert outbox.waiting(store.db, store.account) == []
    assert [row.client_id for row in store.bubbles()] == ["travels"]
    assert listed(store) == 1


def test_a_deleted_conversation_is_listed_again_when_somebody_writes_there(store):
    store.comes("m1")
    here = store.conversation()
    thread_flags.change(store.db, [here], ThreadChange(pinned=True, muted=True))
    delete(store, here)
    assert store.reader.conversation(here).is_gone
    again = conversations.begin(store.db, store.account, store.local, store.remote)
    assert (again, listed(store)) == (here, 1)
    flags = store.reader.conversation(here).flags
    assert (flags.is_pinned, flags.is_muted) == (False, True)


def test_what_kandy_shall_delete_is_kept_until_it_is_settled(store):
    store.comes("m1", at_ms=store.now)
    delete(store, store.conversation(), at_kandy=True)
    wanted = DeletionAtKandy(store.local, store.remote, store.now)
    assert deletion.next_at_kandy(store.db, store.account) == wanted
    assert deletion.is_deleted(store.db, store.account, "m1")
    assert not deletion.is_deleted(store.db, store.account, "m2")
    deletion.settle_at_kandy(store.db, store.account, wanted)
    assert deletion.next_at_kandy(store.db, store.account) is None


def test_nothing_is_asked_of_kandy_for_what_is_deleted_only_here(store):
    store.comes("m1")
    delete(store, store.conversation())
    assert deletion.next_at_kandy(store.db, store.account) is None


def test_reading_what_is_being_deleted_changes_nothing_of_it(store):
    store.comes("m1")
    here = store.conversation()
    deletion.doom(store.db, [here], DUE, at_kandy=False)
    conversations.mark_read(store.db, here, TimelineKey(store.now, 99))
    delete(store, here)
    assert store.bubbles(store.local) == []
    assert store.conversation(remote=Address("+1")) != here


@pytest.mark.parametrize("name", ["_IDS_HELD", "_OLDEST_HELD"])
def test_what_is_held_is_found_by_walking_down_the_index(store, name):
    plan = store.db.execute("EXPLAIN QUERY PLAN " + getattr(deletion, name), (1, 1, 1)).fetchall()
    assert [row[3].partition(" (")[0] for row in plan] == [
        "SEARCH message USING INDEX message_place"
    ]


def test_the_next_deletion_is_found_among_the_doomed_only(store):
    sql = "SELECT min(doomed_at_ms) FROM conversation WHERE doomed_at_ms > 0"
    [plan] = [row[3] for row in store.db.execute("EXPLAIN QUERY PLAN " + sql)]
    assert "conversation_doomed" in plan
