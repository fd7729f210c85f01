"""Waiting, resting and reckoning with Kandy's clock: what neither a restart nor a bad clock may break."""

import asyncio

from hypothesis import given
from hypothesis import strategies as st

from sms_desktop.domain.address import Address
from sms_desktop.domain.facts import NumberFact
from sms_desktop.domain.health import Receiving
from sms_desktop.domain.ids import AccountId, ClientId
from sms_desktop.sync.receiving.number_states import ReceivingNumbers
from sms_desktop.sync.running.interruptible_sleep import InterruptibleSleep
from sms_desktop.sync.sending.waits import Wait, Waits
from sms_desktop.sync.sessions.clocks import KandyClocks
from tests.helpers.desk import Time

ONE, TWO = ClientId("one"), ClientId("two")
HERE = AccountId(1)


def test_a_wait_holds_up_one_or_all() -> None:
    time = Time()
    waits = Waits(time.now_ms)
    waits.note(ONE, Wait(10))
    assert (waits.left_s(ONE), waits.left_s(TWO)) == (10, 0)
    waits.note(TWO, Wait(60, whole_account=True))
    assert (waits.left_s(ONE), waits.left_s(TWO)) == (60, 60)
    time.pass_s(59)
    assert waits.left_s(ONE) == 1


def test_being_online_ends_only_what_waited_for_that() -> None:
    waits = Waits(Time().now_ms)
    waits.note(ONE, Wait(10, until_online=True))
    waits.note(TWO, Wait(60, whole_account=True))
    waits.online()
    assert waits.left_s(ONE) == 60
    waits.note(TWO, None)
    assert waits.left_s(ONE) == 60, "what Kandy asked for is not forgotten by a success"


@given(jump_s=st.integers(-1_000_000, 1_000_000))
def test_no_clock_makes_a_wait_longer(jump_s: int) -> None:
    time = Time()
    waits = Waits(time.now_ms)
    waits.note(ONE, Wait(20))
    time.ms += jump_s * 1000
    assert waits.left_s(ONE) <= 20


@given(true_ms=st.integers(10**12, 10**13), fast_ms=st.integers(-(10**9), 10**9))
def test_what_is_dated_by_kandys_clock_is_never_later_than_it_is_there(
    true_ms: int, fast_ms: int
) -> None:
    local_ms = true_ms + fast_ms
    clocks = KandyClocks(lambda: local_ms)
    # As the header tells it: whole seconds, taken for half a second later.
    clocks.set(HERE, true_ms // 1000 * 1000 + 500 - local_ms)
    dated_ms = clocks.now_ms(HERE)
    assert abs(dated_ms - true_ms) <= 2_500
    if abs(fast_ms) > 3_000:
        assert dated_ms <= true_ms


def test_an_unknown_offset_means_the_local_time() -> None:
    clocks = KandyClocks(lambda: 5)
    clocks.set(HERE, None)
    assert clocks.now_ms(HERE) == 5


def test_the_end_of_a_subscription_that_we_ended_ourselves_is_no_news() -> None:
    facts = {Address("+1"): NumberFact(Receiving.PAUSED), Address("+2"): NumberFact()}
    numbers = ReceivingNumbers(facts, lambda: 7)
    assert not numbers.cancelled(Address("+1"))
    assert numbers.cancelled(Address("+2"))
    assert not numbers.cancelled(Address("+3")), "not a number of this account"
    assert [fact.receiving for fact in facts.values()] == [Receiving.PAUSED, Receiving.CANCELLED]


async def test_a_rest_ends_with_its_time_or_with_the_bell() -> None:
    time = Time()
    bell = InterruptibleSleep(time.sleep)
    resting = asyncio.create_task(bell.rest(300))
    await time.until_asleep(300)
    bell.ring()
    await resting
    resting = asyncio.create_task(bell.rest(20))
    await time.sleep_through(20)
    await resting


async def test_a_ring_before_the_rest_is_not_lost_and_works_once() -> None:
    time = Time()
    bell = InterruptibleSleep(time.sleep)
    bell.ring()
    await bell.rest(300)
    resting = asyncio.create_task(bell.rest(20))
    await time.sleep_through(20)
    await resting
    bell.ring()
    bell.hush()
    resting = asyncio.create_task(bell.rest(20))
    await time.sleep_through(20)
    await resting
