"""How notifications can reach this computer, as it is offered to people; pure values."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl, quote

OWN: Final = "own:"
SSH: Final = "ssh"
SECRET: Final = "secret"  # noqa: S105 - the name of a field


@dataclass(frozen=True, slots=True)
class WayField:
    """A line that a way needs; ``missing`` is the complaint where it must not be empty."""

    key: str
    label: str
    example: str = ""
    missing: str = ""
    initial: str = ""


@dataclass(frozen=True, slots=True)
class WayIn:
    """``name`` as accounts keep it, before any colon; words and a hint for people.

    ``needs_more``: shown only after “More ways”. ``sample`` is a tunnel of this kind to explain.
    """

    name: str
    words: str
    hint: str
    fields: tuple[WayField, ...] = ()
    needs_more: bool = False
    sample: str = ""


_WEBSOCKET: Final = WayIn(
    "websocket",
    "Kandy's websocket",
    "Recommended: nothing to set up. This computer keeps a connection to Kandy open, and messages "
    "come through it.",
)
_NGROK: Final = WayIn(
    "ngrok",
    "ngrok",
    "The best tunnel: free, and its address stays the same, so that Kandy always finds this computer.",
    (
        WayField(SECRET, "Token", "from your ngrok page"),
        WayField("domain", "Domain (recommended)", "your-name.ngrok-free.app"),
    ),
    sample="ngrok",
)
_OWN: Final = WayIn(
    OWN,
    "My own public address",
    "For a reverse proxy: Kandy calls your address, and your server passes the calls on to this "
    "computer.",
    (
        WayField(
            "url",
            "Your public address",
            "https://sms.example.com/inbound",
            "Your public address is missing. It looks like https://sms.example.com/inbound.",
        ),
    ),
    sample="own:https://sms.example.com",
)
_TAILSCALE: Final = WayIn(
    "tailscale",
    "Tailscale Funnel",
    "For those who use Tailscale: this computer's own name in your tailnet, open to Kandy.",
    needs_more=True,
    sample="tailscale",
)
_SSH: Final = WayIn(
    SSH,
    "A server of mine, over SSH",
    "Your server listens on one of its ports and passes everything on to this computer.",
    (
        WayField("server", "Server", "me@vps.example.com:22", "The server is missing."),
        WayField("remote_port", "Port on the server", "8080", "The port is missing.", "8080"),
        WayField(
            "url",
            "Public address that leads to this port",
            "https://sms.example.com",
            "The public address is missing. It looks like https://sms.example.com.",
        ),
        WayField("key", "File with your SSH key", "empty: the agent, and the usual files"),
        WayField(SECRET, "Password, or passphrase of the key", "only where one is needed"),
    ),
    needs_more=True,
    sample="ssh:me@your-server?url=https://sms.example.com",
)
_CLOUDFLARED: Final = WayIn(
    "cloudflared",
    "Cloudflare quick tunnel",
    "Needs no account, but a program of Cloudflare's; its address changes with every start.",
    needs_more=True,
    sample="cloudflared",
)
_PINGGY: Final = WayIn(
    "pinggy",
    "pinggy",
    "Needs nothing at all; without an account its address changes every hour.",
    (WayField(SECRET, "Token", "not needed"),),
    needs_more=True,
    sample="pinggy",
)
_LOCALHOST_RUN: Final = WayIn(
    "localhost.run",
    "localhost.run",
    "Needs nothing at all; its address changes now and then.",
    needs_more=True,
    sample="localhost.run",
)
_LOOPBACK: Final = WayIn(
    "loopback",
    "This computer only",
    "For a Kandy simulator on this computer. Nothing from outside can arrive.",
)
_PUBLIC: Final = (
    _WEBSOCKET,
    _NGROK,
    _OWN,
    _TAILSCALE,
    _SSH,
    _CLOUDFLARED,
    _PINGGY,
    _LOCALHOST_RUN,
)


def ways_in(loopback: bool) -> tuple[WayIn, ...]:
    """What can be chosen; the simulator's way only for a base URL on this computer."""
    return (_LOOPBACK, *_PUBLIC) if loopback else _PUBLIC


def words_of(tunnel: str) -> str:
    """What a stored tunnel name means; unknown ones are named as they are."""
    if tunnel.startswith(OWN):
        return f"messages arrive through {tunnel.removeprefix(OWN)}"
    if tunnel.startswith("ssh:"):
        return f"messages arrive through {_values_of_ssh(tunnel)['server']}"
    known = {
        _WEBSOCKET.name: "messages arrive over Kandy's websocket",
        _LOOPBACK.name: "messages arrive on this computer only",
    }
    return known.get(tunnel, f"messages arrive through {tunnel}")


def tunnel_of(way: str, values: Mapping[str, str]) -> str:
    """The name that accounts keep, from a way and what was typed for it."""
    if way == OWN:
        return OWN + values["url"]
    if way == "ngrok":
        return f"ngrok:{values['domain']}" if values["domain"] else "ngrok"
    if way == SSH:
        options = [f"{key}={quote(values[key], safe='/:~.{}')}" for key in ("remote_port", "url")]
        if values["key"]:
            options.append(f"key={quote(values['key'], safe='/:~.')}")
        return f"ssh:{values['server']}?{'&'.join(options)}"
    return way


def values_of(tunnel: str) -> tuple[str, dict[str, str]]:
    """The way of a stored name, and what is typed for it; the other way round of ``tunnel_of``."""
    kind, _, rest = tunnel.partition(":")
    if kind == "own":
        return OWN, {"url": rest}
    if kind == "ngrok":
        return kind, {"domain": rest}
    if kind == SSH:
        return SSH, _values_of_ssh(tunnel)
    return tunnel, {}


def _values_of_ssh(tunnel: str) -> dict[str, str]:
    server, _, options = tunnel.removeprefix("ssh:").partition("?")
    return {
        "remote_port": "8080",
        "url": "",
        "key": "",
        **dict(parse_qsl(options)),
        "server": server,
    }
