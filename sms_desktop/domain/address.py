"""Addresses of messages: phone numbers in Kandy's five forms, short codes and sender names.

Kandy accepts, and may give back, ``+16131234567``, ``6131234567``, ``tel:+1613…``,
``sip:+1613…@domain`` and ``sip:613…@domain``. Everything that compares or stores an address uses
the canonical form made here; short codes and alphanumeric senders are kept as they came.
"""

import re
from typing import Final, NewType

Address = NewType("Address", str)
"""Canonical: E.164 with a leading ``+``, or a short code or a sender name as it came."""

DEFAULT_SENDER: Final = Address("default")
"""Asks Kandy to pick the account's default number; the answer names the one it took."""

_SCHEME: Final = re.compile(r"^(?:(?:tel|sips?|sms):\s*)+", re.IGNORECASE)
_PUNCTUATION: Final = re.compile(r"[\s().\-\u2010-\u2015\u00a0\u202a-\u202e\u2066-\u2069/]+")
_INTERNATIONAL: Final = re.compile(r"^\+[0-9]{7,15}$")
_NORTH_AMERICAN: Final = re.compile(r"^1?([2-9][0-9]{9})$")
_SHORT_CODE: Final = re.compile(r"^[0-9]{3,8}$")


def canonical(raw: str) -> Address:
    """The one form of an address that the program compares and stores.

    Ten digits, or eleven that begin with 1, are North American, as Kandy reads them. What is not
    recognisably a phone number comes back trimmed and otherwise untouched.
    """
    if _INTERNATIONAL.fullmatch(raw):
        return Address(raw)  # As nearly all come: nothing to take apart.
    text = raw.strip()
    if _SCHEME.match(text):
        text = _SCHEME.sub("", text).split("@", 1)[0].split(";", 1)[0].split("?", 1)[0].strip()
    digits = _PUNCTUATION.sub("", text)
    if _INTERNATIONAL.match(digits):
        return Address(digits)
    if match := _NORTH_AMERICAN.match(digits):
        return Address("+1" + match.group(1))
    return Address(text)


def is_phone_number(address: Address) -> bool:
    """Whether the address is an E.164 number (and not a short code or a name)."""
    return bool(_INTERNATIONAL.match(address))


def is_short_code(address: Address) -> bool:
    """Whether the address is a short code: three to eight digits without a ``+``."""
    return bool(_SHORT_CODE.match(address))
