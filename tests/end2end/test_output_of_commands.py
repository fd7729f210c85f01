"""Where standard output takes nothing, a command says so, and what was done stays done."""

import os
import subprocess
from pathlib import Path

import pytest

from tests.helpers.program import PATIENCE_S, Program
from tests.helpers.simulator import SimulatorProcess

FULL = Path("/dev/full")
NO_ROOM = "sms-desktop: Standard output cannot be written: No space left on device.\n"


def run_into(program: Program, output: int, *words: str) -> tuple[int, str]:
    done = subprocess.run(
        program.command_line(*words),
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.PIPE,
        text=True,
        env=program.environment,
        timeout=PATIENCE_S,
    )
    return done.returncode, done.stderr


@pytest.mark.skipif(not FULL.exists(), reason="no disk here is always full")
@pytest.mark.parametrize(
    "words",
    [("account", "list"), ("account", "list", "--json"), ("numbers", "list"), ("doctor",)],
    ids=" ".join,
)
def test_a_full_disk_is_one_sentence(program: Program, words: tuple[str, ...]) -> None:
    with FULL.open("w") as full:
        assert run_into(program, full.fileno(), *words) == (1, NO_ROOM)


@pytest.mark.skipif(not FULL.exists(), reason="no disk here is always full")
def test_a_text_that_was_sent_counts_as_sent(program: Program, simulator: SimulatorProcess) -> None:
    with FULL.open("w") as full:
        words = ("send", "--from", "default", "--to", "+16131234567", "once")
        assert run_into(program, full.fileno(), *words) == (0, NO_ROOM)


@pytest.mark.parametrize("words", [("account", "list"), ("export", "-")], ids=" ".join)
def test_who_stops_reading_has_enough(program: Program, words: tuple[str, ...]) -> None:
    program.command("send", "--from", "default", "--to", "+16131234567", "a row to export")
    reading, writing = os.pipe()
    os.close(reading)
    try:
        assert run_into(program, writing, *words) == (0, "")
    finally:
        os.close(writing)
