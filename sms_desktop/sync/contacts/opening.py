"""Opens a file of contacts, whatever kind it is; reads it whole, within a limit, off the loop."""

from pathlib import Path
from typing import Final

from sms_desktop.domain.contact_card import Book
from sms_desktop.domain.errors import SmsDesktopError
from sms_desktop.wire.contacts import table, vcard

LARGEST_FILE: Final = 128 * 1024 * 1024


class CannotRead(SmsDesktopError):
    """The file cannot be opened; the message says why."""

    sentence = "The file cannot be read."


class FileTooLarge(SmsDesktopError):
    """Nobody has so many friends."""

    sentence = "This file is too large for an address book. Export it in parts of at most 128 MB."


class NobodyInIt(SmsDesktopError):
    """There is no contact in what was read."""

    sentence = "There is no contact in this file."


def open_book(path: Path) -> Book:
    """What stands in a file; raises ``SmsDesktopError`` with a sentence. Takes its time."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise CannotRead(f"The file cannot be read: {why}.") from error
    if len(data) > LARGEST_FILE:
        raise FileTooLarge
    if vcard.is_vcard(data):
        found = vcard.read(data)
        if not found.cards:
            raise NobodyInIt
        return Book(path.name, "vcard", cards=found)
    read = table.read(data)
    if not read.rows:
        raise NobodyInIt
    return Book(path.name, "table", table=read)
