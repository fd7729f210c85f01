"""The address of an account's Kandy server: checked once, then trusted. No I/O."""

import ipaddress
import re
from typing import Final
from urllib.parse import SplitResult, urlsplit

from sms_desktop.net.errors import BadBaseUrl

_SCHEME: Final = re.compile(r"^([a-z][a-z0-9+.\-]*)://", re.IGNORECASE)
_LABEL: Final = re.compile(r"^(?!-)[A-Za-z0-9_-]{1,63}(?<!-)$")
_LIKE_IPV4: Final = re.compile(r"^[0-9.]+$")


def checked_base_url(raw: str) -> str:
    """The base URL in the one form that is stored: scheme, host in ASCII, port, no slash at the end.

    What people paste is forgiven: blanks, a missing ``https://``, a path from ``/cpaas`` on. Plain
    http is for loopback hosts only, because the secret travels over it. Raises ``BadBaseUrl``.
    """
    text = raw.strip()
    if not text:
        raise BadBaseUrl("The base URL is empty. It looks like https://oauth-cpaas.example.com.")
    if any(c.isspace() or ord(c) < 0x20 or ord(c) == 0x7F for c in text):
        raise BadBaseUrl("The base URL has a blank in the middle.")
    if not _SCHEME.match(text):
        text = "https://" + text
    parts = _split(text)
    host = _ascii_host(parts)
    if parts.scheme == "http" and not is_loopback_host(host):
        raise BadBaseUrl(
            "The base URL must begin with https://, because your secret is sent to it."
        )
    path = re.sub(r"/cpaas(/.*)?$", "", parts.path).rstrip("/")
    shown = f"[{host}]" if ":" in host else host
    port = "" if parts.port in (None, _default_port(parts.scheme)) else f":{parts.port}"
    return f"{parts.scheme}://{shown}{port}{path}"


def is_loopback_host(host: str) -> bool:
    """Whether a host name or address means this computer: ``localhost``, ``127.…`` or ``::1``."""
    if host.lower().rstrip(".") == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def is_loopback_url(url: str) -> bool:
    """Whether a checked URL points to this computer."""
    return is_loopback_host(urlsplit(url).hostname or "")


def _default_port(scheme: str) -> int:
    return 443 if scheme == "https" else 80


def _split(text: str) -> SplitResult:
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as problem:
        raise BadBaseUrl("The base URL has a host or port that does not exist.") from problem
    if parts.scheme not in ("https", "http"):
        raise BadBaseUrl("The base URL must begin with https://.")
    if parts.username is not None or parts.password is not None:
        raise BadBaseUrl(
            "The base URL must hold no user name or password; they have fields of their own."
        )
    if parts.query or parts.fragment or "?" in text or "#" in text:
        raise BadBaseUrl(
            "The base URL must end with the host name: leave out everything after ? or #."
        )
    if port == 0:
        raise BadBaseUrl("The base URL has a host or port that does not exist.")
    return parts


def _ascii_host(parts: SplitResult) -> str:
    host = parts.hostname or ""
    if not host:
        raise BadBaseUrl("The base URL has no host name.")
    if ":" in host or _LIKE_IPV4.match(host):
        try:
            return str(ipaddress.ip_address(host))
        except ValueError as problem:
            raise BadBaseUrl("The base URL has a host or port that does not exist.") from problem
    return host if host.isascii() and _is_name(host) else _international(host)


def _is_name(host: str) -> bool:
    labels = host.removesuffix(".").split(".")
    return len(host) <= 253 and all(_LABEL.match(label) for label in labels)


def _international(host: str) -> str:
    # Imported here: its tables cost time, and hardly any host needs them.
    import idna

    try:
        ascii_host = idna.encode(host, uts46=True).decode("ascii")
    except idna.IDNAError as problem:
        raise BadBaseUrl("The base URL has a host name that cannot exist.") from problem
    if not _is_name(ascii_host):
        raise BadBaseUrl("The base URL has a host name that cannot exist.")
    return ascii_host
