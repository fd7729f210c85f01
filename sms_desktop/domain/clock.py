"""Time as a value that is passed in, and which times of a message can be believed."""

from collections.abc import Callable
from typing import Final

NowMs = Callable[[], int]
"""Milliseconds since the epoch, whenever asked."""

FIRST_PLAUSIBLE_MS: Final = 946_684_800_000
"""The beginning of the year 2000: nothing here is older."""

_AHEAD_MS: Final = 24 * 3_600_000


def dated(said_ms: int | None, arrived_at_ms: int) -> int:
    """When a message is to be shown and sorted: as it says, else when it came.

    A time before 2000, or more than a day after the message came, is a mistake of whoever wrote it.
    An arrival that is itself no time (a clock that was never set) judges nothing.
    """
    if said_ms is None or said_ms < FIRST_PLAUSIBLE_MS:
        return arrived_at_ms
    is_ahead = said_ms > arrived_at_ms + _AHEAD_MS
    return arrived_at_ms if is_ahead and arrived_at_ms >= FIRST_PLAUSIBLE_MS else said_ms
