"""The table of shortcuts: each key once, and none that a text field needs for itself."""

import pytest
from PySide6.QtGui import QKeySequence

from sms_desktop.ui.actions import TABLE, shortcut_of

CURSOR_ON_A_MAC = {f"Alt+{arrow}" for arrow in ("Left", "Right", "Up", "Down")}


@pytest.mark.parametrize("platform", ["linux", "win32", "darwin"])
def test_every_shortcut_is_a_key_of_its_own(platform: str) -> None:
    keys = [shortcut_of(entry, platform) for entry in TABLE if entry.shortcut]
    portable = [QKeySequence.fromString(key).toString() for key in keys]
    assert all(portable)
    assert len(set(portable)) == len(portable)


def test_on_a_mac_option_and_an_arrow_are_left_to_the_text() -> None:
    assert not CURSOR_ON_A_MAC & {shortcut_of(entry, "darwin") for entry in TABLE}
