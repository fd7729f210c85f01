"""What the windows can ask for about the address book."""

from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Protocol

from sms_desktop.domain.address import Address
from sms_desktop.domain.contact import (
    Contact,
    ContactDetails,
    ContactRow,
    PhotoChange,
    UndoableChange,
    Undone,
)
from sms_desktop.domain.contact_card import Book, Column, Forecast, Imported, Prepared
from sms_desktop.domain.ids import AccountId, ContactChangeId, ContactId


class ContactCommands(Protocol):
    """Quick reads answer at once, in the window's thread; what is awaited raises ``SmsDesktopError``.

    Every change comes as ``ContactsChanged``, and as ``TimelineChanged`` where names are shown.
    """

    def ids(self, typed: str = "") -> list[ContactId]:
        """Everybody whose name, organisation or number holds what was typed, by name."""
        ...

    def rows(self, wanted: Sequence[ContactId]) -> dict[ContactId, ContactRow]:
        """Lines of the list; who is gone is left out."""
        ...

    def contact(self, contact_id: ContactId) -> Contact | None:
        """Somebody; ``None`` for one who is gone."""
        ...

    def owner_of(self, number: Address) -> ContactId | None:
        """Whose name a number is shown with."""
        ...

    def photo(self, contact_id: ContactId) -> bytes | None:
        """Somebody's picture as JPEG."""
        ...

    def photo_of(self, number: Address) -> bytes | None:
        """The picture of the one whose name a number is shown with."""
        ...

    def has_photos(self) -> bool:
        """Whether anybody has a picture."""
        ...

    def undoable(self) -> list[UndoableChange]:
        """What can be undone, the newest first."""
        ...

    def name(self, number: Address, name: str) -> None:
        """Name a number: its contact, or a new one; an empty name forgets it."""
        ...

    def save(
        self,
        contact_id: ContactId | None,
        details: ContactDetails,
        photo: PhotoChange | None = None,
    ) -> Awaitable[ContactId]:
        """Keep somebody, new (``None``) or changed."""
        ...

    def delete(self, those: Sequence[ContactId]) -> Awaitable[ContactChangeId]:
        """Delete people; their conversations stay. Can be undone."""
        ...

    def merge(
        self, those: Sequence[ContactId], details: ContactDetails
    ) -> Awaitable[ContactChangeId]:
        """Make one contact of several. Can be undone."""
        ...

    def undo(self, change_id: ContactChangeId) -> Awaitable[Undone]:
        """Take an import, a merge or a deletion back, but for those edited since."""
        ...

    def duplicates(self) -> Awaitable[list[tuple[ContactRow, ...]]]:
        """Groups of entries that may be one person each."""
        ...

    def keep_apart(self, those: Sequence[ContactId]) -> Awaitable[None]:
        """These are different people, whatever they have in common."""
        ...

    def open_file(self, path: Path) -> Awaitable[Book]:
        """The address book in a file."""
        ...

    def open_kandys(self, account_id: AccountId) -> Awaitable[Book]:
        """The account's address book at Kandy."""
        ...

    def prepare(
        self, book: Book, columns: Sequence[Column] | None, regions: Sequence[str]
    ) -> Awaitable[Prepared]:
        """Make a book's entries ready; ``columns``: what a table's hold, ``None`` as it guesses."""
        ...

    def forecast(self, book: Prepared) -> Awaitable[Forecast]:
        """What taking it in would do."""
        ...

    def take_in(
        self,
        book: Prepared,
        tell: Callable[[int, int], None],
        is_unwanted: Callable[[], bool],
    ) -> Awaitable[Imported]:
        """Take it in; ``tell`` how many of how many are done. Can be undone."""
        ...

    def write_file(self, path: Path) -> Awaitable[int]:
        """Write everybody into a vCard file; how many that are."""
        ...
