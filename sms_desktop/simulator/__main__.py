"""``python -m sms_desktop.simulator``: the simulator without the rest of the program."""

import argparse
import sys

from sms_desktop.simulator.serve import run


def main() -> int:
    """Read the command line and serve."""
    parser = argparse.ArgumentParser(prog="python -m sms_desktop.simulator")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--numbers", default="", help="own numbers, separated by commas")
    parser.add_argument("--seed", choices=("demo", "empty"), default="empty")
    parser.add_argument("--end-with-stdin", action="store_true")
    wanted = parser.parse_args()
    numbers = [number for number in wanted.numbers.split(",") if number]
    return run(wanted.port, numbers, wanted.seed, end_with_stdin=wanted.end_with_stdin)


if __name__ == "__main__":
    sys.exit(main())
