"""Tailscale Funnel: this computer's own name in the person's tailnet, open to the internet."""

import re
from collections.abc import Sequence
from typing import Final

from sms_desktop.net.tunnels import errors
from sms_desktop.net.tunnels.handlers.program_tunnel import LineReader, Output, ProgramLine

_URL: Final = re.compile(r"https://[A-Za-z0-9-]+\.[A-Za-z0-9.-]+\.ts\.net(?::\d+)?")
_PUBLIC: Final = "Available on the internet"
_TO_DO: Final = {
    "Logged out": "Tailscale is logged out. Run “tailscale up” in a terminal, and log in.",
    "NeedsLogin": "Tailscale is logged out. Run “tailscale up” in a terminal, and log in.",
    "Tailscale is stopped": "Tailscale is switched off. Switch it on, or run “tailscale up”.",
    "failed to connect to local": "Tailscale is installed, and its service does not run. Start Tailscale.",
    "Funnel is not enabled": "Funnel is not enabled in your tailnet. Run “tailscale funnel 8080” in a "
    "terminal once and open the address that it shows.",
    "Funnel not available": "Funnel is not enabled for this computer. An admin of your tailnet can "
    "allow it under Access controls.",
    "Access denied": "Tailscale lets only administrators do this. Run “sudo tailscale set "
    "--operator=$USER” in a terminal once.",
    "HTTPS is not enabled": "Your tailnet has no HTTPS certificates. Switch them on at "
    "https://login.tailscale.com/admin/dns.",
    "foreground listener already exists": "Another program uses Tailscale Funnel on this computer.",
}
"""What it says when something has to be done first, and what that is."""


class TailscaleTunnel(ProgramLine):
    """``tailscale funnel`` in the foreground: it ends with its process, and keeps its address."""

    name: Final = "tailscale"
    program = "tailscale"
    steps: Final = (
        "Install Tailscale from https://tailscale.com/download, and log in.",
        (
            "Run “tailscale funnel 8080” in a terminal once and open the address that it shows: there you "
            "allow Funnel. End it with Ctrl+C."
        ),
        "Linux only: run “sudo tailscale set --operator=$USER” once, so that this program may use it.",
    )

    def arguments(self, local_port: int) -> Sequence[str]:
        """In the foreground, so that nothing of it outlives us."""
        return ("funnel", "--yes", str(local_port))

    def reader(self, output: Output) -> LineReader:
        """Reads its output."""
        return _TailscaleOutput(self.program, output)


class _TailscaleOutput(LineReader):
    """The address follows the line that says it is public; other addresses are for doing something."""

    def __init__(self, program: str, output: Output) -> None:
        super().__init__(program, output)
        self._is_public = False

    def read(self, line: str) -> None:
        """One line."""
        self._is_public = self._is_public or _PUBLIC in line
        for sign, what in _TO_DO.items():
            if sign in line:
                self.output.failed(errors.NotSetUp(what), is_over=True)
                return
        found = _URL.search(line)
        if found and self._is_public:
            self.output.up(found[0])
