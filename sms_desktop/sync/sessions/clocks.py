"""Kandy's time, as far as this computer knows it.

A message that is sent here stands between messages that Kandy has dated. With a wrong local clock
an answer would stand before its question; so what we date ourselves is dated by Kandy's clock.
"""

from typing import Final

from sms_desktop.domain.clock import NowMs
from sms_desktop.domain.ids import AccountId

_TOLERATED_MS: Final = 2_000
"""The header that tells Kandy's time has whole seconds: less than this says nothing for sure."""

_UNSURE_MS: Final = 500
"""By so much the reckoned difference may be too large: better early than after the answer."""


class KandyClocks:
    """What time it is at the Kandy of each account; the local time while nothing is known."""

    def __init__(self, now_ms: NowMs) -> None:
        self._now_ms = now_ms
        self._ahead_ms: dict[AccountId, int] = {}

    def set(self, account_id: AccountId, offset_ms: int | None) -> None:
        """Kandy's clock minus ours, as the newest sign-in found it; ``None`` changes nothing."""
        if offset_ms is not None:
            tolerated = abs(offset_ms) < _TOLERATED_MS
            self._ahead_ms[account_id] = 0 if tolerated else offset_ms - _UNSURE_MS

    def now_ms(self, account_id: AccountId) -> int:
        """Milliseconds since the epoch."""
        return self._now_ms() + self._ahead_ms.get(account_id, 0)
