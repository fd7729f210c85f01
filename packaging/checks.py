"""``run.py test``: lint, formatting, types, then the tests; each of them fails the whole."""

import os
import subprocess
import sys

from environment import PYTHON, ROOT, Purpose, prepare, say

_CHECKS = (
    ("lint", ("ruff", "check", ".")),
    ("formatting", ("ruff", "format", "--check", ".")),
    ("types", ("mypy",)),
)
# Two at a time, since many tests wait for processes of their own.
_TESTS = ("pytest", "-n", "2", "--dist", "worksteal")


def run(arguments: list[str]) -> int:
    """Check everything; ``arguments`` go to pytest. The answer is 0 where all of it passed.

    The last line is pytest's own summary, or the names of the checks that failed before it.
    """
    prepare(Purpose.TEST)
    failed = [name for name, command in _CHECKS if _run(name, command) != 0]
    code = _run("tests", (*_TESTS, *arguments))
    if failed:
        print(f"\nFAILED before the tests: {', '.join(failed)}", file=sys.stderr)
    return code or (1 if failed else 0)


def _run(name: str, command: tuple[str, ...]) -> int:
    say(f"{name}: {' '.join(command)}")
    # Measured output of terminals of any width reads the same in a log.
    surroundings = {"COLUMNS": "120"} | os.environ
    return subprocess.call([str(PYTHON), "-m", *command], cwd=ROOT, env=surroundings)
