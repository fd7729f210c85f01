"""What the windows can ask for about tunnels."""

from collections.abc import Awaitable, Callable
from typing import Protocol

from sms_desktop.domain.tunnels import AboutTunnel, NewHostKey


class TunnelCommands(Protocol):
    """What a tunnel needs, its secret, and trying it out; raises ``SmsDesktopError`` with a reason."""

    def about(self, tunnel: str, base_url: str) -> AboutTunnel:
        """Steps, and what is missing on this computer."""
        ...

    def has_secret(self, tunnel: str) -> Awaitable[bool]:
        """Whether the vault holds its token or password."""
        ...

    def keep_secret(self, tunnel: str, secret: str) -> Awaitable[None]:
        """Put its token or password into the vault."""
        ...

    def check(
        self, tunnel: str, base_url: str, ask: Callable[[NewHostKey], Awaitable[bool]]
    ) -> Awaitable[str]:
        """Open it, call it from outside, and close it; the public URL."""
        ...

    def forget_host_key(self, tunnel: str) -> Awaitable[bool]:
        """Ask about the server's key again."""
        ...
