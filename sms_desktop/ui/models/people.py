"""Whom a person may mean by a few letters of a name or digits of a number. No Qt."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from sms_desktop.domain.address import Address
from sms_desktop.domain.conversation import Correspondent

_PLAIN_WORD: Final = re.compile("[a-z0-9]+")
_ACCENT: Final = re.compile("[\u0300-\u036f]")


@dataclass(frozen=True, slots=True)
class _Entry:
    person: Correspondent
    words: tuple[str, ...] = field(repr=False)
    digits: str = field(repr=False)


class People:
    """Everybody who was named or texted, the latest first; matching is by folded letters."""

    def __init__(self, everybody: Iterable[Correspondent]) -> None:
        ordered = sorted(everybody, key=lambda one: (-one.last_at_ms, one.name, one.remote))
        self._entries = [_Entry(p, _words(p.name or p.remote), _digits(p.remote)) for p in ordered]
        self._names = {one.remote: one.name for one in ordered}

    def name_of(self, remote: Address) -> str | None:
        """The name of a known address, empty without one; ``None`` for a stranger."""
        return self._names.get(remote)

    def matching(
        self, part: str, limit: int, without: Sequence[Address] = ()
    ) -> list[Correspondent]:
        """At most ``limit`` people; every word typed begins a word of the name, or the digits fit.

        Nothing typed means everybody.
        """
        words, digits = _words(part), _digits(part).lstrip("0")
        # National numbers are typed with a zero that the international form lacks.
        is_number = bool(digits) and not any(c.isalpha() for c in part)
        found: list[Correspondent] = []
        for entry in self._entries:
            if entry.person.remote in without:
                continue
            fits = digits in entry.digits if is_number else _begin(words, entry.words)
            if fits or not part.strip():
                found.append(entry.person)
                if len(found) == limit:
                    break
        return found

    def called(self, name: str) -> list[Correspondent]:
        """Those whose whole name this is, however it is written."""
        words = _words(name)
        return [e.person for e in self._entries if words and e.person.name and e.words == words]


def _begin(typed: tuple[str, ...], words: tuple[str, ...]) -> bool:
    return bool(typed) and all(any(word.startswith(part) for word in words) for part in typed)


def _words(text: str) -> tuple[str, ...]:
    """Folded words; thousands of names are taken apart while somebody waits for the sheet."""
    apart = text.casefold()
    if not apart.isascii():
        apart = _ACCENT.sub("", unicodedata.normalize("NFKD", apart))
    if apart.isascii():
        return tuple(_PLAIN_WORD.findall(apart))
    plain = "".join(c for c in apart if not unicodedata.combining(c))
    return tuple("".join(c if c.isalnum() else " " for c in plain).split())


def _digits(text: str) -> str:
    if text[1:].isdecimal():
        return text.removeprefix("+")
    return "".join(c for c in text if c.isdecimal())
