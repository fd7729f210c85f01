"""Short storms: thirty kills at random moments. The long one is ``python -m tests.storm``."""

from pathlib import Path

import pytest

from tests.helpers.simulator import SimulatorProcess
from tests.storm.storm import Storm, told


@pytest.mark.parametrize("seed", [3, 4, 5])
async def test_nothing_is_lost_or_sent_twice_in_a_storm(
    tmp_path: Path, simulator: SimulatorProcess, seed: int
) -> None:
    outcome = await Storm(simulator, tmp_path, seed).rage(10, lambda _line: None)
    assert outcome.is_good, told(outcome)
    # A storm in which nothing happened proves nothing.
    assert outcome.ready >= 3, told(outcome)
    assert outcome.figures["messages kept"], told(outcome)
