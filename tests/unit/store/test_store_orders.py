"""One bubble for one message, whatever the order in which Kandy's facts about it arrive."""

import itertools
from dataclasses import dataclass, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sms_desktop.domain.delivery import NEXT, State
from sms_desktop.domain.message import Origin
from sms_desktop.store import outbox


def _looks(store):
    return [
        (row.client_id, row.message_id, row.origin, row.text, row.at_ms, row.state, row.key.at_ms)
        for row in store.everything()
    ]


def _apply(store, fact):
    name, *values = fact
    match name:
        case "answer":
            store.answered(*values, at_ms=store.now + 77)
        case "refusal":
            outbox.mark_refused(store.db, values[0], "No.")
        case "failure":
            outbox.put_back(store.db, values[0], store.now + 5000, "No route.")
        case "silence":
            outbox.mark_unconfirmed(store.db, values[0], "No answer.")
        case "sync":
            store.told(values[0], at_ms=values[1], notification_id=f"n-{values[0]}")
        case "report":
            store.reported(*values)
        case "history":
            for message_id, at_ms in values[0]:
                store.told(message_id, at_ms=at_ms)


def _reachable(start, end):
    seen, todo = {start}, [start]
    while todo:
        for state in NEXT[todo.pop()] - seen:
            seen.add(state)
            todo.append(state)
    return end in seen


@pytest.mark.parametrize("sender", ["+16135550001", "default"])
def test_one_send_ends_the_same_in_every_order(new_store, sender):
    at = new_store.now + 2000
    facts = [
        ("answer", "c1", "m1"),
        ("sync", "m1", at),
        ("sync", "m1", at),
        ("report", "m1", State.IMPOSSIBLE),
        ("report", "m1", State.DELIVERED),
        ("history", [("m1", at)]),
    ]
    ends = set()
    store = new_store()
    store.sending("c1", sender=sender)
    key = store.keys()["c1"]
    store.db.execute("SAVEPOINT start")
    for order in itertools.permutations(range(len(facts))):
        states = [State.SENDING]
        for index in order:
            _apply(store, facts[index])
            rows = store.everything()
            assert [row.key for row in rows] == [key]
            states.append(rows[0].state)
        assert all(_reachable(one, other) for one, other in itertools.pairwise(states))
        conversations = store.db.execute("SELECT local, last_at_ms FROM conversation").fetchall()
        assert conversations == [(store.local, key.at_ms)]
        ends.add(tuple(_looks(store)))
        store.db.execute("ROLLBACK TO start")
    assert ends == {(("c1", "m1", Origin.THIS_DEVICE, "hi", at, State.DELIVERED, new_store.now),)}


@dataclass(frozen=True)
class Case:
    """``outcomes``: how each send of the same text ended; ``others``: messages from elsewhere."""

    outcomes: tuple[str, ...]
    senders: tuple[str, ...]
    others: int
    facts: tuple[tuple, ...]


@st.composite
def _cases(draw):
    outcomes = tuple(
        draw(
            st.lists(
                st.sampled_from(["answer", "answer", "refusal", "failure", "silence", "lost"]),
                min_size=1,
                max_size=3,
            )
        )
    )
    senders = tuple(draw(st.sampled_from(["+16135550001", "default"])) for _ in outcomes)
    others = draw(st.integers(0, 2))
    facts = []
    sent = []
    now = 1_700_000_000_000
    for index, outcome in enumerate(outcomes):
        # "silence": the text reached Kandy and the answer was lost; "lost": it never got there.
        if outcome in ("answer", "silence"):
            sent.append((f"m{index}", now + 1000 + index))
            facts.append(("report", f"m{index}", State.DELIVERED))
        if outcome == "answer":
            facts.append(("answer", f"c{index}", f"m{index}"))
        else:
            facts.append(("silence" if outcome == "lost" else outcome, f"c{index}"))
    sent += [(f"x{index}", now + 900 + index) for index in range(others)]
    facts += [("sync", *message) for message in sent]
    facts.append(("history", sent))
    facts += draw(st.lists(st.sampled_from(facts), max_size=4))
    return Case(outcomes, senders, others, tuple(draw(st.permutations(facts))))


@settings(max_examples=400, deadline=None)
@given(case=_cases())
def test_equal_texts_never_share_a_bubble_and_none_is_lost(new_store, case):
    store = new_store()
    for index, sender in enumerate(case.senders):
        store.sending(f"c{index}", sender=sender, now_ms=store.now + index)
    keys = store.keys()
    for fact in case.facts:
        _apply(store, fact)
        assert store.keys() == keys, "a bubble left its place"
    rows = store.everything()
    by_client = {row.client_id: row for row in rows if row.client_id}
    by_message = {row.message_id: row for row in rows if row.message_id}

    reached = [i for i, outcome in enumerate(case.outcomes) if outcome in ("answer", "silence")]
    expected = {f"m{i}" for i in reached} | {f"x{i}" for i in range(case.others)}
    assert set(by_message) == expected
    assert len([row for row in rows if row.message_id]) == len(expected)
    assert len(by_client) == len(case.outcomes)

    waiting = 0
    for index, outcome in enumerate(case.outcomes):
        row = by_client[f"c{index}"]
        if outcome == "answer":
            assert (row.message_id, row.state) == (f"m{index}", State.DELIVERED)
        elif outcome == "refusal":
            assert (row.message_id, row.state) == (None, State.REFUSED)
        elif outcome == "failure":
            assert (row.message_id, row.state) == (None, State.QUEUED)
        elif row.message_id is None:
            assert row.state is State.UNCONFIRMED
            waiting += 1
    # A message from elsewhere may stand in for one that was lost, but none of both is left over.
    unclaimed = [row for row in rows if row.client_id is None]
    assert not (waiting and unclaimed)
    assert all(row.origin is Origin.OTHER_DEVICE for row in unclaimed)
    _summaries_are_true(store)
    store.db.close()


