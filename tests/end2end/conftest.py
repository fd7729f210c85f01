from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers.program import Program
from tests.helpers.simulator import SimulatorProcess, demo_simulator, simulator

__all__ = ["demo_simulator", "simulator"]


@pytest.fixture
def program(tmp_path: Path, simulator: SimulatorProcess) -> Iterator[Program]:
    """The program with the simulator's account, window closed."""
    started = Program(tmp_path / "profile")
    started.add_account(simulator.base_url, simulator.client_id, simulator.client_secret)
    yield started
    if started.window is not None:
        started.close_window()
    assert not started.complaints


@pytest.fixture
def open_program(program: Program) -> Program:
    """The program with its window open and every number subscribed."""
    program.open_window()
    program.wait_for("ready")
    return program
