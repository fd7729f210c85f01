"""Waiting before another attempt."""

from hypothesis import given
from hypothesis import strategies as st

from sms_desktop.sync.running.backoff import delay_s


@given(attempt=st.integers(1, 10_000), chance=st.floats(0, 0.999999))
def test_never_waits_longer_than_the_cap_nor_hammers(attempt: int, chance: float) -> None:
    assert 0.5 <= delay_s(attempt, lambda: chance, longest_s=20) <= 20


def test_later_attempts_wait_longer_until_the_cap() -> None:
    waits = [delay_s(n, lambda: 0.5, longest_s=20) for n in range(1, 8)]
    assert waits == sorted(waits)
    assert waits[-1] == waits[-2]


def test_jitter_spreads_the_clients() -> None:
    assert delay_s(5, lambda: 0.0) < delay_s(5, lambda: 0.9)
