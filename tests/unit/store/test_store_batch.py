from sms_desktop.domain.address import Address
from sms_desktop.domain.delivery import State
from sms_desktop.domain.ids import ClientId
from sms_desktop.store import batch, contacts, conversations, outbox, removal
from tests.unit.store.conftest import LOCAL, REMOTE, MemoryStore

OTHER = Address("+12065550101")
THIRD = Address("+12065550102")
TO = [(ClientId("c1"), REMOTE), (ClientId("c2"), OTHER), (ClientId("c3"), THIRD)]


def sent(store: MemoryStore) -> None:
    batch.add(store.db, store.account, LOCAL, TO, "hi", store.now)


def test_every_recipient_has_a_wish_and_a_conversation_of_its_own(store):
    here = store.conversation()
    conversations.set_draft(store.db, here, "unfinished", store.now)
    sent(store)
    parts = batch.parts(store.db)
    assert [(part.remote, part.state) for part in parts] == [
        (REMOTE, State.QUEUED),
        (OTHER, State.QUEUED),
        (THIRD, State.QUEUED),
    ]
    assert len({part.conversation_id for part in parts}) == 3
    assert [item.client_id for item in outbox.waiting(store.db, store.account)] == [
        "c1",
        "c2",
        "c3",
    ]
    assert store.reader.conversation(here).draft == "unfinished"


def test_only_what_is_queued_is_cancelled_and_new_conversations_vanish(store):
    here = store.conversation()
    sent(store)
    outbox.mark_sending(store.db, ClientId("c2"), store.now)
    outbox.mark_refused(store.db, ClientId("c2"), "No.")
    changes = batch.cancel_queued(store.db)
    assert [(part.state, part.reason) for part in batch.parts(store.db)] == [
        (None, ""),
        (State.REFUSED, "No."),
        (None, ""),
    ]
    assert here in changes.conversations
    assert store.reader.conversation(here) is not None
    assert store.reader.conversations_with(THIRD) == []
    assert len(store.reader.conversations_with(OTHER)) == 1


def test_a_part_is_followed_into_the_message_that_came_of_it(store):
    sent(store)
    outbox.mark_sending(store.db, ClientId("c1"), store.now)
    store.answered("c1", "m1")
    assert batch.part(store.db, ClientId("c1")).state is State.ACCEPTED
    assert store.reader.whereabouts(ClientId("c1")) == store.conversation()


def test_an_ended_batch_leaves_its_wishes_and_a_removed_account_its_batch(store):
    sent(store)
    batch.forget(store.db)
    assert batch.parts(store.db) == []
    assert len(outbox.waiting(store.db, store.account)) == 3
    batch.add(store.db, store.account, LOCAL, [(ClientId("c4"), REMOTE)], "hi", store.now)
    removal.delete_everything(store.db, store.account)
    assert batch.parts(store.db) == []


def test_everybody_named_or_texted_is_known_with_the_latest_time(store):
    sent(store)
    contacts.set_name(store.db, OTHER, "Ada")
    contacts.set_name(store.db, Address("72345"), "Bank")
    found = {one.remote: one for one in store.reader.correspondents()}
    assert set(found) == {REMOTE, OTHER, THIRD, "72345"}
    assert found[OTHER].name == "Ada"
    assert found[OTHER].last_at_ms >= store.now
    assert found["72345"].last_at_ms == 0


def test_the_waiting_room_goes_with_its_draft(store):
    room = store.conversation("default")
    conversations.set_draft(store.db, room, "well", store.now)
    assert store.reader.conversation(room) is not None
    changes = conversations.set_draft(store.db, room, "", store.now)
    assert changes.conversations == {room}
    assert store.reader.conversation(room) is None
