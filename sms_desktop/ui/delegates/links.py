"""Where the parts of a text are that can be clicked, and what they mean. No painting, no opening."""

import re
from collections.abc import Iterator
from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from sms_desktop.domain.one_time_codes import codes_in
from sms_desktop.ui.models.texts import utf16_offset

if TYPE_CHECKING:
    from linkify_it import LinkifyIt

_ELSEWHERE: Final = "US"
"""Kandy reads ten digits without a country as North American."""
_MAYBE_NUMBER: Final = re.compile(r"[0-9](?:[\s().\-\u2010-\u2015/]{0,3}[0-9]){6}")
_MOST_TRIES: Final = 40


class LinkKind(Enum):
    """What a click on a part of a text means."""

    WEB = "web"
    MAIL = "mail"
    PHONE = "phone"
    CODE = "code"


class Link(NamedTuple):
    """A part's place, as Qt counts, and its ``target``.

    That is a URL, for a phone number its address, and for a one-time code the digits to be typed.
    """

    start: int
    end: int
    target: str
    kind: LinkKind = LinkKind.WEB


@lru_cache(maxsize=1024)
def links_in(text: str, remote: str = "") -> tuple[Link, ...]:
    """Web and mail addresses, codes and phone numbers, in rising order; none overlaps another.

    Numbers without a country code are read as in the country of ``remote``, who wrote or got the text.
    """
    found: list[tuple[int, int, str, LinkKind]] = []
    for part in (*_addresses(text), *_codes(text), *_numbers(text, remote)):
        if all(part[1] <= other[0] or part[0] >= other[1] for other in found):
            found.append(part)
    return tuple(
        Link(utf16_offset(text, start), utf16_offset(text, end), target, kind)
        for start, end, target, kind in sorted(found, key=lambda part: part[0])
    )


_Part = tuple[int, int, str, LinkKind]


def _addresses(text: str) -> Iterator[_Part]:
    # Nearly every text has neither, and then the scanner need not even be loaded.
    if "." not in text and "://" not in text and "@" not in text:
        return
    for one in _scanner().match(text) or []:
        start = one.url.lower()
        if start.startswith(("http://", "https://", "mailto:")):
            kind = LinkKind.MAIL if start.startswith("mailto:") else LinkKind.WEB
            yield one.index, one.last_index, one.url, kind


def _codes(text: str) -> Iterator[_Part]:
    for code in codes_in(text):
        yield code.start, code.end, code.digits, LinkKind.CODE


def _numbers(text: str, remote: str) -> Iterator[_Part]:
    if _MAYBE_NUMBER.search(text) is None:
        return
    import phonenumbers

    from sms_desktop.domain.address import Address
    from sms_desktop.domain.national import region_of

    region = region_of(Address(remote)) or _ELSEWHERE
    sure, possible = phonenumbers.Leniency.VALID, phonenumbers.Leniency.POSSIBLE
    # Who writes the country code means a number, also one that the numbering plans do not have.
    for leniency in (sure, possible) if "+" in text else (sure,):
        for match in phonenumbers.PhoneNumberMatcher(text, region, leniency, _MOST_TRIES):
            if leniency == sure or match.raw_string.startswith("+"):
                layout = phonenumbers.PhoneNumberFormat.E164
                address = phonenumbers.format_number(match.number, layout)
                yield match.start, match.end, address, LinkKind.PHONE


@lru_cache(maxsize=1)
def _scanner() -> "LinkifyIt":
    from linkify_it import LinkifyIt

    return LinkifyIt()
