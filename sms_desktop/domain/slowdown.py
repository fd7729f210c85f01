"""How long whoever guesses must wait: not at all at first, then longer with every wrong try. Pure."""

from collections.abc import Callable
from typing import Final

_FREE_TRIES: Final = 3
_FIRST_WAIT_S: Final = 5.0
_LONGEST_WAIT_S: Final = 300.0


class Slowdown:
    """``steady_s``: a clock that nobody sets, in seconds."""

    def __init__(self, steady_s: Callable[[], float]) -> None:
        self._steady_s = steady_s
        self._failures = 0
        self._free_at_s = 0.0

    def wait_s(self) -> float:
        """Seconds until the next try; 0 where it may be made now."""
        return max(0.0, self._free_at_s - self._steady_s()) if self._failures else 0.0

    def failed(self) -> None:
        """A try was wrong."""
        self._failures += 1
        beyond = self._failures - _FREE_TRIES
        if beyond >= 0:
            wait_s = min(_FIRST_WAIT_S * 2.0 ** min(beyond, 16), _LONGEST_WAIT_S)
            self._free_at_s = self._steady_s() + wait_s

    def succeeded(self) -> None:
        """A try was right: begin anew."""
        self._failures = 0
        self._free_at_s = 0.0
