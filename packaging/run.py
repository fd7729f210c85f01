"""The two commands of the README: ``python3 packaging/run.py demo`` and ``… test``.

Each sets everything up first, which costs nothing the second time. Standard library only; this
file is kept readable by old Pythons too, so that they can say what is missing.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - it is the old ones that have to be told
    sys.exit(
        "sms-desktop needs Python 3.11 or newer, and this is Python %d.%d.\n"  # noqa: UP031
        "Install a newer one and start again with it, for example: python3.12 packaging/run.py demo"
        % sys.version_info[:2]
    )

import checks
import demonstration
from environment import SetUpError

_USAGE = """usage: python3 packaging/run.py demo [options of the program]
       python3 packaging/run.py test [options of pytest]

demo   the program against a simulated Kandy; without a display, pictures of it (--tour DIR)
test   formatting, lint, types and tests (for example: test -k vault)
"""
_COMMANDS = {"demo": demonstration.run, "test": checks.run}


def main(arguments: list[str]) -> int:
    """Run one of the commands; the answer is its exit code, 2 for a command that does not exist."""
    if not arguments or arguments[0] not in _COMMANDS:
        print(_USAGE, file=sys.stderr, end="")
        return 2
    try:
        return _COMMANDS[arguments[0]](arguments[1:])
    except SetUpError as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
