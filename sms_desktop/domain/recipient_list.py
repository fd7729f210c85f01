"""Several destinations in one text, as they are pasted from a table, a mail or a link."""

import re
from typing import Final

_PARAMETER: Final = re.compile(r";\s*[\w-]+=[^,;\s]*")
_SEPARATORS: Final = re.compile(r"[,;\n\r\t\u2028\u2029]+")
_IN_BRACKETS: Final = re.compile(r"<([^<>]*)>")


def split_recipients(text: str) -> tuple[str, ...]:
    """The destinations of a list, as they were written and in their order; none of them is empty.

    Commas, semicolons, tabs and ends of lines separate. Parameters of an address (``;ext=5``, RFC
    3966) belong to it and are dropped; of ``Maria <+1613…>`` only the address is taken.
    """
    parts = _SEPARATORS.split(_PARAMETER.sub("", text))
    return tuple(found for part in parts if (found := _bare(part)))


def _bare(part: str) -> str:
    bracketed = _IN_BRACKETS.search(part)
    return (bracketed.group(1) if bracketed else part).strip()
