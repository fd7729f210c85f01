"""The lock in the real window: nothing of messages or people is anywhere, and everything goes on."""

import asyncio
import os

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QGuiApplication, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from sms_desktop.net import control
from sms_desktop.net.errors import ControlFailed
from sms_desktop.settings import LOCK_AFTER
from sms_desktop.ui.windows.lock.pane import LockPane
from sms_desktop.ui.windows.new_message import NewMessageSheet
from sms_desktop.ui.windows.settings.lock_sheet import LockSheet
from sms_desktop.ui.windows.settings.page_name import PageName
from tests.helpers import whole_program
from tests.helpers.simulator import SimulatorProcess, simulator
from tests.helpers.whole_program import WholeProgram, program

__all__ = ["program", "simulator"]

MARIA = "+16131234567"
NAME = "Zdenka Quill"
TEXT = "the falcon eats pudding"
PASSPHRASE = "marzipan quorum"
CTRL = Qt.KeyboardModifier.ControlModifier


def told_to_screen_readers(strange: list[QWindow]) -> str:
    """Every name, value and description that the accessible tree holds, in all windows of ours."""
    found: list[str] = []
    for window in QGuiApplication.topLevelWindows():
        if window not in strange:
            _walk(QAccessible.queryAccessibleInterface(window), found)
    for widget in QApplication.topLevelWidgets():
        if widget.windowHandle() is not None and widget.windowHandle() not in strange:
            _walk(QAccessible.queryAccessibleInterface(widget), found)
    return "\n".join(found)


def _walk(interface: object, found: list[str]) -> None:
    if interface is None or not interface.isValid():  # type: ignore[attr-defined]
        return
    kinds = (QAccessible.Text.Name, QAccessible.Text.Value, QAccessible.Text.Description)
    found += [interface.text(kind) for kind in kinds]  # type: ignore[attr-defined]
    for at in range(interface.childCount()):  # type: ignore[attr-defined]
        _walk(interface.child(at), found)  # type: ignore[attr-defined]


def pane_of(program: WholeProgram) -> LockPane:
    pane = program.window.centralWidget()
    assert isinstance(pane, LockPane)
    return pane


def set_passphrase(program: WholeProgram) -> None:
    settings = program.window.sheets.open_settings(PageName.PRIVACY)
    rows = settings.privacy_page.lock_rows
    settings.privacy_page.ensureWidgetVisible(rows.set_button)
    program.click(rows.set_button)
    sheet = settings.findChild(LockSheet)
    assert sheet is not None
    QTest.keyClicks(sheet.new_field.edit, PASSPHRASE)
    QTest.keyClicks(sheet.again_field.edit, PASSPHRASE)
    program.click(sheet.accept_button)
    program.until("it is set", lambda: rows.lock_button.isVisible())
    settings.close()


def unlock(program: WholeProgram, passphrase: str) -> None:
    pane = pane_of(program)
    pane.field.edit.clear()
    QTest.keyClicks(pane.field.edit, passphrase)
    QTest.keyClick(pane.field.edit, Qt.Key.Key_Return)


@pytest.fixture
def strange(qapp: QApplication) -> list[QWindow]:
    """Windows that other tests have left behind."""
    return QGuiApplication.topLevelWindows()


@pytest.fixture
def furnished(
    strange: list[QWindow], program: WholeProgram, simulator: SimulatorProcess
) -> WholeProgram:
    window = program.open_signed_in(simulator)
    simulator.write_as(MARIA, simulator.default_number, TEXT)
    program.until("it is there", lambda: program.unread(MARIA) == 1)
    program.built.engine.contacts.name(program.listed(MARIA).remote, NAME)
    program.until("it has a name", lambda: program.listed(MARIA).remote_name == NAME)
    program.click_thread(MARIA)
    program.until("it is open", lambda: program.texts() == [TEXT])
    set_passphrase(program)
    window.come_forward()
    program.until("in front", lambda: QApplication.activeWindow() is window)
    program.click(window.conversation_pane.composer.field.viewport())
    return program


def test_nothing_is_left_to_see_or_to_hear(furnished: WholeProgram, strange: list[QWindow]) -> None:
    window = furnished.window
    window.conversation_pane.composer.field.setPlainText("half a thought")
    furnished.settle()
    before = told_to_screen_readers(strange)
    assert NAME in before
    assert TEXT in before
    furnished.press(Qt.Key.Key_N, CTRL)
    furnished.until("asking whom", lambda: QApplication.activeModalWidget() is not None)
    sheet = window.findChild(NewMessageSheet)
    assert sheet is not None
    furnished.built.lock.lock()
    furnished.settle()
    pane_of(furnished)
    told = told_to_screen_readers(strange)
    assert "SMS Desktop is locked" in told
    for planted in (NAME, TEXT, "half a thought", MARIA, "613"):
        assert planted not in told, [one for one in told.splitlines() if planted in one]
    shown = [w for w in QGuiApplication.topLevelWindows() if w.isVisible() and w not in strange]
    assert shown == [window.windowHandle()]
    assert NAME not in window.windowTitle()
    inside = window.findChildren(QWidget)
    assert window.conversation_pane not in inside
    assert window.thread_pane not in inside
    # Keys that open something while unlocked do nothing.
    for key in (Qt.Key.Key_N, Qt.Key.Key_K, Qt.Key.Key_Comma):
        furnished.press(key, CTRL)
    furnished.settle()
    again = [w for w in QGuiApplication.topLevelWindows() if w.isVisible() and w not in strange]
    assert again == shown

    unlock(furnished, PASSPHRASE)
    furnished.until("it is open", lambda: sheet.isVisible())
    assert furnished.texts() == [TEXT]
    assert furnished.written() == "half a thought"
    sheet.reject()


