"""A second line of defence for logs: takes out what looks like a number, a token or a password.

The first is that nobody logs them. What is taken out here by mistake (an id, a time in seconds)
costs little.
"""

import re
from typing import Final

_RULES: Final = (
    # JSON Web Tokens begin with the Base64 of '{"'.
    (re.compile(r"\beyJ[\w-]{4,}(?:\.[\w-]*){0,4}"), "<token>"),
    (re.compile(r"\b(bearer|basic)\s+[\w.~+/=-]+", re.IGNORECASE), r"\1 <token>"),
    (
        re.compile(
            r"""\b(access_token|refresh_token|id_token|token|client_secret|secret|password|passphrase)
            (["']?\s*[=:]\s*)(?:"[^"]*"|'[^']*'|[^\s"'&,;}]+)""",
            re.IGNORECASE | re.VERBOSE,
        ),
        r"\1\2<secret>",
    ),
    # The paths that webhooks are called by.
    (re.compile(r"(?<=/)[A-Za-z0-9_-]{43}(?![\w-])"), "<path>"),
    # With a plus, in any spelling; the plus of a URL may be encoded.
    (re.compile(r"(?:\+|%2B)[\s(]{0,2}\d(?:[\s().-]{0,2}\d){6,14}", re.IGNORECASE), "<number>"),
    # Without one: digits that stand alone, or grouped as in North America.
    (re.compile(r"(?<![\w.-])\d{10,15}(?![\w-])"), "<number>"),
    (
        re.compile(r"(?<![\w.-])(?:1[ .-]?)?\(?\d{3}\)?[ .-]?\d{3}[ .-]?\d{4}(?![\w-])"),
        "<number>",
    ),
    # The same after tel:, sip: and sms:, where fewer digits make a number too.
    (re.compile(r"\b(tel|sips?|sms):\+?[\d().-]{3,}", re.IGNORECASE), r"\1:<number>"),
)


def redacted(text: str) -> str:
    """The text without what looks secret; the same text again when called twice."""
    for pattern, instead in _RULES:
        text = pattern.sub(instead, text)
    return text
