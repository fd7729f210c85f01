"""Whether what a person types can be texted, said in a sentence while it is typed."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from sms_desktop.domain.address import Address, is_phone_number, is_short_code
from sms_desktop.domain.national import address_as_typed
from sms_desktop.ui.models.numbers import shown_number

Known = Callable[[Address], str | None]
"""The name of an address that was texted or named before, empty without a name; else ``None``."""


class Verdict(StrEnum):
    """``INCOMPLETE``: keep typing. ``UNSURE``: can be texted, looks odd. ``WRONG``: cannot be."""

    EMPTY = "empty"
    INCOMPLETE = "incomplete"
    GOOD = "good"
    UNSURE = "unsure"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Destination:
    """``address`` is what would be texted, ``None`` where nothing would; ``sentence`` explains."""

    address: Address | None
    verdict: Verdict
    sentence: str


_LETTERS = re.compile(r"[^\W\d_]")
_NOTHING = Destination(None, Verdict.EMPTY, "A name, a phone number in any form, or a short code.")
_MOST_DIGITS: Final = 15


def nobody(_address: Address) -> None:
    """Knows nobody."""


def destination(raw: str, regions: Sequence[str] = (), known: Known = nobody) -> Destination:
    """Judge a typed destination; numbers without ``+`` are read as in one of the ``regions``."""
    if not raw.strip():
        return _NOTHING
    address = address_as_typed(raw, regions)
    name = known(address)
    if name is not None:
        shown = shown_number(address)
        return Destination(address, Verdict.GOOD, f"{name} · {shown}" if name else shown)
    if is_phone_number(address):
        return _judged(address)
    if is_short_code(address):
        return Destination(address, Verdict.GOOD, f"Short code {address}.")
    return _no_number(address)


def _no_number(address: Address) -> Destination:
    if _LETTERS.search(address):
        sentence = "Nobody here is called that. Type a phone number or a short code."
        return Destination(None, Verdict.WRONG, sentence)
    digits = sum(c.isdigit() for c in address)
    if digits > _MOST_DIGITS:
        return Destination(None, Verdict.WRONG, "Too long: no phone number has this many digits.")
    if not address.startswith("+") and digits > 8:
        sentence = "For another country begin with + and the country code, as in +44."
        return Destination(None, Verdict.INCOMPLETE, sentence)
    return Destination(None, Verdict.INCOMPLETE, "Keep typing: this is not a whole number yet.")


def _judged(address: Address) -> Destination:
    import phonenumbers

    try:
        parsed = phonenumbers.parse(address, None)
    except phonenumbers.NumberParseException:
        return Destination(None, Verdict.WRONG, "No country has this code after the +.")
    place = _place(parsed)
    if phonenumbers.is_valid_number(parsed):
        return Destination(address, Verdict.GOOD, f"{shown_number(address)}{place}")
    reason = phonenumbers.is_possible_number_with_reason(parsed)
    if reason == phonenumbers.ValidationResult.TOO_SHORT:
        sentence = f"Keep typing: too short for a number{place or ' of that country'}."
        return Destination(None, Verdict.INCOMPLETE, sentence)
    if reason == phonenumbers.ValidationResult.TOO_LONG:
        sentence = f"Too long for a number{place or ' of that country'}."
        return Destination(None, Verdict.WRONG, sentence)
    sentence = (
        f"{shown_number(address)}{place}: not a number we know of. You can text it all the same."
    )
    return Destination(address, Verdict.UNSURE, sentence)


def _place(parsed: Any) -> str:
    import phonenumbers
    from PySide6.QtCore import QLocale

    region = phonenumbers.region_code_for_number(parsed)
    territory = QLocale.codeToTerritory(region) if region else QLocale.Country.AnyTerritory
    if territory == QLocale.Country.AnyTerritory:
        return ""
    return f" in {QLocale.territoryToString(territory)}"
