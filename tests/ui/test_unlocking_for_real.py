"""The program on a real gnome-keyring that is locked, emptied, exchanged or gone: nothing is lost."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import keyring
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from sms_desktop.domain.address import Address
from sms_desktop.ui.windows.recovery_key.sheet import RecoveryKeySheet
from sms_desktop.ui.windows.settings.page_name import PageName
from sms_desktop.ui.windows.unlock.new_passphrase_page import NewPassphrasePage
from sms_desktop.ui.windows.unlock.no_keyring_page import NoKeyringPage
from sms_desktop.ui.windows.unlock.passphrase_page import PassphrasePage
from sms_desktop.ui.windows.unlock.recovery_page import RecoveryPage
from sms_desktop.ui.windows.unlock.shut_page import ShutPage
from tests.helpers.asking_program import AskingProgram
from tests.helpers.keyring_session import KeyringSession, keyring_session
from tests.helpers.simulator import SimulatorProcess, simulator

__all__ = ["simulator"]

MARIA = "+16131234567"
TEXT = "the key is under the mat"
PASSPHRASE = "horse battery staple"


@pytest.fixture
def program(qapp: QApplication, tmp_path: Path) -> Iterator[AskingProgram]:
    program = AskingProgram(qapp, tmp_path / "profile")
    yield program
    program.end()


@pytest.fixture
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[KeyringSession]:
    (tmp_path / "keyring").mkdir()
    with keyring_session(tmp_path / "keyring", monkeypatch) as session:
        yield session


@pytest.fixture
def no_keyring() -> Iterator[None]:
    from keyring.backends.fail import Keyring

    before = keyring.get_keyring()
    keyring.set_keyring(Keyring())
    yield
    keyring.set_keyring(before)


def furnished(program: AskingProgram, simulator: SimulatorProcess) -> str:
    """Sign in, receive a message, keep the recovery key; everything is closed again."""
    program.start()
    program.arrive()
    program.until("it has started", lambda: program.window.facts.accounts_known)
    added = program.built.engine.add_account(
        simulator.base_url, simulator.client_id, "", simulator.client_secret, "loopback"
    )
    program.run(added)
    sheet = sheet_of(program)
    key = sheet.card.key_label.text()
    program.click(sheet.kept_button)
    program.until_live()
    own = simulator.default_number
    program.meanwhile(lambda: simulator.write_as(MARIA, own, TEXT))
    program.until("the message is there", lambda: program.is_listed(MARIA))
    program.settle()
    program.close()
    return key


def sheet_of(program: AskingProgram) -> RecoveryKeySheet:
    """The recovery key as it comes by itself."""

    def found() -> RecoveryKeySheet | None:
        sheet = program.window.findChild(RecoveryKeySheet)
        return sheet if sheet and sheet.card.key_label.text().strip() else None

    program.until("the recovery key is shown", found)
    sheet = found()
    assert sheet is not None
    return sheet


def has_its_messages(program: AskingProgram) -> bool:
    program.click_thread(MARIA)
    program.until("the conversation is open", lambda: program.texts() != [])
    return program.texts() == [TEXT]


def sign_in_again(program: AskingProgram, simulator: SimulatorProcess) -> None:
    """As the card of the account offers it: only the secret has to be typed."""
    page = program.window.sheets.open_settings(PageName.ACCOUNT).account_page
    (card,) = page.cards
    program.click(card.sign_in_button)
    fields = page.form.fields
    assert fields.client_id.edit.text() == simulator.client_id
    assert fields.base_url.edit.text() == simulator.base_url
    QTest.keyClicks(fields.secret.edit, simulator.client_secret)
    program.click(page.form.submit_button)
    program.window.sheets.close()


def test_a_keyring_that_opens_asks_nothing(
    session: KeyringSession, program: AskingProgram, simulator: SimulatorProcess
) -> None:
    furnished(program, simulator)
    program.start()
    program.arrive()
    assert program.unlock_window() is None
    program.until_live()
    assert has_its_messages(program)
    assert program.window.findChild(RecoveryKeySheet) is None
    assert not program.window.banner.isVisible()


# Where it fails, the keyring library leaves its connection to the garbage collector.
@pytest.mark.filterwarnings(r"ignore:unclosed <socket.socket fd=\d+, family=1,:ResourceWarning")
def test_a_locked_keyring_is_unlocked_and_tried_again(
    session: KeyringSession, program: AskingProgram, simulator: SimulatorProcess
) -> None:
    furnished(program, simulator)
    session.lock()
    program.start()
    page = program.asked(ShutPage)
    program.click(page.again_button)
    program.until("it is said again", lambda: page.still_label.isVisible() and page.isEnabled())
    session.unlock()
    QTest.keyClick(page.again_button, Qt.Key.Key_Return)
    program.arrive()
    program.until_live()
    assert has_its_messages(program)


def test_an_emptied_keyring_takes_the_recovery_key_back(
    session: KeyringSession, program: AskingProgram, simulator: SimulatorProcess
) -> None:
    key = furnished(program, simulator)
    session.wipe()
    program.start()
    page = program.asked(RecoveryPage)
    program.type_key(page, key.lower())
    profile = program.arrive()
    assert profile.vault.name == "keyring"
    assert has_its_messages(program)
    # The account's secret went with the keyring: that is said, and no message is the worse for it.
    trouble = "Sign in again in Settings › Account."
    program.until("it asks to sign in", lambda: trouble in program.window.facts.health.sentence)
    sign_in_again(program, simulator)
    program.until_live()
    assert has_its_messages(program)
    program.close()
    program.start()
    program.arrive()
    assert program.unlock_window() is None


def test_another_desktops_keyring_knows_nothing_and_is_given_the_key(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    program: AskingProgram,
    simulator: SimulatorProcess,
) -> None:
    with ExitStack() as desktops:
        for name in ("one", "other"):
            (tmp_path / name).mkdir()
        desktops.enter_context(keyring_session(tmp_path / "one", monkeypatch))
        key = furnished(program, simulator)
        desktops.enter_context(keyring_session(tmp_path / "other", monkeypatch))
        program.start()
        page = program.asked(RecoveryPage)
        wrong = key[:-1] + ("2" if key[-1] != "2" else "3")
        page.field.fill(wrong)
        program.click(page.open_button)
        program.until("the mistake is said", lambda: page.complaint.isVisible())
        assert "mistake in line 4" in page.complaint.text()
        page.field.fill(key)
        program.click(page.open_button)
        program.arrive()
        assert has_its_messages(program)
        program.close()


def test_a_keyring_that_is_gone_leaves_the_messages_to_a_passphrase(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    program: AskingProgram,
    simulator: SimulatorProcess,
    request: pytest.FixtureRequest,
) -> None:
    with keyring_session(tmp_path, monkeypatch):
        key = furnished(program, simulator)
    request.getfixturevalue("no_keyring")
    program.start()
    program.type_key(program.asked(RecoveryPage), key)
    choosing = program.asked(NewPassphrasePage)
    for edit in (choosing.field.edit, choosing.again_field.edit):
        QTest.keyClicks(edit, PASSPHRASE)
    program.click(choosing.keep_button)
    assert program.arrive().vault.name == "file"
    assert has_its_messages(program)
    program.close()

    program.start()
    asking = program.asked(PassphrasePage)
    QTest.keyClicks(asking.field.edit, "horse battery stable")
    program.click(asking.open_button)
    program.until("it is said", lambda: bool(asking.field.complaint) and asking.isEnabled())
    asking.field.edit.setText(PASSPHRASE)
    program.click(asking.open_button)
    program.arrive()
    assert has_its_messages(program)


def test_for_this_run_nothing_is_left_behind(no_keyring: None, program: AskingProgram) -> None:
    program.start()
    page = program.asked(NoKeyringPage)
    program.click(page.this_run_choice.radio)
    program.click(page.go_button)
    profile = program.arrive()
    folder = profile.paths.data
    assert profile.paths.database.exists()
    assert not program.paths.database.exists()
    program.until("it is said", lambda: program.window.banner.isVisible())
    program.built.engine.contacts.name(Address(MARIA), "Maria")
    program.settle()
    program.close()
    assert not folder.exists()
    assert not program.paths.database.exists()
    assert not program.paths.state_file.exists()


def test_who_closes_the_question_is_asked_again_next_time(
    no_keyring: None, program: AskingProgram
) -> None:
    for _ in range(2):
        program.start()
        program.asked(NoKeyringPage)
        program.leave()
    assert not program.paths.database.exists()
    assert not program.paths.control_file.exists()
