"""What the command line refuses before anything is opened, and where its words may stand."""

from pathlib import Path

import pytest

from sms_desktop.cli import main
from sms_desktop.commands import arguments

LATIN_1 = b"/tmp/bd\xff".decode("utf-8", "surrogateescape")
SEND = ("send", "--from", "+16139998877", "--to", "+16131234567")


@pytest.mark.parametrize(
    "words",
    [
        ("send", "--from", "default", "--to", LATIN_1, "hi"),
        ("--basedir", LATIN_1, "export", "-"),
        ("export", LATIN_1),
    ],
    ids=["number", "folder", "file"],
)
def test_bytes_that_are_no_text_are_a_slip(
    words: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--basedir", str(tmp_path / "profile"), *words]) == 2
    assert "not valid UTF-8" in capsys.readouterr().err
    assert not (tmp_path / "profile").exists()


@pytest.mark.parametrize("text", ["", "   ", "\n\n", "\u00a0"])
def test_a_text_without_a_sign_is_not_sent(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--basedir", str(tmp_path / "profile"), *SEND, text]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == "sms-desktop: A message needs a sender, a destination and a text.\n"
    assert not (tmp_path / "profile").exists()


def test_a_setting_that_does_not_exist_is_a_slip(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--set", "nothing=1", *SEND, "hi"]) == 2
    assert "There is no setting" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["", "  "])
def test_an_empty_folder_is_refused(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for words in (["--basedir", name, "export", "-"], ["export", "--basedir", name, "-"]):
        with pytest.raises(SystemExit) as ended:
            main(words)
        assert ended.value.code == 2
        assert "empty name is no folder" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "words",
    [
        ("--basedir", "D", *SEND, "hi"),
        (*SEND, "--basedir", "D", "hi"),
        (*SEND, "hi", "--basedir=D"),
        ("account", "--basedir", "D", "list"),
        ("account", "list", "--basedir", "D"),
        ("doctor", "--basedir", "D"),
        ("--basedir", "other", "doctor", "--basedir", "D"),
    ],
)
def test_the_folder_may_stand_behind_the_command(words: tuple[str, ...]) -> None:
    assert arguments.read(words).basedir == Path("D")


def test_a_command_shows_its_own_usage_alone(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["send", "--help"])
    usage = capsys.readouterr().out.partition("\n\n")[0]
    assert usage.startswith("usage: sms-desktop send [-h]")
    assert "--demo" not in usage
    with pytest.raises(SystemExit):
        main(["--help"])
    lines = capsys.readouterr().out.partition("\n\n")[0].splitlines()
    assert max(map(len, lines)) <= 80
