"""The database's key as something to print and to type: four lines of sixteen letters and digits.

Pure. Each line carries eight bytes of the key and two of a check (CRC-16 over the line's number and
its bytes), so that every single mistyped symbol, every swap of neighbours and every swap of lines is
found, and found in its line. The letters are those of Crockford's base 32: none of them looks like
another, and what people read instead of them is understood.
"""

import binascii
import re
import unicodedata
from enum import StrEnum
from typing import Final

from sms_desktop.vault.errors import RecoveryKeyMistyped

LINES: Final = 4
SYMBOLS_A_LINE: Final = 16
_GROUP: Final = 4
_BYTES_A_LINE: Final = 8
_CHECK_BYTES: Final = 2
_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_VALUES: Final = {symbol: value for value, symbol in enumerate(_ALPHABET)}
_LOOK_ALIKES: Final = str.maketrans("OILU", "011V")
_SHAPE: Final = "four lines of sixteen letters and digits"
_KEY_LINE: Final = re.compile(r"[\W_]*(?:[^\W_]{4}[\W_]+){3}[^\W_]{4}[\W_]*")


class LineState(StrEnum):
    """How a line stands that somebody is typing."""

    EMPTY = "empty"
    SHORT = "short"
    GOOD = "good"
    WRONG = "wrong"


def written(key: bytes) -> str:
    """The recovery key of a key of 32 bytes: four lines, each of four groups of four symbols."""
    parts = (key[at : at + _BYTES_A_LINE] for at in range(0, len(key), _BYTES_A_LINE))
    return "\n".join(_grouped(_line(at, part)) for at, part in enumerate(parts))


def read(text: str) -> bytes:
    """The key that a recovery key stands for, however it was typed.

    Case, blanks, hyphens and line ends do not matter, and the note that the program saves or prints
    is understood as a whole. Raises ``RecoveryKeyMistyped``, which names the lines to look at.
    """
    found = lines_in(text)
    if complaint := _complaint(found):
        raise RecoveryKeyMistyped(complaint)
    return b"".join(_bytes_of(_symbols(line))[:_BYTES_A_LINE] for line in found)


def lines_in(text: str) -> list[str]:
    """The lines of a recovery key in a text, in groups; more or fewer than four as they are there.

    Where the text does not have the right length as a whole, its own line ends count, so that a
    symbol that is missing in one line does not shift the others.
    """
    text = _key_within(text)
    symbols = _symbols(text)
    own = [line for line in map(_symbols, text.splitlines()) if line]
    if len(symbols) != LINES * SYMBOLS_A_LINE and 1 < len(own) <= LINES:
        return [_grouped(line) for line in own]
    return [_grouped(part) for part in _cut(symbols, SYMBOLS_A_LINE)]


def state_of(at: int, line: str) -> LineState:
    """How line number ``at`` (from 0) stands with this text in it."""
    symbols = _symbols(line)
    if not symbols:
        return LineState.EMPTY
    if any(symbol not in _VALUES for symbol in symbols) or len(symbols) > SYMBOLS_A_LINE:
        return LineState.WRONG
    if len(symbols) < SYMBOLS_A_LINE:
        return LineState.SHORT
    whole = _bytes_of(symbols)
    is_good = _line(at, whole[:_BYTES_A_LINE]) == symbols
    return LineState.GOOD if is_good else LineState.WRONG


def _line(at: int, part: bytes) -> str:
    check = binascii.crc_hqx(bytes([at]) + part, 0xFFFF).to_bytes(_CHECK_BYTES, "big")
    number = int.from_bytes(part + check, "big")
    places = range(5 * (SYMBOLS_A_LINE - 1), -1, -5)
    return "".join(_ALPHABET[number >> place & 31] for place in places)


def _bytes_of(symbols: str) -> bytes:
    number = 0
    for symbol in symbols:
        number = number << 5 | _VALUES[symbol]
    return number.to_bytes(_BYTES_A_LINE + _CHECK_BYTES, "big")


def _symbols(text: str) -> str:
    """Letters and digits as the alphabet writes them; strange ones stay, to be found wrong."""
    plain = unicodedata.normalize("NFKC", text).upper().translate(_LOOK_ALIKES)
    return "".join(symbol for symbol in plain if symbol.isalnum())


def _grouped(symbols: str) -> str:
    return " ".join(_cut(symbols, _GROUP))


def _cut(symbols: str, length: int) -> list[str]:
    return [symbols[at : at + length] for at in range(0, len(symbols), length)]


def _key_within(text: str) -> str:
    """The four lines of the key in a note with other words around them; else the whole text."""
    lines = [line for line in text.splitlines() if line.strip()]
    parts = [lines[at : at + LINES] for at in range(len(lines) - LINES + 1)]
    alike = [part for part in parts if all(_KEY_LINE.fullmatch(line) for line in part)]
    # A line of the words around it may be four words of four letters.
    best: list[str] = max(alike, key=_good_lines, default=[text])
    return "\n".join(best)


def _good_lines(part: list[str]) -> int:
    return sum(state_of(at, line) is LineState.GOOD for at, line in enumerate(part))


def _complaint(found: list[str]) -> str:
    if not found:
        return f"Type the recovery key: {_SHAPE}."
    if len(found) > LINES:
        return f"That is more than a recovery key has: {_SHAPE}."
    lengths = [len(_symbols(line)) for line in found]
    if max(lengths) > SYMBOLS_A_LINE:
        return _length_in(lengths.index(max(lengths)), max(lengths))
    states = [state_of(at, line) for at, line in enumerate(found)]
    if LineState.WRONG in states:
        return _mistake_in(states)
    if min(lengths) < SYMBOLS_A_LINE:
        return _length_in(lengths.index(min(lengths)), min(lengths))
    return f"Line {len(found) + 1} is missing." if len(found) < LINES else ""


def _length_in(at: int, length: int) -> str:
    return f"Line {at + 1} has {length} letters and digits; it should have {SYMBOLS_A_LINE}."


def _mistake_in(states: list[LineState]) -> str:
    wrong = [str(number) for number, state in enumerate(states, 1) if state is LineState.WRONG]
    *others, last = wrong
    which = f"lines {', '.join(others)} and {last}" if others else f"line {last}"
    return f"There is a mistake in {which}. Compare it with your copy."
