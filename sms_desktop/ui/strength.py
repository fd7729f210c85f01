"""How hard a passphrase is to guess: a hint while it is typed, and never a promise. Pure."""

import math
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Final

SHORTEST: Final = 8
_WORD_BITS: Final = 11.0
_FAIR_BITS: Final = 36.0
_GOOD_BITS: Final = 48.0
_POOLS: Final = ((str.islower, 26), (str.isupper, 26), (str.isdigit, 10))
_OTHER_POOL: Final = 33
# What is tried first by whoever tries; rows of the keyboard are found as runs.
_TRIED_FIRST: Final = ("password", "passwort", "letmein", "welcome", "iloveyou", "admin", "secret")
_ROWS: Final = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop", "azertyuiop")


class Level(StrEnum):
    """``TOO_SHORT`` is not taken; the others are the person's own choice."""

    EMPTY = "empty"
    TOO_SHORT = "too_short"
    WEAK = "weak"
    FAIR = "fair"
    GOOD = "good"


@dataclass(frozen=True, slots=True)
class Strength:
    """A level, and what to say of it."""

    level: Level
    sentence: str


def strength(passphrase: str) -> Strength:
    """What to say of a passphrase."""
    if not passphrase:
        return Strength(Level.EMPTY, "Four or five words that do not belong together are good.")
    if len(passphrase) < SHORTEST:
        return Strength(Level.TOO_SHORT, f"At least {SHORTEST} characters.")
    bits = _bits(passphrase)
    if bits < _FAIR_BITS:
        return Strength(Level.WEAK, "Weak: a computer guesses it soon. Add a word or two.")
    if bits < _GOOD_BITS:
        return Strength(Level.FAIR, "Fair. One more word makes it good.")
    return Strength(Level.GOOD, "Good. Make sure that you can remember it.")


def _bits(passphrase: str) -> float:
    """Roughly the logarithm of the guesses that it takes, by the better way of guessing."""
    plain = passphrase.lower()
    for word in _TRIED_FIRST:
        plain = plain.replace(word, word[:1])
    words = dict.fromkeys(word for word in plain.split() if len(word) > 1)
    once = " ".join(dict.fromkeys(plain.split()))
    surprising = [b for a, b in pairwise(" " + once) if not _is_expected(a, b)]
    by_characters = len(surprising) * math.log2(_pool(passphrase)) * 0.7
    if len(words) > 1:
        return min(by_characters, len(words) * _WORD_BITS + _WORD_BITS / 2)
    return by_characters


def _is_expected(before: str, after: str) -> bool:
    if abs(ord(after) - ord(before)) <= 1:
        return True
    return any(before + after in row or after + before in row for row in _ROWS)


def _pool(passphrase: str) -> int:
    pool = sum(size for is_of, size in _POOLS if any(is_of(c) for c in passphrase))
    has_other = any(not c.isascii() or not c.isalnum() for c in passphrase)
    return pool + (_OTHER_POOL if has_other or not pool else 0)
