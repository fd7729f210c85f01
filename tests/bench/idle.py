"""What the program costs while nothing happens: processor time of its whole process tree, from /proc."""

import asyncio
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tests.bench.tables import say
from tests.cuts.relay import Relay
from tests.helpers.ports import free_port
from tests.helpers.program import Program
from tests.helpers.simulator import SimulatorProcess

_SETTLING_S: Final = 15
_TICKS: Final = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


async def idle(folder: Path, simulator: SimulatorProcess, seconds: int) -> None:
    """Signed in and live through a tunnel that is called every few seconds; the window shows."""
    relay, program = Relay(), Program(folder / "profile")
    port = free_port()
    await relay.start(port)
    add = (simulator.base_url, simulator.client_id, simulator.client_secret)
    tunnel = f"own:http://127.0.0.1:{relay.port}"
    # Off the loop's thread: the relay passes on what these wait for.
    await asyncio.to_thread(program.add_account, *add, "--tunnel", tunnel)
    program.open_window("--set", f"connection.listener_port={port}")
    try:
        await asyncio.to_thread(program.wait_for, "ready")
        await asyncio.sleep(_SETTLING_S)
        assert program.window is not None
        before_s, began_s = _used_s(program.window.pid), time.monotonic()
        await asyncio.sleep(seconds)
        used_s, took_s = _used_s(program.window.pid) - before_s, time.monotonic() - began_s
    finally:
        await asyncio.to_thread(program.close_window)
        await relay.close()
    say()
    say(f"Idle for {took_s:.0f} s, live, our own address called every 3 s")
    say(f"  processor time {used_s:.2f} s: {used_s / took_s:.2%} of a core")


def _used_s(pid: int) -> float:
    """User and system time of a process and everything that it started."""
    return sum(_own_s(one) for one in _tree(pid))


def _own_s(pid: int) -> float:
    # The name, in brackets, may hold anything; what comes after it are numbers.
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / _TICKS


def _tree(pid: int) -> Iterator[int]:
    yield pid
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            yield from _tree(int(child))
