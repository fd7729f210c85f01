"""Writes the address book into a vCard file; a file is whole or as it was before."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from sms_desktop.domain.contact import ContactDetails
from sms_desktop.domain.errors import SmsDesktopError
from sms_desktop.store import contact_reading
from sms_desktop.store.connection import Connection
from sms_desktop.wire.contacts import vcard


class CannotWrite(SmsDesktopError):
    """The file cannot be written; the message says why."""

    sentence = "The file cannot be written."


def write_file(db: Connection, path: Path) -> int:
    """Write everybody; how many that are. Raises ``CannotWrite``.

    Only its owner may read it: it says whom somebody knows.
    """
    try:
        # Beside the target, so that taking its place is one step.
        number, name = tempfile.mkstemp(prefix=".contacts-", dir=path.parent)
        try:
            with os.fdopen(number, "w", encoding="utf-8", newline="") as file:
                count = write(db, file)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise CannotWrite(f"The file cannot be written: {why}.") from error
    return count


def write(db: Connection, file: IO[str]) -> int:
    """Write everybody into an open file; how many that are."""
    count = 0
    for entry in vcard.write(_everybody(db)):
        file.write(entry)
        count += 1
    return count


def _everybody(db: Connection) -> Iterator[tuple[ContactDetails, bytes | None]]:
    for contact_id in contact_reading.ids(db):
        found = contact_reading.contact(db, contact_id)
        if found is not None:
            yield found.details, contact_reading.photo(db, contact_id)
