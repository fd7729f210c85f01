"""Replacing a file: the old one or the new one, never half of either."""

import os
import stat
from pathlib import Path

import pytest

from sms_desktop.system.atomic_file import replace_file


def test_the_new_content_takes_the_place_of_the_old(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("old")
    replace_file(file, b"new")
    assert file.read_bytes() == b"new"
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
    if os.name != "nt":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_failure_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    folder = tmp_path / "file"
    (folder / "content").mkdir(parents=True)
    with pytest.raises(OSError, match=r"."):
        replace_file(folder, b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