def _summaries_are_true(store):
    found = store.db.execute("SELECT id, local, last_at_ms, last_tie FROM conversation").fetchall()
    for conversation, local, at_ms, tie in found:
        rows = store.reader.rows_before(conversation, None, 1000)
        assert rows or local != "default", "an empty waiting room is left"
        assert (at_ms, tie) == (rows[-1].key if rows else (0, 0))


def test_same_text_from_another_device_keeps_its_own_bubble(store):
    store.sending("c1")
    store.told("elsewhere", at_ms=store.now + 10)
    store.told("ours", at_ms=store.now + 20)
    store.answered("c1", "ours")
    assert [(row.message_id, row.client_id, row.origin) for row in store.bubbles()] == [
        ("ours", "c1", Origin.THIS_DEVICE),
        ("elsewhere", None, Origin.OTHER_DEVICE),
    ]


def test_a_message_set_free_does_not_take_a_wish_that_is_younger_than_itself(store):
    store.sending("c1")
    store.told("elsewhere", at_ms=store.now + 10)
    store.sending("c2", now_ms=store.now + 5000)
    store.answered("c1", "ours", at_ms=store.now + 20)
    assert [(row.message_id, row.client_id, row.state) for row in store.bubbles()] == [
        ("ours", "c1", State.ACCEPTED),
        ("elsewhere", None, State.ACCEPTED),
        (None, "c2", State.SENDING),
    ]


def test_a_wish_for_the_very_number_goes_before_one_for_any(store):
    store.sending("any", sender="default", now_ms=store.now + 50)
    store.sending("this", now_ms=store.now)
    store.told("m1", at_ms=store.now + 60)
    store.told("m2", at_ms=store.now + 70, local="+16135550002")
    assert {row.client_id: row.message_id for row in store.everything()} == {
        "this": "m1",
        "any": "m2",
    }


def test_an_answer_may_write_the_remote_number_in_its_own_way(store):
    store.sending("c1")
    fact = replace(store.stated("m1"), remote="tel:+12065550100")
    outbox.confirm(store.db, "c1", fact, store.now)
    assert [row.message_id for row in store.bubbles()] == ["m1"]
    assert len(store.everything()) == 1


def test_a_wish_that_waited_for_hours_is_still_recognised(store):
    hours = 5 * 3_600_000
    client = store.wish("c1")
    outbox.mark_sending(store.db, client, store.now + hours)
    outbox.mark_unconfirmed(store.db, client, "No answer.")
    store.told("m1", at_ms=store.now + hours + 800)
    assert [(row.message_id, row.client_id) for row in store.bubbles()] == [("m1", "c1")]


@pytest.mark.parametrize(
    ("text", "at"), [("other words", 0), ("hi", 16 * 60_000), ("hi", -16 * 60_000)]
)
def test_other_words_or_another_time_settle_nothing(store, text, at):
    client = store.sending("c1")
    outbox.mark_unconfirmed(store.db, client, "No answer.")
    store.told("m1", text, store.now + at)
    assert store.reader.item(client).state is State.UNCONFIRMED
    assert len(store.bubbles()) == 2


def test_a_message_known_before_the_wish_does_not_settle_it(store):
    store.told("old", at_ms=store.now - 1000)
    client = store.sending("c1")
    outbox.mark_unconfirmed(store.db, client, "No answer.")
    store.told("old", at_ms=store.now - 1000)
    assert store.reader.item(client).state is State.UNCONFIRMED


def test_a_server_that_trims_the_text_is_understood(store):
    client = store.sending("c1", text=" hi\r\nyou ")
    outbox.mark_unconfirmed(store.db, client, "No answer.")
    store.told("m1", "hi\nyou")
    assert [row.message_id for row in store.bubbles()] == ["m1"]


def test_news_of_the_present_send_is_not_taken_by_an_older_unconfirmed_one(store):
    old = store.sending("c1")
    outbox.mark_unconfirmed(store.db, old, "No answer.")
    store.sending("c2", now_ms=store.now + 300_000)
    store.told("m2", at_ms=store.now + 300_500)
    assert store.reader.item(old).state is State.UNCONFIRMED
    store.answered("c2", "m2")
    assert [(row.client_id, row.message_id) for row in store.bubbles()] == [
        ("c1", None),
        ("c2", "m2"),
    ]


def test_a_deleted_message_settles_its_wish_and_stays_away(store):
    for order in itertools.permutations(["answer", "sync", "removal"]):
        one = type(store)()
        one.sending("c1")
        for fact in order:
            if fact == "removal":
                one.removed("m1")
            else:
                _apply(one, {"answer": ("answer", "c1", "m1"), "sync": ("sync", "m1", 1)}[fact])
        one.told("m1")
        assert one.everything() == []
        assert outbox.waiting(one.db, one.account) == []
        assert outbox.unconfirmed(one.db, one.account) == []
