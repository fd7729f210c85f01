"""What the windows get from the composition root beside the ports."""

from collections.abc import Callable, Coroutine
from typing import Any

Spawn = Callable[[Coroutine[Any, Any, None], str], object]
"""Starts a coroutine as a task that somebody owns; the second argument names it in logs."""
