"""Times as Kandy writes them: milliseconds in most places, seconds in some."""

import re
from typing import Final

from sms_desktop.domain.clock import FIRST_PLAUSIBLE_MS

_FIRST_AS_MILLISECONDS: Final = 10**11
"""Read as milliseconds this is March 1973; read as seconds, the year 5138."""

_LIMIT_MS: Final = 10**14
"""The year 5138, well inside what a calendar can show."""

_DECIMAL: Final = re.compile(r"[0-9]{1,20}(?:\.[0-9]{1,20})?")


def milliseconds(value: object) -> int | None:
    """Milliseconds since the epoch for a number, or digits, in seconds or milliseconds.

    Decided by magnitude, because the vendor's documentation and its fixtures disagree. ``None`` for
    what is no time: other types, nothing, the time before 2000, not-a-number, and numbers too large.
    """
    number = _number(value)
    if number is None or not 0 < number < _LIMIT_MS:
        return None
    found = round(number if number >= _FIRST_AS_MILLISECONDS else number * 1000)
    return found if found >= FIRST_PLAUSIBLE_MS else None


def _number(value: object) -> int | float | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return value
    if isinstance(value, str) and _DECIMAL.fullmatch(value.strip()):
        return float(value) if "." in value else int(value)
    return None
