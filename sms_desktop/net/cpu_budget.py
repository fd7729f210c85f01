"""A token bucket of working time: what a thread may take of the processor before it has to rest."""

import time
from collections.abc import Callable


class CpuBudget:
    """``share`` seconds of work flow in each second, and up to ``depth_s`` are saved up.

    ``now_s`` is a clock that goes on, ``worked_s`` one that counts the caller's own work only.
    """

    def __init__(
        self,
        share: float,
        depth_s: float,
        *,
        now_s: Callable[[], float] = time.monotonic,
        worked_s: Callable[[], float] = time.thread_time,
    ) -> None:
        self._share = share
        self._depth_s = depth_s
        self._now_s = now_s
        self._worked_s = worked_s
        self._level_s = depth_s
        self._at_s = now_s()
        self._worked_before_s = worked_s()

    def rest_s(self) -> float:
        """How long to rest now, given the work since the last question; mostly 0."""
        now_s, worked_s = self._now_s(), self._worked_s()
        flown_s = (now_s - self._at_s) * self._share
        used_s = worked_s - self._worked_before_s
        self._level_s = min(self._depth_s, self._level_s + flown_s) - used_s
        self._at_s, self._worked_before_s = now_s, worked_s
        return max(0.0, -self._level_s / self._share)
