"""The answer to a sign-in."""

import re
from dataclasses import dataclass, field
from typing import Final

from sms_desktop.wire.answers.reading import answer
from sms_desktop.wire.errors import UnreadableAnswer
from sms_desktop.wire.fields import count, word

_TOKEN: Final = re.compile(r"[A-Za-z0-9._~+/=-]+")
"""What a bearer token may consist of; anything else could break the header it is sent in."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a session. ``id_token`` is empty where the answer repeats none."""

    access_token: str = field(repr=False)
    id_token: str = field(repr=False)
    refresh_token: str | None = field(repr=False)
    expires_in_s: int | None


def tokens(body: bytes) -> Tokens:
    """Reads the answer to a sign-in. Raises ``UnreadableAnswer`` without a usable access token."""
    found = answer(body)
    access_token = _token(word(found, "access_token"))
    if not access_token:
        raise UnreadableAnswer("Kandy's answer to the sign-in holds no access token.")
    return Tokens(
        access_token=access_token,
        id_token=_token(word(found, "id_token")),
        refresh_token=_token(word(found, "refresh_token")) or None,
        expires_in_s=count(found, "expires_in"),
    )


def _token(raw: str) -> str:
    return raw if _TOKEN.fullmatch(raw) else ""
