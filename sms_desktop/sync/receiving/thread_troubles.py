"""Troubles with single threads, while the others are read: one that Kandy cannot give holds up none."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from sms_desktop.net.errors import KandyBroken, NetError, Refused, Unreadable

_MOST: Final = 3
"""So many in one go are no matter of single threads any more."""


class Troubles:
    """``put_off`` what may be wrong with one thread alone; ``come_out`` with it in the end."""

    def __init__(self) -> None:
        self._found: list[NetError] = []

    def __len__(self) -> int:
        return len(self._found)

    @contextmanager
    def put_off(self) -> Iterator[None]:
        """Keep an answer that is of no use; whatever says that Kandy is out of reach is raised."""
        try:
            yield
        except (KandyBroken, Refused, Unreadable) as error:
            self._found.append(error)
            if len(self._found) >= _MOST:
                raise

    def come_out(self) -> None:
        """Raise the first that was put off, so that everything is tried again later."""
        if self._found:
            raise self._found[0]
