"""Helper processes, spoken to in lines from within the event loop."""

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager


class Child:
    """A Python module that runs as a process of its own."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    async def ask(self, line: str) -> str:
        """Write a line, and read the answer."""
        return await asyncio.to_thread(self._ask, line)

    async def line(self) -> str:
        """The next line that it says."""
        return await asyncio.to_thread(self._line)

    def _ask(self, line: str) -> str:
        assert self._process.stdin is not None
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()
        return self._line()

    def _line(self) -> str:
        assert self._process.stdout is not None
        said = self._process.stdout.readline()
        assert said, "the helper process ended"
        return said.strip()


@contextmanager
def child(module: str, *words: str) -> Iterator[Child]:
    """Run a module until the block is left."""
    command = [sys.executable, "-m", module, *words]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as process:
        try:
            yield Child(process)
        finally:
            process.kill()
