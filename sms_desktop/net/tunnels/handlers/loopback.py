"""No tunnel at all: Kandy's server runs on this computer, as in the demo and in tests."""

from typing import Final


class LoopbackTunnel:
    """The listener's own address. Only for base URLs on this computer; see ``choose``."""

    name: Final = "loopback"
    instructions: Final = ""

    def is_available(self) -> bool:
        """Always."""
        return True

    async def open(self, local_port: int) -> str:
        """The address of the port on this computer."""
        return f"http://127.0.0.1:{local_port}"

    async def close(self) -> None:
        """Nothing to stop."""
