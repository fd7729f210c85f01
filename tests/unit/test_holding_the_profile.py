"""A command that finds the profile held, or impossible to hold, says which of these it is."""

from pathlib import Path

import pytest
from filelock import FileLock

from sms_desktop.commands.opening import WindowHangs, held
from sms_desktop.net.errors import NobodyThere, NotAnswering
from sms_desktop.paths import FolderUnusable, paths_of


async def test_a_window_that_hangs_is_told_without_waiting(tmp_path: Path) -> None:
    paths = paths_of(tmp_path)
    paths.make()
    with FileLock(paths.lock_file), pytest.raises(WindowHangs) as told:
        async with held(paths, NotAnswering()):
            raise AssertionError("it is held by the window")
    assert "nothing was done" in told.value.text()


async def test_whoever_keeps_silent_without_holding_the_profile_is_not_in_the_way(
    tmp_path: Path,
) -> None:
    async with held(paths_of(tmp_path), NotAnswering()):
        pass


async def test_a_lock_that_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    paths = paths_of(tmp_path)
    paths.lock_file.mkdir(parents=True)
    with pytest.raises(FolderUnusable, match=r"profile\.lock cannot be used"):
        async with held(paths, NobodyThere()):
            raise AssertionError("there is no lock")
