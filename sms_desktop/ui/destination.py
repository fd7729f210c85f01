"""Whether what a person types can be texted, said in a sentence while it is typed."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sms_desktop.domain.address import Address, canonical, is_phone_number, is_short_code
from sms_desktop.ui.models.numbers import shown_number


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
_NOTHING = Destination(None, Verdict.EMPTY, "A phone number in any form, or a short code.")


def destination(raw: str, own: Address | None = None) -> Destination:
    """Judge a typed destination; numbers without ``+`` are read as in the country of ``own``."""
    if not raw.strip():
        return _NOTHING
    address = canonical(raw)
    if not address.startswith("+") and (national := _in_own_country(address, own)):
        address = national
    if is_phone_number(address):
        return _judged(address)
    if is_short_code(address):
        return Destination(address, Verdict.GOOD, f"Short code {address}.")
    if _LETTERS.search(address):
        sentence = "Names cannot be texted here: type a phone number or a short code."
        return Destination(None, Verdict.WRONG, sentence)
    digits = sum(c.isdigit() for c in address)
    if digits > 15:
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


def _in_own_country(address: Address, own: Address | None) -> Address | None:
    """A national number of the sender's country; North America is left to `canonical`."""
    if own is None or own.startswith("+1") or not is_phone_number(own):
        return None
    import phonenumbers

    try:
        region = phonenumbers.region_code_for_number(phonenumbers.parse(own, None))
        parsed = phonenumbers.parse(address, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(parsed):
        return None
    return Address(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164))


def _place(parsed: Any) -> str:
    import phonenumbers
    from PySide6.QtCore import QLocale

    region = phonenumbers.region_code_for_number(parsed)
    territory = QLocale.codeToTerritory(region) if region else QLocale.Country.AnyTerritory
    if territory == QLocale.Country.AnyTerritory:
        return ""
    return f" in {QLocale.territoryToString(territory)}"
