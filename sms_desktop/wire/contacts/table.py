"""Reads tables of contacts, whatever stands between their cells, and guesses what the columns hold.

Google's and Outlook's headings are known in a few languages; where they say nothing, the cells do:
a column of phone numbers looks like one in every language.
"""

import csv
import re
from collections.abc import Sequence
from io import StringIO
from itertools import islice
from typing import Final

from sms_desktop.domain.contact_card import (
    MOST_CARDS,
    Card,
    Column,
    RawNumber,
    ReadCards,
    Table,
)
from sms_desktop.domain.errors import SmsDesktopError
from sms_desktop.wire.contacts.decoding import decoded
from sms_desktop.wire.contacts.labels import known_label, label_of

_DELIMITERS: Final = (",", ";", "\t", "|")
_MOST_COLUMNS: Final = 200
_LOOKED_AT: Final = 200
_NUMBER: Final = re.compile(
    r"(?:tel:)?\+?[\d\s().\-/\u00a0\u2010-\u2015]{5,24}(?:\s*(?:x|ext\.?)\s*\d+)?"
)
_DATE: Final = re.compile(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](?:\d{2}|\d{4})")
# Google puts several values into one cell.
_SEVERAL: Final = ":::"

_GIVEN: Final = "first name|given name|vorname|prénom|nombre|nome|voornaam|imię"
_FAMILY: Final = (
    "last name|family name|surname|nachname|familienname|nom|apellidos|apellido|cognome|achternaam"
    "|nazwisko"
)
_WHOLE: Final = (
    "name|full name|display name|anzeigename|nom complet|nombre completo|nome completo|naam|contact"
    "|kontakt"
)
_ORGANISATION: Final = (
    "organization name|organization 1 - name|company|organisation|organization|firma|société"
    "|entreprise|empresa|azienda|bedrijf"
)
_NOTE: Final = (
    "notes|note|notizen|notiz|notas|remarques|opmerkingen|comment|comments|bemerkung|bemerkungen"
)
_HEADINGS: Final = {
    heading: column
    for column, headings in (
        (Column.NAME, _WHOLE),
        (Column.GIVEN_NAME, _GIVEN),
        (Column.FAMILY_NAME, _FAMILY),
        (Column.ORGANISATION, _ORGANISATION),
        (Column.NOTE, _NOTE),
    )
    for heading in headings.split("|")
}
_LABEL_HEADING: Final = re.compile(r"phone \d+ - (?:type|label)")
_NUMBER_HEADING: Final = re.compile(
    r"\b(?:phone|telephone|tel|telefon|téléphone|teléfono|telefono|telefoon|mobile|mobil|handy|cell"
    r"|móvil|portable|number|nummer|numéro|número|numero|rufnummer|phone \d+ - value)\b"
)


class NoTable(SmsDesktopError):
    """A file holds no table of contacts."""

    sentence = "This is neither a vCard file nor a table of contacts."


def read(data: bytes) -> Table:
    """The table of a file, at most ``MOST_CARDS`` rows; raises ``NoTable``."""
    text = decoded(data)
    delimiter, text = _delimiter(text)
    try:
        # A quote that is never closed makes one cell of the rest; cells have a longest length.
        reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
        found = [row for row in islice(reader, MOST_CARDS + 1) if any(map(str.strip, row))]
    except csv.Error as error:
        raise NoTable from error
    if not found:
        raise NoTable
    width = min(max(map(len, found[:_LOOKED_AT])), _MOST_COLUMNS)
    rows = [tuple(cell.strip() for cell in _wide(row, width)) for row in found]
    has_header = not any(_is_number(cell) for cell in rows[0])
    header = rows[0] if has_header else ()
    body = rows[1:] if has_header else rows
    return Table(tuple(header), tuple(body), _columns(header, body, width))


def cards(table: Table, columns: Sequence[Column]) -> ReadCards:
    """The rows as entries, with what the columns hold said by the person, or as guessed."""
    made = (_card(table, columns, row) for row in table.rows)
    found = tuple(card for card in made if card.name or card.organisation)
    return ReadCards(found, len(table.rows) - len(found))


