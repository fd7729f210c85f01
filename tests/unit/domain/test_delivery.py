"""The life of a message: nothing goes backwards, and nothing is sent twice by itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sms_desktop.domain.delivery import (
    NEXT,
    OUTBOX_STATES,
    State,
    advance,
    from_kandy_status,
    may_become,
)

CONFIRMED = {State.ACCEPTED, State.DELIVERED, State.IMPOSSIBLE, State.RECEIVED}


def test_the_table_knows_every_state() -> None:
    assert set(NEXT) == set(State)
    assert set(State) == OUTBOX_STATES | CONFIRMED
    assert not OUTBOX_STATES & CONFIRMED


def test_only_a_queued_message_goes_onto_the_network() -> None:
    assert [state for state in State if may_become(state, State.SENDING)] == [State.QUEUED]


def test_an_unconfirmed_message_is_never_queued_again_without_asking() -> None:
    assert not may_become(State.UNCONFIRMED, State.QUEUED)
    assert not may_become(State.UNCONFIRMED, State.SENDING)
    assert may_become(State.UNCONFIRMED, State.NOT_SENT)
    assert may_become(State.NOT_SENT, State.QUEUED)


def test_facts_settle_an_unconfirmed_message() -> None:
    for fact in (State.ACCEPTED, State.DELIVERED, State.IMPOSSIBLE):
        assert advance(State.UNCONFIRMED, fact) is fact
        assert advance(State.NOT_SENT, fact) is fact


def test_a_late_accepted_does_not_undo_delivered() -> None:
    assert advance(State.DELIVERED, State.ACCEPTED) is State.DELIVERED
    assert advance(State.IMPOSSIBLE, State.ACCEPTED) is State.IMPOSSIBLE
    assert advance(State.IMPOSSIBLE, State.DELIVERED) is State.DELIVERED


@given(st.sampled_from(sorted(CONFIRMED)), st.lists(st.sampled_from(sorted(State))))
def test_a_confirmed_message_never_returns_to_the_outbox(start: State, facts: list[State]) -> None:
    state = start
    for fact in facts:
        state = advance(state, fact)
        assert state in CONFIRMED


@given(st.lists(st.sampled_from(sorted(State))))
def test_delivered_is_final(facts: list[State]) -> None:
    state = State.DELIVERED
    for fact in facts:
        state = advance(state, fact)
    assert state is State.DELIVERED


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("DeliveredToNetwork", State.ACCEPTED),
        ("DeliveredToTerminal", State.DELIVERED),
        ("DeliveryImpossible", State.IMPOSSIBLE),
        (" deliveredtoterminal ", State.DELIVERED),
        ("Unknown", None),
        ("MessageWaiting", None),
        ("", None),
    ],
)
def test_only_kandys_own_words_change_a_state(said: str, meant: State | None) -> None:
    assert from_kandy_status(said) is meant
