"""Makes text from outside safe to store: every string that leaves this ring has been through here."""

import re
from typing import Final

_UNSTORABLE: Final = re.compile("[\x00\ud800-\udfff]")


def storable(raw: str) -> str:
    """The text with NULs and lone surrogates shown as U+FFFD; always encodable as UTF-8.

    JSON may spell half of a surrogate pair (``"\\ud800"``), which no UTF-8 file or database takes,
    and a NUL ends a text early in SQLite and in C.
    """
    if raw.isascii() and "\0" not in raw:
        return raw
    return _UNSTORABLE.sub("\ufffd", raw)
