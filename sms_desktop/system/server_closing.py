"""Closing an asyncio server without losing whom it is just letting in.

asyncio accepts a connection in one turn of the loop and hands it over in the next. Where the server
is closed in between, the connection is forgotten half-made, and its socket with it (Python's
gh-109564): nobody closes it until the garbage is collected.
"""

import asyncio
from collections.abc import Iterable
from contextlib import suppress
from typing import Protocol


class Door(Protocol):
    """A listening socket."""

    def fileno(self) -> int:
        """Its number with the operating system."""
        ...


async def let_in_no_more(doors: Iterable[Door]) -> None:
    """Accept nothing more at these sockets; whom they had accepted is with the server's protocol.

    To be called before the server is closed. What waits unaccepted is turned away by the closing.
    """
    loop = asyncio.get_running_loop()
    for door in doors:
        # Windows' own loop has no readers, and hands over at once.
        with suppress(NotImplementedError):
            loop.remove_reader(door.fileno())
    for _ in range(2):  # to make the transport, and to hand it to the protocol
        await asyncio.sleep(0)
