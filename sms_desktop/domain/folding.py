"""Text as search compares it: without case, accents and invisible signs, one letter for its variants."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

# What NFKD leaves whole although people type the plain letters.
_PLAIN: Final = {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
# Accents of European scripts, points of Hebrew, vowel signs of Arabic and its stretching sign, and
# signs without a picture. Marks of other scripts tell letters apart and stay.
_DROPPED: Final = re.compile(
    "[\u00ad\u0300-\u036f\u0591-\u05c7\u0640\u064b-\u065f\u0670"
    "\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]"
)
_BLANKS: Final = dict.fromkeys((*range(33), *range(127, 161), 8232, 8233, 12288), " ")


def fold(text: str) -> str:
    """The text as the index holds it; any two spellings that a person takes for one fold alike."""
    if text.isascii():
        return text.lower().translate(_BLANKS)
    return "".join(map(_folded, text))


def places(text: str, needles: tuple[str, ...]) -> list[tuple[int, int]]:
    """Where folded ``needles`` stand in a text: rising ranges of its own letters, joined where they touch."""
    wanted = [needle for needle in needles if needle]
    if not wanted:
        return []
    if text.isascii():
        folded, origin = fold(text), None
    else:
        parts = [_folded(letter) for letter in text]
        folded = "".join(parts)
        origin = [at for at, part in enumerate(parts) for _ in part]
    found = sorted(
        (match.start(), match.end())
        for needle in wanted
        for match in re.finditer(re.escape(needle), folded)
    )
    if origin is not None:
        found = [(origin[start], origin[end - 1] + 1) for start, end in found]
    return _joined(found)


def _joined(ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    result: list[tuple[int, int]] = []
    for start, end in ranges:
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return result


@lru_cache(maxsize=4096)
def _folded(letter: str) -> str:
    code = ord(letter)
    if 0xD800 <= code <= 0xDFFF:
        return "\ufffd"
    low = letter.casefold()
    if low in _PLAIN:
        return _PLAIN[low]
    # Syllables of Korean and voiced kana are letters of their own, not letters with an accent.
    is_whole = 0xAC00 <= code <= 0xD7A3 or 0x3041 <= code <= 0x30FF
    apart = low if is_whole else unicodedata.normalize("NFKD", low)
    if "\u3099" in apart or "\u309a" in apart:
        apart = unicodedata.normalize("NFKC", low)
    plain = _DROPPED.sub("", apart).casefold().translate(_BLANKS)
    return _PLAIN.get(plain, plain)
