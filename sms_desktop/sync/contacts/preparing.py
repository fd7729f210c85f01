"""Makes entries ready to be taken: numbers in canonical form, names tidied, ids for a second import."""

import hashlib
import re
from collections.abc import Sequence
from typing import Final

from sms_desktop.domain.address import Address, is_phone_number, is_short_code
from sms_desktop.domain.contact import (
    ContactDetails,
    ContactNumber,
    NamelessContact,
    folded_name,
)
from sms_desktop.domain.contact_card import Book, Card, Column, Prepared, ReadCards, ReadyCard
from sms_desktop.domain.national import address_as_typed
from sms_desktop.wire.contacts import table

_EXTENSION: Final = re.compile(r"\s*(?:;|,|\bext\.?|\bx|#).*$", re.IGNORECASE)


def prepared(book: Book, columns: Sequence[Column] | None, regions: Sequence[str]) -> Prepared:
    """The entries of a book; ``columns`` are what a table's hold, as it guesses where not said.

    Takes its time: looks up every number.
    """
    found = _cards(book, columns)
    ready: list[ReadyCard] = []
    without_number, nameless = 0, found.nameless
    for card in found.cards:
        numbers = _numbers(card, regions)
        if not numbers:
            without_number += 1
            continue
        try:
            details = ContactDetails(card.name, numbers, card.organisation, card.note).tidied()
        except NamelessContact:
            nameless += 1
            continue
        ready.append(ReadyCard(details, _sources(book.kind, card, details), card.photo))
    return Prepared(book.label, tuple(ready), without_number, nameless)


def number_as_written(text: str, regions: Sequence[str]) -> Address | None:
    """The number that somebody wrote down; ``None`` for what cannot be texted."""
    plain = text.strip()
    if plain.startswith("00"):
        plain = "+" + plain[2:]
    for form in (plain, _EXTENSION.sub("", plain)):
        found = address_as_typed(form, regions)
        if is_phone_number(found) or is_short_code(found):
            return found
    return None


def _cards(book: Book, columns: Sequence[Column] | None) -> ReadCards:
    if book.table is not None:
        return table.cards(book.table, columns or book.table.columns)
    return book.cards or ReadCards(())


def _numbers(card: Card, regions: Sequence[str]) -> tuple[ContactNumber, ...]:
    found = ((number_as_written(one.text, regions), one.label) for one in card.numbers)
    return tuple(ContactNumber(number, label) for number, label in found if number)


def _sources(kind: str, card: Card, details: ContactDetails) -> tuple[str, ...]:
    """The book's own id, and one that follows from name and numbers for books without ids."""
    written = "\n".join([folded_name(details), *sorted(one.number for one in details.numbers)])
    digest = hashlib.sha256(written.encode("utf-8", "replace")).hexdigest()[:32]
    own = (f"{kind}:{card.uid}",) if card.uid else ()
    return (*own, f"card:{digest}")
