"""Addresses as people read them: spaced international numbers, initials, calling codes."""

from functools import lru_cache
from typing import Final

from sms_desktop.domain.address import Address, is_phone_number

_TURNING: Final = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)))


@lru_cache(maxsize=4096)
def shown_number(address: Address) -> str:
    """``+16131234567`` as ``+1 613 123 4567``; short codes and sender names as they are."""
    if not is_phone_number(address):
        return address
    # The tables take a while to load, and nothing needs them before a number is on screen.
    import phonenumbers

    try:
        number = phonenumbers.parse(address)
    except phonenumbers.NumberParseException:
        return address
    layout = phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return str(phonenumbers.format_number(number, layout)).replace("-", " ")


def shown_name(name: str, address: Address) -> str:
    """The name somebody gave the address, else the address itself, readable.

    Without signs that would turn round what stands beside it: a sender may call itself anything.
    """
    shown = name.strip() or shown_number(address)
    return shown if shown.isascii() else shown.translate(_TURNING)


@lru_cache(maxsize=4096)
def initials(name: str, address: Address) -> str:
    """Two letters of a name; ``+1`` and its like for an unnamed number; ``72`` for a short code."""
    words = [word for word in name.split() if word[0].isalnum()]
    if words:
        return "".join(word[0] for word in words[:2]).upper()
    if is_phone_number(address):
        return shown_number(address).split(" ", 1)[0][:4]
    return address[:2].upper()
