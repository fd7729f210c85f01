"""Settings: one table behind the file, the command line and the dialog."""

from pathlib import Path

import pytest

from sms_desktop.settings import (
    SETTINGS,
    TEXT_PERCENT,
    THEME,
    AnySetting,
    Kind,
    SettingRefused,
    Settings,
    find,
)
from sms_desktop.settings_file import SettingsUnwritable


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "settings.toml"


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.key)
def test_every_setting_can_be_shown_stored_and_set(setting: AnySetting, file: Path) -> None:
    assert setting.label
    assert setting.help.endswith(".")
    assert setting.key.count(".") == 1
    assert find(setting.key) is setting
    assert setting.read(str(setting.default)) == setting.default
    if setting.kind is Kind.CHOICE:
        assert all(setting.choices.values())
    settings = Settings(file)
    settings.change(setting, setting.default)
    assert Settings(file)[setting] == setting.default


def test_without_a_file_the_usual_settings_are_in_force(file: Path) -> None:
    settings = Settings(file)
    assert settings[THEME] == "system"
    assert settings[TEXT_PERCENT] == 100
    assert settings.problems == ()
    assert not file.exists()


def test_a_change_is_told_once_and_outlives_the_program(file: Path) -> None:
    settings = Settings(file)
    told: list[str] = []
    stop = settings.on_change(lambda setting: told.append(f"{setting.key}={settings[setting]}"))
    settings.change(THEME, "dark")
    settings.change(THEME, "dark")
    stop()
    settings.change(TEXT_PERCENT, 150)
    assert told == ["appearance.theme=dark"]
    again = Settings(file)
    assert (again[THEME], again[TEXT_PERCENT]) == ("dark", 150)


def test_comments_and_settings_of_other_versions_stay_in_the_file(file: Path) -> None:
    file.write_text(
        '# mine\n[appearance]\ntheme = "light" # for the terrace\n[future]\nlist = [1, 2]\n'
    )
    Settings(file).change(THEME, "dark")
    text = file.read_text()
    assert 'theme = "dark"' in text
    assert "# mine" in text
    assert "# for the terrace" in text
    assert "list = [1, 2]" in text


@pytest.mark.parametrize(
    ("line", "part_of_the_sentence"),
    [
        ('theme = "pink"', "system, light or dark"),
        ("theme = 3", "system, light or dark"),
        ("text_percent = 84", "from 85 to 200 in steps of 5"),
        ("text_percent = 87", "in steps of 5"),
        ("text_percent = true", "whole number"),
        ('text_percent = "100"', "whole number"),
    ],
)
def test_a_value_that_cannot_be_is_named(file: Path, line: str, part_of_the_sentence: str) -> None:
    file.write_text(f"[appearance]\n{line}\n[other]\ntheme = 'dark'\n")
    settings = Settings(file)
    (problem,) = settings.problems
    assert part_of_the_sentence in problem
    assert line.partition(" ")[0] in problem
    assert (settings[THEME], settings[TEXT_PERCENT]) == ("system", 100)


def test_the_rest_of_a_file_with_a_wrong_value_is_used(file: Path) -> None:
    file.write_text('[appearance]\ntheme = "pink"\ntext_percent = 120\n')
    assert Settings(file)[TEXT_PERCENT] == 120


@pytest.mark.parametrize("content", [b"[appearance", b"\xff\xfe\x00", b"a" * 9 + b"[" * 5000])
def test_a_broken_file_is_reported_and_kept(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    settings = Settings(file)
    assert settings[THEME] == "system"
    assert len(settings.problems) == 1
    settings.change(THEME, "dark")
    assert Settings(file)[THEME] == "dark"
    assert file.with_name("settings.toml.broken").read_bytes() == content


def test_a_second_broken_file_does_not_take_the_place_of_the_first(file: Path) -> None:
    for content in ("[one", "[two", "[three"):
        file.write_text(content)
        Settings(file).change(THEME, "dark")
    kept = sorted(file.parent.glob("settings.toml.broken*"))
    assert [one.read_text() for one in kept] == ["[one", "[two", "[three"]


def test_a_file_that_cannot_be_written_says_so_and_the_change_holds(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "missing folder" / "settings.toml")
    with pytest.raises(SettingsUnwritable, match="until the program ends"):
        settings.change(THEME, "dark")
    assert settings[THEME] == "dark"


def test_the_command_line_sets_for_one_run(file: Path) -> None:
    settings = Settings(file)
    settings.change(THEME, "light")
    settings.override(["appearance.theme=dark", " appearance.text_percent = 150 % "])
    assert (settings[THEME], settings[TEXT_PERCENT]) == ("dark", 150)
    settings.change(TEXT_PERCENT, 90)
    assert settings[TEXT_PERCENT] == 90
    again = Settings(file)
    assert (again[THEME], again[TEXT_PERCENT]) == ("light", 90)


@pytest.mark.parametrize(
    "wrong",
    [
        "appearance.theme",
        "appearance.theme=pink",
        "appearance.text_percent=87",
        "appearance.text_percent=-5",
        "appearance.text_percent=" + "9" * 5000,
        "appearance.text_percent=1e2",
        "nothing=1",
        "",
    ],
)
def test_a_wrong_assignment_is_refused_whole(wrong: str) -> None:
    settings = Settings()
    with pytest.raises(SettingRefused):
        settings.override(["appearance.theme=dark", wrong])
    assert settings[THEME] == "system"
