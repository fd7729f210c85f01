"""Time as a value that is passed in."""

from collections.abc import Callable

NowMs = Callable[[], int]
"""Milliseconds since the epoch, whenever asked."""
