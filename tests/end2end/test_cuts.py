"""A few cuts at random while texts flow both ways. The long version is ``python -m tests.bench cuts``."""

from pathlib import Path

from tests.cuts.cuts import Cuts, told
from tests.helpers.simulator import SimulatorProcess


async def test_nothing_is_lost_or_doubled_over_cuts_of_every_kind(
    tmp_path: Path, simulator: SimulatorProcess
) -> None:
    outcome = await Cuts(simulator, tmp_path, 6, longest_s=3.0).run(6, lambda _line: None)
    assert outcome.is_good, told(outcome)
    assert outcome.cuts == 6, told(outcome)
    assert outcome.came_in, told(outcome)
