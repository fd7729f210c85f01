"""The simulator's own time, which a test can move."""

from sms_desktop.domain.clock import NowMs


class MovableClock:
    """Milliseconds since the epoch, as far ahead of (or behind) the real ones as was asked for."""

    def __init__(self, source: NowMs) -> None:
        self._source = source
        self._offset_ms = 0

    def now_ms(self) -> int:
        """The present, as the simulated Kandy sees it."""
        return self._source() + self._offset_ms

    def advance(self, milliseconds: int) -> None:
        """Move the present; tokens and channel lifetimes run out accordingly."""
        self._offset_ms += milliseconds
