"""A backup of the messages, as windows and scripts show it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Backup:
    """``name`` is the file's name in its folder; ``at_ms`` is when it was made.

    ``messages`` is how many messages it holds, ``None`` where it does not open with the present key.
    """

    name: str
    at_ms: int
    size_bytes: int
    messages: int | None
