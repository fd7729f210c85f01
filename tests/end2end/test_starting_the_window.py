"""Starting the window where something is wrong, and a second time beside an open one."""

import subprocess
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

import pytest

from tests.helpers.program import PATIENCE_S, Program


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


def test_starts_at_the_same_time_open_one_window(program: Program) -> None:
    starts = [
        subprocess.Popen(
            program.command_line(), env=program.environment, stderr=subprocess.PIPE, text=True
        )
        for _ in range(3)
    ]
    with ThreadPoolExecutor(3) as waiting:
        ends = as_completed([waiting.submit(start.wait, PATIENCE_S) for start in starts])
        try:
            assert [next(ends).result(), next(ends).result()] == [0, 0]
            assert [start.poll() for start in starts].count(None) == 1
        finally:
            for start in starts:
                start.terminate()
        said = [start.communicate()[1] for start in starts]
    assert said == ["", "", ""]


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
