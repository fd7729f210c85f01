"""Replacing a small file so that a crash leaves either the old one or the new one; knows no format."""

import os
import tempfile
from pathlib import Path


def replace_file(path: Path, content: bytes, *, is_precious: bool = True) -> None:
    """Put ``content`` in the place of ``path``, readable by this user alone, safe on disk on return.

    What is not precious may be lost when the whole computer dies, and costs no wait for the disk.
    The folder must exist. Raises ``OSError``; the old file is then untouched.
    """
    handle, temporary_name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    temporary = Path(temporary_name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            if is_precious:
                os.fsync(stream.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    if is_precious:
        _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    # The rename itself is only safe once the folder is; Windows has no such call and needs none.
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
