"""Bytes of a text file whose encoding nobody tells."""

import codecs
from typing import Final

from sms_desktop.wire.text import storable

_BY_MARK: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LOOKED_AT: Final = 2_000


def marked_encoding(data: bytes) -> tuple[str, int] | None:
    """The encoding that the first bytes name, and how many they are."""
    for mark, name in _BY_MARK:
        if data.startswith(mark):
            return name, len(mark)
    return _wide_without_mark(data)


def decoded(data: bytes) -> str:
    """The text: by its mark, else UTF-8 where it can be, else Windows' western one."""
    marked = marked_encoding(data)
    if marked is not None:
        name, skipped = marked
        return storable(data[skipped:].decode(name, "replace"))
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return western(data)


def western(data: bytes) -> str:
    """Windows-1252; its five unused bytes become control characters, as browsers do it."""
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return "".join(_western_letter(byte) for byte in data)


def _western_letter(byte: int) -> str:
    try:
        return bytes((byte,)).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


def _wide_without_mark(data: bytes) -> tuple[str, int] | None:
    """UTF-16 shows itself by every second byte being zero."""
    start = data[:_LOOKED_AT]
    if len(start) < 4 or b"\0" not in start:
        return None
    even, odd = start[::2].count(0), start[1::2].count(0)
    half = len(start) // 2
    if odd > 0.4 * half and even < 0.1 * half:
        return "utf-16-le", 0
    if even > 0.4 * half and odd < 0.1 * half:
        return "utf-16-be", 0
    return None
