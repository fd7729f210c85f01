"""What is not text is refused before anything is opened."""

from pathlib import Path

import pytest

from sms_desktop.cli import main

LATIN_1 = b"caf\xe9".decode("utf-8", "surrogateescape")


@pytest.mark.parametrize("place", [0, 1, 2])
def test_bytes_that_are_no_utf8_are_refused_with_a_sentence(
    place: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["+16139998877", "+16131234567", "hi"]
    words[place] = LATIN_1
    sender, to, text = words
    folder = tmp_path / "profile"
    code = main(["--basedir", str(folder), "send", "--from", sender, "--to", to, text])
    assert code == 2
    assert "not valid UTF-8" in capsys.readouterr().err
    assert not folder.exists()
