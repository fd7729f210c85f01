"""Notices that the computer was asleep, or this process was stopped: time went by and we were not there.

While a computer sleeps its steady clock stands still, and so do all of our waits; the clock on the
wall goes on. A stopped process finds that its sleep was far longer than asked for.
"""

from collections.abc import Callable
from typing import Final

from sms_desktop.domain.clock import NowMs
from sms_desktop.sync.running.backoff import Sleep

_TICK_S: Final = 5.0
_TOLERATED_S: Final = 5.0
"""A busy computer is late, and clocks are corrected."""


class WakeWatch:
    """A service: calls ``on_wake`` when either clock has jumped, the wall clock backwards included.

    ``steady_s``: a clock that nobody sets, in seconds.
    """

    def __init__(
        self,
        now_ms: NowMs,
        steady_s: Callable[[], float],
        sleep: Sleep,
        on_wake: Callable[[], None],
    ) -> None:
        self._now_ms = now_ms
        self._steady_s = steady_s
        self._sleep = sleep
        self._on_wake = on_wake

    async def run(self) -> None:
        """Watch until cancelled."""
        while True:
            wall_ms, steady_s = self._now_ms(), self._steady_s()
            await self._sleep(_TICK_S)
            gone_s = (self._now_ms() - wall_ms) / 1000
            steadily_s = self._steady_s() - steady_s
            if max(abs(gone_s - steadily_s), steadily_s - _TICK_S) > _TOLERATED_S:
                self._on_wake()
