"""The sentence about the connection is never better than the facts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sms_desktop.domain.address import Address
from sms_desktop.domain.assessing import assess
from sms_desktop.domain.facts import AccountFacts, NumberFact
from sms_desktop.domain.health import CheckState, Level, Receiving


def _clock(at_ms: int) -> str:
    return f"t{at_ms}"


def _live() -> AccountFacts:
    return AccountFacts(
        signed_in=True,
        listener="127.0.0.1:1",
        way="webhook through loopback",
        way_open=True,
        numbers={Address("+16139998877"): NumberFact(Receiving.ACTIVE)},
        caught_up_at_ms=1,
        last_inbound_at_ms=5,
    )


def test_live_says_how_and_how_many() -> None:
    health = assess([_live()], _clock)
    assert health.level is Level.LIVE
    assert (
        health.sentence == "webhook through loopback · last inbound t5 · 1 of 1 numbers subscribed"
    )
    assert {c.state for c in health.checks} == {CheckState.OK}


@pytest.mark.parametrize(
    ("offset_ms", "words"),
    [
        (-7_200_500, "2 h ahead of Kandy's"),
        (330_000, "behind Kandy's"),
        (26 * 3_600_000 + 61_000, "1 d 2 h 1 min behind Kandy's"),
    ],
)
def test_a_clock_that_is_far_off_is_a_warning_that_says_what_to_do(
    offset_ms: int, words: str
) -> None:
    facts = _live()
    facts.clock_offset_ms = offset_ms
    health = assess([facts], _clock)
    (check,) = [c for c in health.checks if c.name == "clock"]
    assert check.state is CheckState.WARNING
    assert words in check.detail
    assert "Let the system set date and time" in check.detail
    assert health.level is Level.LIVE


def test_a_clock_that_is_a_little_off_is_not_worth_a_row() -> None:
    for offset_ms in (None, 0, 90_000, -299_000):
        facts = _live()
        facts.clock_offset_ms = offset_ms
        assert all(c.name != "clock" for c in assess([facts], _clock).checks)


def test_nobody_signed_in() -> None:
    assert assess([], _clock).level is Level.NO_ACCOUNT


def test_a_cancelled_number_degrades_and_the_reason_is_shown() -> None:
    facts = _live()
    facts.numbers[Address("+15202241142")] = NumberFact(Receiving.CANCELLED, "Kandy cancelled it.")
    health = assess([facts], _clock)
    assert health.level is Level.DEGRADED
    assert "1 of 2 numbers" in health.sentence
    check = next(c for c in health.checks if c.name == "subscriptions")
    assert check.state is CheckState.WARNING
    assert "Kandy cancelled it." in check.detail


def test_a_closed_way_in_is_deaf_even_with_subscriptions() -> None:
    facts = _live()
    facts.way_open = False
    facts.way_trouble = "The tunnel is down."
    health = assess([facts], _clock)
    assert health.level is Level.DEAF
    assert health.sentence == "The tunnel is down."


def test_polling_is_called_slow_and_not_live() -> None:
    facts = _live()
    facts.way_open = False
    facts.way_trouble = "The tunnel is down."
    facts.is_polling = True
    assert assess([facts], _clock).level is Level.SLOW


def test_the_worst_account_counts() -> None:
    broken = AccountFacts(signed_in=False, sign_in_trouble="Wrong secret.")
    assert assess([_live(), broken], _clock).level is Level.DEAF


_FACTS = st.builds(
    AccountFacts,
    signed_in=st.sampled_from([None, True, False]),
    sign_in_trouble=st.sampled_from(["", "No."]),
    way_open=st.sampled_from([None, True, False]),
    way_trouble=st.sampled_from(["", "Broken."]),
    look_trouble=st.sampled_from(["", "Not now."]),
    is_offline=st.booleans(),
    catch_up_trouble=st.sampled_from(["", "Not read."]),
    is_polling=st.booleans(),
    numbers=st.dictionaries(
        st.sampled_from([Address("+16139998877"), Address("+15202241142")]),
        st.builds(NumberFact, st.sampled_from(Receiving)),
    ),
)


@given(st.lists(_FACTS, min_size=1, max_size=3))
def test_live_is_said_only_when_every_wanted_number_receives(accounts: list[AccountFacts]) -> None:
    health = assess(accounts, _clock)
    if health.level is Level.LIVE:
        assert all(a.way_open and a.wanted and a.wanted == a.active for a in accounts)
        assert not any(a.trouble or a.is_offline for a in accounts)
    assert health.sentence


def test_a_refused_sign_in_is_not_live_although_the_way_is_open() -> None:
    facts = _live()
    facts.signed_in = False
    facts.sign_in_trouble = "Wrong secret."
    assert assess([facts], _clock).level is Level.DEAF


def test_what_cannot_be_looked_at_is_not_called_live() -> None:
    facts = _live()
    facts.look_trouble = "Kandy's server has trouble of its own."
    health = assess([facts], _clock)
    assert health.level is Level.DEGRADED
    assert facts.look_trouble in health.sentence
    facts.is_offline = True
    assert assess([facts], _clock).level is Level.DEAF


def test_history_that_cannot_be_read_is_not_called_live() -> None:
    facts = _live()
    facts.catch_up_trouble = "Kandy did not answer."
    assert assess([facts], _clock).level is Level.DEGRADED


def test_between_two_ways_nothing_is_promised() -> None:
    facts = _live()
    facts.way_open = False
    health = assess([facts], _clock)
    assert health.level is Level.DEAF
    assert "subscribed" not in health.sentence
