"""When a text shall be sent: the times that are offered, and what a time on the wall means. Pure.

A time is kept as an instant. What the person chooses is a time on the wall of this computer, and a change
of hour may skip that time or bring it twice: ``moment`` says so instead of guessing in silence.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo
from enum import Enum
from typing import Final

from sms_desktop.domain.address import Address
from sms_desktop.domain.ids import AccountId, ClientId

LATE_MS: Final = 10 * 60_000
"""What comes due while nobody is there is sent up to so much later; after that the person is asked."""

UNDO_MS: Final = 10_000
"""How long a text waits that is sent "in 10 s, with undo"."""

BRIEF: Final = "in a moment"
"""Reason of a scheduled row that only waits for a second thought."""

_MORNING: Final = time(9)
_MONDAY: Final = 0


class Clock(Enum):
    """What the clocks do at a time on the wall."""

    PLAIN = "plain"
    SKIPPED = "skipped"
    TWICE = "twice"


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant in milliseconds since the epoch, and whether the time on the wall is a plain one.

    ``SKIPPED``: clocks go forward over it, and the instant is as much later. ``TWICE``: clocks go back
    over it, and the instant is its first coming.
    """

    at_ms: int
    clock: Clock


class SendTime(Enum):
    """What a time is called that is offered."""

    IN_AN_HOUR = "in_an_hour"
    TOMORROW = "tomorrow"
    MONDAY = "monday"


@dataclass(frozen=True, slots=True)
class ScheduledMessage:
    """A text that waits for its time; ``held`` says why it is not sent by itself, else empty.

    ``is_brief``: it only waits for a second thought. ``local`` and ``remote`` name the conversation.
    """

    client_id: ClientId
    account_id: AccountId
    local: Address
    remote: Address
    text: str
    send_at_ms: int
    held: str
    is_brief: bool


def moment(wall: datetime, zone: tzinfo | None = None) -> Moment:
    """The instant of a time on the wall, which has no zone; ``zone``: that of the computer."""
    first, second = (_instant(wall.replace(fold=fold), zone) for fold in (0, 1))
    shown = datetime.fromtimestamp(first / 1000, UTC).astimezone(zone).replace(tzinfo=None, fold=0)
    if shown != wall.replace(fold=0):
        return Moment(first, Clock.SKIPPED)
    return Moment(first, Clock.PLAIN if first == second else Clock.TWICE)


def send_times(now: datetime, zone: tzinfo | None = None) -> tuple[tuple[SendTime, int], ...]:
    """What is offered at a local time without a zone, each with its instant, the soonest first."""
    # An hour is an hour, also where the clocks change in between.
    in_an_hour = moment(now.replace(second=0, microsecond=0), zone).at_ms + 3_600_000
    tomorrow = datetime.combine(now.date() + timedelta(days=1), _MORNING)
    to_monday = (_MONDAY - now.weekday()) % 7 or 7
    monday = datetime.combine(now.date() + timedelta(days=to_monday), _MORNING)
    offered = [
        (SendTime.IN_AN_HOUR, in_an_hour),
        (SendTime.TOMORROW, moment(tomorrow, zone).at_ms),
    ]
    if monday != tomorrow:
        offered.append((SendTime.MONDAY, moment(monday, zone).at_ms))
    return tuple(offered)


def _instant(wall: datetime, zone: tzinfo | None) -> int:
    aware = wall.replace(tzinfo=zone) if zone is not None else wall.astimezone()
    return round(aware.timestamp() * 1000)
