"""Whether what a person types can be one of their own numbers, with a sentence where it cannot."""

from collections.abc import Container

from sms_desktop.domain.address import Address, canonical, is_phone_number, is_short_code
from sms_desktop.domain.errors import SmsDesktopError


class NoOwnNumber(SmsDesktopError):
    """What was typed cannot be an own number; the message says why."""

    sentence = "This is not a phone number."


def typed_number(raw: str, known: Container[Address] = ()) -> Address:
    """The number in the one form that is stored; raises ``NoOwnNumber``."""
    if not raw.strip():
        raise NoOwnNumber("Type the number, in any form: +1 613 555 0144 or (613) 555-0144.")
    number = canonical(raw)
    if number in known:
        raise NoOwnNumber("This number is in the list already.")
    if is_short_code(number):
        return number
    if not is_phone_number(number):
        raise NoOwnNumber(_why_none(number))
    return _checked(number)


def _why_none(text: str) -> str:
    digits = sum(c.isdigit() for c in text)
    if any(c.isalpha() for c in text):
        return "A number of your own consists of digits; this has letters in it."
    if not digits:
        return "There is no digit in this."
    if digits > 15:
        return "This is too long: no phone number has more than 15 digits."
    if digits < 7:
        return "This is too short for a phone number."
    return "Begin with + and the country code, as in +44 7911 123456."


def _checked(number: Address) -> Address:
    # Its tables take a while to load, and nothing else here needs them.
    import phonenumbers

    try:
        parsed = phonenumbers.parse(number, None)
    except phonenumbers.NumberParseException:
        raise NoOwnNumber("No country has the code after the +.") from None
    if phonenumbers.is_possible_number(parsed):
        return number
    reason = phonenumbers.is_possible_number_with_reason(parsed)
    is_long = reason == phonenumbers.ValidationResult.TOO_LONG
    length = "long" if is_long else "short"
    raise NoOwnNumber(f"This is too {length} for a number of that country.")
