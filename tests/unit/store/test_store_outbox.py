"""What becomes of a wish: each step only where the table of states allows it."""

import pytest

from sms_desktop.domain.delivery import UNKNOWABLE, State
from sms_desktop.domain.ids import ClientId
from sms_desktop.domain.message import TimelineKey
from sms_desktop.store import conversations, outbox


def _state(store, client_id="c1"):
    return store.reader.item(ClientId(client_id)).state


def _bring_to(store, state):
    client = store.wish("c1")
    if state is State.QUEUED:
        return client
    outbox.mark_sending(store.db, client, store.now)
    if state in (State.UNCONFIRMED, State.NOT_SENT):
        outbox.mark_unconfirmed(store.db, client, "No answer.")
    if state is State.NOT_SENT:
        outbox.mark_not_sent(store.db, client, "Not in the history.")
    if state is State.REFUSED:
        outbox.mark_refused(store.db, client, "No.")
    if state is State.ACCEPTED:
        store.answered("c1", "m1")
    assert _state(store) is state
    return client


STEPS = {
    "sending": lambda db, client: outbox.mark_sending(db, client, 1),
    "put_back": lambda db, client: outbox.put_back(db, client, 5, "No route."),
    "refused": lambda db, client: outbox.mark_refused(db, client, "No."),
    "unconfirmed": lambda db, client: outbox.mark_unconfirmed(db, client, "No answer."),
    "not_sent": lambda db, client: outbox.mark_not_sent(db, client, "Not there."),
    "retry": lambda db, client: outbox.retry(db, client, 9),
    "discard": outbox.discard,
}
LEADS_TO = {
    State.QUEUED: {"sending": State.SENDING, "discard": None},
    State.SENDING: {
        "put_back": State.QUEUED,
        "refused": State.REFUSED,
        "unconfirmed": State.UNCONFIRMED,
    },
    State.UNCONFIRMED: {"not_sent": State.NOT_SENT},
    State.NOT_SENT: {"retry": State.QUEUED, "discard": None},
    State.REFUSED: {"retry": State.QUEUED, "discard": None},
    State.ACCEPTED: {},
}


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("state", LEADS_TO)
def test_every_step_from_every_state(store, state, step):
    client = _bring_to(store, state)
    rows = store.everything()
    changed = STEPS[step](store.db, client)
    after = LEADS_TO[state].get(step, state)
    item = store.reader.item(client)
    assert (item.state if item else None) is after
    assert bool(changed) == (after is not state)
    if after is state:
        assert store.everything() == rows
    elif after is None:
        assert store.everything() == []
    else:
        assert [row.key for row in store.everything()] == [row.key for row in rows]


def test_a_wish_stands_below_everything_and_clears_the_draft(store):
    here = store.conversation()
    store.comes("m1", at_ms=store.now + 60_000)
    conversations.set_draft(store.db, here, "hi", store.now)
    store.wish("c1")
    assert [row.message_id for row in store.bubbles()] == ["m1", None]
    assert store.bubbles()[-1].at_ms == store.now
    assert store.reader.conversation(here).draft == ""


def test_the_same_wish_is_kept_once(store):
    store.wish("c1")
    store.wish("c1", text="again")
    assert [row.text for row in store.bubbles()] == ["hi"]
    store.sending("c2")
    store.answered("c2", "m2")
    store.wish("c2", text="again")
    assert len(store.bubbles()) == 2


def test_wishes_wait_in_the_order_in_which_they_were_made(store):
    for name, at in (("c1", 50), ("c2", 20), ("c3", 90)):
        store.wish(name, now_ms=store.now + at)
    outbox.mark_sending(store.db, "c2", store.now)
    outbox.put_back(store.db, "c2", store.now + 1000, "No route.")
    waiting = outbox.waiting(store.db, store.account)
    assert [item.client_id for item in waiting] == ["c1", "c2", "c3"]
    assert (waiting[1].attempts, waiting[1].next_attempt_at_ms) == (1, store.now + 1000)
    assert waiting[1].reason == "No route."


def test_reasons_are_shown_and_forgotten_on_retry(store):
    client = store.sending("c1")
    outbox.mark_refused(store.db, client, "This number is not yours.")
    assert store.bubbles()[0].reason == "This number is not yours."
    outbox.retry(store.db, client, store.now)
    assert store.bubbles()[0].reason == ""


def test_what_was_being_sent_when_the_program_ended_is_unconfirmed(store):
    store.sending("c1")
    store.wish("c2")
    changes = outbox.recover(store.db)
    assert changes.conversations == {store.conversation()}
    assert [_state(store, "c1"), _state(store, "c2")] == [State.UNCONFIRMED, State.QUEUED]
    store.told("m1")
    assert _state(store, "c1") is State.ACCEPTED
    outbox.recover(store.db)
    assert [row.message_id for row in store.bubbles()] == ["m1", None]
    assert store.db.execute("SELECT client_id FROM outbox").fetchall() == [("c2",)]


