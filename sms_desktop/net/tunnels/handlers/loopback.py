"""No tunnel at all: Kandy's server runs on this computer, as in the demo and in tests."""

from typing import Final

from sms_desktop.net.tunnels.event_queue import EventQueue
from sms_desktop.net.tunnels.handlers.lifecycle import Line
from sms_desktop.net.tunnels.models import Calling


class LoopbackTunnel(Line):
    """The listener's own address. Only for base URLs on this computer; see ``choose``."""

    name: Final = "loopback"
    # Nothing is in between that could die without a word.
    calling = Calling(every_s=57.0, patience_s=10.0)
    steps: Final[tuple[str, ...]] = ()

    async def start(self, local_port: int, told: EventQueue) -> str:  # noqa: ARG002 - nothing to tell
        """The address of the port on this computer."""
        return f"http://127.0.0.1:{local_port}"
