"""A relay that stands for a network: open, silent (nothing comes, nobody says so), or refusing."""

import asyncio
from enum import StrEnum


class Line(StrEnum):
    """How a line is; ``SILENT`` lets one connect, and then nothing happens."""

    OPEN = "open"
    SILENT = "silent"
    REFUSING = "refusing"


class Relay:
    """Passes connections from ``port`` on to another port of this computer."""

    def __init__(self) -> None:
        self._is_open = asyncio.Event()
        self._is_open.set()
        self._line = Line.OPEN
        self._writers: set[asyncio.StreamWriter] = set()
        self._talks: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None
        self._to = 0
        self.port = 0

    async def start(self, to: int) -> None:
        """Listen on any free port."""
        self._to = to
        self._server = await asyncio.start_server(self._came, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]

    def be(self, line: Line, *, drop: bool = False) -> None:
        """From now on; ``drop``: what was connected before does not live on."""
        self._line = line
        if line is Line.SILENT:
            self._is_open.clear()
        else:
            self._is_open.set()
        if drop or line is Line.REFUSING:
            self._drop()

    async def close(self) -> None:
        """End every connection."""
        if self._server is not None:
            self._server.close()
        self._drop()
        for talk in self._talks:
            talk.cancel()
        await asyncio.gather(*self._talks, return_exceptions=True)

    def _drop(self) -> None:
        for writer in self._writers:
            writer.transport.abort()

    def _came(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._line is Line.REFUSING:
            writer.transport.abort()
            return
        talk = asyncio.ensure_future(self._talk(reader, writer))
        self._talks.add(talk)
        talk.add_done_callback(self._talks.discard)

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        both = [writer]
        self._writers.add(writer)
        try:
            await self._is_open.wait()
            there_reader, there_writer = await asyncio.open_connection("127.0.0.1", self._to)
            both.append(there_writer)
            self._writers.add(there_writer)
            await asyncio.gather(self._pump(reader, there_writer), self._pump(there_reader, writer))
        except OSError:
            pass
        finally:
            for one in both:
                self._writers.discard(one)
                one.transport.abort()

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(65_536):
            await self._is_open.wait()
            writer.write(data)
            await writer.drain()
        await self._is_open.wait()
        if writer.can_write_eof() and not writer.is_closing():
            writer.write_eof()
