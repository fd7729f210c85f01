"""The times that a conversation can be put off to with one click, by the person's own clock."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import Enum
from typing import Final

_MORNING: Final = time(9)
_EVENING: Final = time(18)
_LATER: Final = timedelta(hours=3)
_EVENING_IS_NEAR: Final = timedelta(hours=1)
_LATEST_HOUR_TODAY: Final = 22
_MONDAY: Final = 0


class SnoozeTime(Enum):
    """What a time is called."""

    LATER = "later"
    EVENING = "evening"
    TOMORROW = "tomorrow"
    NEXT_WEEK = "next_week"


@dataclass(frozen=True, slots=True)
class SnoozeChoice:
    """A time to come, local and aware of its zone."""

    name: SnoozeTime
    at: datetime


def snooze_choices(now: datetime) -> tuple[SnoozeChoice, ...]:
    """What makes sense to offer now, the soonest first; ``now`` is local and aware of its zone."""
    choices = []
    later = (now + _LATER).replace(second=0, microsecond=0)
    if later.date() == now.date() and later.hour < _LATEST_HOUR_TODAY:
        choices.append(SnoozeChoice(SnoozeTime.LATER, later))
    evening = _on(now, 0, _EVENING)
    if evening - now >= _EVENING_IS_NEAR:
        choices.append(SnoozeChoice(SnoozeTime.EVENING, evening))
    choices.append(SnoozeChoice(SnoozeTime.TOMORROW, _on(now, 1, _MORNING)))
    to_monday = (_MONDAY - now.weekday()) % 7 or 7
    if to_monday > 1:
        choices.append(SnoozeChoice(SnoozeTime.NEXT_WEEK, _on(now, to_monday, _MORNING)))
    return tuple(sorted(choices, key=lambda choice: choice.at))


def _on(now: datetime, days: int, at: time) -> datetime:
    """A time of day, so many days on; made from the wall clock, so that a change of hour is kept."""
    day = now.date() + timedelta(days=days)
    return datetime.combine(day, at).astimezone()
