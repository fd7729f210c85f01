"""Reads the claims of Kandy's tokens; does not and cannot check their signatures."""

import base64
from dataclasses import dataclass

from sms_desktop.domain.address import Address
from sms_desktop.wire import json_text
from sms_desktop.wire.errors import UnreadableToken
from sms_desktop.wire.fields import Fields, text_of, word
from sms_desktop.wire.paths import address
from sms_desktop.wire.times import milliseconds


@dataclass(frozen=True, slots=True)
class Claims:
    """What a token says.

    An id token has ``user_id`` (part of every path) and ``numbers`` (those assigned to the user, in
    Kandy's order); an access token may leave both empty. Times in seconds since the epoch.
    """

    user_id: str
    numbers: tuple[Address, ...]
    issued_at_s: int | None
    expires_at_s: int | None


def claims(jwt: str) -> Claims:
    """Reads a JSON Web Token. Raises ``UnreadableToken``."""
    payload = _payload(jwt)
    return Claims(
        user_id=word(payload, "preferred_username"),
        numbers=_numbers(payload.get("sms-did-list")),
        issued_at_s=_seconds(payload.get("iat")),
        expires_at_s=_seconds(payload.get("exp")),
    )


def _payload(jwt: str) -> Fields:
    parts = jwt.strip().split(".")
    if len(parts) != 3:
        raise UnreadableToken("Kandy's token is not a JSON Web Token.")
    try:
        padded = parts[1].encode("ascii") + b"=" * (-len(parts[1]) % 4)
        value = json_text.load(base64.urlsafe_b64decode(padded))
    except ValueError:  # Not ASCII, not Base64 or not JSON.
        raise UnreadableToken("The claims of Kandy's token are not readable.") from None
    if not isinstance(value, dict):
        raise UnreadableToken("The claims of Kandy's token are not an object.")
    return value


def _numbers(listed: object) -> tuple[Address, ...]:
    """The documented form is one text with commas; a JSON list is understood as well."""
    items = listed if isinstance(listed, list) else [listed]
    found = [address(part) for item in items for part in (text_of(item) or "").split(",")]
    return tuple(dict.fromkeys(number for number in found if number))


def _seconds(value: object) -> int | None:
    at_ms = milliseconds(value)
    return None if at_ms is None else at_ms // 1000
