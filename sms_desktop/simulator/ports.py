"""A listening port on this machine that can go away and come back under the same number."""

import os
import socket

from aiohttp import web

from sms_desktop.system.server_closing import let_in_no_more

HOST = "127.0.0.1"


class ListeningPort:
    """One application's port; ``number`` is known after the first ``open``."""

    def __init__(self, runner: web.AppRunner, number: int) -> None:
        self._runner = runner
        self._open: tuple[web.SockSite, socket.socket] | None = None
        self._placeholder: socket.socket | None = None
        self.number = number

    async def open(self) -> None:
        """Listen; does nothing where it listens already."""
        if self._open is not None:
            return
        listening = _bound(self.number)
        self.number = listening.getsockname()[1]
        site = web.SockSite(self._runner, listening)
        self._open = (site, listening)
        await site.start()
        self._free_placeholder()

    async def close(self, spare: web.Request | None = None) -> None:
        """Stop listening and cut every connection but that of the request ``spare``."""
        if self._open is not None:
            (site, listening), self._open = self._open, None
            await let_in_no_more([listening])
            await site.stop()
            # Bound but not listening: connections are refused, and nobody else gets the number.
            self._placeholder = _bound(self.number) if os.name == "posix" else None
        self.cut(spare)

    def cut(self, spare: web.Request | None = None) -> None:
        """Cut every connection but that of the request ``spare``."""
        server = self._runner.server
        for connection in () if server is None else server.connections:
            if spare is not None and connection is spare.protocol:
                continue
            if connection.transport is not None:
                connection.transport.abort()

    async def end(self) -> None:
        """Close for good."""
        if self._open is not None:
            _, listening = self._open
            await let_in_no_more([listening])
        await self._runner.cleanup()
        self._free_placeholder()

    def _free_placeholder(self) -> None:
        if self._placeholder is not None:
            self._placeholder.close()
            self._placeholder = None


def _bound(number: int) -> socket.socket:
    bound = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if os.name == "posix":
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((HOST, number))
    except OSError:
        bound.close()
        raise
    return bound
