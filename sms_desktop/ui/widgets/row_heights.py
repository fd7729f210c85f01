"""Heights of rows that are partly known and partly guessed, and the places that follow. No Qt."""

from bisect import bisect_right
from itertools import accumulate


class RowHeights:
    """Rows are measured when they come near the screen; until then each counts as ``guess`` pixels."""

    def __init__(self, guess: int = 48) -> None:
        self.guess = guess
        self._heights: list[int] = []
        self._tops: list[int] | None = None

    def __len__(self) -> int:
        return len(self._heights)

    @property
    def total(self) -> int:
        """Height of all rows together."""
        return self.top(len(self._heights))

    def reset(self, count: int) -> None:
        """``count`` unmeasured rows and nothing else."""
        self._heights = [0] * count
        self._tops = None

    def insert(self, first: int, count: int) -> None:
        """Make room for unmeasured rows."""
        self._heights[first:first] = [0] * count
        self._tops = None

    def remove(self, first: int, count: int) -> None:
        """Take rows out."""
        del self._heights[first : first + count]
        self._tops = None

    def forget(self, first: int, last: int) -> None:
        """These rows, both ends included, may have another height now."""
        for row in range(first, min(last + 1, len(self._heights))):
            self._heights[row] = 0
        self._tops = None

    def is_known(self, row: int) -> bool:
        """Whether the row was measured."""
        return self._heights[row] > 0

    def set(self, row: int, height: int) -> None:
        """The measured height of a row, in pixels."""
        self._heights[row] = max(1, height)
        self._tops = None

    def height(self, row: int) -> int:
        """Measured or guessed."""
        return self._heights[row] or self.guess

    def top(self, row: int) -> int:
        """Where a row begins; for the row after the last: where all end."""
        if self._tops is None:
            guess = self.guess
            self._tops = [0, *accumulate(height or guess for height in self._heights)]
        return self._tops[row]

    def row_at(self, y: int) -> int:
        """The row that covers ``y``; the nearest one outside."""
        self.top(0)
        assert self._tops is not None  # noqa: S101 - top() made it
        return max(0, min(len(self._heights) - 1, bisect_right(self._tops, y) - 1))
