"""Settings › Privacy › Backups: what is listed, and that nothing happens before the one question."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from sms_desktop.settings import Settings
from sms_desktop.store.errors import NoRoomForBackup
from sms_desktop.ui.facts import Facts
from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.windows.settings.backup_rows import BackupRows
from sms_desktop.ui.windows.settings.page_name import PageName
from sms_desktop.ui.windows.settings.window import SettingsWindow
from tests.helpers.strongbox import Shelved, Strongbox
from tests.helpers.window_parts import NOON_MS, Notebook, run_now

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def shelf() -> Shelved:
    return Shelved()


@pytest.fixture
def rows(
    qtbot: QtBot, notebook: Notebook, facts: Facts, theme: Theme, shelf: Shelved
) -> Iterator[BackupRows]:
    box = Strongbox()
    box.backups = shelf
    window = SettingsWindow(notebook, facts, theme, Settings(), lambda: NOON_MS, run_now, box)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show_page(PageName.PRIVACY)
    assert window.privacy_page.backups is not None
    yield window.privacy_page.backups
    window.close()


def _said(rows: BackupRows) -> str:
    return "\n".join(label.text() for label in rows.findChildren(QLabel) if label.isVisible())


def test_every_backup_says_when_how_big_and_how_much(rows: BackupRows) -> None:
    said = _said(rows)
    assert "November 2026" in said
    assert "1,234 messages" in said or "1234 messages" in said
    assert "Does not open with the present key" in said
    assert [button.isEnabled() for button in rows.restore_buttons] == [True, False]


def test_making_one_shows_it(qtbot: QtBot, rows: BackupRows) -> None:
    qtbot.mouseClick(rows.create_button, LEFT)
    assert len(rows.restore_buttons) == 3
    qtbot.waitUntil(lambda: "1 message\n" in _said(rows) + "\n")


def test_a_full_disk_gets_a_sentence(qtbot: QtBot, rows: BackupRows, shelf: Shelved) -> None:
    shelf.trouble = NoRoomForBackup()
    qtbot.mouseClick(rows.create_button, LEFT)
    assert rows.trouble.text() == NoRoomForBackup().text()
    assert rows.trouble.isVisible()
    assert rows.create_button.isEnabled()


def test_restoring_asks_once(qtbot: QtBot, rows: BackupRows, shelf: Shelved) -> None:
    qtbot.mouseClick(rows.restore_buttons[0], LEFT)
    question = rows.window().findChild(QMessageBox)
    assert question is not None
    assert "put aside" in question.informativeText()
    assert shelf.restored == []
    qtbot.mouseClick(question.findChild(QPushButton, "restore"), LEFT)
    assert shelf.restored == ["b"]


def test_a_run_that_keeps_nothing_has_no_backups(
    qtbot: QtBot, notebook: Notebook, facts: Facts, theme: Theme
) -> None:
    box = Strongbox()
    box.backups = None
    window = SettingsWindow(notebook, facts, theme, Settings(), lambda: NOON_MS, run_now, box)
    qtbot.addWidget(window)
    assert window.privacy_page.backups is None
