"""Where the links in a text are. No painting, no opening."""

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from sms_desktop.ui.models.texts import utf16_offset

if TYPE_CHECKING:
    from linkify_it import LinkifyIt


class Link(NamedTuple):
    """A link's place, as Qt counts, and where it leads."""

    start: int
    end: int
    url: str


@lru_cache(maxsize=1024)
def links_in(text: str) -> tuple[Link, ...]:
    """Web and mail addresses in rising order; other schemes are left as text."""
    # Nearly every text has neither, and then the scanner need not even be loaded.
    if "." not in text and "://" not in text and "@" not in text:
        return ()
    found = _scanner().match(text) or []
    return tuple(
        Link(utf16_offset(text, one.index), utf16_offset(text, one.last_index), one.url)
        for one in found
        if one.url.lower().startswith(("http://", "https://", "mailto:"))
    )


@lru_cache(maxsize=1)
def _scanner() -> "LinkifyIt":
    from linkify_it import LinkifyIt

    return LinkifyIt()
