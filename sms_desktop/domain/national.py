"""Numbers without a country code, read as in the countries that a person may mean."""

from collections.abc import Sequence
from typing import Final

from sms_desktop.domain.address import Address, canonical, is_phone_number, is_short_code

_LONGEST_SURE_SHORT_CODE: Final = 6


def address_as_typed(raw: str, regions: Sequence[str] = ()) -> Address:
    """The address that a person means; ``regions`` are two-letter codes, the likeliest first.

    What begins with ``+`` means itself. Ten digits are North American, as Kandy reads them, unless
    only another reading is a number. Short codes stay as they are.
    """
    plain = canonical(raw)
    if "+" in raw or (is_short_code(plain) and len(plain) <= _LONGEST_SURE_SHORT_CODE):
        return plain
    is_american = is_phone_number(plain)
    if is_american and is_known_number(plain):
        return plain
    typed = plain.removeprefix("+1")
    for region in regions:
        found = _in_region(typed, region, needs_prefix=is_american)
        if found is not None:
            return found
    return plain


def is_known_number(address: Address) -> bool:
    """Whether the numbering plans have such a number."""
    # The tables take a while to load, and nothing needs them before somebody types a number.
    import phonenumbers

    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(address, None))
    except phonenumbers.NumberParseException:
        return False


def region_of(address: Address) -> str:
    """The country of a number as a two-letter code; empty where it has none."""
    if not is_phone_number(address):
        return ""
    import phonenumbers

    try:
        return phonenumbers.region_code_for_number(phonenumbers.parse(address, None)) or ""
    except phonenumbers.NumberParseException:
        return ""


def _in_region(typed: str, region: str, *, needs_prefix: bool) -> Address | None:
    import phonenumbers

    prefix = phonenumbers.ndd_prefix_for_region(region, True)
    if needs_prefix and prefix and not typed.startswith(prefix):
        return None
    try:
        parsed = phonenumbers.parse(typed, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(parsed) or any(c.isalpha() for c in typed):
        return None
    return Address(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164))