def _delimiter(text: str) -> tuple[str, str]:
    """What stands between cells; Excel may say it in a first line of its own."""
    if text[:4].lower() == "sep=" and len(text) > 4:
        return text[4], text[5:].lstrip("\r\n")
    start = text[:20_000]
    scores = {one: _score(start, one) for one in _DELIMITERS}
    best = max(_DELIMITERS, key=lambda one: scores[one])
    return best, text


def _score(start: str, delimiter: str) -> float:
    """How alike the first rows are, and how many cells they have."""
    try:
        widths = [len(row) for row in islice(csv.reader(StringIO(start), delimiter=delimiter), 50)]
    except csv.Error:
        return 0.0
    widths = [width for width in widths if width][:-1] or widths
    common = max(set(widths), key=widths.count, default=0)
    return 0.0 if common < 2 else widths.count(common) / len(widths) * min(common, 20)


def _wide(row: Sequence[str], width: int) -> list[str]:
    return [*row[:width], *[""] * (width - len(row))]


def _is_number(cell: str) -> bool:
    plain = cell.split(_SEVERAL, maxsplit=1)[0].strip()
    return bool(_NUMBER.fullmatch(plain)) and not _DATE.fullmatch(plain) and _digits(plain) >= 5


def _digits(text: str) -> int:
    return sum(letter.isdecimal() for letter in text)


def _columns(
    header: Sequence[str], body: Sequence[Sequence[str]], width: int
) -> tuple[Column, ...]:
    named = [_named(header[at].lower()) if header else None for at in range(width)]
    cells = [[row[at] for row in body[:_LOOKED_AT] if row[at]] for at in range(width)]
    columns: list[Column] = []
    for at in range(width):
        column = named[at] or Column.IGNORED
        share = sum(map(_is_number, cells[at])) / len(cells[at]) if cells[at] else 0.0
        if column is Column.IGNORED and share > 0.5:
            column = Column.NUMBER
        elif column is Column.NUMBER and cells[at] and not share:
            column = Column.IGNORED
        if column is not Column.NOTE and column in columns and column in _HEADINGS.values():
            column = Column.IGNORED
        columns.append(column)
    if Column.GIVEN_NAME in columns or Column.FAMILY_NAME in columns:
        return tuple(columns)
    if Column.NAME not in columns:
        possible = (at for at in range(width) if _could_be_name(columns[at], cells[at]))
        for at in islice(possible, 1):
            columns[at] = Column.NAME
    return tuple(columns)


def _named(heading: str) -> Column | None:
    plain = " ".join(heading.split())
    if plain in _HEADINGS:
        return _HEADINGS[plain]
    if _LABEL_HEADING.fullmatch(plain):
        return Column.LABEL
    return Column.NUMBER if _NUMBER_HEADING.search(plain) else None


def _could_be_name(column: Column, cells: Sequence[str]) -> bool:
    if column is not Column.IGNORED or not cells:
        return False
    worded = sum(any(map(str.isalpha, cell)) and "@" not in cell for cell in cells)
    return worded / len(cells) > 0.5


def _card(table: Table, columns: Sequence[Column], row: Sequence[str]) -> Card:
    held: dict[Column, list[str]] = {}
    numbers: list[RawNumber] = []
    label = ""
    for at, (column, cell) in enumerate(zip(columns, row, strict=False)):
        if column is Column.LABEL:
            label = label_of(cell.split(_SEVERAL, maxsplit=1)[0].lstrip("* "))
        elif column is Column.NUMBER:
            said = label or _label_in(table.header[at] if table.header else "")
            numbers += [RawNumber(one.strip(), said) for one in cell.split(_SEVERAL) if one.strip()]
            label = ""
        elif cell:
            held.setdefault(column, []).append(cell)
    parts = (*held.get(Column.GIVEN_NAME, ()), *held.get(Column.FAMILY_NAME, ()))
    return Card(
        name=" ".join(held.get(Column.NAME) or parts),
        numbers=tuple(numbers),
        organisation=", ".join(held.get(Column.ORGANISATION, ())),
        note="\n".join(held.get(Column.NOTE, ())),
    )


def _label_in(heading: str) -> str:
    words = "".join(c if c.isalpha() else " " for c in heading).split()
    return known_label(words)
