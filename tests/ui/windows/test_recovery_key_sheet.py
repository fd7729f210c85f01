"""The recovery key for its owner: shown, copied, saved, printed, and asked for again."""

import os
import stat
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog
from pytestqt.qtbot import QtBot

from sms_desktop.domain.errors import SmsDesktopError
from sms_desktop.settings import Settings
from sms_desktop.sync import events
from sms_desktop.ui.bridge import Bridge
from sms_desktop.ui.facts import Facts
from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.windows.main_window import MainWindow
from sms_desktop.ui.windows.recovery_key.note import note_text
from sms_desktop.ui.windows.recovery_key.sheet import RecoveryKeySheet
from sms_desktop.ui.windows.settings.page_name import PageName
from sms_desktop.ui.windows.settings.window import SettingsWindow
from sms_desktop.vault.recovery_key import read, written
from sms_desktop.window_state import WindowState
from tests.helpers.strongbox import RECOVERY_KEY, Strongbox
from tests.helpers.window_parts import ACCOUNT, NOON_MS, Notebook, Shelf, run_now

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def box() -> Strongbox:
    box = Strongbox()
    box.is_key_kept = False
    return box


def opened(qtbot: QtBot, box: Strongbox, theme: Theme, *, asks_first: bool) -> RecoveryKeySheet:
    sheet = RecoveryKeySheet(box, theme, run_now, asks_first=asks_first)
    sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(sheet)
    sheet.show()
    sheet.activateWindow()
    qtbot.waitUntil(sheet.isActiveWindow)
    return sheet


# What it shows.


def test_the_first_time_the_key_is_simply_there(qtbot: QtBot, box: Strongbox, theme: Theme) -> None:
    sheet = opened(qtbot, box, theme, asks_first=False)
    assert sheet.card.key_label.text() == RECOVERY_KEY
    assert "A B C D, E F G H" in sheet.card.key_label.accessibleName()
    assert sheet.windowModality() is Qt.WindowModality.NonModal
    qtbot.mouseClick(sheet.kept_button, LEFT)
    assert box.is_key_kept
    assert not sheet.isVisible()


def test_later_keeps_nothing_in_mind(qtbot: QtBot, box: Strongbox, theme: Theme) -> None:
    sheet = opened(qtbot, box, theme, asks_first=False)
    assert sheet.close_button.text() == "Later"
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    assert not sheet.isVisible()
    assert not box.is_key_kept


def test_again_it_is_asked_whether_to_show_it(qtbot: QtBot, box: Strongbox, theme: Theme) -> None:
    box.is_key_kept = True
    sheet = opened(qtbot, box, theme, asks_first=True)
    assert "over your shoulder" in sheet.text.text()
    assert not sheet.card.isVisible()
    assert not sheet.field.isVisible()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert sheet.card.key_label.text() == RECOVERY_KEY
    assert not sheet.kept_button.isVisible()
    assert sheet.close_button.text() == "Close"


def test_a_file_of_secrets_asks_its_passphrase_again(
    qtbot: QtBot, box: Strongbox, theme: Theme
) -> None:
    box.vault_name, box.passphrase = "file", "open sesame"
    sheet = opened(qtbot, box, theme, asks_first=True)
    assert QApplication.focusWidget() is sheet.field.edit
    qtbot.mouseClick(sheet.show_button, LEFT)
    assert sheet.field.complaint == "Your passphrase is missing."
    qtbot.keyClicks(sheet.field.edit, "open barley")
    qtbot.keyClick(sheet.field.edit, Qt.Key.Key_Return)
    assert "does not open" in sheet.field.complaint
    assert sheet.card.key_label.text().strip() == ""
    qtbot.keyClicks(sheet.field.edit, "open sesame")
    qtbot.keyClick(sheet.field.edit, Qt.Key.Key_Return)
    assert sheet.card.key_label.text() == RECOVERY_KEY


def test_a_vault_that_does_not_open_shows_nothing_and_can_be_tried_again(
    qtbot: QtBot, box: Strongbox, theme: Theme
) -> None:
    box.trouble = SmsDesktopError("The keyring is locked.")
    sheet = opened(qtbot, box, theme, asks_first=False)
    assert sheet.trouble.text() == "The keyring is locked."
    assert not sheet.card.isVisible()
    assert not sheet.kept_button.isVisible()
    box.trouble = None
    qtbot.mouseClick(sheet.show_button, LEFT)
    assert sheet.card.key_label.text() == RECOVERY_KEY
    assert not sheet.trouble.isVisible()


# What can be done with it.


def test_copying_marks_it_as_a_secret(qtbot: QtBot, box: Strongbox, theme: Theme) -> None:
    sheet = opened(qtbot, box, theme, asks_first=False)
    qtbot.mouseClick(sheet.card.copy_button, LEFT)
    data = QApplication.clipboard().mimeData()
    assert data.text() == RECOVERY_KEY
    assert data.data("x-kde-passwordManagerHint") == b"secret"
    assert "Copied" in sheet.card.outcome.text()


def test_a_saved_note_can_be_read_back_and_is_private(
    qtbot: QtBot, box: Strongbox, theme: Theme, tmp_path: Path
) -> None:
    sheet = opened(qtbot, box, theme, asks_first=False)
    qtbot.mouseClick(sheet.card.save_button, LEFT)
    dialog = sheet.findChild(QFileDialog)
    assert dialog is not None
    dialog.reject()
    file = tmp_path / "note.txt"
    sheet.card.save_to(str(file))
    assert RECOVERY_KEY.splitlines()[2] in file.read_text()
    if os.name != "nt":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert sheet.card.outcome.text() == "Saved as note.txt."
    sheet.card.save_to(str(tmp_path / "nowhere" / "note.txt"))
    assert "could not be saved" in sheet.card.outcome.text()


