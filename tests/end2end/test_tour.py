"""The tour drives the real window by itself, and its pictures show all of it without a display."""

import os
import subprocess
import sys
from pathlib import Path

from PySide6.QtGui import QImage

from tests.helpers.program import PATIENCE_S


def test_its_pictures_show_list_and_conversation_side_by_side(tmp_path: Path) -> None:
    folder = tmp_path / "pictures"
    done = subprocess.run(
        [sys.executable, "-m", "sms_desktop", "--demo", "--tour", str(folder)],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=2 * PATIENCE_S,
    )
    assert (done.returncode, done.stderr) == (0, "")
    pictures = [QImage(str(file)) for file in sorted(folder.glob("*.png"))]
    assert len(pictures) > 10
    assert pictures[0].width() > pictures[0].height()
