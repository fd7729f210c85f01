"""From the name in the settings to a tunnel. Refuses what cannot work or would not be safe."""

from typing import Final

from sms_desktop.net.base_url import checked_base_url, is_loopback_url
from sms_desktop.net.errors import BadBaseUrl, TunnelNotAllowed, UnknownTunnel
from sms_desktop.net.tunnels.handlers.loopback import LoopbackTunnel
from sms_desktop.net.tunnels.handlers.own import OwnTunnel
from sms_desktop.net.tunnels.models import Tunnel

_OWN: Final = "own:"


def choose(name: str, base_url: str) -> Tunnel:
    """The tunnel called ``name`` for an account at ``base_url`` (checked).

    Names: ``loopback``, and ``own:`` followed by a public https URL.
    Raises ``UnknownTunnel`` or ``TunnelNotAllowed``, each with a sentence.
    """
    wanted = name.strip()
    if wanted == LoopbackTunnel.name:
        return _loopback(base_url)
    if wanted.startswith(_OWN):
        return _own(wanted.removeprefix(_OWN), base_url)
    raise UnknownTunnel(
        f"There is no tunnel called “{wanted}”. Known: loopback, and own: followed by your "
        "public https address."
    )


def _loopback(base_url: str) -> Tunnel:
    if not is_loopback_url(base_url):
        raise TunnelNotAllowed(
            "The tunnel “loopback” works only when Kandy's server runs on this computer. "
            "Kandy on the internet needs a public address to send to."
        )
    return LoopbackTunnel()


def _own(raw_url: str, base_url: str) -> Tunnel:
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
