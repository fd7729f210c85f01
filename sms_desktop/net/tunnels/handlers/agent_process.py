"""Runs a tunnel's own program, reads what it says line by line, and leaves none of it behind."""

import asyncio
import ctypes
import shutil
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, STDOUT, Process
from collections.abc import Callable, Coroutine, Sequence
from typing import Any, Final, cast

from sms_desktop.net.tunnels import errors

_PR_SET_PDEATHSIG: Final = 1
_STOP_S: Final = 3.0
_LONGEST_LINE: Final = 64 * 1024


class AgentProcess:
    """One run of a program; ``on_line`` gets its output, ``on_end`` its exit code unless we ended it.

    On Linux the kernel ends the program when ours dies, however it dies; elsewhere only an orderly
    end of ours does.
    """

    def __init__(self, on_line: Callable[[str], None], on_end: Callable[[int], None]) -> None:
        self._on_line = on_line
        self._on_end = on_end
        self._process: Process | None = None
        self._reading: asyncio.Task[None] | None = None

    async def start(self, program: str, arguments: Sequence[str]) -> None:
        """Run it; raises ``NotInstalled``."""
        path = shutil.which(program)
        if path is None:
            raise errors.NotInstalled(program)
        try:
            self._process = await asyncio.create_subprocess_exec(
                path,
                *arguments,
                stdin=DEVNULL,
                stdout=PIPE,
                stderr=STDOUT,
                limit=_LONGEST_LINE,
                **_dies_with_us(),
            )
        except OSError:
            raise errors.NotInstalled(program) from None
        reading: Coroutine[Any, Any, None] = self._read(self._process)
        self._reading = asyncio.create_task(reading, name=f"{program} output")

    async def stop(self) -> None:
        """Ask it to end, and end it when it does not; its pipes are closed afterwards."""
        process, self._process = self._process, None
        reading, self._reading = self._reading, None
        if process is None or reading is None:
            return
        if process.returncode is None:
            process.terminate()
            await asyncio.wait({reading}, timeout=_STOP_S)
        if process.returncode is None:
            process.kill()
        await process.wait()
        reading.cancel()
        await asyncio.wait({reading})

    async def _read(self, process: Process) -> None:
        output = cast("asyncio.StreamReader", process.stdout)
        while True:
            try:
                line = await output.readline()
            except ValueError:  # a line longer than any that matters: its rest is another line
                continue
            if not line:
                break
            self._on_line(line.decode("utf-8", "replace").rstrip())
        exit_code = await process.wait()
        if self._process is process:
            self._on_end(exit_code)


def _dies_with_us() -> dict[str, Any]:
    """What makes the kernel end the program together with ours, where the kernel can."""
    if not sys.platform.startswith("linux"):
        return {}
    # Looked up before the fork: after it, nothing that takes a lock is safe.
    prctl = ctypes.CDLL(None).prctl

    def ask_kernel() -> None:
        prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)

    return {"preexec_fn": ask_kernel}
