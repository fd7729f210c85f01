"""Folders of a profile: everything under --basedir, and for this user alone."""

import os
import stat
from pathlib import Path

import pytest

from sms_desktop.paths import FolderUnusable, paths_of


def test_a_basedir_holds_everything(tmp_path: Path) -> None:
    paths = paths_of(tmp_path / "profile")
    files = (paths.database, paths.control_file, paths.lock_file, paths.vault_file)
    files += (paths.settings_file, paths.state_file, paths.log_file, paths.tag_file)
    assert all(file.is_relative_to(tmp_path / "profile") for file in files)
    assert len(set(files)) == len(files)
    assert not (tmp_path / "profile").exists(), "asking for paths makes nothing"


def test_a_relative_basedir_means_the_folder_it_meant_at_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    paths = paths_of(Path("here/../profile"))
    monkeypatch.chdir("/")
    assert paths.basedir == tmp_path / "profile"


def test_the_ordinary_profile_lies_where_the_system_keeps_such_things(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    paths = paths_of(None)
    assert paths.basedir is None
    assert all("sms-desktop" in str(place) for place in (paths.config, paths.data, paths.logs))


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_nobody_else_can_look_into_the_folders(tmp_path: Path) -> None:
    paths = paths_of(tmp_path / "profile")
    paths.data.mkdir(parents=True)
    paths.data.chmod(0o755)
    paths.make()
    paths.make()
    for folder in (paths.config, paths.data, paths.logs):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_folder_that_cannot_be_made_gives_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "profile").write_text("a file is in the way")
    with pytest.raises(FolderUnusable) as caught:
        paths_of(tmp_path / "profile").make()
    assert "--basedir" in caught.value.text()


def test_two_profiles_have_different_tags_and_keep_them_when_moved(tmp_path: Path) -> None:
    first, second = paths_of(tmp_path / "first"), paths_of(tmp_path / "second")
    first.make()
    second.make()
    tag = first.profile_tag()
    assert tag != second.profile_tag()
    assert tag == paths_of(tmp_path / "first").profile_tag()
    (tmp_path / "first").rename(tmp_path / "moved")
    assert paths_of(tmp_path / "moved").profile_tag() == tag
    assert paths_of(None).profile_tag() == ""
