"""A request to Kandy as a value; nothing here knows a host, a header or a token."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final


@dataclass(frozen=True, slots=True)
class Request:
    """One request, complete but for host and headers.

    ``path`` begins with ``/cpaas/`` and is percent-encoded already. ``query`` is not encoded yet.
    At most one of ``json`` (a JSON value) and ``form`` (a urlencoded body) is given; they stay out
    of ``repr``, because they hold passwords and messages.
    """

    method: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    json: object | None = field(default=None, repr=False)
    form: Mapping[str, str] | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class PageQuery:
    """Which part of a list to answer with; ``None`` leaves it to Kandy.

    ``max_rows``: rows per page. ``next_page``: the pointer from the page before. ``new``: only what
    has not been fetched yet. ``last_message_time_ms``: only what came later, in milliseconds.
    """

    max_rows: int | None = None
    next_page: str | None = None
    new: bool | None = None
    last_message_time_ms: int | None = None

    def parameters(self) -> dict[str, str]:
        """The query parameters by Kandy's names."""
        values = {
            "max": None if self.max_rows is None else str(self.max_rows),
            "next": self.next_page,
            "new": None if self.new is None else str(self.new).lower(),
            "lastMessageTime": None
            if self.last_message_time_ms is None
            else str(self.last_message_time_ms),
        }
        return {name: value for name, value in values.items() if value is not None}


EVERYTHING: Final = PageQuery()
"""The first page, as Kandy cuts it."""
