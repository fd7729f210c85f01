"""The query of lists of threads and messages: ``max``, ``next``, ``new``, ``lastMessageTime``."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from sms_desktop.simulator.refusals import invalid_input

Item = TypeVar("Item")
Place = tuple[int, int]
"""Where a row stands: milliseconds, then a running number; rows are listed from the highest down."""

DEFAULT_ROWS: Final = 50
MOST_ROWS: Final = 500
_SECONDS_END: Final = 100_000_000_000


@dataclass(frozen=True, slots=True)
class PageQuery:
    """One page's query, checked; ``after`` is the place that ``next`` pointed to."""

    max_rows: int = DEFAULT_ROWS
    after: Place | None = None
    new_only: bool = False
    later_than_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """Rows of one page, and the pointer to the next one where more rows are left."""

    rows: tuple[Item, ...]
    next_page: str | None = None


def page_query(query: Mapping[str, str]) -> PageQuery:
    """Check a query string; raises ``Refusal`` (400) that names the bad part."""
    max_rows = _whole_number(query, "max")
    later_than = _whole_number(query, "lastMessageTime")
    if max_rows is not None and max_rows < 1:
        raise invalid_input("max")
    return PageQuery(
        max_rows=min(max_rows or DEFAULT_ROWS, MOST_ROWS),
        after=_place(query["next"]) if query.get("next") else None,
        new_only=query.get("new", "").lower() in {"true", "1", "yes"},
        later_than_ms=_milliseconds(later_than),
    )


def cut_page(rows: Iterable[Item], query: PageQuery, place: Callable[[Item], Place]) -> Page[Item]:
    """The page that the query asks for, out of all rows, newest first."""
    ordered = sorted(rows, key=place, reverse=True)
    if query.after is not None:
        ordered = [row for row in ordered if place(row) < query.after]
    page = tuple(ordered[: query.max_rows])
    if len(ordered) == len(page):
        return Page(page)
    at_ms, number = place(page[-1])
    return Page(page, f"{at_ms:x}-{number:x}")


def _whole_number(query: Mapping[str, str], name: str) -> int | None:
    raw = query.get(name)
    if not raw:
        return None
    try:
        return int(raw)
    except ValueError:
        raise invalid_input(name) from None


def _place(pointer: str) -> Place:
    at_ms, _, number = pointer.partition("-")
    try:
        return int(at_ms, 16), int(number, 16)
    except ValueError:
        raise invalid_input("next") from None


def _milliseconds(value: int | None) -> int | None:
    """Both seconds and milliseconds are in use; they are told apart by magnitude."""
    if value is None:
        return None
    return value * 1000 if value < _SECONDS_END else value
