"""Settings › Connection: buttons that mend what they stand beside, and a report without secrets."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from sms_desktop.domain.errors import SmsDesktopError
from sms_desktop.domain.health import Check, CheckState, Fix, Health, Level, Receiving
from sms_desktop.settings import Settings
from sms_desktop.sync import events
from sms_desktop.ui.bridge import Bridge
from sms_desktop.ui.facts import Facts
from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.windows.settings.connection_page import ConnectionPage
from sms_desktop.ui.windows.settings.page_name import PageName
from sms_desktop.ui.windows.settings.window import SettingsWindow
from tests.helpers.strongbox import Strongbox
from tests.helpers.window_parts import (
    ACCOUNT,
    NOON_MS,
    ON_CALL,
    PAUSED,
    SUPPORT,
    Held,
    Notebook,
    number_states,
)

LEFT = Qt.MouseButton.LeftButton
SECRETS = (
    "+1 316 215 8007",
    "+16139998877",
    "6139998877",
    "quiet-otter.ngrok.app",
    "kandy.example.com",
    "jo@example.com",
    "s3cr3t-value",
    "eyJhbGciOiJIUzI1NiJ9.e30.abc",
    "Support",
    "a" * 43,
)


@pytest.fixture
def held() -> Held:
    return Held()


@pytest.fixture
def window(
    qtbot: QtBot, notebook: Notebook, facts: Facts, theme: Theme, held: Held
) -> SettingsWindow:
    window = SettingsWindow(notebook, facts, theme, Settings(), lambda: NOON_MS, held, Strongbox())
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show_page(PageName.CONNECTION)
    return window


@pytest.fixture
def show(window: SettingsWindow, bridge: Bridge, qtbot: QtBot) -> Callable[[str, Fix], QPushButton]:
    """The button of a step that a remedy is known for."""

    def shown(name: str, fix: Fix) -> QPushButton:
        check = Check(name, name, CheckState.WARNING, "Something.", fix, ACCOUNT.account_id)
        bridge.publish(events.HealthChanged(Health(Level.DEGRADED, "Something.", (check,))))
        rows = window.connection_page.check_rows
        assert rows is not None
        return rows.buttons[name]

    return shown


def test_fix_subscribes_again_what_does_not_receive_and_nothing_else(
    qtbot: QtBot,
    bridge: Bridge,
    notebook: Notebook,
    show: Callable[[str, Fix], QPushButton],
) -> None:
    standing = (Receiving.ACTIVE, Receiving.CANCELLED, Receiving.PAUSED)
    bridge.publish(events.NumbersChanged(number_states(*standing)))
    qtbot.mouseClick(show("subscriptions", Fix.SUBSCRIBE), LEFT)
    assert notebook.named("subscribe_again") == [(ON_CALL.account_id, ON_CALL.number)]
    assert PAUSED.number not in [call[1] for call in notebook.named("subscribe_again")]


def test_try_now_looks_at_everything(
    qtbot: QtBot, notebook: Notebook, show: Callable[[str, Fix], QPushButton]
) -> None:
    qtbot.mouseClick(show("probe", Fix.CHECK), LEFT)
    assert notebook.named("check_connection") == [()]


@pytest.mark.parametrize(
    ("fix", "page"),
    [
        (Fix.SIGN_IN, PageName.ACCOUNT),
        (Fix.CHANGE_WAY, PageName.ACCOUNT),
        (Fix.NUMBERS, PageName.NUMBERS),
    ],
)
def test_what_only_the_person_can_mend_leads_to_where_it_is_done(
    qtbot: QtBot,
    window: SettingsWindow,
    show: Callable[[str, Fix], QPushButton],
    fix: Fix,
    page: PageName,
) -> None:
    qtbot.mouseClick(show("tunnel", fix), LEFT)
    assert window.pages.currentIndex() == page


def _planted(page: ConnectionPage, bridge: Bridge) -> None:
    detail = " · ".join(SECRETS[:3]) + f" https://{SECRETS[3]}/{SECRETS[9]} {SECRETS[4]}:8443"
    more = f"{SECRETS[5]} client_secret={SECRETS[6]} Bearer {SECRETS[7]}"
    checks = (
        Check("tunnel", "Tunnel", CheckState.FAILED, detail),
        Check("account", "Signed in to Kandy", CheckState.FAILED, more),
    )
    bridge.publish(events.HealthChanged(Health(Level.DEAF, f"{detail} {more}", checks)))
    bridge.publish(events.NumbersChanged(number_states(Receiving.ACTIVE, Receiving.FAILED)))
    assert SUPPORT.name in SECRETS


def test_what_the_sheet_shows_is_what_is_copied_and_nothing_secret_is_in_it(
    qtbot: QtBot, window: SettingsWindow, bridge: Bridge
) -> None:
    page = window.connection_page
    _planted(page, bridge)
    QGuiApplication.clipboard().setText("before")
    sheet = page.open_report()
    shown = sheet.text_field.toPlainText()
    assert QGuiApplication.clipboard().text() == "before"
    qtbot.mouseClick(sheet.copy_button, LEFT)
    assert QGuiApplication.clipboard().text() == shown
    assert [secret for secret in SECRETS if secret in shown] == []
    for word in ("Tunnel", "deaf", "1 active, 1 failed", "Python", "SMS Desktop"):
        assert word in shown


def test_a_test_message_needs_a_number_and_tells_its_outcome(
    window: SettingsWindow, bridge: Bridge, notebook: Notebook, held: Held, qtbot: QtBot
) -> None:
    page = window.connection_page
    assert not page.test.button.isEnabled()
    bridge.publish(events.NumbersChanged(number_states(Receiving.ACTIVE, Receiving.ACTIVE)))
    assert page.test.button.isEnabled()
    qtbot.mouseClick(page.test.button, LEFT)
    held.run()
    sent = (SUPPORT.account_id, ON_CALL.number, SUPPORT.number)
    assert notebook.named("test_message") == [sent]
    assert page.test.outcome.text() == "The test message came back after 1.2 s."
    notebook.refusal = SmsDesktopError("Kandy did not take the test message.")
    qtbot.mouseClick(page.test.button, LEFT)
    held.run()
    assert page.test.outcome.text() == "Kandy did not take the test message."
    assert page.test.button.isEnabled()


def test_nothing_is_cut_off_with_large_text_in_a_small_window(
    window: SettingsWindow, bridge: Bridge, theme: Theme, qtbot: QtBot
) -> None:
    long = "own · https://quiet-otter.example.com/a/path/without/any/end · up since 11:06:40"
    checks = (
        Check("tunnel", "Tunnel", CheckState.OK, long, Fix.CHANGE_WAY, ACCOUNT.account_id),
        Check("way_in", "Our own URL answers", CheckState.WARNING, "Something.", Fix.CHECK),
    )
    bridge.publish(events.HealthChanged(Health(Level.DEGRADED, "Something.", checks)))
    theme.set_text_percent(200)
    page = window.connection_page
    window.resize(800, 600)
    qtbot.waitUntil(lambda: page.inside.width() == page.viewport().width())
    for part in page.inside.findChildren(QWidget):
        if part.isVisible():
            right = part.mapTo(page.inside, part.rect().topRight()).x()
            assert right < page.viewport().width(), part
            if isinstance(part, QPushButton):
                assert part.width() >= part.minimumSizeHint().width(), part.text()
