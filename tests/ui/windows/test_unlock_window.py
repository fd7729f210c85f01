"""The window before the main one: every question, answered by keyboard and by mouse."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from sms_desktop.sync.unlocking.questions import (
    ForThisRun,
    GoBack,
    NewPassphrase,
    NewPassphraseWanted,
    NoKeyring,
    Passphrase,
    PassphraseWanted,
    Purpose,
    Question,
    Reason,
    RecoveryKey,
    RecoveryKeyWanted,
    TryAgain,
    UsePassphrase,
    UseRecoveryKey,
    VaultShut,
)
from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.windows.recovery_key.note import note_text
from sms_desktop.ui.windows.unlock.new_passphrase_page import NewPassphrasePage
from sms_desktop.ui.windows.unlock.no_keyring_page import NoKeyringPage
from sms_desktop.ui.windows.unlock.passphrase_page import PassphrasePage
from sms_desktop.ui.windows.unlock.recovery_page import RecoveryPage
from sms_desktop.ui.windows.unlock.shut_page import ShutPage
from sms_desktop.ui.windows.unlock.window import UnlockWindow
from sms_desktop.vault.errors import (
    KeyMissing,
    VaultLocked,
    VaultUnavailable,
    WrongPassphrase,
)
from sms_desktop.vault.recovery_key import read, written

LEFT = Qt.MouseButton.LeftButton
KEY = bytes(range(40, 72))
LINES = written(KEY).splitlines()
LOCKED = VaultShut(VaultLocked(), has_messages=True, is_locked=True)
MISSING = RecoveryKeyWanted(KeyMissing(), Reason.NOT_KEPT)
FIRST = NewPassphraseWanted(VaultUnavailable(), Purpose.FIRST, can_go_back=True)
ASKED = PassphraseWanted(WrongPassphrase(), has_messages=True)


@pytest.fixture
def window(qtbot: QtBot, theme: Theme) -> UnlockWindow:
    window = UnlockWindow(theme)
    qtbot.addWidget(window)
    return window


@pytest.fixture
def answers(window: UnlockWindow) -> list[object]:
    found: list[object] = []
    window.answered.connect(found.append)
    window.left.connect(lambda: found.append("left"))
    return found


def asked(qtbot: QtBot, window: UnlockWindow, question: Question, page: type) -> QWidget:
    window.ask(question)
    qtbot.waitUntil(window.isActiveWindow)
    assert isinstance(window.page, page)
    return window.page


def words_on(window: UnlockWindow) -> str:
    labels = window.page.findChildren(QLabel)
    return "\n".join(label.text() for label in labels if label.isVisible())


def press(qtbot: QtBot, key: Qt.Key) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    qtbot.keyClick(focus, key)


def type_on(qtbot: QtBot, text: str) -> None:
    """Type wherever the focus is, which may move on."""
    for character in text:
        qtbot.keyClicks(QApplication.focusWidget(), character)


# Locked.


def test_a_locked_keyring_is_tried_again_by_enter(
    qtbot: QtBot, window: UnlockWindow, answers: list[object]
) -> None:
    page = asked(qtbot, window, LOCKED, ShutPage)
    assert "keyring is locked" in words_on(window)
    assert "messages are untouched" in words_on(window)
    press(qtbot, Qt.Key.Key_Return)
    assert answers == [TryAgain()]
    window.work()
    assert not page.isEnabled()
    window.ask(LOCKED)
    assert window.page is page
    assert page.isEnabled()
    assert "still locked" in words_on(window)


def test_a_locked_keyring_can_be_gone_round(
    qtbot: QtBot, window: UnlockWindow, answers: list[object]
) -> None:
    page = asked(qtbot, window, LOCKED, ShutPage)
    assert isinstance(page, ShutPage)
    qtbot.mouseClick(page.other_button, LEFT)
    first_time = VaultShut(VaultLocked(), has_messages=False, is_locked=True)
    page = asked(qtbot, window, first_time, ShutPage)
    assert isinstance(page, ShutPage)
    assert "passphrase" in page.other_button.text()
    qtbot.mouseClick(page.other_button, LEFT)
    assert answers == [UseRecoveryKey(), UsePassphrase()]


def test_a_silent_vault_says_what_it_says(qtbot: QtBot, window: UnlockWindow) -> None:
    silent = VaultShut(VaultUnavailable("The keyring does not answer."), True, False)
    asked(qtbot, window, silent, ShutPage)
    assert "The keyring does not answer." in words_on(window)


def test_escape_and_quit_leave(qtbot: QtBot, window: UnlockWindow, answers: list[object]) -> None:
    asked(qtbot, window, LOCKED, ShutPage)
    press(qtbot, Qt.Key.Key_Escape)
    assert not window.isVisible()
    page = asked(qtbot, window, MISSING, RecoveryPage)
    assert isinstance(page, RecoveryPage)
    qtbot.mouseClick(page.quit_button, LEFT)
    window.show()
    window.close()
    assert answers == ["left"] * 3


# No keyring.


def test_without_a_keyring_a_passphrase_comes_first(
    qtbot: QtBot, window: UnlockWindow, answers: list[object]
) -> None:
    page = asked(qtbot, window, NoKeyring(VaultUnavailable()), NoKeyringPage)
    assert isinstance(page, NoKeyringPage)
    assert "your messages and your sign-in are forgotten" in words_on(window)
    press(qtbot, Qt.Key.Key_Return)
    press(qtbot, Qt.Key.Key_Down)
    assert page.this_run_choice.radio.isChecked()
    assert not page.passphrase_choice.radio.isChecked()
    press(qtbot, Qt.Key.Key_Return)
    assert answers == [UsePassphrase(), ForThisRun()]


def test_the_whole_card_of_a_choice_can_be_clicked(
    qtbot: QtBot, window: UnlockWindow, answers: list[object]
) -> None:
    page = asked(qtbot, window, NoKeyring(VaultUnavailable()), NoKeyringPage)
    assert isinstance(page, NoKeyringPage)
    qtbot.mouseClick(page.this_run_choice, LEFT)
    qtbot.mouseClick(page.go_button, LEFT)
    qtbot.mouseClick(page.passphrase_choice, LEFT)
    qtbot.mouseClick(page.go_button, LEFT)
    qtbot.mouseClick(page.again_button, LEFT)
    assert answers == [ForThisRun(), UsePassphrase(), TryAgain()]
    window.ask(NoKeyring(VaultUnavailable()))
    assert "still none" in words_on(window)


# A passphrase.


def test_the_passphrase_is_typed_and_a_wrong_one_is_said_beside_it(
    qtbot: QtBot, window: UnlockWindow, answers: list[object]
) -> None:
    page = asked(qtbot, window, ASKED, PassphrasePage)
    assert isinstance(page, PassphrasePage)
    assert not page.open_button.isEnabled()
    qtbot.keyClicks(QApplication.focusWidget(), " open barley ")
    press(qtbot, Qt.Key.Key_Return)
    assert answers == [Passphrase(" open barley ")]
    window.work()
    assert page.open_button.text() == "Opening…"
    window.ask(PassphraseWanted(WrongPassphrase(), True, WrongPassphrase().text()))
    assert window.page is page
    assert "does not open" in page.field.complaint
    assert QApplication.focusWidget() is page.field.edit
    qtbot.keyClicks(page.field.edit, "open sesame")  # in the place of the wrong one
    assert page.field.complaint == ""
    qtbot.mouseClick(page.open_button, LEFT)
    assert answers[1:] == [Passphrase("open sesame")]


def test_what_is_typed_is_hidden_until_asked_for(qtbot: QtBot, window: UnlockWindow) -> None:
    page = asked(qtbot, window, ASKED, PassphrasePage)
    assert isinstance(page, PassphrasePage)
    assert page.field.edit.echoMode() is QLineEdit.EchoMode.Password
    page.show_box.setFocus()
    press(qtbot, Qt.Key.Key_Space)
    assert page.field.edit.echoMode() is QLineEdit.EchoMode.Normal


@pytest.mark.parametrize(
    ("has_messages", "answer"), [(True, UseRecoveryKey()), (False, UsePassphrase())]
)
def test_a_forgotten_passphrase_has_a_way_out(
    qtbot: QtBot, window: UnlockWindow, answers: list[object], has_messages: bool, answer: object
) -> None:
    question = PassphraseWanted(WrongPassphrase(), has_messages)
    page = asked(qtbot, window, question, PassphrasePage)
    assert isinstance(page, PassphrasePage)
    qtbot.mouseClick(page.forgotten_button, LEFT)
    assert answers == [answer]


# A new passphrase.


def test_a_new_passphrase_is_typed_twice(
    qtbot: QtBot, window: UnlockWindow, answers: list[object]
) -> None:
    page = asked(qtbot, window, FIRST, NewPassphrasePage)
    assert isinstance(page, NewPassphrasePage)
    qtbot.keyClicks(QApplication.focusWidget(), "horse battery staple")
    press(qtbot, Qt.Key.Key_Tab)
    qtbot.keyClicks(QApplication.focusWidget(), "horse battery stable")
    press(qtbot, Qt.Key.Key_Return)
    assert answers == []
    assert page.again_field.complaint == "This is not the same as above."
    qtbot.keyClicks(QApplication.focusWidget(), "horse battery staple")
    press(qtbot, Qt.Key.Key_Return)
    assert answers == [NewPassphrase("horse battery staple")]


def test_how_strong_it_is_is_said_while_it_is_typed(qtbot: QtBot, window: UnlockWindow) -> None:
    page = asked(qtbot, window, FIRST, NewPassphrasePage)
    assert isinstance(page, NewPassphrasePage)
    for typed, word in (
        ("short", "At least 8"),
        ("password123", "Weak"),
        ("horse battery staple", "Fair"),
        ("correct horse battery staple", "Good"),
    ):
        page.field.edit.setText(typed)
        page.again_field.edit.setText(typed)
        assert page.hint.text().startswith(word)
        assert page.field.edit.accessibleDescription() == page.hint.text()
        assert page.keep_button.isEnabled() is (typed != "short")


def test_one_can_go_back_and_trouble_is_said(
    qtbot: QtBot, window: UnlockWindow, answers: list[object]
) -> None:
    page = asked(qtbot, window, FIRST, NewPassphrasePage)
    assert isinstance(page, NewPassphrasePage)
    qtbot.mouseClick(page.back_button, LEFT)
    assert answers == [GoBack()]
    trouble = NewPassphraseWanted(FIRST.cause, FIRST.purpose, "The disk is full.", True)
    window.ask(trouble)
    assert window.page is page
    assert page.field.complaint == "The disk is full."


# The recovery key.


def test_the_recovery_key_is_typed_from_line_to_line(
    qtbot: QtBot, window: UnlockWindow, answers: list[object]
) -> None:
    page = asked(qtbot, window, MISSING, RecoveryPage)
    assert isinstance(page, RecoveryPage)
    type_on(qtbot, "".join(LINES).replace(" ", "").lower().replace("0", "o"))
    assert [edit.text() for edit in page.field.edits] == LINES
    assert page.field.is_complete
    press(qtbot, Qt.Key.Key_Return)
    (answer,) = answers
    assert isinstance(answer, RecoveryKey)
    assert read(answer.text) == KEY


def test_enter_after_each_line_leads_to_the_next_one(
    qtbot: QtBot, window: UnlockWindow, answers: list[object]
) -> None:
    page = asked(qtbot, window, MISSING, RecoveryPage)
    assert isinstance(page, RecoveryPage)
    type_on(qtbot, LINES[0][:6])
    press(qtbot, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is page.field.edits[1]
    for line in LINES[1:3]:
        type_on(qtbot, line)
        press(qtbot, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is page.field.edits[3]
    assert answers == []
    type_on(qtbot, LINES[3][:3])
    press(qtbot, Qt.Key.Key_Return)
    assert len(answers) == 1


def test_a_line_that_is_wrong_says_so_and_is_mended(qtbot: QtBot, window: UnlockWindow) -> None:
    page = asked(qtbot, window, MISSING, RecoveryPage)
    assert isinstance(page, RecoveryPage)
    first, second = page.field.edits[:2]
    wrong = LINES[0][:-1] + ("2" if LINES[0][-1] != "2" else "3")
    type_on(qtbot, wrong)
    assert QApplication.focusWidget() is first
    assert "mistake" in first.accessibleDescription()
    press(qtbot, Qt.Key.Key_Backspace)
    type_on(qtbot, LINES[0][-1])
    assert first.accessibleDescription() == "right"
    assert QApplication.focusWidget() is second


def test_mending_the_middle_of_a_line_keeps_the_cursor(qtbot: QtBot, window: UnlockWindow) -> None:
    page = asked(qtbot, window, MISSING, RecoveryPage)
    assert isinstance(page, RecoveryPage)
    edit = page.field.edits[0]
    page.field.fill("\n".join([LINES[0][:6] + LINES[0][7:], *LINES[1:]]))
    edit.setFocus()
    edit.setCursorPosition(6)
    type_on(qtbot, LINES[0][6])
    assert edit.cursorPosition() == 7
    assert page.field.is_complete


@pytest.mark.parametrize("text", [written(KEY), note_text(written(KEY)), "".join(LINES)])
def test_the_recovery_key_is_pasted_anywhere(
    qtbot: QtBot, window: UnlockWindow, answers: list[object], text: str
) -> None:
    page = asked(qtbot, window, MISSING, RecoveryPage)
    assert isinstance(page, RecoveryPage)
    QApplication.clipboard().setText(text)
    page.field.edits[2].setFocus()
    page.field.edits[2].paste()
    assert page.field.is_complete
    qtbot.mouseClick(page.open_button, LEFT)
    (answer,) = answers
    assert isinstance(answer, RecoveryKey)
    assert read(answer.text) == KEY


def test_the_recovery_key_is_read_from_its_file(
    qtbot: QtBot, window: UnlockWindow, tmp_path: Path
) -> None:
    page = asked(qtbot, window, MISSING, RecoveryPage)
    assert isinstance(page, RecoveryPage)
    qtbot.mouseClick(page.file_button, LEFT)
    dialog = window.findChild(QFileDialog)
    assert dialog is not None
    dialog.reject()
    note = tmp_path / "note.txt"
    note.write_bytes(b"\xff\x00 nothing here")
    page.read_file(str(note))
    assert page.complaint.text() == "There is no recovery key in that file."
    page.read_file(str(tmp_path / "gone.txt"))
    assert "cannot be read" in page.complaint.text()
    note.write_text(note_text(written(KEY)))
    page.read_file(str(note))
    assert page.field.is_complete
    assert page.complaint.isHidden()
    assert QApplication.focusWidget() is page.open_button


def test_a_complaint_about_the_key_keeps_what_was_typed(qtbot: QtBot, window: UnlockWindow) -> None:
    page = asked(qtbot, window, MISSING, RecoveryPage)
    assert isinstance(page, RecoveryPage)
    page.field.fill("\n".join([LINES[0], LINES[1][:-1], *LINES[2:]]))
    window.work()
    window.ask(RecoveryKeyWanted(MISSING.cause, MISSING.reason, "Line 2 has 15."))
    assert window.page is page
    assert page.complaint.isVisible()
    assert QApplication.focusWidget() is page.field.edits[1]
    type_on(qtbot, LINES[1][-1])
    assert page.complaint.isHidden()


@pytest.mark.parametrize(("can_go_back", "answer"), [(True, GoBack()), (False, TryAgain())])
def test_the_recovery_key_is_not_the_only_way(
    qtbot: QtBot, window: UnlockWindow, answers: list[object], can_go_back: bool, answer: object
) -> None:
    question = RecoveryKeyWanted(KeyMissing(), Reason.CHOSEN, can_go_back=can_go_back)
    page = asked(qtbot, window, question, RecoveryPage)
    assert isinstance(page, RecoveryPage)
    qtbot.mouseClick(page.other_button, LEFT)
    assert answers == [answer]
    window.ask(question)
    assert page.complaint.text() == "Nothing has changed."


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_says_what_happened(
    qtbot: QtBot, window: UnlockWindow, reason: Reason
) -> None:
    asked(qtbot, window, RecoveryKeyWanted(KeyMissing(), reason), RecoveryPage)
    assert window.page.accessibleName()
    assert "messages" in words_on(window) or "accounts" in words_on(window)


def test_one_page_follows_the_other_in_the_same_window(qtbot: QtBot, window: UnlockWindow) -> None:
    for question, page in (
        (LOCKED, ShutPage),
        (MISSING, RecoveryPage),
        (NewPassphraseWanted(KeyMissing(), Purpose.RECOVERED), NewPassphrasePage),
        (NewPassphraseWanted(KeyMissing(), Purpose.AFRESH), NewPassphrasePage),
        (ASKED, PassphrasePage),
    ):
        asked(qtbot, window, question, page)
        assert QApplication.focusWidget() is not None
        assert window.page.isAncestorOf(QApplication.focusWidget())
