"""Times on the wall: what is offered, and what a change of hour does to them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from sms_desktop.domain.scheduling import Clock, SendTime, moment, send_times

BERLIN = ZoneInfo("Europe/Berlin")


def _shown(at_ms: int) -> str:
    return datetime.fromtimestamp(at_ms / 1000, UTC).astimezone(BERLIN).strftime("%a %d %H:%M %z")


def _wall(*when: int) -> datetime:
    return datetime(*when)  # type: ignore[arg-type] # noqa: DTZ001


def test_on_a_monday_afternoon() -> None:
    offered = send_times(_wall(2026, 11, 23, 14, 34, 56), BERLIN)
    assert [(name, _shown(at)) for name, at in offered] == [
        (SendTime.IN_AN_HOUR, "Mon 23 15:34 +0100"),
        (SendTime.TOMORROW, "Tue 24 09:00 +0100"),
        (SendTime.MONDAY, "Mon 30 09:00 +0100"),
    ]


def test_on_a_sunday_tomorrow_is_monday() -> None:
    offered = send_times(_wall(2026, 11, 22, 23, 50), BERLIN)
    assert [(name, _shown(at)) for name, at in offered] == [
        (SendTime.IN_AN_HOUR, "Mon 23 00:50 +0100"),
        (SendTime.TOMORROW, "Mon 23 09:00 +0100"),
    ]


@pytest.mark.parametrize(
    ("wall", "shown", "clock"),
    [
        ((2027, 3, 28, 1, 59), "Sun 28 01:59 +0100", Clock.PLAIN),
        ((2027, 3, 28, 2, 30), "Sun 28 03:30 +0200", Clock.SKIPPED),
        ((2027, 3, 28, 3, 0), "Sun 28 03:00 +0200", Clock.PLAIN),
        ((2026, 10, 25, 2, 30), "Sun 25 02:30 +0200", Clock.TWICE),
        ((2026, 10, 25, 3, 0), "Sun 25 03:00 +0100", Clock.PLAIN),
    ],
)
def test_a_change_of_hour_is_told(wall: tuple[int, ...], shown: str, clock: Clock) -> None:
    found = moment(_wall(*wall), BERLIN)
    assert (_shown(found.at_ms), found.clock) == (shown, clock)


def test_nine_stays_nine_over_a_change_of_hour() -> None:
    ((_, in_an_hour), (_, tomorrow), *_) = send_times(_wall(2026, 10, 24, 14, 0), BERLIN)
    assert _shown(tomorrow) == "Sun 25 09:00 +0100"
    ((_, in_an_hour), *_) = send_times(_wall(2027, 3, 28, 1, 30), BERLIN)
    assert _shown(in_an_hour) == "Sun 28 03:30 +0200", "an hour is an hour"
