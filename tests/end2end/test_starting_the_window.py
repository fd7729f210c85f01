"""Starting the window where something is wrong, and a second time beside an open one."""

from pathlib import Path

import pytest

from tests.helpers.program import Program


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """A profile without an account."""
    return Program(tmp_path / "profile")


@pytest.mark.parametrize("words", [(), ("send", "--from", "default", "--to", "+16131234567", "x")])
def test_a_folder_in_which_nothing_can_be_locked_is_a_sentence(
    program: Program, words: tuple[str, ...]
) -> None:
    (program.basedir / "data" / "profile.lock").mkdir(parents=True)
    done = program.command(*words)
    assert done.returncode == 1
    assert "profile.lock cannot be used" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_second_start_hands_its_settings_over(program: Program) -> None:
    program.open_window()
    program.wait_for("accounts_changed")
    second = program.command("--set", "appearance.theme=dark", "--debug")
    assert second.returncode == 0
    assert "--debug and --json-log count from its next start" in second.stderr
    shown = program.wait_for("setting_changed")
    assert shown["key"] == "appearance.theme"
    assert program.close_window() == 0
    assert not program.complaints


def test_broken_settings_are_told_and_stay_as_they_are(program: Program) -> None:
    file = program.basedir / "config" / "settings.toml"
    file.parent.mkdir(parents=True)
    file.write_text("[appearance\n")
    program.open_window()
    program.wait_for("trouble_arose")
    assert program.close_window() == 0
    (complaint,) = program.complaints
    assert "settings.toml is not valid TOML" in complaint
    assert file.read_text() == "[appearance\n"
