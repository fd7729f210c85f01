"""``python -m tests.storm``: kill the program at random moments, and prove that nothing is lost.

The exit code says whether the promise held. With ``--keep DIR`` the profile and the logs stay.
"""

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path

from tests.helpers.simulator import running_simulator
from tests.storm.storm import Storm, told


def main() -> int:
    """Run one storm and print what it found."""
    parser = argparse.ArgumentParser(prog="python -m tests.storm", description=__doc__)
    parser.add_argument("--kills", type=int, default=500, help="how often to kill the program")
    parser.add_argument("--seed", type=int, default=1, help="decides what is done, and when")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="work in DIR and leave it there")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="sms-desktop-storm-") as place:
        folder = wanted.keep or Path(place)
        folder.mkdir(parents=True, exist_ok=True)
        with running_simulator() as simulator:
            storm = Storm(simulator, folder, wanted.seed)
            outcome = asyncio.run(storm.rage(wanted.kills, _say))
            _say(f"seed {wanted.seed}")
            _say(told(outcome))
    return 0 if outcome.is_good else 1


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
