"""cloudflared's quick tunnel: no account; the address is another one after each start."""

import os
import re
from collections.abc import Sequence
from typing import Final

from sms_desktop.net.tunnels import errors
from sms_desktop.net.tunnels.handlers.program_tunnel import LineReader, Output, ProgramLine

_URL: Final = re.compile(r"https://(?!api\.)[a-z0-9-]+\.trycloudflare\.com")
_CONNECTED: Final = "Registered tunnel connection"
_LOST: Final = ("Lost connection with the edge", "Connection terminated", "Retrying connection in")
_OFFLINE: Final = ("failed to request quick Tunnel", "no such host", "i/o timeout")
_LIMITED: Final = ("429 Too Many Requests", "error code: 1015")


class CloudflaredTunnel(ProgramLine):
    """One process for each opening; it looks after its connections by itself."""

    name: Final = "cloudflared"
    program = "cloudflared"
    steps: Final = (
        (
            "Install cloudflared from https://developers.cloudflare.com/cloudflare-one/connections/"
            "connect-networks/downloads/ (macOS: brew install cloudflared; Windows: winget install "
            "Cloudflare.cloudflared)."
        ),
        (
            "That is all: no account is needed. The address changes with each start; the program tells "
            "Kandy each time."
        ),
    )

    def arguments(self, local_port: int) -> Sequence[str]:
        """Without the person's own configuration file, with which quick tunnels do not work."""
        url = f"http://127.0.0.1:{local_port}"
        return ("tunnel", "--config", os.devnull, "--no-autoupdate", "--url", url)

    def reader(self, output: Output) -> LineReader:
        """Reads its log."""
        return _CloudflaredLog(self.program, output)


class _CloudflaredLog(LineReader):
    """The address comes first, and works once the first of four connections is registered."""

    def __init__(self, program: str, output: Output) -> None:
        super().__init__(program, output)
        self._url = ""
        self._connections: set[str] = set()
        self._trouble: type[errors.ServiceUnreachable] | type[errors.LimitReached] | None = None

    def read(self, line: str) -> None:
        """One line of the log."""
        if found := _URL.search(line):
            self._url = found[0]
        if any(sign in line for sign in _LIMITED):
            self._trouble = errors.LimitReached
        elif any(sign in line for sign in _OFFLINE):
            self._trouble = self._trouble or errors.ServiceUnreachable
        self._count(line)

    def ended(self, exit_code: int) -> None:
        """With the reason that the log gave, where it gave one."""
        if self._trouble is None:
            super().ended(exit_code)
        else:
            self.output.failed(self._trouble(self.program), is_over=True)

    def _count(self, line: str) -> None:
        if _CONNECTED in line:
            self._connections.add(_index(line))
            self._trouble = None
            if self._url:
                self.output.up(self._url)
        elif any(sign in line for sign in _LOST):
            self._connections.discard(_index(line))
            if not self._connections:
                self.output.failed(errors.LineLost(self.program), is_over=False)


def _index(line: str) -> str:
    found = re.search(r"connIndex=(\d+)", line)
    return found[1] if found else "0"
