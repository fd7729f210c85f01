from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from sms_desktop.domain.account import AccountKind
from sms_desktop.domain.errors import SmsDesktopError
from sms_desktop.domain.health import Check, CheckState, Health, Level, Receiving
from sms_desktop.settings import TEXT_PERCENT, THEME, Settings
from sms_desktop.sync import events
from sms_desktop.ui.bridge import Bridge
from sms_desktop.ui.facts import Facts
from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.windows.settings.page_name import PageName
from sms_desktop.ui.windows.settings.window import SettingsWindow
from tests.helpers.window_parts import (
    ACCOUNT,
    NOON_MS,
    ON_CALL,
    SUPPORT,
    Held,
    Notebook,
    number_states,
)


@pytest.fixture
def settings() -> Settings:
    return Settings()


@pytest.fixture
def held() -> Held:
    return Held()


@pytest.fixture
def window(
    qtbot: QtBot, notebook: Notebook, facts: Facts, theme: Theme, settings: Settings, held: Held
) -> SettingsWindow:
    window = SettingsWindow(notebook, facts, theme, settings, lambda: NOON_MS, held)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show_page(PageName.ACCOUNT)
    return window


def test_every_number_is_a_card_that_says_how_it_stands(
    qtbot: QtBot, window: SettingsWindow, bridge: Bridge, notebook: Notebook
) -> None:
    window.show_page(PageName.NUMBERS)
    assert window.numbers_page.none_label.isVisible()
    told = number_states(Receiving.ACTIVE, Receiving.CANCELLED, Receiving.PAUSED)
    bridge.publish(events.NumbersChanged(told))
    support, on_call, old_line = window.numbers_page.cards
    assert support.words.text() == "Receiving"
    assert support.subscribe_button.isHidden()
    assert on_call.words.text().startswith("Subscription cancelled by Kandy at ")
    assert old_line.words.text() == "Paused"
    assert old_line.subscribe_button.isHidden()
    qtbot.mouseClick(on_call.subscribe_button, Qt.MouseButton.LeftButton)
    assert notebook.named("subscribe_again") == [(ON_CALL.account_id, ON_CALL.number)]


def test_a_number_is_renamed_coloured_and_paused(
    qtbot: QtBot, window: SettingsWindow, bridge: Bridge, notebook: Notebook
) -> None:
    bridge.publish(events.NumbersChanged(number_states(Receiving.ACTIVE)))
    sheet = window.numbers_page.edit(SUPPORT)
    sheet.name_field.selectAll()
    qtbot.keyClicks(sheet.name_field, "  Help  desk ")
    teal = next(b for b in sheet.swatches.buttons() if b.accessibleName() == "Teal")
    qtbot.mouseClick(teal, Qt.MouseButton.LeftButton)
    sheet.receive_box.setFocus()
    qtbot.keyClick(sheet.receive_box, Qt.Key.Key_Space)
    qtbot.mouseClick(sheet.save_button, Qt.MouseButton.LeftButton)
    wanted = replace(SUPPORT, name="Help desk", colour="#0f9aa8", receive=False)
    assert notebook.named("change_number") == [(wanted,)]


def test_an_unchanged_number_is_left_alone(
    qtbot: QtBot, window: SettingsWindow, notebook: Notebook
) -> None:
    sheet = window.numbers_page.edit(SUPPORT)
    qtbot.mouseClick(sheet.save_button, Qt.MouseButton.LeftButton)
    assert notebook.named("change_number") == []


def test_connection_shows_every_check_with_its_reason(
    qtbot: QtBot, window: SettingsWindow, bridge: Bridge, notebook: Notebook
) -> None:
    window.show_page(PageName.CONNECTION)
    checks = (
        Check("sign_in", "Signed in to Kandy", CheckState.OK, "clock differs by 0.4 s"),
        Check("subscriptions", "Subscriptions", CheckState.FAILED, "0 of 3 active"),
    )
    bridge.publish(events.HealthChanged(Health(Level.DEAF, "Kandy does not answer.", checks)))
    page = window.connection_page
    assert page.rows() == [
        "Signed in to Kandy: works. clock differs by 0.4 s",
        "Subscriptions: failed. 0 of 3 active",
    ]
    assert page.verdict.text() == "Kandy does not answer."
    qtbot.mouseClick(page.check_button, Qt.MouseButton.LeftButton)
    assert notebook.named("check_connection") == [()]


def test_what_is_missing_is_said_beside_its_field(
    qtbot: QtBot, window: SettingsWindow, held: Held
) -> None:
    form = window.account_page.form
    form.base_url.edit.setText("http://kandy.example.com")
    qtbot.mouseClick(form.submit_button, Qt.MouseButton.LeftButton)
    assert "https://" in form.base_url.complaint
    assert form.client_id.complaint == "Private project key is missing."
    assert form.secret.complaint == "Private project secret is missing."
    assert held.waiting == []
    qtbot.keyClicks(form.client_id.edit, "P")
    assert form.client_id.complaint == ""


