"""Where a text holds a one-time code: digits beside a word for such a code. Rather none than a wrong one."""

import re
from typing import Final, NamedTuple

_WORD: Final = re.compile(
    r"(?<!zip )(?<!postal )(?<!post )(?<!area )(?<!country )(?<!sort )"
    r"(?:\b\w*(?:code|kode|codice|c[oó]digo|koodi|passwor[dt]|passcode)s?\b|\b(?:kod|pin|tan|otp)\b"
    r"|\bкод\w*|κωδικ\w+|رمز|קוד|[码碼]|コード|認証|인증|코드|รหัส)",
    re.IGNORECASE,
)
_DIGITS: Final = re.compile(
    r"(?<![\w#$€£¥%+@.,:/–-])(?<![0-9] )(?:[A-Z]{1,3}-)?([0-9]{3}[ -][0-9]{3}|[0-9]{4,8})"
    # Not a part of a date, an hour, a price or a longer number.
    r"(?![\w@%$€£¥]|[.,:/–-][0-9]| ?(?:[€$£¥%]|eur|usd|cad|gbp)\b|-[0-9]| [0-9])",
    re.IGNORECASE,
)
_NEAR: Final = 48
_LONGEST_TEXT: Final = 1_000


class Code(NamedTuple):
    """A code's place, as Python counts, and what has to be typed somewhere."""

    start: int
    end: int
    digits: str


def codes_in(text: str) -> tuple[Code, ...]:
    """The digits nearest to each word for a code, behind it or else before it, in rising order."""
    if len(text) > _LONGEST_TEXT:
        return ()
    found = list(_DIGITS.finditer(text))
    if not found:
        return ()
    chosen: dict[int, re.Match[str]] = {}
    for word in _WORD.finditer(text):
        behind = [one for one in found if 0 <= one.start() - word.end() <= _NEAR]
        before = [one for one in found if 0 <= word.start() - one.end() <= _NEAR]
        nearest = behind[:1] or before[-1:]
        chosen.update((one.start(), one) for one in nearest)
    return tuple(
        Code(*chosen[at].span(), re.sub("[^0-9]", "", chosen[at].group(1))) for at in sorted(chosen)
    )
