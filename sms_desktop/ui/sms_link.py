"""``sms:`` links (RFC 5724) from browsers and other programs: whom to text, and what."""

from dataclasses import dataclass
from urllib.parse import unquote

from sms_desktop.domain.recipient_list import split_recipients

_SCHEMES = ("sms:", "smsto:")


@dataclass(frozen=True, slots=True)
class SmsLink:
    """``destinations`` as they were written, and the text to begin with; both may be empty."""

    destinations: tuple[str, ...]
    body: str


def parse_link(link: str) -> SmsLink | None:
    """The parts of an ``sms:`` link; ``None`` for anything else.

    A literal ``+`` stays a plus, in the number and in the text, as the RFC says. Parameters of an
    address are dropped.
    """
    text = link.strip()
    scheme = next((s for s in _SCHEMES if text.lower().startswith(s)), None)
    if scheme is None:
        return None
    hierarchy, _, query = text[len(scheme) :].partition("?")
    destinations = split_recipients(unquote(hierarchy.strip("/")))
    body = ""
    for field in query.replace("&amp;", "&").split("&"):
        key, _, value = field.partition("=")
        if key.lower() == "body":
            body = unquote(value).replace("\r\n", "\n")
            break
    return SmsLink(destinations, body)
