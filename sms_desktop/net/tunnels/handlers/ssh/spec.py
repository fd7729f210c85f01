"""Which server, how to log in, and which public URL leads to it: read from a tunnel's name and back.

``ssh:me@vps.example.com:22?remote_port=8080&url=https://sms.example.com&key=~/.ssh/id_ed25519``
"""

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from sms_desktop.net.base_url import checked_base_url, is_loopback_url
from sms_desktop.net.errors import BadBaseUrl, TunnelNotAllowed

PREFIX: Final = "ssh:"
_PORT: Final = "{port}"
_HOST: Final = re.compile(r"^[A-Za-z0-9_.:\-]+$")
_USER: Final = re.compile(r"^[A-Za-z0-9_.@\-]+$")
_KNOWN: Final = {"remote_port", "url", "key"}
_PLAIN: Final = "/:~."

_FORM: Final = (
    "An ssh tunnel is written "
    "ssh:user@host:22?remote_port=8080&url=https://sms.example.com. {wrong}"
)


@dataclass(frozen=True, slots=True)
class SshSpec:
    """``remote_port`` is opened on the server (0: it chooses), and ``url`` leads the world to it.

    ``url`` may hold ``{port}``. ``key`` is a file; empty: the agent, and the usual files. With
    ``announces``, the server itself says the URL once the forward is open.
    """

    host: str
    user: str
    port: int = 22
    remote_port: int = 8080
    url: str = ""
    key: str = ""
    announces: bool = False

    @property
    def name(self) -> str:
        """The tunnel's name, from which ``read_spec`` makes the same again."""
        if self.announces:
            return self.host
        options = f"remote_port={self.remote_port}&url={quote(self.url, safe=_PLAIN + '{}')}"
        key = f"&key={quote(self.key, safe=_PLAIN)}" if self.key else ""
        return f"{PREFIX}{self.who}?{options}{key}"

    @property
    def who(self) -> str:
        """User, host and port; what the secret is kept under, too."""
        return f"{self.user}@{self.where}"

    @property
    def where(self) -> str:
        """Host and port."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}"

    def url_for(self, remote_port: int) -> str:
        """The public URL for the port that the server opened."""
        return self.url.replace(_PORT, str(remote_port))


LOCALHOST_RUN: Final = SshSpec("localhost.run", "nokey", remote_port=80, announces=True)
"""A public service: any key or none will do, and the address changes now and then."""


def read_spec(name: str) -> SshSpec:
    """The parts of a name that begins with ``ssh:``; raises ``TunnelNotAllowed``, saying what is wrong."""
    try:
        parts = urlsplit("ssh://" + name.removeprefix(PREFIX).removeprefix("//"))
        host, user, port = parts.hostname or "", unquote(parts.username or ""), parts.port or 22
    except ValueError:
        raise _wrong("The address of the server cannot be read.") from None
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    _check(host, user, parts.password, options)
    return SshSpec(
        host,
        user,
        port,
        _port(options.get("remote_port", "8080")),
        _public_url(options.get("url", "")),
        options.get("key", ""),
    )


def _check(host: str, user: str, password: str | None, options: dict[str, str]) -> None:
    if not _HOST.match(host):
        raise _wrong("The name of the server is missing or cannot be.")
    if not _USER.match(user):
        raise _wrong("The name to log in with is missing or cannot be.")
    if password is not None:
        raise _wrong("A password does not belong there; it goes into the keyring.")
    if strange := sorted(set(options) - _KNOWN):
        raise _wrong(f"There is no option “{strange[0]}”.")


def _port(text: str) -> int:
    if text.isdecimal() and len(text) < 6 and int(text) < 65536:
        return int(text)
    raise _wrong("remote_port must be a port on the server, from 1 to 65535, or 0.")


def _public_url(raw: str) -> str:
    """Checked with a port in the place of ``{port}``, and kept as it was given."""
    try:
        url = checked_base_url(raw.replace(_PORT, "65535"))
    except BadBaseUrl:
        raise _wrong("url must be the public https address that leads to remote_port.") from None
    if not url.startswith("https://") or is_loopback_url(url):
        raise _wrong("url must be the public https address that leads to remote_port.")
    return url.replace("65535", _PORT) if _PORT in raw else url


def _wrong(what: str) -> TunnelNotAllowed:
    return TunnelNotAllowed(_FORM.format(wrong=what))
