"""Which times of a message are believed."""

import pytest

from sms_desktop.domain.clock import dated

NOW_MS = 1_795_000_000_000
DAY_MS = 24 * 3_600_000


@pytest.mark.parametrize("said", [NOW_MS, NOW_MS - 365 * DAY_MS, NOW_MS + DAY_MS, 946_684_800_000])
def test_what_can_be_is_believed(said: int) -> None:
    assert dated(said, NOW_MS) == said


@pytest.mark.parametrize("said", [None, 0, 1, 1000, 946_684_799_999, NOW_MS + DAY_MS + 1, 10**14])
def test_what_cannot_be_gives_way_to_the_arrival(said: int | None) -> None:
    assert dated(said, NOW_MS) == NOW_MS


def test_a_clock_that_was_never_set_judges_nothing() -> None:
    assert dated(NOW_MS, 1000) == NOW_MS
