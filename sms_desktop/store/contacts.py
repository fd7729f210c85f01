"""Writes the people of the address book; their names are looked up when shown, never copied elsewhere."""

from collections.abc import Iterable
from itertools import combinations

from apsw import Connection

from sms_desktop.domain.address import Address
from sms_desktop.domain.changes import Changes
from sms_desktop.domain.contact import (
    ContactDetails,
    ContactNumber,
    PhotoChange,
    folded_name,
)
from sms_desktop.domain.errors import SmsDesktopError
from sms_desktop.domain.folding import fold
from sms_desktop.domain.ids import ContactId, ConversationId
from sms_desktop.store.connection import select
from sms_desktop.store.summaries import next_tie
from sms_desktop.store.values import clean


class ContactGone(SmsDesktopError):
    """Somebody else deleted the contact meanwhile."""

    sentence = "This contact is not there any more. It was deleted or merged meanwhile."


def add(
    db: Connection,
    details: ContactDetails,
    photo: bytes | None = None,
    contact_id: ContactId | None = None,
) -> ContactId:
    """Keep somebody new; ``details`` are tidied. ``contact_id``: for one who comes back."""
    made = ContactId(
        db.execute(
            "INSERT INTO contact"
            " (id, name, organisation, note, shown, folded, folded_more, revision)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
            (contact_id, *_columns(details), next_tie(db)),
        ).get
    )
    _put_numbers(db, made, details.numbers)
    if photo is not None:
        set_photo(db, made, photo)
    return made


def change(
    db: Connection,
    contact_id: ContactId,
    details: ContactDetails,
    photo: PhotoChange | None = None,
) -> None:
    """Keep tidied ``details`` in place of what is there. Raises ``ContactGone``."""
    db.execute(
        "UPDATE contact SET name = ?, organisation = ?, note = ?, shown = ?, folded = ?,"
        " folded_more = ?, revision = ? WHERE id = ?",
        (*_columns(details), next_tie(db), contact_id),
    )
    if not db.changes():
        raise ContactGone
    db.execute("DELETE FROM contact_number WHERE contact_id = ?", (contact_id,))
    _put_numbers(db, contact_id, details.numbers)
    if photo is not None:
        set_photo(db, contact_id, photo.image)


def set_photo(db: Connection, contact_id: ContactId, image: bytes | None) -> None:
    """Keep a picture, encoded and small, or none."""
    if image is None:
        db.execute("DELETE FROM contact_photo WHERE contact_id = ?", (contact_id,))
    else:
        db.execute("INSERT OR REPLACE INTO contact_photo VALUES (?, ?)", (contact_id, image))


def remove(db: Connection, contact_id: ContactId) -> None:
    """Forget somebody with all numbers, the picture, and where the entry came from."""
    db.execute("DELETE FROM contact WHERE id = ?", (contact_id,))


def link_source(db: Connection, source: str, contact_id: ContactId) -> None:
    """Remember which entry of which book this is."""
    db.execute("INSERT OR REPLACE INTO contact_source VALUES (?, ?)", (clean(source), contact_id))


def keep_apart(db: Connection, those: Iterable[ContactId]) -> None:
    """Remember that these are different people."""
    for one, other in combinations(sorted(those), 2):
        db.execute("INSERT OR IGNORE INTO contact_apart VALUES (?, ?)", (one, other))


def conversations_of(db: Connection, numbers: Iterable[str]) -> Changes:
    """The conversations that show these numbers: their names may be other ones now."""
    found: set[ConversationId] = set()
    for number in set(numbers):
        shown = select(db, "SELECT id FROM conversation WHERE remote = ?", (clean(number),))
        found.update(ConversationId(row[0]) for row in shown)
    return Changes(frozenset(found))


def owner_of(db: Connection, number: str) -> ContactId | None:
    """Whose name the number is shown with; ``None`` for a stranger's."""
    found = select(
        db,
        "SELECT contact_id FROM contact_number WHERE number = ? ORDER BY contact_id LIMIT 1",
        (clean(number),),
    )
    return ContactId(found[0][0]) if found else None


def set_name(db: Connection, remote: Address, name: str) -> Changes:
    """Name a number: its contact, or a new one; an empty name takes the number from its contact.

    A contact without a number left goes. Names the conversations that show the number.
    """
    name = clean(name).strip()
    known = owner_of(db, remote)
    if known is None and name:
        add(db, ContactDetails(name, (ContactNumber(remote),)))
    elif known is not None and name:
        db.execute(
            "UPDATE contact SET name = ?1, shown = ?1, folded = ?2, revision = ?3 WHERE id = ?4",
            (name, folded_name(ContactDetails(name)), next_tie(db), known),
        )
    elif known is not None:
        db.execute(
            "DELETE FROM contact_number WHERE contact_id = ? AND number = ?", (known, clean(remote))
        )
        db.execute(
            "DELETE FROM contact WHERE id = ?1"
            " AND NOT EXISTS (SELECT 1 FROM contact_number WHERE contact_id = ?1)",
            (known,),
        )
    return conversations_of(db, (remote,))


def names(db: Connection) -> dict[Address, str]:
    """Every named remote number."""
    found = select(
        db,
        "SELECT k.number, p.shown FROM contact_number k JOIN contact p ON p.id = k.contact_id"
        " ORDER BY p.shown, k.contact_id DESC",
    )
    return {Address(row[0]): row[1] for row in found}


def _columns(details: ContactDetails) -> tuple[str, str, str, str, str, str]:
    name, organisation = clean(details.name), clean(details.organisation)
    more = fold(organisation) if name else ""
    return name, organisation, clean(details.note), name or organisation, folded_name(details), more


def _put_numbers(db: Connection, contact_id: ContactId, numbers: tuple[ContactNumber, ...]) -> None:
    for position, one in enumerate(numbers):
        db.execute(
            "INSERT OR IGNORE INTO contact_number VALUES (?, ?, ?, ?)",
            (contact_id, clean(one.number), clean(one.label), position),
        )
