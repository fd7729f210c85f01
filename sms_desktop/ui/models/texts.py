"""Message texts made fit for one text layout, and their direction. No Qt."""

import unicodedata
from typing import Final

_STACKED: Final = 3
"""No script that people write puts more than two above a letter, and two below."""

_LONGEST_SHOWN: Final = 1_200
_LONGEST_CLUSTER: Final = 32
_MOST_LINES: Final = 60
LINE_SEPARATOR: Final = "\u2028"
"""Ends a line inside of a text for a layout."""
# Control characters have no picture; a tab and a line end keep their meaning.
_CONTROLS: Final = {code: " " for code in (*range(32), *range(127, 160)) if code not in (9, 10)}
_TO_LAYOUT: Final = {**_CONTROLS, 10: LINE_SEPARATOR, 0x2029: LINE_SEPARATOR}


def shown_text(text: str) -> str:
    """The text without half characters (lone surrogates), which Qt cannot take."""
    if text.isascii():
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def layout_text(text: str) -> str:
    """One paragraph for a text layout: line ends as line separators, control characters as blanks."""
    return shown_text(text).replace("\r\n", "\n").replace("\r", "\n").translate(_TO_LAYOUT)


def beginning(text: str) -> str:
    """As much of a text for a layout as is shown at first; a text of common length is all of it.

    Whoever sends ten thousand letters or line ends shall not hold up the window by that.
    """
    end = len(text)
    if end > _LONGEST_SHOWN:
        end = _LONGEST_SHOWN
        # Not in the middle of a letter and its marks, unless they are heaped up.
        while end > _LONGEST_SHOWN - _LONGEST_CLUSTER and _belongs_to_previous(text[end]):
            end -= 1
    place = -1
    for _ in range(_MOST_LINES):
        place = text.find(LINE_SEPARATOR, place + 1, end)
        if place < 0:
            return text[:end]
    return text[:place]


def _belongs_to_previous(letter: str) -> bool:
    return unicodedata.category(letter) in ("Mn", "Me", "Mc", "Sk", "Cf")


def one_line(text: str, longest: int = 240) -> str:
    """The beginning of a text on one line."""
    return " ".join(shown_text(text[: longest * 2]).translate(_CONTROLS).split())[:longest]


def has_stacked_marks(text: str) -> bool:
    """Whether so many marks sit on one letter that they would reach out of its line."""
    if text.isascii():
        return False
    marks = 0
    for letter in text:
        marks = marks + 1 if unicodedata.category(letter) in ("Mn", "Me") else 0
        if marks >= _STACKED:
            return True
    return False


def is_right_to_left(text: str) -> bool:
    """Whether the first strong letter belongs to a script that runs from right to left."""
    if text.isascii():
        return False
    for letter in text:
        direction = unicodedata.bidirectional(letter)
        if direction == "L":
            return False
        if direction in ("R", "AL"):
            return True
    return False


def utf16_offset(text: str, place: int) -> int:
    """A place in a Python string as Qt counts it."""
    if text.isascii():
        return place
    return place + sum(1 for letter in text[:place] if ord(letter) > 0xFFFF)
