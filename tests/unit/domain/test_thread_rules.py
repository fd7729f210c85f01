"""Flags of conversations follow each other as told, and times to snooze to are ahead and apart."""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from sms_desktop.domain.snooze import SnoozeTime, snooze_choices
from sms_desktop.domain.thread_flags import (
    Folder,
    ThreadChange,
    ThreadFlags,
    after_news,
    after_snooze,
)

BOOLS = st.booleans()
FLAGS = st.builds(
    ThreadFlags, BOOLS, BOOLS, BOOLS, BOOLS, BOOLS, st.integers(min_value=0, max_value=3)
)
MAYBE = st.none() | BOOLS
CHANGES = st.builds(ThreadChange, MAYBE, MAYBE, MAYBE, MAYBE, MAYBE, st.none() | st.integers(0, 3))


@given(FLAGS, CHANGES)
def test_a_change_does_not_touch_what_it_does_not_name(flags, change):
    after = change.applied(flags)
    if change.muted is None:
        assert after.is_muted == flags.is_muted
    if change.marked_unread is None:
        assert after.is_marked_unread == flags.is_marked_unread
    if change.blocked is None:
        assert after.is_blocked == flags.is_blocked
    assert change.applied(after) == after


@given(FLAGS)
def test_nothing_that_comes_in_unblocks_or_unmutes(flags):
    for after in (after_news(flags, inbound=True), after_news(flags, inbound=False)):
        assert (after.is_blocked, after.is_muted) == (flags.is_blocked, flags.is_muted)
        assert after.folder in (Folder.INBOX, Folder.BLOCKED, Folder.SNOOZED)
    assert after_news(flags, inbound=True).folder in (Folder.INBOX, Folder.BLOCKED)


@given(FLAGS)
def test_the_end_of_a_snooze_asks_to_be_looked_at(flags):
    assert after_snooze(flags).is_marked_unread
    assert after_snooze(flags).folder is not Folder.SNOOZED


@given(st.datetimes(min_value=datetime(2020, 1, 1), max_value=datetime(2040, 1, 1)))  # noqa: DTZ001
def test_times_to_snooze_to_are_ahead_and_within_a_week_or_so(moment):
    now = moment.astimezone()
    choices = snooze_choices(now)
    assert choices
    assert [c.at for c in choices] == sorted(c.at for c in choices)
    for choice in choices:
        assert timedelta(0) < choice.at - now < timedelta(days=8)
    names = [c.name for c in choices]
    assert len(set(names)) == len(names)
    assert SnoozeTime.TOMORROW in names


def test_a_monday_noon_offers_later_evening_tomorrow_and_next_week():
    now = datetime(2026, 11, 23, 12, 0).astimezone()
    assert [(c.name, c.at.day, c.at.hour) for c in snooze_choices(now)] == [
        (SnoozeTime.LATER, 23, 15),
        (SnoozeTime.EVENING, 23, 18),
        (SnoozeTime.TOMORROW, 24, 9),
        (SnoozeTime.NEXT_WEEK, 30, 9),
    ]


def test_a_sunday_night_offers_tomorrow_once():
    now = datetime(2026, 11, 22, 23, 30).astimezone()
    assert [c.name for c in snooze_choices(now)] == [SnoozeTime.TOMORROW]
