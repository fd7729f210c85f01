"""What can be done with the address book, for windows and scripts alike."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import TypeVar

from sms_desktop.domain.address import Address
from sms_desktop.domain.changes import Changes
from sms_desktop.domain.clock import NowMs
from sms_desktop.domain.contact import (
    Contact,
    ContactDetails,
    ContactRow,
    PhotoChange,
    UndoableChange,
    Undone,
)
from sms_desktop.domain.contact_card import Book, Column, Forecast, Imported, Prepared
from sms_desktop.domain.errors import SmsDesktopError
from sms_desktop.domain.ids import AccountId, ContactChangeId, ContactId
from sms_desktop.store import contact_reading, contact_undo, contacts
from sms_desktop.store.connection import Connection
from sms_desktop.store.database import Database
from sms_desktop.store.reading import StoreReader
from sms_desktop.sync.contacts.importing import ContactImport, ShrinkPhoto
from sms_desktop.sync.events import ContactsChanged, Publish, TimelineChanged, TroubleArose
from sms_desktop.sync.running.tasks import TaskGroup

T = TypeVar("T")
KandysBook = Callable[[AccountId], Awaitable[Book]]
"""Reads an account's address book at Kandy; raises ``SmsDesktopError``."""


class ContactCommands:
    """Implements the windows' ``ContactCommands``; quick reads answer at once."""

    def __init__(
        self,
        store: Database,
        reader: StoreReader,
        writes: TaskGroup,
        publish: Publish,
        *,
        now_ms: NowMs,
        shrink_photo: ShrinkPhoto,
        kandys_book: KandysBook,
    ) -> None:
        self._store = store
        self._reader = reader
        self._writes = writes
        self._publish = publish
        self._now_ms = now_ms
        self._kandys_book = kandys_book
        self._importing = ContactImport(store, shrink_photo, now_ms, self._tell)

    # Quick reads

    def ids(self, typed: str = "") -> list[ContactId]:
        """Everybody whose name, organisation or number holds what was typed, by name."""
        return self._reader.read(lambda db: contact_reading.ids(db, typed))

    def rows(self, wanted: Sequence[ContactId]) -> dict[ContactId, ContactRow]:
        """Lines of the list."""
        return self._reader.read(lambda db: contact_reading.rows(db, wanted))

    def contact(self, contact_id: ContactId) -> Contact | None:
        """Somebody; ``None`` for one who is gone."""
        return self._reader.read(lambda db: contact_reading.contact(db, contact_id))

    def owner_of(self, number: Address) -> ContactId | None:
        """Whose name a number is shown with."""
        return self._reader.read(lambda db: contacts.owner_of(db, number))

    def photo(self, contact_id: ContactId) -> bytes | None:
        """Somebody's picture as JPEG."""
        return self._reader.read(lambda db: contact_reading.photo(db, contact_id))

    def photo_of(self, number: Address) -> bytes | None:
        """The picture of the one whose name a number is shown with."""
        return self._reader.read(lambda db: contact_reading.photo_of(db, number))

    def has_photos(self) -> bool:
        """Whether anybody has a picture."""
        return self._reader.read(contact_reading.has_photos)

    def undoable(self) -> list[UndoableChange]:
        """What can be undone, the newest first."""
        return self._reader.read(contact_undo.undoable)

    # Changes

    def name(self, number: Address, name: str) -> None:
        """Name a number without waiting: its contact, or a new one; empty forgets it."""
        self._writes.spawn(self._named(number, name), "contact")

    async def save(
        self,
        contact_id: ContactId | None,
        details: ContactDetails,
        photo: PhotoChange | None = None,
    ) -> ContactId:
        """Keep somebody, new (``None``) or changed; raises ``SmsDesktopError``."""
        tidy = details.tidied()

        def job(db: Connection) -> tuple[ContactId, Changes]:
            before = contact_reading.numbers_of(db, contact_id) if contact_id else ()
            if contact_id is None:
                saved = contacts.add(db, tidy, photo.image if photo else None)
            else:
                saved = contact_id
                contacts.change(db, saved, tidy, photo)
            touched = {one.number for one in (*before, *tidy.numbers)}
            return saved, contacts.conversations_of(db, touched)

        saved, changes = await self._store.write(job)
        self._tell(changes)
        return saved

    async def delete(self, those: Sequence[ContactId]) -> ContactChangeId:
        """Delete people; their conversations stay and show numbers. Can be undone."""
        now_ms = self._now_ms()
        return await self._change(lambda db: contact_undo.delete(db, those, now_ms))

    async def merge(self, those: Sequence[ContactId], details: ContactDetails) -> ContactChangeId:
        """Make one contact of several. Can be undone."""
        now_ms, tidy = self._now_ms(), details.tidied()
        return await self._change(lambda db: contact_undo.merge(db, those, tidy, now_ms))

    async def undo(self, change_id: ContactChangeId) -> Undone:
        """Take an import, a merge or a deletion back, but for those edited since."""
        return await self._change(lambda db: contact_undo.undo(db, change_id))

    async def duplicates(self) -> list[tuple[ContactRow, ...]]:
        """Groups of entries that may be one person each."""
        return await self._store.read_long(contact_reading.duplicates)

    async def keep_apart(self, those: Sequence[ContactId]) -> None:
        """These are different people, whatever they have in common."""
        await self._store.write(lambda db: contacts.keep_apart(db, those))

    # Imports

    async def open_file(self, path: Path) -> Book:
        """The book in a file; raises ``SmsDesktopError``."""
        from sms_desktop.sync.contacts.opening import open_book

        return await asyncio.to_thread(open_book, path)

    async def open_kandys(self, account_id: AccountId) -> Book:
        """The account's address book at Kandy; raises ``SmsDesktopError``."""
        return await self._kandys_book(account_id)

    async def prepare(
        self, book: Book, columns: Sequence[Column] | None, regions: Sequence[str]
    ) -> Prepared:
        """Make a book's entries ready; numbers without ``+`` are of one of the ``regions``."""
        # Readers of files are for those who import something.
        from sms_desktop.sync.contacts.preparing import prepared

        return await asyncio.to_thread(prepared, book, columns, regions)

    async def forecast(self, book: Prepared) -> Forecast:
        """What taking it in would do."""
        return await self._importing.forecast(book)

    async def take_in(
        self,
        book: Prepared,
        tell: Callable[[int, int], None],
        is_unwanted: Callable[[], bool] = lambda: False,
    ) -> Imported:
        """Take it in; ``tell`` how many of how many are done. Can be undone."""
        return await self._importing.run(book, tell, is_unwanted)

    async def write_file(self, path: Path) -> int:
        """Write everybody into a vCard file; how many that are. Raises ``SmsDesktopError``."""
        from sms_desktop.sync.contacts.writing import write_file

        return await self._store.read_long(lambda db: write_file(db, path))

    async def _named(self, number: Address, name: str) -> None:
        try:
            changes = await self._store.write(lambda db: contacts.set_name(db, number, name))
        except SmsDesktopError as error:
            self._publish(TroubleArose(error.text()))
            return
        self._tell(changes)

    async def _change(self, job: Callable[[Connection], tuple[T, set[str]]]) -> T:
        def with_conversations(db: Connection) -> tuple[T, Changes]:
            result, touched = job(db)
            return result, contacts.conversations_of(db, touched)

        result, changes = await self._store.write(with_conversations)
        self._tell(changes)
        return result

    def _tell(self, changes: Changes) -> None:
        self._publish(ContactsChanged())
        if changes:
            self._publish(TimelineChanged(changes))
