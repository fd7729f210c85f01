"""What tunnels need from the rest of the program: secrets, a place for host keys, and the person."""

import os
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from sms_desktop.domain.tunnels import NewHostKey

__all__ = [
    "AskHostKey",
    "NewHostKey",
    "ReadSecret",
    "TunnelDependencies",
    "no_secrets",
    "nobody_to_ask",
]

ReadSecret = Callable[[str], Awaitable[str]]
"""The secret of the tunnel's own that a name stands for; empty where there is none."""


class AskHostKey(Protocol):
    """Asks the person whether a new server's key is the right one."""

    async def __call__(self, new: NewHostKey, /) -> bool:
        """True where the person has compared the fingerprint and accepts it."""
        ...


async def nobody_to_ask(_new: NewHostKey) -> bool:
    """Nobody looks at the moment, so nothing is accepted."""
    return False


async def no_secrets(_name: str) -> str:
    """No secret at all."""
    return ""


@dataclass(frozen=True, slots=True)
class TunnelDependencies:
    """``known_hosts`` is the file of accepted host keys; its folder exists."""

    read_secret: ReadSecret = no_secrets
    known_hosts: Path = Path(os.devnull)
    ask_host_key: AskHostKey = nobody_to_ask