def test_signing_in_as_a_project(
    qtbot: QtBot, window: SettingsWindow, notebook: Notebook, held: Held
) -> None:
    form = window.account_page.form
    qtbot.keyClicks(form.client_id.edit, "PUB-1")
    QApplication.clipboard().setText("  s3cret\n")
    form.secret.edit.paste()
    assert form.secret.edit.text() == "s3cret"
    qtbot.keyClick(form.secret.edit, Qt.Key.Key_Return)
    assert not form.submit_button.isEnabled()
    assert form.submit_button.text() == "Signing in…"
    held.run()
    assert notebook.named("add_account") == [
        ("https://oauth-cpaas.att.com", "PUB-1", "", "s3cret", "websocket")
    ]
    assert form.submit_button.isEnabled()
    assert form.secret.edit.text() == ""
    assert not form.isVisible()


def test_a_refused_sign_in_keeps_what_was_typed(
    qtbot: QtBot, window: SettingsWindow, notebook: Notebook, held: Held
) -> None:
    notebook.refusal = SmsDesktopError("Kandy did not accept the secret.")
    form = window.account_page.form
    qtbot.mouseClick(form.kind_chips[AccountKind.USER], Qt.MouseButton.LeftButton)
    assert form.email.isVisible()
    assert form.secret.name == "Password"
    for field, text in ((form.client_id, "C"), (form.email, "a@b.ca"), (form.secret, "pw")):
        qtbot.keyClicks(field.edit, text)
    qtbot.mouseClick(form.submit_button, Qt.MouseButton.LeftButton)
    held.run()
    assert form.outcome.text() == "Kandy did not accept the secret."
    assert form.secret.edit.text() == "pw"
    assert form.submit_button.isEnabled()


def test_the_simulators_way_in_is_offered_on_this_computer_only(window: SettingsWindow) -> None:
    form = window.account_page.form

    def offered() -> list[str]:
        return [form.way_box.itemData(i) for i in range(form.way_box.count())]

    assert offered() == ["websocket", "own:"]
    form.base_url.edit.setText("http://127.0.0.1:9000")
    assert offered() == ["loopback", "websocket", "own:"]
    form.way_box.setCurrentIndex(offered().index("own:"))
    assert form.own_url.isVisible()
    form.own_url.edit.setText(" https://sms.example.com/in ")
    assert form.tunnel == "own:https://sms.example.com/in"


def test_removing_an_account_is_asked_and_says_what_goes(
    qtbot: QtBot, window: SettingsWindow, bridge: Bridge, notebook: Notebook, held: Held
) -> None:
    bridge.publish(events.AccountsChanged((ACCOUNT,)))
    page = window.account_page
    assert not page.form.isVisible()
    qtbot.mouseClick(page.cards[0].remove_button, Qt.MouseButton.LeftButton)
    box = window.findChild(QMessageBox)
    assert box is not None
    assert "Your messages stay" in box.informativeText()
    assert box.defaultButton().text().replace("&", "") == "Cancel"
    remove = next(b for b in box.findChildren(QPushButton) if b.text() == "Remove")
    qtbot.mouseClick(remove, Qt.MouseButton.LeftButton)
    held.run()
    assert notebook.named("remove_account") == [(ACCOUNT.account_id,)]
    bridge.publish(events.AccountsChanged(()))
    assert page.form.isVisible()


def test_appearance_changes_the_settings(
    qtbot: QtBot, window: SettingsWindow, settings: Settings
) -> None:
    window.show_page(PageName.APPEARANCE)
    page = window.appearance_page
    qtbot.mouseClick(page.theme_row.chips["dark"], Qt.MouseButton.LeftButton)
    assert settings[THEME] == "dark"
    qtbot.keyClick(page.text_row.slider, Qt.Key.Key_Right)
    assert page.text_row.value_label.text() == "105 %"
    qtbot.waitUntil(lambda: settings[TEXT_PERCENT] == 105)
    qtbot.keyClick(page.text_row.slider, Qt.Key.Key_End)
    assert page.text_row.value() == 200


def test_about_names_version_and_libraries(window: SettingsWindow) -> None:
    from sms_desktop.ui.windows.settings.about_page import versions

    names = [name for name, _ in versions()]
    assert {"Python", "Qt", "PySide6-Essentials", "httpx"} <= set(names)


def test_the_fields_of_the_form_follow_each_other(window: SettingsWindow, qtbot: QtBot) -> None:
    form = window.account_page.form
    qtbot.mouseClick(form.kind_chips[AccountKind.USER], Qt.MouseButton.LeftButton)
    window.activateWindow()
    form.base_url.edit.setFocus()
    order = [form.client_id.edit, form.email.edit, form.secret.edit, form.way_box]
    for there in order:
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        assert QApplication.focusWidget() is there
