"""Finds the files of ``resources/``, installed from a wheel as well as run from a checkout."""

from pathlib import Path
from typing import Final

_PACKAGE: Final = Path(__file__).parent
# The wheel carries them inside the package; a checkout has them beside it.
_PLACES: Final = (_PACKAGE / "_resources", _PACKAGE.parent / "resources")


def resource(name: str) -> Path:
    """Where a file or folder of ``resources/`` is; ``name`` is relative, with ``/`` between parts.

    Raises ``FileNotFoundError`` where the installation lacks it.
    """
    for place in _PLACES:
        path = place / name
        if path.exists():
            return path
    raise FileNotFoundError(f"resources/{name} is missing from this installation.")
