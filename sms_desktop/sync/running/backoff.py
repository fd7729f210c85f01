"""How long to wait before the next attempt: doubling, capped, with jitter."""

from collections.abc import Awaitable, Callable
from typing import Final

Random = Callable[[], float]
"""A number from 0 up to 1, whenever asked."""

Sleep = Callable[[float], Awaitable[None]]
"""Waits so many seconds."""

_FIRST_S: Final = 1.0
_LONGEST_S: Final = 60.0


def delay_s(attempt: int, random: Random, *, longest_s: float = _LONGEST_S) -> float:
    """Seconds to wait after failed attempt number ``attempt`` (from 1): between half and the whole."""
    whole: float = min(longest_s, _FIRST_S * 2.0 ** min(attempt - 1, 16))
    return whole * (0.5 + random() / 2)
