"""A process that stands before a server and notes when the bytes of a text's request come by.

``python -m tests.bench.forwarder HOST PORT``: first line on stdout is the port to connect to; then,
for every request to send a text, one line with the ``time.perf_counter`` of its first bytes. On
Linux that clock is the same for all processes.
"""

import asyncio
import sys
import time


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, notes: bool) -> None:
    while data := await reader.read(65536):
        now = time.perf_counter()
        if notes and data.startswith(b"POST ") and b"/requests HTTP" in data.split(b"\r\n", 1)[0]:
            sys.stdout.write(f"{now!r}\n")
            sys.stdout.flush()
        writer.write(data)
    writer.close()


async def _serve(host: str, port: int) -> None:
    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there = await asyncio.open_connection(host, port)
        await asyncio.gather(
            _pump(reader, there[1], notes=True), _pump(there[0], writer, notes=False)
        )

    server = await asyncio.start_server(connected, "127.0.0.1", 0)
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    # It ends with the process that started it, which closes standard input.
    await asyncio.to_thread(sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(_serve(sys.argv[1], int(sys.argv[2])))
    # Connections that are still open are nobody's concern any more.
