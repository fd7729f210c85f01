"""Tolerant access to the fields of a JSON object: a wrong type reads like a missing field."""

import math
from collections.abc import Mapping
from typing import Final

from sms_desktop.domain.address import Address
from sms_desktop.wire import paths
from sms_desktop.wire.text import storable

Fields = Mapping[str, object]

_NONE: Final[Fields] = {}


def fields(value: object) -> Fields:
    """The object itself, or the first object of a list, or an object without fields."""
    if isinstance(value, dict):
        return value
    if isinstance(value, list):
        return next((item for item in value if isinstance(item, dict)), _NONE)
    return _NONE


def entries(value: object) -> tuple[list[Fields], int]:
    """The objects of a list, and how many other things stood among them.

    One object stands for a list of one, and null for the empty list.
    """
    if value is None:
        return [], 0
    items = value if isinstance(value, list) else [value]
    objects: list[Fields] = [item for item in items if isinstance(item, dict)]
    return objects, len(items) - len(objects)


def text_of(value: object) -> str | None:
    """A text, or a number as text; ``None`` for anything else."""
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, float):
        return str(value) if math.isfinite(value) else None
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else None


def text(source: Fields, *names: str) -> str:
    """The first of the named fields that holds some text, unchanged; empty if none does."""
    found = (text_of(source.get(name)) for name in names)
    return next((value for value in found if value), "")


def word(source: Fields, *names: str) -> str:
    """Like ``text``, for ids, kinds and URLs: without blanks at both ends."""
    found = ((text_of(source.get(name)) or "").strip() for name in names)
    return next((value for value in found if value), "")


def address(source: Fields, *names: str) -> Address:
    """The first address among the named fields, canonical; empty if there is none.

    A field may hold one address or a list of which the first counts.
    """
    for name in names:
        value = source.get(name)
        items = value if isinstance(value, list) else [value]
        for item in items:
            if found := paths.address(text_of(item) or ""):
                return found
    return Address("")


def count(source: Fields, name: str) -> int | None:
    """A whole number that is not negative, also when it came as digits; else ``None``."""
    digits = word(source, name)
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) <= 15 else None
