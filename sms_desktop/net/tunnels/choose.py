"""From the name in the settings to a tunnel. Refuses what cannot work or would not be safe."""

import re
from collections.abc import Callable
from typing import Final

from sms_desktop.net.base_url import checked_base_url, is_loopback_url
from sms_desktop.net.errors import BadBaseUrl, TunnelNotAllowed, UnknownTunnel
from sms_desktop.net.tunnels.dependencies import TunnelDependencies
from sms_desktop.net.tunnels.handlers.cloudflared import CloudflaredTunnel
from sms_desktop.net.tunnels.handlers.loopback import LoopbackTunnel
from sms_desktop.net.tunnels.handlers.ngrok import NGROK, NgrokTunnel
from sms_desktop.net.tunnels.handlers.own import OwnTunnel
from sms_desktop.net.tunnels.handlers.pinggy import PINGGY, PinggyTunnel
from sms_desktop.net.tunnels.handlers.ssh.spec import LOCALHOST_RUN, read_spec
from sms_desktop.net.tunnels.handlers.ssh.tunnel import SshTunnel
from sms_desktop.net.tunnels.handlers.tailscale import TailscaleTunnel
from sms_desktop.net.tunnels.models import Tunnel

PREFERENCE: Final = (
    "ngrok",
    "tailscale",
    "ssh",
    "own",
    "cloudflared",
    "pinggy",
    "localhost.run",
    "loopback",
)
"""Best first: an address that stays, then what is easy, then what stays up longest.

ngrok keeps its address and needs nothing but a token. tailscale, ssh and own keep it too, for those
who have one. The rest change theirs, and each change is a new channel at Kandy.
"""

_DOMAIN: Final = re.compile(r"^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$")

_SAYS_MORE: Final = {"ngrok", "ssh", "own"}
"""Kinds whose name may, or must, be followed by a colon and more."""


def choose(name: str, base_url: str, means: TunnelDependencies | None = None) -> Tunnel:
    """The tunnel called ``name`` for an account at ``base_url`` (checked).

    Without ``means`` the tunnel can be looked at, and opened where it needs no secret. Raises
    ``UnknownTunnel`` or ``TunnelNotAllowed``, each with a sentence.
    """
    wanted = name.strip()
    kind, colon, rest = wanted.partition(":")
    if kind not in _MAKERS or (colon and kind not in _SAYS_MORE) or (kind == "own" and not colon):
        raise UnknownTunnel(_unknown(wanted))
    return _MAKERS[kind](rest.strip(), base_url, means or TunnelDependencies())


def secret_name(tunnel: str) -> str:
    """Under which name a tunnel's secret is asked for; empty for a tunnel that has none.

    Raises ``TunnelNotAllowed`` where the name cannot be read.
    """
    kind = tunnel.strip().partition(":")[0]
    if kind == "ssh":
        return read_spec(tunnel.strip()).who
    return kind if kind in (NGROK, PINGGY) else ""


def server_of(tunnel: str) -> str:
    """Host and port of the SSH server that a tunnel logs in to; empty for any other tunnel."""
    wanted = tunnel.strip()
    if wanted == LOCALHOST_RUN.name:
        return LOCALHOST_RUN.where
    return read_spec(wanted).where if wanted.startswith("ssh:") else ""


def _unknown(name: str) -> str:
    return (
        f"There is no tunnel called “{name}”. Known: websocket (no tunnel at all), ngrok or "
        "ngrok:your-domain.ngrok-free.app, tailscale, ssh:user@host:22?remote_port=8080&url=https://…, "
        "own: followed by your public https address, cloudflared, pinggy, localhost.run, and "
        "loopback for a Kandy server on this computer."
    )


def _loopback(_rest: str, base_url: str, _means: TunnelDependencies) -> Tunnel:
    if not is_loopback_url(base_url):
        raise TunnelNotAllowed(
            "The tunnel “loopback” works only when Kandy's server runs on this computer. "
            "Kandy on the internet needs a public address to send to."
        )
    return LoopbackTunnel()


def _own(raw_url: str, base_url: str, _means: TunnelDependencies) -> Tunnel:
    try:
        url = checked_base_url(raw_url)
    except BadBaseUrl as problem:
        raise TunnelNotAllowed(
            "The address after own: must be a public https URL such as https://sms.example.com."
        ) from problem
    if is_loopback_url(url) and not is_loopback_url(base_url):
        raise TunnelNotAllowed(
            "Kandy cannot reach an address of this computer itself; give a public https address."
        )
    return OwnTunnel(url)


def _ngrok(raw_domain: str, _base_url: str, means: TunnelDependencies) -> Tunnel:
    domain = raw_domain.lower().removeprefix("https://").rstrip("/")
    if domain and not _DOMAIN.match(domain):
        raise TunnelNotAllowed(
            "The ngrok domain must look like your-name.ngrok-free.app, as your ngrok page shows it."
        )
    return NgrokTunnel(domain, means.read_secret)


_MAKERS: Final[dict[str, Callable[[str, str, TunnelDependencies], Tunnel]]] = {
    "ngrok": _ngrok,
    "tailscale": lambda _rest, _base_url, _means: TailscaleTunnel(),
    "ssh": lambda rest, _base_url, means: SshTunnel(read_spec(rest), means),
    "own": _own,
    "cloudflared": lambda _rest, _base_url, _means: CloudflaredTunnel(),
    "pinggy": lambda _rest, _base_url, means: PinggyTunnel(means.read_secret),
    "localhost.run": lambda _rest, _base_url, means: SshTunnel(LOCALHOST_RUN, means),
    "loopback": _loopback,
}
