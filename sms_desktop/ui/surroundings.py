"""What the windows get from the composition root beside the ports."""

from collections.abc import Callable, Coroutine
from typing import Any, Protocol


class Running(Protocol):
    """A task that somebody owns."""

    def cancel(self) -> object:
        """Break it off; what it holds is put away."""
        ...


Spawn = Callable[[Coroutine[Any, Any, None], str], Running]
"""Starts a coroutine as a task that somebody owns; the second argument names it in logs."""
