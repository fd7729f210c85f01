"""Reads vCard 2.1, 3.0 and 4.0, and writes 3.0, which every program reads.

Nothing is fetched: a picture that is only a link is left out. What makes no sense is skipped, and
an entry without its end is an entry all the same.
"""

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import unquote

from sms_desktop.domain.contact import ContactDetails
from sms_desktop.domain.contact_card import LARGEST_PHOTO, MOST_CARDS, Card, RawNumber, ReadCards
from sms_desktop.wire.contacts.labels import known_label, label_of
from sms_desktop.wire.contacts.vcard_lines import Line, bytes_of, lines, parts, unescaped

_URI: Final = re.compile(r"^tel:", re.IGNORECASE)
_DATA_URI: Final = re.compile(r"^data:image/[a-z0-9.+-]+;base64,", re.IGNORECASE)
_TYPES: Final = {
    "mobile": "CELL",
    "home": "HOME",
    "work": "WORK",
    "main": "PREF",
    "fax": "FAX",
    "pager": "PAGER",
}
_FOLD_AT: Final = 74


@dataclass(slots=True)
class _Entry:
    lines: list[Line] = field(default_factory=list)
    depth: int = 1


def read(data: bytes) -> ReadCards:
    """The entries of a file, at most ``MOST_CARDS``."""
    cards: list[Card] = []
    nameless = 0
    for entry in _entries(data):
        card = _card(entry.lines)
        if len(cards) >= MOST_CARDS or not (card.name or card.organisation):
            nameless += 1
        else:
            cards.append(card)
    return ReadCards(tuple(cards), nameless)


def is_vcard(data: bytes) -> bool:
    """Whether a file begins as one of these."""
    start = data[:400].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return start[:11].upper() == b"BEGIN:VCARD"


def write(people: Iterable[tuple[ContactDetails, bytes | None]]) -> Iterator[str]:
    """One entry after the other; pictures are JPEG."""
    for details, photo in people:
        yield "".join(f"{_folded(line)}\r\n" for line in _written(details, photo))


def _entries(data: bytes) -> Iterator[_Entry]:
    entry: _Entry | None = None
    before = ""
    for line in lines(data):
        is_edge = line.value.strip().upper() == "VCARD"
        if line.name == "BEGIN" and is_edge:
            if entry is not None and before == "AGENT":
                entry.depth += 1  # Somebody's secretary, within the entry.
            else:
                if entry is not None:
                    yield entry
                entry = _Entry()
        elif line.name == "END" and is_edge and entry is not None:
            entry.depth -= 1
            if not entry.depth:
                yield entry
                entry = None
        elif entry is not None and entry.depth == 1:
            entry.lines.append(line)
        before = line.name
    if entry is not None:
        yield entry


def _card(found: list[Line]) -> Card:
    first: dict[str, Line] = {}
    custom: dict[str, str] = {}
    for line in found:
        if line.value.strip():
            first.setdefault(line.name, line)
        if line.name == "X-ABLABEL" and line.group:
            custom[line.group] = label_of(unescaped(line.value))
    organisation = _words(parts(first["ORG"].value), ", ") if "ORG" in first else ""
    return Card(
        name=_name(first),
        numbers=_numbers(found, custom),
        organisation=organisation,
        note=unescaped(first["NOTE"].value) if "NOTE" in first else "",
        photo=_photo(found),
        uid=first["UID"].value.strip()[:200] if "UID" in first else "",
    )


def _name(first: dict[str, Line]) -> str:
    if "FN" in first and (name := _words([unescaped(first["FN"].value)])):
        return name
    if "N" in first:
        family, given, more, before, after = (*parts(first["N"].value), *[""] * 5)[:5]
        if name := _words((before, given, more, family, after)):
            return name
    if "ORG" in first:
        return ""  # A company is called what it is called.
    others = (first[name].value for name in ("NICKNAME", "EMAIL") if name in first)
    return next((unescaped(value).strip() for value in others), "")


def _numbers(found: list[Line], custom: dict[str, str]) -> tuple[RawNumber, ...]:
    """The preferred ones first, else in their order."""
    ranked = []
    for line in found:
        if line.name != "TEL":
            continue
        value = unescaped(line.value).strip()
        if _URI.match(value):
            value = unquote(_URI.sub("", value)).partition(";")[0]
        label = known_label(line.types) or custom.get(line.group, "")
        is_preferred = "pref" in line.types or bool(line.parameters.get("PREF"))
        ranked.append((not is_preferred, RawNumber(value, "" if label == "main" else label)))
    ranked.sort(key=lambda one: one[0])
    return tuple(number for _, number in ranked if number.text)


def _photo(found: list[Line]) -> bytes | None:
    for line in found:
        if line.name != "PHOTO" or len(line.value) > LARGEST_PHOTO * 4 // 3:
            continue
        inline = _DATA_URI.match(line.value)
        if not inline and not line.is_base64:
            continue
        if image := bytes_of(line.value[inline.end() :] if inline else line.value):
            return image
    return None


def _words(found: Iterable[str], between: str = " ") -> str:
    return between.join(" ".join(part.split()) for part in found if part.strip())


def _written(details: ContactDetails, photo: bytes | None) -> Iterator[str]:
    name = details.shown_name
    yield "BEGIN:VCARD"
    yield "VERSION:3.0"
    yield f"FN:{_escaped(name)}"
    given, _, family = details.name.rpartition(" ")
    yield f"N:{_escaped(family)};{_escaped(given)};;;"
    if details.organisation:
        yield f"ORG:{_escaped(details.organisation)}"
    for place, one in enumerate(details.numbers, 1):
        kind = _TYPES.get(one.label, "")
        if one.label and not kind:
            yield f"item{place}.TEL:{_escaped(one.number)}"
            yield f"item{place}.X-ABLabel:{_escaped(one.label)}"
        else:
            yield f"TEL{';TYPE=' + kind if kind else ''}:{_escaped(one.number)}"
    if details.note:
        yield f"NOTE:{_escaped(details.note)}"
    if photo is not None:
        yield f"PHOTO;ENCODING=b;TYPE=JPEG:{b64encode(photo).decode()}"
    yield "END:VCARD"


def _escaped(text: str) -> str:
    for letter in ("\\", ";", ","):
        text = text.replace(letter, "\\" + letter)
    return "\\n".join(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))


def _folded(line: str) -> str:
    """In lines of at most 75 bytes, never through a letter."""
    if len(line) <= _FOLD_AT and line.isascii():
        return line
    pieces: list[str] = []
    piece: list[str] = []
    size = 0
    for letter in line:
        width = len(letter.encode())
        if size + width > _FOLD_AT:
            pieces.append("".join(piece))
            piece, size = [], 1
        piece.append(letter)
        size += width
    return "\r\n ".join([*pieces, "".join(piece)])
