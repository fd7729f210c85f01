"""What a person can ask for about tunnels: what one needs, its secret, and whether it works.

Implements the windows' ``TunnelCommands``. The network's libraries are imported when asked for.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from sms_desktop.domain.errors import SmsDesktopError
from sms_desktop.domain.tunnels import AboutTunnel, NewHostKey
from sms_desktop.sync.ways.shared_tunnels import SharedTunnels
from sms_desktop.vault.keys import tunnel_secret
from sms_desktop.vault.models import Vault

if TYPE_CHECKING:
    from pathlib import Path

    from sms_desktop.net.listener import WebhookListener

Ask = Callable[[NewHostKey], Awaitable[bool]]
"""Shows the person a new server's key; true where it is accepted."""


class HostKeyQuestion:
    """Asks whoever has said to be there about new servers' keys; nobody there, nothing accepted."""

    def __init__(self) -> None:
        self.person: Ask | None = None

    async def __call__(self, new: NewHostKey, /) -> bool:
        """Whether the key is right."""
        return self.person is not None and await self.person(new)


class TunnelCommands:
    """``listener`` gives the one that notifications come to; ``agent`` names us to servers."""

    def __init__(
        self,
        tunnels: SharedTunnels,
        vault: Vault,
        listener: "Callable[[], WebhookListener]",
        host_key_question: HostKeyQuestion,
        known_hosts: "Path",
        agent: str,
    ) -> None:
        self._tunnels = tunnels
        self._vault = vault
        self._listener = listener
        self._host_key_question = host_key_question
        self._known_hosts = known_hosts
        self._agent = agent

    def about(self, tunnel: str, base_url: str) -> AboutTunnel:
        """What a tunnel needs; raises ``SmsDesktopError`` where its name cannot be."""
        from sms_desktop.net.tunnels.choose import choose

        found = choose(tunnel, base_url)
        return AboutTunnel(found.steps, found.is_available().reason)

    async def has_secret(self, tunnel: str) -> bool:
        """Whether the vault holds the tunnel's token or password."""
        return bool(await self.read_secret(_secret_name(tunnel)))

    async def read_secret(self, name: str) -> str:
        """The secret of a service or server; empty where there is none."""
        if not name:
            return ""
        return await asyncio.to_thread(self._vault.get, tunnel_secret(name)) or ""

    async def keep_secret(self, tunnel: str, secret: str) -> None:
        """Keep the tunnel's token or password; raises a vault's error."""
        if name := _secret_name(tunnel):
            await asyncio.to_thread(self._vault.set, tunnel_secret(name), secret.strip())

    async def check(self, tunnel: str, base_url: str, ask: Ask) -> str:
        """Open it, send something round, and close it; gives the public URL.

        Raises ``SmsDesktopError`` with the reason. ``ask`` is asked about a new server's key.
        """
        from sms_desktop.net.tunnels.probe import probe

        share = self._tunnels.share(tunnel, base_url)
        listener = self._listener()
        self._host_key_question.person = ask
        try:
            url = await share.open(await listener.start())
            await probe(listener, url, self._agent)
        finally:
            self._host_key_question.person = None
            await share.close()
        return url

    async def forget_host_key(self, tunnel: str) -> bool:
        """Ask about the server's key again; false where none was accepted."""
        from sms_desktop.net.tunnels.choose import server_of
        from sms_desktop.net.tunnels.handlers.ssh.host_keys import HostKeys

        where = server_of(tunnel)
        return bool(where) and await asyncio.to_thread(HostKeys(self._known_hosts).forget, where)


def _secret_name(tunnel: str) -> str:
    from sms_desktop.net.tunnels.choose import secret_name

    try:
        return secret_name(tunnel)
    except SmsDesktopError:
        return ""