def test_the_note_is_read_back_as_it_is() -> None:
    key = bytes(range(32))
    assert read(note_text(written(key))) == key


def test_the_note_is_printed(qtbot: QtBot, box: Strongbox, theme: Theme, tmp_path: Path) -> None:
    sheet = opened(qtbot, box, theme, asks_first=False)
    assert sheet.card.print_button.isVisible()
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "note.pdf"))
    sheet.card.print_on(printer)
    assert (tmp_path / "note.pdf").read_bytes().startswith(b"%PDF")
    assert sheet.card.outcome.text() == "Sent to the printer."


# When it comes by itself.


@pytest.fixture
def window(
    qtbot: QtBot,
    shelf: Shelf,
    notebook: Notebook,
    bridge: Bridge,
    theme: Theme,
    tmp_path: Path,
    box: Strongbox,
) -> MainWindow:
    state = WindowState(tmp_path / "window.json")
    window = MainWindow(
        shelf, notebook, bridge, theme, Settings(), state, lambda: NOON_MS, run_now, box
    )
    qtbot.addWidget(window, before_close_func=lambda w: w.sheets.close())
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def sheet_of(window: MainWindow) -> RecoveryKeySheet | None:
    return window.findChild(RecoveryKeySheet)


def test_it_comes_once_the_first_account_is_there(
    qtbot: QtBot, window: MainWindow, bridge: Bridge, box: Strongbox
) -> None:
    bridge.publish(events.AccountsChanged(()))
    QApplication.processEvents()
    assert sheet_of(window) is None
    bridge.publish(events.AccountsChanged((ACCOUNT,)))
    qtbot.waitUntil(lambda: sheet_of(window) is not None)
    sheet = sheet_of(window)
    assert sheet is not None
    qtbot.mouseClick(sheet.kept_button, LEFT)
    bridge.publish(events.AccountsChanged(()))
    bridge.publish(events.AccountsChanged((ACCOUNT,)))
    qtbot.waitUntil(lambda: sheet_of(window) is None)


def test_it_waits_until_another_dialog_is_closed(
    qtbot: QtBot, window: MainWindow, bridge: Bridge
) -> None:
    bridge.publish(events.AccountsChanged(()))
    other = QDialog(window)
    other.open()
    qtbot.waitUntil(other.isActiveWindow)
    bridge.publish(events.AccountsChanged((ACCOUNT,)))
    QApplication.processEvents()
    assert sheet_of(window) is None
    other.close()
    window.activateWindow()
    qtbot.waitUntil(lambda: sheet_of(window) is not None)


def test_a_later_run_only_reminds_of_it(
    qtbot: QtBot, window: MainWindow, bridge: Bridge, box: Strongbox
) -> None:
    bridge.publish(events.AccountsChanged((ACCOUNT,)))
    assert "not kept your recovery key" in window.banner.sentence.text()
    assert sheet_of(window) is None
    qtbot.mouseClick(window.banner.action_button, LEFT)
    assert sheet_of(window) is not None


@pytest.mark.parametrize("why", ["kept", "scripted"])
def test_nobody_is_bothered_without_need(
    qtbot: QtBot,
    request: pytest.FixtureRequest,
    bridge: Bridge,
    box: Strongbox,
    why: str,
) -> None:
    box.is_key_kept, box.is_scripted = why == "kept", why == "scripted"
    window: MainWindow = request.getfixturevalue("window")
    for accounts in ((), (ACCOUNT,)):
        bridge.publish(events.AccountsChanged(accounts))
        QApplication.processEvents()
    assert sheet_of(window) is None
    assert not window.banner.isVisible()


def test_a_run_that_keeps_nothing_says_so(
    qtbot: QtBot, box: Strongbox, request: pytest.FixtureRequest, bridge: Bridge
) -> None:
    box.vault_name = "memory"
    window: MainWindow = request.getfixturevalue("window")
    bridge.publish(events.AccountsChanged(()))
    assert "This run keeps nothing" in window.banner.sentence.text()
    qtbot.mouseClick(window.banner.action_button, LEFT)
    settings = window.sheets.settings
    assert settings is not None
    assert settings.pages.currentWidget() is settings.privacy_page


# Settings › Privacy.


def settings_with(
    qtbot: QtBot, notebook: Notebook, facts: Facts, theme: Theme, box: Strongbox
) -> SettingsWindow:
    window = SettingsWindow(notebook, facts, theme, Settings(), lambda: NOON_MS, run_now, box)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show_page(PageName.PRIVACY)
    return window


@pytest.mark.parametrize(
    ("vault", "words"),
    [("keyring", "In the keyring"), ("file", "under a passphrase"), ("memory", "for this run")],
)
def test_settings_say_where_secrets_are(
    qtbot: QtBot,
    notebook: Notebook,
    facts: Facts,
    theme: Theme,
    box: Strongbox,
    vault: str,
    words: str,
) -> None:
    box.vault_name = vault
    window = settings_with(qtbot, notebook, facts, theme, box)
    assert words in window.privacy_page.vault_label.text()


def test_settings_show_the_key_again(
    qtbot: QtBot, window: MainWindow, bridge: Bridge, box: Strongbox
) -> None:
    settings = window.sheets.open_settings(PageName.PRIVACY)
    page = settings.privacy_page
    assert page.key_label.text() == "Not kept yet"
    qtbot.mouseClick(page.show_button, LEFT)
    sheet = settings.findChild(RecoveryKeySheet)
    assert sheet is not None
    assert not sheet.card.isVisible()
    qtbot.mouseClick(sheet.show_button, LEFT)
    qtbot.mouseClick(sheet.kept_button, LEFT)
    assert page.key_label.text() == "You have kept it"
