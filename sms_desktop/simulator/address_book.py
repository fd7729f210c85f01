"""A user's address book at Kandy: contacts by their ids, each a list of attributes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from sms_desktop.simulator.paging import Page, PageQuery, cut_page


@dataclass(frozen=True, slots=True)
class BookEntry:
    """One contact; ``attributes`` by the vendor's names, such as ``firstName``."""

    contact_id: str
    place: int
    attributes: Mapping[str, str] = field(repr=False)


class AddressBook:
    """Grows only; the newest entry is listed first."""

    def __init__(self, make_id: Callable[[], str]) -> None:
        self._make_id = make_id
        self._entries: list[BookEntry] = []

    def add(self, attributes: Mapping[str, str]) -> BookEntry:
        """One more contact."""
        entry = BookEntry(self._make_id(), len(self._entries) + 1, dict(attributes))
        self._entries.append(entry)
        return entry

    def page(self, query: PageQuery) -> Page[BookEntry]:
        """One page of them."""
        return cut_page(self._entries, query, lambda entry: (entry.place, 0))
