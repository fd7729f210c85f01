"""A tunnel for tests: a real relay on this machine that can be cut, silently or with a word, and healed."""

import asyncio
from collections.abc import AsyncIterator

from sms_desktop.net.errors import TunnelFailed
from sms_desktop.net.tunnels.event_queue import EventQueue
from sms_desktop.net.tunnels.models import Availability, Calling, Down, TunnelEvent, Up
from sms_desktop.system.server_closing import let_in_no_more

EVERY_S = 570.0


class CuttableTunnel:
    """``choose`` gives it in the place of a bundled tunnel; opening it after ``refuse`` fails."""

    name = "test line"
    steps: tuple[str, ...] = ()
    calling = Calling(EVERY_S, patience_s=10.0)

    def __init__(self) -> None:
        self._servers: list[asyncio.Server] = []
        self._links: set[asyncio.Future[None]] = set()
        self._writers: list[asyncio.StreamWriter] = []
        self._port = self._local_port = 0
        self._told: EventQueue | None = None
        self.is_refused = False

    def choose(self, _name: str, _base_url: str, _means: object) -> "CuttableTunnel":
        return self

    def is_available(self) -> Availability:
        return Availability()

    async def open(self, local_port: int) -> str:
        if self.is_refused:
            raise TunnelFailed("The line is out of order.")
        self._port = self._local_port = local_port
        self._told = EventQueue()
        return await self._relay()

    def events(self) -> AsyncIterator[TunnelEvent]:
        assert self._told is not None
        return self._told.each()

    async def close(self) -> None:
        await self.cut()
        if self._told is not None:
            self._told.end()
        servers, self._servers = self._servers, []
        for server in servers:
            await let_in_no_more(server.sockets)
            server.close()

    async def fall(self) -> None:
        """It is cut, its agent notices, and tries by itself."""
        await self.cut()
        assert self._told is not None
        self._told.put(Down(TunnelFailed("The line fell down."), is_over=False))

    async def rise(self) -> None:
        """It is there again, with another address."""
        await self.cut()
        self._port = self._local_port
        url = await self._relay()
        assert self._told is not None
        self._told.put(Up(url))

    async def cut(self) -> None:
        """Nothing gets through, and nobody says so."""
        self._port = 0
        for writer in self._writers:
            writer.transport.abort()
        self._writers.clear()
        await asyncio.gather(*self._links, return_exceptions=True)

    async def _relay(self) -> str:
        # One that was cut listens on, and turns everybody away: closing it would lose sockets that
        # it is just accepting.
        server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        self._servers.append(server)
        return f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if writer.get_extra_info("sockname")[1] != self._newest():
            writer.transport.abort()
            return
        self._writers.append(writer)
        link = asyncio.ensure_future(self._serve(reader, writer, self._port))
        self._links.add(link)
        link.add_done_callback(self._links.discard)

    def _newest(self) -> int:
        is_up = self._port and self._servers
        return int(self._servers[-1].sockets[0].getsockname()[1]) if is_up else 0

    async def _serve(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, port: int
    ) -> None:
        both = [writer]
        try:
            there_reader, there_writer = await asyncio.open_connection("127.0.0.1", port)
            both.append(there_writer)
            self._writers.append(there_writer)
            if not self._port:
                there_writer.transport.abort()
            await asyncio.gather(_pump(reader, there_writer), _pump(there_reader, writer))
        except OSError:
            for one in both:
                one.transport.abort()


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(65_536):
        writer.write(data)
        await writer.drain()
    writer.close()
