"""What is searched for and what is found. The query is parsed here, and any text is a query."""

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from sms_desktop.domain.address import Address
from sms_desktop.domain.conversation import ConversationRow, Correspondent
from sms_desktop.domain.folding import fold, places
from sms_desktop.domain.ids import AccountId, ConversationId
from sms_desktop.domain.message import Direction, TimelineKey

_PART: Final = re.compile(r'(?:(?P<name>[A-Za-z]+):)?(?:"(?P<quoted>[^"]*)"?|(?P<plain>\S+))?')
_DAY: Final = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_NUMBER: Final = re.compile(r"[\d\s().+/-]+")
_PEOPLE: Final = ("from", "to", "in")
_DAYS: Final = ("before", "after")
_FLAGS: Final = {("has", "link"), ("is", "unread")}
LONGEST_QUERY: Final = 400
MOST_NEEDLES: Final = 24


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """All conditions hold together.

    ``needles`` are folded and must all stand in the text. ``before`` and ``after`` bound the local
    day: earlier than the one, the other or later. ``misread``: filters that say nothing, as typed.
    """

    needles: tuple[str, ...] = ()
    senders: tuple[str, ...] = ()
    receivers: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    before: date | None = None
    after: date | None = None
    has_link: bool = False
    is_unread: bool = False
    shown_words: str = ""
    shown_filters: tuple[str, ...] = ()
    misread: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.needles or self.has_filters)

    @property
    def has_filters(self) -> bool:
        """Whether anything but words was asked for."""
        people = self.senders or self.receivers or self.places
        return bool(people or self.before or self.after or self.has_link or self.is_unread)


@dataclass(frozen=True, slots=True)
class Hit:
    """A message that was found. ``place`` orders hits, newest first, and begins the next page."""

    place: int
    conversation_id: ConversationId
    account_id: AccountId
    key: TimelineKey
    local: Address
    remote: Address
    remote_name: str
    direction: Direction
    text: str
    at_ms: int


@dataclass(frozen=True, slots=True)
class Found:
    """``people``: conversations whose name or number fits; ``hits``: a page of messages.

    ``contacts``: numbers of people who fit and have no conversation yet.

    ``after``: where the next page begins, ``None`` behind the last. ``indexed``: the part of all
    messages, 0 … 1, that was looked through.
    """

    query: SearchQuery
    people: tuple[ConversationRow, ...] = ()
    hits: tuple[Hit, ...] = ()
    after: int | None = None
    indexed: float = 1.0
    contacts: tuple[Correspondent, ...] = ()


@dataclass(slots=True)
class _Reading:
    today: date
    needles: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    people: dict[str, list[str]] = field(default_factory=lambda: {name: [] for name in _PEOPLE})
    days: dict[str, date] = field(default_factory=dict)
    flags: set[tuple[str, str]] = field(default_factory=set)
    filters: list[str] = field(default_factory=list)
    misread: list[str] = field(default_factory=list)

    def take(self, name: str, value: str, whole: str) -> None:
        if name in _PEOPLE:
            self.people[name].append(value)
        elif name in _DAYS:
            self._take_day(name, value, whole)
            return
        elif (name, value.lower()) in _FLAGS:
            self.flags.add((name, value.lower()))
        else:
            self.take_word(whole)
            return
        self.filters.append(whole)

    def take_word(self, word: str) -> None:
        self.words.append(word)
        folded = fold(word).strip(" ")
        if folded and folded not in self.needles and len(self.needles) < MOST_NEEDLES:
            self.needles.append(folded)

    def _take_day(self, name: str, value: str, whole: str) -> None:
        day = parse_day(value, self.today)
        if day is None:
            self.misread.append(whole)
        else:
            self.days[name] = day
            self.filters.append(whole)


def parse_query(text: str, today: date) -> SearchQuery:
    """Read a query; every text is one. ``today`` is the local day."""
    reading = _Reading(today)
    for match in _PART.finditer(text[:LONGEST_QUERY]):
        name = (match["name"] or "").lower()
        value = match["quoted"] if match["quoted"] is not None else match["plain"] or ""
        if name and not value and match["plain"] is None:
            # The value is being typed; a word that merely ends so is looked for.
            if name not in (*_PEOPLE, *_DAYS, "has", "is"):
                reading.take_word(match[0])
        elif name:
            reading.take(name, value, match[0])
        elif value:
            reading.take_word(value)
    return SearchQuery(
        tuple(reading.needles),
        tuple(reading.people["from"]),
        tuple(reading.people["to"]),
        tuple(reading.people["in"]),
        before=reading.days.get("before"),
        after=reading.days.get("after"),
        has_link=("has", "link") in reading.flags,
        is_unread=("is", "unread") in reading.flags,
        shown_words=" ".join(reading.words),
        shown_filters=tuple(reading.filters),
        misread=tuple(reading.misread),
    )


def parse_day(text: str, today: date) -> date | None:
    """``2026-11-20``, ``2026-11`` and ``2026`` (their first days), ``today``, ``yesterday``."""
    near = {"today": 0, "yesterday": 1}.get(text.lower())
    if near is not None:
        return today - timedelta(days=near)
    match = _DAY.fullmatch(text) if text.isascii() else None
    if match is None:
        return None
    try:
        return date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
    except ValueError:
        return None


def digits_of(text: str) -> str:
    """The digits of what can only be a number, in any layout; empty for anything else.

    A national number has a leading zero that the international form lacks.
    """
    if not text.isascii() or not _NUMBER.fullmatch(text):
        return ""
    digits = "".join(c for c in text if c.isdecimal())
    return digits.lstrip("0") or digits


def fits_person(typed: str, name: str, address: str) -> bool:
    """Whether what was typed is part of a name, or of a number however it is written."""
    digits = digits_of(typed)
    if len(digits) >= 2 and digits in "".join(c for c in address if c.isdecimal()):
        return True
    words = fold(typed).split()
    folded = fold(name) + " " + fold(address)
    return bool(words) and all(word in folded for word in words)


def excerpt(text: str, needles: tuple[str, ...], before: int = 24, longest: int = 200) -> str:
    """One line around the first needle: the text from its start where that is near."""
    line = " ".join(text.split())
    found = places(line, needles)
    start = found[0][0] if found else 0
    if start <= before:
        return line[:longest]
    cut = line.rfind(" ", 0, start - before // 2)
    begin = cut + 1 if start - cut <= before else start - before
    return "…" + line[begin : begin + longest]