def test_the_address_book_is_put_away_too(furnished: WholeProgram, strange: list[QWindow]) -> None:
    window = furnished.window
    book = window.address_book.open()
    furnished.until("it is there", lambda: book.isVisible() and book.model.rowCount() == 1)
    furnished.built.lock.lock()
    furnished.settle()
    assert NAME not in told_to_screen_readers(strange)
    assert not book.isVisible()
    unlock(furnished, PASSPHRASE)
    furnished.until("it is open", book.isVisible)


def test_it_receives_and_sends_while_locked_and_answers_nobody(
    furnished: WholeProgram, simulator: SimulatorProcess
) -> None:
    simulator.network_down()
    furnished.write("on my way")
    simulator.fault("hold-answer", "send")
    furnished.press(Qt.Key.Key_L, CTRL)
    pane_of(furnished)
    simulator.network_up()
    furnished.meanwhile(lambda: simulator.until(lambda seen: seen.held == 1))
    simulator.write_as(MARIA, simulator.default_number, "and another")
    furnished.meanwhile(
        lambda: simulator.until(lambda seen: "200" in seen.outcomes("inbound")[-1:])
    )
    simulator.release()
    asked = {"from": simulator.default_number, "to": MARIA, "text": "by script"}
    with pytest.raises(ControlFailed, match="locked"):
        furnished.run(control.ask(furnished.paths.control_file, "send", asked, 10.0))
    wanted = {"link": "", "overrides": [f"{LOCK_AFTER.key}=never"]}
    answer = furnished.run(control.ask(furnished.paths.control_file, "show", wanted, 10.0))
    assert not answer.get("has_set")
    assert "by script" not in simulator.seen().texts()
    unlock(furnished, PASSPHRASE)
    furnished.until("it is open", lambda: furnished.open_with() == NAME)
    furnished.until("both are there", lambda: furnished.texts()[1:] == ["on my way", "and another"])
    assert simulator.seen().texts() == ["on my way"]


def test_wrong_passphrases_wait_and_the_recovery_key_opens(furnished: WholeProgram) -> None:
    key = furnished.run(_recovery_key(furnished))
    furnished.press(Qt.Key.Key_L, CTRL)
    pane = pane_of(furnished)
    for _ in range(3):
        unlock(furnished, "a guess")
        furnished.until("it says so", lambda: bool(pane.trouble.text()) and not pane._is_busy)
        pane.trouble.clear() if pane.open_button.isEnabled() else None
    assert "Try again in" in pane.trouble.text()
    assert not pane.open_button.isEnabled()
    furnished.built.lock._tries.succeeded()
    furnished.until("it may be tried", lambda: pane.open_button.isEnabled())
    furnished.click(pane.other_button)
    pane.key_field.fill(key)
    edit = pane.key_field.edits[-1]
    assert isinstance(edit, QLineEdit)
    furnished.click(pane.open_button)
    furnished.until("it is open", lambda: furnished.open_with() == NAME)
    assert not furnished.built.lock.is_set


async def _recovery_key(program: WholeProgram) -> str:
    from sms_desktop.vault.keys import database_key
    from sms_desktop.vault.recovery_key import written

    vault = program.built.profile.vault
    return written(await asyncio.to_thread(database_key, vault, os.urandom, may_make=False))


def test_it_locks_by_itself_and_when_the_computer_slept(furnished: WholeProgram) -> None:
    built = furnished.built
    watch = furnished.window.locking.watch
    assert not watch.timer.isActive()
    built.settings.change(LOCK_AFTER, "5")
    assert watch.timer.interval() == 5 * 60_000
    assert watch.timer.isActive()
    watch.timer.setInterval(1_000_000_000)
    QTest.keyClick(furnished.window.windowHandle(), Qt.Key.Key_Shift)
    furnished.until("it counts anew", lambda: watch.timer.interval() == 5 * 60_000)
    watch.timer.timeout.emit()
    pane_of(furnished)
    assert not watch.timer.isActive()
    unlock(furnished, PASSPHRASE)
    furnished.until("it is open", lambda: furnished.open_with() == NAME)
    built.wake_up()
    pane_of(furnished)


def test_a_restart_is_locked_and_receives_where_a_script_gave_the_passphrase(
    furnished: WholeProgram,
    strange: list[QWindow],
    simulator: SimulatorProcess,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    furnished.close()
    simulator.write_as(MARIA, simulator.default_number, "while it was closed")
    environ = {**whole_program.ENVIRON, "SMS_DESKTOP_LOCK_PASSPHRASE": PASSPHRASE}
    monkeypatch.setattr(whole_program, "ENVIRON", environ)
    furnished.open()
    pane_of(furnished)
    furnished.until_live()
    assert "while it was closed" not in told_to_screen_readers(strange)
    unlock(furnished, PASSPHRASE)
    furnished.until(
        "it is there",
        lambda: furnished.unread(MARIA) == 1 or furnished.texts()[-1:] == ["while it was closed"],
    )
