"""The folder of one run: gone with it, or with the next run where it was killed."""

import asyncio
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from sms_desktop.paths import paths_of
from sms_desktop.profile.profile import open_profile
from sms_desktop.system.leftovers import DEMO, sweep
from sms_desktop.system.temporary_folder import WITHOUT_KEEPING, passing_folder

PREFIX = "sms-desktop-test-"
OTHER_RUN = f"""
from sms_desktop.system.temporary_folder import passing_folder
with passing_folder("{PREFIX}") as folder:
    (folder / "messages.db").write_text("something")
    print(folder, flush=True)
    input()
"""


@pytest.fixture(autouse=True)
def _own_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)


def test_it_goes_with_its_run(tmp_path: Path) -> None:
    with passing_folder(PREFIX) as folder:
        (folder / "deep").mkdir()
        (folder / "deep" / "file").write_text("x")
        assert folder.parent == tmp_path
    assert not list(tmp_path.iterdir())


def test_of_other_runs_only_what_the_dead_left_is_removed(tmp_path: Path) -> None:
    run = subprocess.Popen(
        [sys.executable, "-c", OTHER_RUN], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with run:
        assert run.stdout is not None
        theirs = Path(run.stdout.readline().strip())
        unknown = tmp_path / f"{PREFIX}of-somebody"
        unknown.mkdir()
        with passing_folder(PREFIX):
            assert (theirs / "messages.db").exists(), "its run is alive"
        run.kill()
    assert theirs.exists()
    with passing_folder(PREFIX) as mine:
        assert sorted(tmp_path.iterdir()) == sorted([mine, unknown])


def test_a_start_clears_away_what_runs_that_kept_nothing_left_behind(tmp_path: Path) -> None:
    dead = [tmp_path / f"{prefix}dead" for prefix in (WITHOUT_KEEPING, DEMO)]
    for folder in dead:
        folder.mkdir()
        (folder / "owner.lock").touch()
        (folder / "messages.db").write_text("something")
    with passing_folder(WITHOUT_KEEPING) as alive:
        asyncio.run(sweep())
        assert list(tmp_path.iterdir()) == [alive]


def test_a_profile_that_keeps_nothing_lies_in_such_a_folder(tmp_path: Path) -> None:
    profile = open_profile(paths_of(tmp_path / "profile"), {"SMS_DESKTOP_VAULT": "memory"})
    (folder,) = tmp_path.glob(f"{WITHOUT_KEEPING}*")
    assert profile.paths.database.parent == folder
    asyncio.run(sweep())
    assert profile.paths.database.exists()
    profile.close()
    assert not folder.exists()
