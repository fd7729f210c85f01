"""How notifications can reach this computer, as the sign-in form offers it; pure values."""

from dataclasses import dataclass
from ipaddress import ip_address
from typing import Final
from urllib.parse import urlsplit

OWN: Final = "own:"


@dataclass(frozen=True, slots=True)
class WayIn:
    """``name`` as accounts keep it (``own:`` is completed by a URL); words and a hint for people."""

    name: str
    words: str
    hint: str


_WEBSOCKET: Final = WayIn(
    "websocket",
    "Kandy websocket (no set-up)",
    "This computer keeps a connection to Kandy open, and messages come through it.",
)
_OWN: Final = WayIn(
    OWN,
    "My own public URL",
    "Kandy calls your address; your server or proxy passes the calls on to this program.",
)
_LOOPBACK: Final = WayIn(
    "loopback",
    "This computer only (simulator)",
    "For a Kandy simulator on this computer. Nothing from outside can arrive.",
)


def ways_in(loopback: bool) -> tuple[WayIn, ...]:
    """What can be chosen; the simulator's way only for a base URL on this computer."""
    return (_LOOPBACK, _WEBSOCKET, _OWN) if loopback else (_WEBSOCKET, _OWN)


def words_of(tunnel: str) -> str:
    """What a stored tunnel name means; unknown ones are named as they are."""
    if tunnel.startswith(OWN):
        return f"messages arrive through {tunnel.removeprefix(OWN)}"
    known = {
        _WEBSOCKET.name: "messages arrive over Kandy's websocket",
        _LOOPBACK.name: "messages arrive on this computer only",
    }
    return known.get(tunnel, f"messages arrive through {tunnel}")


def is_loopback(base_url: str) -> bool:
    """Whether a base URL, typed perhaps without scheme, means this computer."""
    host = _host(base_url)
    if host.lower() == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def problem_of_base_url(base_url: str) -> str:
    """Why a base URL cannot be used; empty when it may be. The network ring checks it in full."""
    text = base_url.strip()
    if not text:
        return "The base URL is missing. Kandy tells you yours; AT&T's is the one preset here."
    if not _host(text):
        return "This is not a web address. It looks like https://oauth-cpaas.att.com."
    if text.lower().startswith("http://") and not is_loopback(text):
        return "This address must begin with https://, because your secret is sent to it."
    return ""


def _host(base_url: str) -> str:
    text = base_url.strip()
    try:
        return urlsplit(text if "://" in text else f"https://{text}").hostname or ""
    except ValueError:
        return ""
