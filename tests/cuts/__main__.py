"""``python -m tests.cuts``: cut tunnel, network, Kandy and the program itself, and count what is lost.

The exit code says whether the promise held.
"""

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path

from tests.cuts.cuts import Cuts, told
from tests.helpers.simulator import running_simulator


def run(count: int, seed: int) -> int:
    """Run, print, and give the exit code."""
    with (
        tempfile.TemporaryDirectory(prefix="sms-desktop-cuts-") as place,
        running_simulator() as simulator,
    ):
        outcome = asyncio.run(Cuts(simulator, Path(place), seed).run(count, _say))
    _say(f"seed {seed}")
    _say(told(outcome))
    return 0 if outcome.is_good else 1


def main() -> int:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.cuts", description=__doc__)
    parser.add_argument("--count", type=int, default=200, help="how often something is cut")
    parser.add_argument("--seed", type=int, default=1, help="decides what is cut, and for how long")
    wanted = parser.parse_args()
    return run(wanted.count, wanted.seed)


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
