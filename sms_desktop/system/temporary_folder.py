"""A folder for one run: it goes with the run, and where that was killed, with the next one."""

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

WITHOUT_KEEPING: Final = "sms-desktop-run-"
"""Prefix of the folders of programs that keep nothing."""

_OWNER: Final = "owner.lock"
"""Held by the run that the folder belongs to: the system frees it, however the run ends."""


@contextmanager
def passing_folder(prefix: str) -> Iterator[Path]:
    """An empty folder of this run; removes those with the same ``prefix`` whose runs are dead."""
    remove_left_behind(prefix)
    folder = Path(tempfile.mkdtemp(prefix=prefix))
    # The thread that opens a profile is not the one that closes it.
    lock = FileLock(folder / _OWNER, thread_local=False)
    lock.acquire()
    try:
        yield folder
    finally:
        # Windows removes no file that is held.
        lock.release()
        shutil.rmtree(folder, ignore_errors=True)


def remove_left_behind(prefix: str) -> None:
    """Remove the folders with this ``prefix`` whose runs of this user are dead."""
    for folder in Path(tempfile.gettempdir()).glob(f"{prefix}*"):
        # Somebody else's, or one that is still alive.
        with contextlib.suppress(OSError, Timeout):
            if _is_ours(folder):
                with FileLock(folder / _OWNER, timeout=0):
                    shutil.rmtree(folder, ignore_errors=True)


def _is_ours(folder: Path) -> bool:
    """Whether a run of this user made it; one that is just being made has no lock yet."""
    about = folder.lstat()
    is_mine = os.name == "nt" or about.st_uid == os.getuid()
    return is_mine and not folder.is_symlink() and (folder / _OWNER).is_file()
