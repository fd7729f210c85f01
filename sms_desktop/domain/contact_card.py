"""Entries of other address books on their way in: as they were read, and as they are taken."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from sms_desktop.domain.contact import ContactDetails
from sms_desktop.domain.ids import ContactChangeId

MOST_CARDS: Final = 100_000
LARGEST_PHOTO: Final = 8 * 1024 * 1024
"""Bytes of an encoded picture that is looked at, at most; larger ones are left out."""


@dataclass(frozen=True, slots=True)
class RawNumber:
    """A number as it was written; ``label`` is one of ``contact.LABELS``, any text, or empty."""

    text: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """One entry as it was read. ``photo`` is whatever the book calls a picture.

    ``uid`` is the book's own name for the entry, empty without one.
    """

    name: str
    numbers: tuple[RawNumber, ...] = ()
    organisation: str = ""
    note: str = ""
    photo: bytes | None = field(default=None, repr=False)
    uid: str = ""


@dataclass(frozen=True, slots=True)
class ReadCards:
    """The entries of a book, and how many more had no name of any kind, or came too late."""

    cards: tuple[Card, ...]
    nameless: int = 0


@dataclass(frozen=True, slots=True)
class ReadyCard:
    """One entry as it is taken: tidied, its numbers in canonical form.

    ``sources`` name the entry for a second import. ``photo`` is small and sound once it is taken.
    """

    details: ContactDetails
    sources: tuple[str, ...]
    photo: bytes | None = field(default=None, repr=False)


class Column(StrEnum):
    """What a column of a table holds."""

    IGNORED = "ignored"
    NAME = "name"
    GIVEN_NAME = "given"
    FAMILY_NAME = "family"
    NUMBER = "number"
    LABEL = "label"
    ORGANISATION = "organisation"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Table:
    """A table of contacts. ``header`` is empty where the first row is a contact already.

    All rows have ``width`` cells. ``columns`` is what each seems to hold. A ``LABEL`` column says
    what kind of number the next ``NUMBER`` column holds; else its heading says it.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    columns: tuple[Column, ...]

    @property
    def width(self) -> int:
        """How many columns there are."""
        return len(self.columns)


@dataclass(frozen=True, slots=True)
class Book:
    """An opened address book; ``label`` is what people call it, ``kind`` what its entries' ids mean.

    Exactly one of ``cards`` and ``table`` is there.
    """

    label: str
    kind: str
    cards: ReadCards | None = None
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class Prepared:
    """The entries of a book, ready to be taken, and those that will not be."""

    label: str
    cards: tuple[ReadyCard, ...]
    without_number: int
    nameless: int

    @property
    def total(self) -> int:
        """Entries that there were to read."""
        return len(self.cards) + self.without_number + self.nameless


@dataclass(frozen=True, slots=True)
class Forecast:
    """What an import would do. ``samples``: the first few that would come, as they would be kept."""

    added: int = 0
    completed: int = 0
    unchanged: int = 0
    without_number: int = 0
    nameless: int = 0
    samples: tuple[ContactDetails, ...] = ()


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import has done. ``completed``: people who were here and gained something.

    ``change_id``: undoes it; ``None`` where nothing changed.
    """

    added: int = 0
    completed: int = 0
    unchanged: int = 0
    without_number: int = 0
    nameless: int = 0
    change_id: ContactChangeId | None = None
    is_cancelled: bool = False
