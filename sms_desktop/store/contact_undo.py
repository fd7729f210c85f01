"""What contacts were before an import, a merge or a deletion, and the way back."""

import json
from collections.abc import Iterable, Sequence
from typing import Any, Final

from apsw import Connection

from sms_desktop.domain.address import Address
from sms_desktop.domain.contact import ContactDetails, ContactNumber, UndoableChange, Undone
from sms_desktop.domain.ids import ContactChangeId, ContactId
from sms_desktop.store import contact_reading, contacts
from sms_desktop.store.connection import select

IMPORT: Final = "import"
MERGE: Final = "merge"
DELETE: Final = "delete"
_KEPT_IMPORTS: Final = 5
_KEPT_OTHERS: Final = 1


def begin(db: Connection, kind: str, label: str, at_ms: int) -> ContactChangeId:
    """A new change; of older ones only the newest few can be undone from now on."""
    made: int = db.execute(
        "INSERT INTO contact_change (kind, label, at_ms) VALUES (?, ?, ?) RETURNING id",
        (kind, label, at_ms),
    ).get
    for is_import, kept in ((True, _KEPT_IMPORTS), (False, _KEPT_OTHERS)):
        db.execute(
            "DELETE FROM contact_change WHERE (kind = 'import') = ?1 AND id NOT IN (SELECT id FROM"
            " contact_change WHERE (kind = 'import') = ?1 ORDER BY id DESC LIMIT ?2)",
            (is_import, kept),
        )
    return ContactChangeId(made)


def note_before(db: Connection, change_id: ContactChangeId, contact_id: ContactId) -> None:
    """Write down what somebody is now; the first note of a change counts."""
    db.execute(
        "INSERT OR IGNORE INTO contact_before VALUES (?, ?, NULL, ?, ?)",
        (
            change_id,
            contact_id,
            _written(db, contact_id),
            contact_reading.photo(db, contact_id),
        ),
    )


def note_new(db: Connection, change_id: ContactChangeId, contact_id: ContactId) -> None:
    """Write down that somebody was not there before."""
    db.execute(
        "INSERT OR IGNORE INTO contact_before VALUES (?, ?, NULL, NULL, NULL)",
        (change_id, contact_id),
    )


def note_after(db: Connection, change_id: ContactChangeId, those: Iterable[ContactId]) -> None:
    """Write down how the change has left them: who is edited later is not touched by undoing."""
    for one in those:
        db.execute(
            "UPDATE contact_before SET revision = (SELECT revision FROM contact WHERE id = ?2)"
            " WHERE change_id = ?1 AND contact_id = ?2",
            (change_id, one),
        )


def undoable(db: Connection) -> list[UndoableChange]:
    """What can be undone, the newest first."""
    found = select(
        db,
        "SELECT c.id, c.kind, c.label, c.at_ms, count(*) FROM contact_change c"
        " JOIN contact_before b ON b.change_id = c.id GROUP BY c.id ORDER BY c.id DESC",
    )
    return [UndoableChange(*row) for row in found]


def undo(db: Connection, change_id: ContactChangeId) -> tuple[Undone, set[str]]:
    """Put everybody back who was not edited since; also the numbers whose names may differ now."""
    found = select(
        db,
        "SELECT b.contact_id, b.revision, b.was, b.photo, p.revision FROM contact_before b"
        " LEFT JOIN contact p ON p.id = b.contact_id WHERE b.change_id = ? ORDER BY b.contact_id",
        (change_id,),
    )
    done, kept = 0, 0
    touched: set[str] = set()
    ready = [row for row in found if row[1] == row[4]]
    kept = len(found) - len(ready)
    for contact_id, _, _, _, _ in ready:
        touched.update(one.number for one in contact_reading.numbers_of(db, contact_id))
        contacts.remove(db, contact_id)
    for contact_id, _, was, photo, _ in ready:
        if was is not None:
            touched.update(_restore(db, contact_id, json.loads(was), photo))
        done += 1
    db.execute("DELETE FROM contact_change WHERE id = ?", (change_id,))
    return Undone(done, kept), touched


def delete(
    db: Connection, those: Sequence[ContactId], at_ms: int
) -> tuple[ContactChangeId, set[str]]:
    """Delete people, with a way back; also the numbers that lose their names."""
    change_id = begin(db, DELETE, "", at_ms)
    touched: set[str] = set()
    for one in those:
        note_before(db, change_id, one)
        touched.update(number.number for number in contact_reading.numbers_of(db, one))
    for one in those:
        contacts.remove(db, one)
    return change_id, touched


def merge(
    db: Connection, those: Sequence[ContactId], details: ContactDetails, at_ms: int
) -> tuple[ContactChangeId, set[str]]:
    """Make one of several, the oldest, with tidied ``details``; also every number of all of them."""
    change_id = begin(db, MERGE, "", at_ms)
    into, *others = sorted(those)
    for one in (into, *others):
        note_before(db, change_id, one)
    touched: set[str] = {n.number for one in those for n in contact_reading.numbers_of(db, one)}
    photos = (contact_reading.photo(db, one) for one in those)
    photo = next((image for image in photos if image is not None), None)
    for one in others:
        db.execute("UPDATE contact_source SET contact_id = ? WHERE contact_id = ?", (into, one))
        contacts.remove(db, one)
    contacts.change(db, into, details)
    contacts.set_photo(db, into, photo)
    note_after(db, change_id, [into])
    return change_id, touched


def _written(db: Connection, contact_id: ContactId) -> str | None:
    found = contact_reading.contact(db, contact_id)
    if found is None:
        return None
    sources = select(db, "SELECT source FROM contact_source WHERE contact_id = ?", (contact_id,))
    details = found.details
    return json.dumps(
        {
            "name": details.name,
            "organisation": details.organisation,
            "note": details.note,
            "numbers": [(one.number, one.label) for one in details.numbers],
            "sources": [row[0] for row in sources],
            "revision": found.revision,
        }
    )


def _restore(
    db: Connection, contact_id: ContactId, was: dict[str, Any], photo: bytes | None
) -> list[str]:
    numbers = tuple(ContactNumber(Address(number), label) for number, label in was["numbers"])
    details = ContactDetails(was["name"], numbers, was["organisation"], was["note"])
    contacts.add(db, details, photo, contact_id)
    # As it was: an older change can be undone after this one.
    db.execute("UPDATE contact SET revision = ? WHERE id = ?", (was["revision"], contact_id))
    for source in was["sources"]:
        contacts.link_source(db, source, contact_id)
    return [one.number for one in numbers]
