"""Every state of the connection, as a table: what is known on the left, what is shown on the right."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sms_desktop.domain.address import Address
from sms_desktop.domain.assessing import assess
from sms_desktop.domain.checks import CLOCK_TOLERATED_MS
from sms_desktop.domain.facts import AccountFacts, NumberFact, TunnelFact
from sms_desktop.domain.health import CheckState, Fix, Health, Level, Receiving
from sms_desktop.domain.ids import AccountId

FIRST, SECOND = Address("+16139998877"), Address("+15202241142")
UP = TunnelFact("ngrok", "https://otter.example", 1, 38, 10, 600_010)


def _clock(at_ms: int) -> str:
    return f"t{at_ms}"


def _live(**changed: object) -> AccountFacts:
    live = AccountFacts(
        AccountId(1),
        signed_in=True,
        clock_offset_ms=400,
        listener="127.0.0.1:1",
        tunnel=replace(UP),
        way="webhook through ngrok",
        way_open=True,
        numbers={FIRST: NumberFact(Receiving.ACTIVE), SECOND: NumberFact(Receiving.ACTIVE)},
        caught_up_at_ms=20,
    )
    return replace(live, **changed)  # type: ignore[arg-type]


def _check(health: Health, name: str) -> tuple[CheckState, Fix | None]:
    found = next(check for check in health.checks if check.name == name)
    return found.state, found.fix


OK, WAITING, WARNING, FAILED = CheckState
CANCELLED = {FIRST: NumberFact(Receiving.ACTIVE), SECOND: NumberFact(Receiving.CANCELLED, "Gone.")}
SILENT = replace(UP, trouble="Silent.")
DOWN = replace(UP, url="", carried_ms=None)


@pytest.mark.parametrize(
    ("changed", "level", "row", "state", "fix"),
    [
        ({}, Level.LIVE, "probe", OK, None),
        ({"sign_in_trouble": "No."}, Level.DEAF, "account", FAILED, Fix.SIGN_IN),
        (
            {"is_offline": True, "look_trouble": "Gone."},
            Level.DEAF,
            "account",
            FAILED,
            Fix.CHECK,
        ),
        (
            {"is_offline": True, "look_trouble": "Gone.", "is_polling": True},
            Level.DEAF,
            "way_in",
            FAILED,
            Fix.CHECK,
        ),
        ({"tunnel": replace(UP, carried_ms=None)}, Level.STARTING, "probe", WAITING, None),
        ({"tunnel": SILENT}, Level.DEGRADED, "probe", FAILED, Fix.CHECK),
        (
            {"tunnel": DOWN, "way_open": False, "way_trouble": "Down."},
            Level.DEAF,
            "tunnel",
            FAILED,
            Fix.CHANGE_WAY,
        ),
        (
            {"tunnel": DOWN, "way_open": False, "way_trouble": "Down.", "is_polling": True},
            Level.SLOW,
            "way_in",
            FAILED,
            Fix.CHECK,
        ),
        (
            {"tunnel": DOWN, "way": "websocket", "stands_in_for": "Down."},
            Level.LIVE,
            "way_in",
            WARNING,
            Fix.CHECK,
        ),
        ({"tunnel": None, "way": "websocket"}, Level.LIVE, "way_in", OK, None),
        ({"numbers": CANCELLED}, Level.DEGRADED, "subscriptions", WARNING, Fix.SUBSCRIBE),
        ({"numbers": {}}, Level.DEAF, "subscriptions", WARNING, Fix.NUMBERS),
        ({"look_trouble": "Later."}, Level.DEGRADED, "subscriptions", WARNING, Fix.CHECK),
        ({"catch_up_trouble": "Not read."}, Level.DEGRADED, "catch_up", FAILED, Fix.CHECK),
        ({"clock_offset_ms": CLOCK_TOLERATED_MS}, Level.LIVE, "clock", WARNING, None),
        ({"clock_offset_ms": 1 - CLOCK_TOLERATED_MS}, Level.LIVE, "account", OK, None),
        ({"unconfirmed": 1}, Level.LIVE, "sending", WARNING, None),
        ({"way_open": None}, Level.STARTING, "way_in", WAITING, None),
    ],
)
def test_what_is_known_gives_level_row_and_remedy(
    changed: dict[str, object], level: Level, row: str, state: CheckState, fix: Fix | None
) -> None:
    health = assess([_live(**changed)], _clock)
    assert health.level is level
    assert _check(health, row) == (state, fix)
    assert health.sentence


def test_the_rows_are_those_of_the_way_of_a_message() -> None:
    health = assess([_live()], _clock)
    assert [check.name for check in health.checks] == [
        "account",
        "listener",
        "tunnel",
        "probe",
        "way_in",
        "subscriptions",
        "catch_up",
        "sending",
    ]
    assert {check.account_id for check in health.checks} == {1}
    details = {check.name: check.detail for check in health.checks}
    assert details["tunnel"] == "ngrok · https://otter.example · up since t1"
    assert details["probe"] == "probe returned through the tunnel in 38 ms"
    assert (health.checked_at_ms, health.next_check_at_ms) == (10, 600_010)


def test_the_sentence_speaks_of_the_account_that_is_worst() -> None:
    lesser = _live(catch_up_trouble="History was not read.")
    worse = _live(sign_in_trouble="Wrong secret.")
    assert assess([lesser, worse], _clock).sentence == "Wrong secret."


_TUNNELS = st.none() | st.builds(
    TunnelFact,
    st.just("ngrok"),
    st.sampled_from(["", "https://otter.example"]),
    carried_ms=st.sampled_from([None, 38]),
    trouble=st.sampled_from(["", "Silent."]),
)
_FACTS = st.builds(
    AccountFacts,
    signed_in=st.sampled_from([None, True, False]),
    sign_in_trouble=st.sampled_from(["", "No."]),
    tunnel=_TUNNELS,
    way_open=st.sampled_from([None, True, False]),
    stands_in_for=st.sampled_from(["", "Down."]),
    way_trouble=st.sampled_from(["", "Broken."]),
    look_trouble=st.sampled_from(["", "Not now."]),
    is_offline=st.booleans(),
    is_polling=st.booleans(),
    catch_up_trouble=st.sampled_from(["", "Not read."]),
    numbers=st.dictionaries(
        st.sampled_from([FIRST, SECOND]), st.builds(NumberFact, st.sampled_from(Receiving))
    ),
)


@given(_FACTS)
def test_live_needs_every_fact(facts: AccountFacts) -> None:
    health = assess([facts], _clock)
    if health.level is Level.LIVE:
        assert facts.way_open
        assert facts.wanted
        assert facts.wanted == facts.active
        assert not any((facts.is_offline, facts.sign_in_trouble, facts.way_trouble))
        if facts.tunnel and not facts.stands_in_for:
            assert facts.tunnel.carried_ms is not None
            assert not facts.tunnel.trouble
        assert CheckState.FAILED not in {c.state for c in health.checks if c.name == "way_in"}


@given(_FACTS)
def test_whoever_cannot_reach_kandy_is_deaf_and_a_row_says_why(facts: AccountFacts) -> None:
    facts.is_offline, facts.look_trouble = True, "Kandy cannot be reached."
    health = assess([facts], _clock)
    assert health.level is Level.DEAF
    assert CheckState.FAILED in {check.state for check in health.checks}


@given(_FACTS)
def test_every_failure_has_a_reason_and_something_to_do(facts: AccountFacts) -> None:
    for check in assess([facts], _clock).checks:
        if check.state is CheckState.FAILED:
            assert check.detail
            assert check.fix is not None


@given(st.lists(_FACTS, min_size=1, max_size=3))
def test_several_accounts_are_as_good_as_the_worst(accounts: list[AccountFacts]) -> None:
    badness = (Level.LIVE, Level.STARTING, Level.SLOW, Level.DEGRADED, Level.DEAF)
    each = [assess([one], _clock).level for one in accounts]
    assert assess(accounts, _clock).level is max(each, key=badness.index)
