"""Takes entries of other books in: who is here already gains what is new, and nobody comes twice."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from apsw import Connection

from sms_desktop.domain.contact import MOST_NUMBERS, Contact, ContactDetails, folded_name
from sms_desktop.domain.contact_card import ReadyCard
from sms_desktop.domain.ids import ContactChangeId, ContactId
from sms_desktop.store import contact_reading, contact_undo, contacts
from sms_desktop.store.connection import select
from sms_desktop.store.values import clean


@dataclass(slots=True)
class Taken:
    """What became of some entries; ``numbers`` may have other names now."""

    added: int = 0
    completed: int = 0
    unchanged: int = 0
    numbers: tuple[str, ...] = ()


def take(db: Connection, change_id: ContactChangeId, cards: Sequence[ReadyCard]) -> Taken:
    """Take entries in, as part of a change that can be undone."""
    taken = Taken()
    numbers: list[str] = []
    touched: list[ContactId] = []
    for card in cards:
        known = match(db, card)
        if known is None:
            made = contacts.add(db, card.details, card.photo)
            contact_undo.note_new(db, change_id, made)
            taken.added += 1
        else:
            wanted = completed(known, card)
            photo = card.photo if not known.has_photo else None
            made = known.contact_id
            if wanted == known.details and photo is None:
                taken.unchanged += 1
                _link(db, card, made)
                continue
            contact_undo.note_before(db, change_id, made)
            contacts.change(db, made, wanted)
            if photo is not None:
                contacts.set_photo(db, made, photo)
            taken.completed += 1
        _link(db, card, made)
        touched.append(made)
        numbers += [one.number for one in card.details.numbers]
    contact_undo.note_after(db, change_id, touched)
    taken.numbers = tuple(numbers)
    return taken


def foretell(db: Connection, cards: Sequence[ReadyCard]) -> Taken:
    """What ``take`` would do; changes nothing."""
    taken = Taken()
    coming: set[str] = set()
    for card in cards:
        known = match(db, card)
        if known is None and coming.intersection(card.sources):
            taken.unchanged += 1
        elif known is None:
            taken.added += 1
        elif completed(known, card) != known.details or (card.photo and not known.has_photo):
            taken.completed += 1
        else:
            taken.unchanged += 1
        coming.update(card.sources)
    return taken


def match(db: Connection, card: ReadyCard) -> Contact | None:
    """Who an entry is: the one it became before, else one of its name with one of its numbers."""
    for source in card.sources:
        found = select(
            db, "SELECT contact_id FROM contact_source WHERE source = ?", (clean(source),)
        )
        if found:
            return contact_reading.contact(db, ContactId(found[0][0]))
    name = folded_name(card.details)
    for one in card.details.numbers:
        found = select(
            db,
            "SELECT p.id FROM contact_number k JOIN contact p ON p.id = k.contact_id"
            " WHERE k.number = ? AND p.folded = ? ORDER BY p.id LIMIT 1",
            (one.number, name),
        )
        if found:
            return contact_reading.contact(db, ContactId(found[0][0]))
    return None


def completed(known: Contact, card: ReadyCard) -> ContactDetails:
    """What is here, with what it lacks; nothing that is here is written over."""
    have, new = known.details, card.details
    numbers = {one.number for one in have.numbers}
    more = tuple(one for one in new.numbers if one.number not in numbers)
    return replace(
        have,
        numbers=(have.numbers + more)[:MOST_NUMBERS],
        organisation=have.organisation or new.organisation,
        note=have.note or new.note,
    )


def _link(db: Connection, card: ReadyCard, contact_id: ContactId) -> None:
    for source in card.sources:
        contacts.link_source(db, source, contact_id)
