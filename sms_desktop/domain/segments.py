"""How many SMS segments a text takes, and which characters force Unicode (3GPP TS 23.038)."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

_BASIC: Final = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    "ÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED: Final = frozenset("\f^{}\\[~]|€")
_LOOKALIKES: Final = str.maketrans(
    {
        "–": "-",
        "—": "-",
        "‐": "-",
        "‑": "-",
        "−": "-",
        "‘": "'",
        "’": "'",
        "‚": "'",
        "‛": "'",
        "`": "'",
        "´": "'",
        "“": '"',
        "”": '"',
        "„": '"',
        "«": '"',
        "»": '"',
        "…": "...",
        "•": "*",
        "\u00a0": " ",
        "\u2009": " ",
        "\u202f": " ",
        "\t": " ",
        "\u200b": "",
        "\ufeff": "",
    }
)


class Encoding(StrEnum):
    """The two alphabets that a text message travels in."""

    GSM7 = "GSM-7"
    UNICODE = "Unicode"


@dataclass(frozen=True, slots=True)
class SegmentCount:
    """Size of a text on the air.

    ``units``: septets (GSM-7) or UTF-16 code units (Unicode). ``capacity``: units that fit into the
    present number of segments. ``offenders``: the characters that force Unicode, each once, in order.
    """

    encoding: Encoding
    units: int
    segments: int
    capacity: int
    offenders: tuple[str, ...]


def count(text: str) -> SegmentCount:
    """Measure a text; the empty text takes one segment's room and no segment."""
    offenders = tuple(dict.fromkeys(c for c in text if c not in _BASIC and c not in _EXTENDED))
    if offenders:
        sizes = [2 if ord(c) > 0xFFFF else 1 for c in text]
        return _measure(Encoding.UNICODE, sizes, 70, 67, offenders)
    sizes = [2 if c in _EXTENDED else 1 for c in text]
    return _measure(Encoding.GSM7, sizes, 160, 153, offenders)


def _measure(
    encoding: Encoding, sizes: list[int], single: int, joined: int, offenders: tuple[str, ...]
) -> SegmentCount:
    units = sum(sizes)
    if units <= single:
        return SegmentCount(encoding, units, 1 if units else 0, single, offenders)
    segments = 1
    room = joined
    for size in sizes:
        # A pair (escape + character, or two surrogates) is never split over two segments.
        if size > room:
            segments += 1
            room = joined
        room -= size
    return SegmentCount(encoding, units, segments, segments * joined, offenders)


def to_gsm7(text: str) -> str | None:
    """The text with typographic look-alikes made plain; ``None`` where others remain."""
    plain = text.translate(_LOOKALIKES)
    return plain if all(c in _BASIC or c in _EXTENDED for c in plain) else None
