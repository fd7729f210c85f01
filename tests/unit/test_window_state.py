"""What the windows remember: kept between runs, and never a reason not to start."""

from pathlib import Path

import pytest

from sms_desktop.window_state import WindowState


def test_what_was_remembered_is_there_at_the_next_start(tmp_path: Path) -> None:
    file = tmp_path / "state.json"
    state = WindowState(file)
    state.remember(geometry="AdnQywAD", conversation=7)
    state.remember(conversation=8)
    again = WindowState(file)
    assert again.text("geometry") == "AdnQywAD"
    assert again.number("conversation") == 8
    assert again.number("geometry", 3) == 3
    assert again.text("other", "usual") == "usual"


def test_nothing_is_written_where_nothing_changed(tmp_path: Path) -> None:
    file = tmp_path / "state.json"
    state = WindowState(file)
    state.remember(width=100)
    file.unlink()
    state.remember(width=100)
    assert not file.exists()


@pytest.mark.log_warnings("could not be read")
@pytest.mark.parametrize("content", [b"{", b"[1]", b'{"width": [1]}', b"\xff", b"[" * 100_000])
def test_a_damaged_file_counts_as_empty(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "state.json"
    file.write_bytes(content)
    state = WindowState(file)
    assert state.number("width", 640) == 640
    state.remember(width=800)
    assert WindowState(file).number("width") == 800


@pytest.mark.log_warnings("could not be saved")
def test_a_disk_that_refuses_stops_nothing(tmp_path: Path) -> None:
    state = WindowState(tmp_path / "missing" / "state.json")
    state.remember(width=800)
    assert state.number("width") == 800