@pytest.mark.parametrize("state", LEADS_TO)
def test_a_restart_loses_no_state(store, state):
    client = _bring_to(store, state)
    rows = store.everything()
    outbox.recover(store.db)
    outbox.recover(store.db)
    after = State.UNCONFIRMED if state is State.SENDING else state
    assert _state(store) is after
    assert [(row.key, row.text) for row in store.everything()] == [(r.key, r.text) for r in rows]
    is_due = outbox.next_waiting(store.db, store.conversation()) is not None
    assert is_due == (state is State.QUEUED), "only what was queued is tried again"
    assert store.reader.item(client) is not None


def test_a_retried_send_that_fails_before_leaving_keeps_what_settled_it(store):
    client = _bring_to(store, State.NOT_SENT)
    outbox.retry(store.db, client, store.now)
    outbox.mark_sending(store.db, client, store.now)
    store.told("m1")
    outbox.put_back(store.db, client, store.now, "No route.")
    assert _state(store) is State.ACCEPTED
    assert outbox.waiting(store.db, store.account) == []
    assert not outbox.mark_sending(store.db, client, store.now)


def test_what_was_put_back_by_the_person_and_turns_up_is_not_sent_again(store):
    client = _bring_to(store, State.NOT_SENT)
    outbox.retry(store.db, client, store.now)
    store.told("m1")
    assert _state(store) is State.ACCEPTED
    assert not outbox.mark_sending(store.db, client, store.now)
    assert outbox.next_waiting(store.db, store.conversation()) is None
    store.wish("c2")
    store.told("m2")
    assert _state(store, "c2") is State.QUEUED


@pytest.mark.parametrize("decision", ["retry", "discard"])
def test_what_nobody_can_know_any_more_is_the_persons_to_decide(store, decision):
    client = _bring_to(store, State.UNCONFIRMED)
    assert outbox.mark_unknowable(store.db, client)
    assert not outbox.mark_unknowable(store.db, client)
    assert (_state(store), store.bubbles()[0].reason) == (State.UNCONFIRMED, UNKNOWABLE)
    assert STEPS[decision](store.db, client)
    left = [(row.client_id, row.state, row.reason) for row in store.bubbles()]
    assert left == ([(client, State.QUEUED, "")] if decision == "retry" else [])


def test_a_default_send_moves_to_the_number_that_kandy_took(store):
    waiting_room = store.conversation("default")
    store.sending("c1", sender="default")
    assert [row.client_id for row in store.bubbles("default")] == ["c1"]
    changes = store.answered("c1", "m1")
    assert changes.conversations == {waiting_room, store.conversation()}
    assert store.reader.conversation(waiting_room) is None
    assert [row.client_id for row in store.bubbles()] == ["c1"]
    assert store.reader.item("c1").sender == store.local
    assert store.conversation("default") > waiting_room


def test_a_default_conversation_with_a_draft_stays(store):
    waiting_room = store.conversation("default")
    store.sending("c1", sender="default")
    conversations.set_draft(store.db, waiting_room, "more", store.now)
    store.answered("c1", "m1")
    assert store.reader.conversation(waiting_room).draft == "more"


def test_an_answer_that_names_no_number_waits_for_the_sync(store):
    waiting_room = store.conversation("default")
    store.sending("c1", sender="default")
    store.answered("c1", "m1", local="default")
    assert [row.state for row in store.bubbles("default")] == [State.ACCEPTED]
    changes = store.told("m1")
    assert changes.conversations == {waiting_room, store.conversation()}
    assert [row.client_id for row in store.bubbles()] == ["c1"]
    assert store.reader.conversation(waiting_room) is None


def test_an_answer_comes_twice_and_a_text_that_went_out_twice_is_shown_twice(store):
    store.sending("c1")
    store.answered("c1", "m1")
    assert not store.answered("c1", "m1")
    store.answered("c1", "m2", at_ms=store.now + 9)
    assert [row.message_id for row in store.bubbles()] == ["m1", "m2"]
    store.sending("c3")
    store.answered("c3", "m1")
    assert [row.message_id for row in store.bubbles()] == ["m1", "m2"]
    assert not store.answered("never-asked", "m9")


def test_the_key_of_a_confirmed_bubble_is_that_of_its_wish(store):
    store.sending("c1")
    before = store.bubbles()[0].key
    assert isinstance(before, TimelineKey)
    store.told("m1", at_ms=store.now + 400_000)
    store.answered("c1", "m1", at_ms=store.now + 1)
    assert store.bubbles()[0].key == before
    assert store.bubbles()[0].at_ms == store.now + 400_000
