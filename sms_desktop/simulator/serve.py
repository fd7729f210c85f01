"""Runs the simulator as a process of its own: one line on stdout when it is ready, logs on stderr."""

import asyncio
import contextlib
import json
import os
import signal
import sys
import threading
from collections.abc import Callable, Sequence

from sms_desktop.domain.address import Address, canonical


def run(port: int, numbers: Sequence[str], seed: str, *, end_with_stdin: bool = False) -> int:
    """Serve until SIGTERM or SIGINT; returns the exit code.

    ``port`` 0 takes a free one; on any other the same account comes back at every start, though
    without its messages. Without ``numbers`` the account has the demo's three. ``seed`` is
    ``demo`` or ``empty``. With ``end_with_stdin`` the end of standard input ends the simulator too,
    so that it dies with the program that started it. The first line on stdout is a JSON object with
    ``base_url``, ``client_id``, ``client_secret``, ``user_id``, ``numbers``, ``email``,
    ``password`` and ``control_url`` (where ``/simulator/…`` stays when the network is down).
    """
    try:
        asyncio.run(
            _serve(port, list(dict.fromkeys(map(canonical, numbers))), seed, end_with_stdin)
        )
    except OSError as error:
        print(f"The simulator cannot listen: {error}", file=sys.stderr)
        return 1
    return 0


async def _serve(port: int, numbers: Sequence[Address], seed: str, end_with_stdin: bool) -> None:
    from sms_desktop.simulator.seed import DEMO_NUMBERS
    from sms_desktop.simulator.server import Simulator
    from sms_desktop.simulator.surroundings import Surroundings

    own = numbers or [label.number for label in DEMO_NUMBERS]
    origin = f"{seed} {port}" if port else ""
    simulator = Simulator(own, seed, Surroundings(), origin)
    stop = asyncio.Event()
    _stop_on_signals(stop.set)
    if end_with_stdin:
        _stop_at_end_of_input(stop.set)
    try:
        await simulator.start(port)
        sys.stdout.write(json.dumps(simulator.sign_in_of(simulator.account)) + "\n")
        sys.stdout.flush()
        await stop.wait()
    finally:
        await simulator.close()


def _stop_on_signals(stop: Callable[[], None]) -> None:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        try:
            loop.add_signal_handler(number, stop)
        except NotImplementedError:  # Windows
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(stop))


def _stop_at_end_of_input(stop: Callable[[], None]) -> None:
    loop = asyncio.get_running_loop()

    def read_to_the_end() -> None:
        # os.read, not sys.stdin: a thread that holds the stream's lock would break the exit.
        with contextlib.suppress(OSError):  # no standard input at all is an end of it too
            while os.read(0, 4096):
                pass
        with contextlib.suppress(RuntimeError):  # the loop has ended before
            loop.call_soon_threadsafe(stop)

    threading.Thread(target=read_to_the_end, name="end of input", daemon=True).start()
