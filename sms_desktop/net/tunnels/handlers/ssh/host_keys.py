"""Which servers' keys the person has accepted: a file in OpenSSH's own form, one key a line.

It is the program's own, because a key accepted elsewhere for some other purpose says nothing here.
"""

import os
from pathlib import Path
from typing import Final

_LONGEST_BYTES: Final = 1_000_000


class HostKeys:
    """Reads the file anew each time: another window may have accepted a key. Calls block shortly.

    ``where`` is ``host:port``; a key is ``type base64``, as OpenSSH writes it. Raises ``OSError``.
    """

    def __init__(self, file: Path) -> None:
        self._file = file

    def of(self, where: str) -> tuple[str, ...]:
        """The accepted keys of a server; empty for one never seen."""
        pairs = (line.split(maxsplit=1) for line in self._lines())
        return tuple(pair[1] for pair in pairs if len(pair) == 2 and pair[0] == _pattern(where))

    def accept(self, where: str, key: str) -> None:
        """Add a key, for this user's eyes alone."""
        descriptor = os.open(self._file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        with os.fdopen(descriptor, "a", encoding="ascii") as file:
            file.write(f"{_pattern(where)} {key}\n")

    def forget(self, where: str) -> bool:
        """Ask again the next time; false where there was nothing to forget."""
        kept = [line for line in self._lines() if line.split(maxsplit=1)[:1] != [_pattern(where)]]
        if len(kept) == len(self._lines()):
            return False
        self._file.write_text("".join(f"{line}\n" for line in kept), "ascii")
        return True

    def _lines(self) -> list[str]:
        if not self._file.is_file():
            return []
        return self._file.read_bytes()[:_LONGEST_BYTES].decode("ascii", "replace").splitlines()


def _pattern(where: str) -> str:
    host, _, port = where.rpartition(":")
    bare = host.strip("[]")
    return bare if port == "22" else f"[{bare}]:{port}"
