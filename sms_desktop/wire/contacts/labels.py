"""What other programs call a kind of number, in ours; a word of nobody's stays as it is."""

from collections.abc import Iterable
from typing import Final

_WORDS: Final = {
    "mobile": "cell iphone mobile handy mobil móvil movil portable portátil cellulare mobiel gsm"
    " mobiltelefon mobilnummer telemóvel komórka",
    "home": "home privat private domicile casa thuis hem dom particular",
    "work": "work business office arbeit geschäftlich büro bureau travail trabajo lavoro werk company"
    " firma",
    "main": "main primary pref hauptnummer principal",
    "fax": "fax facsimile",
    "pager": "pager",
    "other": "other andere autre otro altro",
}
_LABELS: Final = {word: label for label, words in _WORDS.items() for word in words.split()}
# A fax at work is a fax before all; "cell, work" is a mobile phone.
_ORDER: Final = ("fax", "pager", "mobile", "work", "home", "main", "other")


def known_label(words: Iterable[str]) -> str:
    """The label that some words stand for; empty where they say nothing of the kind."""
    found = {_LABELS[word.lower()] for word in words if word.lower() in _LABELS}
    return next((label for label in _ORDER if label in found), "")


def label_of(text: str) -> str:
    """The label that a text stands for, else the text itself."""
    plain = text.strip().removeprefix("_$!<").removesuffix(">!$_").strip()
    words = "".join(c if c.isalpha() else " " for c in plain).split()
    if len(words) > 2:
        return plain
    return known_label(words) or plain
