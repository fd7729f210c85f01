"""What the windows remember by themselves (sizes, the open conversation): small, and not precious."""

import json
import logging
from pathlib import Path

from sms_desktop.system.atomic_file import replace_file

_log = logging.getLogger(__name__)

Remembered = str | int | float | bool


class WindowState:
    """Values by name in one JSON file; one that is lost or damaged counts as empty."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._values = _read(file)

    def text(self, name: str, otherwise: str = "") -> str:
        """The remembered text, else ``otherwise``."""
        value = self._values.get(name)
        return value if isinstance(value, str) else otherwise

    def number(self, name: str, otherwise: int = 0) -> int:
        """The remembered whole number, else ``otherwise``."""
        value = self._values.get(name)
        return value if isinstance(value, int) and not isinstance(value, bool) else otherwise

    def note(self, **values: Remembered) -> None:
        """Like ``remember``, without waiting for the disk: for what changes with every scroll."""
        self._write(values, is_precious=False)

    def remember(self, **values: Remembered) -> None:
        """Write values down together; a disk that refuses is logged and no reason to stop."""
        self._write(values, is_precious=True)

    def _write(self, values: dict[str, Remembered], *, is_precious: bool) -> None:
        changed = self._values | values
        if changed == self._values:
            return
        self._values = changed
        try:
            content = json.dumps(changed, sort_keys=True).encode("ascii")
            replace_file(self._file, content, is_precious=is_precious)
        except OSError as error:
            _log.warning("the state of the windows could not be saved: %s", error.strerror)


def _read(file: Path) -> dict[str, Remembered]:
    try:
        values = json.loads(file.read_bytes())
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, RecursionError) as error:
        _log.warning("the state of the windows could not be read: %s", type(error).__name__)
        return {}
    if not isinstance(values, dict):
        return {}
    return {k: v for k, v in values.items() if isinstance(v, str | int | float)}
