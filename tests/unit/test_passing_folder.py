"""The folder of one run: gone with it, or with the next run where it was killed."""

import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from sms_desktop.passing_folder import passing_folder

PREFIX = "sms-desktop-test-"
OTHER_RUN = f"""
from sms_desktop.passing_folder import passing_folder
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
