"""Starts of the program as processes of their own, which a test may kill whenever it likes."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

POLL_S = 0.02


@dataclass(frozen=True)
class Start:
    """One start: its process, and the file that holds what it said on stdout and stderr.

    A crash that was planned happens only while the file ``trigger`` is there.
    """

    pid: int
    out: Path
    trigger: Path

    def arm(self) -> None:
        """From now on the crash that was planned may happen."""
        self.trigger.touch()

    def said(self) -> str:
        """Everything until now."""
        return self.out.read_text("utf-8") if self.out.exists() else ""

    def kill(self) -> None:
        """SIGKILL: no warning, nothing is put away."""
        os.kill(self.pid, signal.SIGKILL)

    async def until_said(self, word: str, patience_s: float) -> bool:
        """Whether a word was said in time."""
        for _ in range(int(patience_s / POLL_S)):
            if word in self.said():
                return True
            await asyncio.sleep(POLL_S)
        return False


class Starts:
    """Starts the program on one profile; see ``launcher`` for why that is quick."""

    def __init__(self, basedir: Path, folder: Path, environment: dict[str, str]) -> None:
        self.basedir = basedir
        self._folder = folder
        self._count = 0
        self._turn = asyncio.Lock()
        self._launcher = subprocess.Popen(
            [sys.executable, "-m", "tests.storm.launcher"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
        )

    async def start(
        self, *words: str, crash: tuple[str, ...] = (), is_armed: bool = False
    ) -> Start:
        """Start the program with these words; ``crash``: where it is killed, see ``launcher``.

        Not before ``Start.arm``, unless it ``is_armed`` from the beginning.
        """
        self._count += 1
        out = self._folder / f"start-{self._count}.log"
        trigger = self._folder / f"start-{self._count}.armed"
        if is_armed:
            trigger.touch()
        planned = [*crash, str(trigger)] if crash else []
        line = ["--basedir", str(self.basedir), *words]
        answer = await self._ask({"words": line, "out": str(out), "crash": planned})
        return Start(answer["pid"], out, trigger)

    async def reap(self, start: Start) -> int:
        """Wait for its end; the exit code, negative for a signal."""
        code: int = (await self._ask({"reap": start.pid}))["status"]
        return code

    def close(self) -> None:
        """End the launcher."""
        self._launcher.communicate(timeout=60)

    async def _ask(self, wanted: dict[str, Any]) -> dict[str, Any]:
        async with self._turn:
            return await asyncio.to_thread(self._exchange, wanted)

    def _exchange(self, wanted: dict[str, Any]) -> dict[str, Any]:
        assert self._launcher.stdin is not None
        assert self._launcher.stdout is not None
        self._launcher.stdin.write(json.dumps(wanted) + "\n")
        self._launcher.stdin.flush()
        answer: dict[str, Any] = json.loads(self._launcher.stdout.readline())
        return answer
