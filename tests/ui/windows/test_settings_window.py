from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sms_desktop.domain.account import AccountKind
from sms_desktop.domain.errors import SmsDesktopError
from sms_desktop.domain.health import Check, CheckState, Health, Level, Receiving
from sms_desktop.domain.ids import AccountId
from sms_desktop.domain.number_change import NumberChange
from sms_desktop.domain.setting_up import Part, SignIn
from sms_desktop.settings import LISTENER_PORT, TEXT_PERCENT, THEME, Settings
from sms_desktop.sync import events
from sms_desktop.sync.accounts.sign_in import SignInTrouble
from sms_desktop.ui.bridge import Bridge
from sms_desktop.ui.facts import Facts
from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.windows.settings.account_removal import RemovalQuestion
from sms_desktop.ui.windows.settings.page_name import PageName
from sms_desktop.ui.windows.settings.window import SettingsWindow
from tests.helpers.strongbox import Strongbox
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
    window = SettingsWindow(notebook, facts, theme, settings, lambda: NOON_MS, held, Strongbox())
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
    assert support.said().startswith("Receiving · subscribed ")
    assert support.subscribe_button.isHidden()
    assert on_call.said().startswith("Subscription cancelled by Kandy at ")
    assert old_line.said() == "Paused"
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
    wanted = NumberChange(name="Help desk", colour="#0f9aa8", receive=False)
    assert notebook.named("change_number") == [(SUPPORT.key, wanted)]


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
    fields = form.fields
    fields.base_url.edit.setText("http://kandy.example.com")
    qtbot.mouseClick(form.submit_button, Qt.MouseButton.LeftButton)
    assert "https://" in fields.base_url.complaint
    assert fields.client_id.complaint == "The private project key is missing."
    assert fields.secret.complaint == "The private project secret is missing."
    assert held.waiting == []
    qtbot.keyClicks(fields.client_id.edit, "P")
    assert fields.client_id.complaint == ""


def test_signing_in_as_a_project(
    qtbot: QtBot, window: SettingsWindow, bridge: Bridge, notebook: Notebook, held: Held
) -> None:
    form = window.account_page.form
    secret = form.fields.secret.edit
    qtbot.keyClicks(form.fields.client_id.edit, "PUB-1")
    QApplication.clipboard().setText("  s3cret\n")
    secret.paste()
    assert secret.text() == "s3cret"
    qtbot.keyClick(secret, Qt.Key.Key_Return)
    assert not form.submit_button.isEnabled()
    assert form.submit_button.text() == "Signing in…"
    held.run()
    typed = SignIn(AccountKind.PROJECT, "https://oauth-cpaas.att.com", "PUB-1", "", "s3cret")
    assert notebook.named("keep") == [(typed, "websocket")]
    assert form.submit_button.isEnabled()
    assert secret.text() == ""
    assert not form.isVisible()


def test_a_refused_sign_in_keeps_what_was_typed_and_complains_of_the_secret(
    qtbot: QtBot, window: SettingsWindow, notebook: Notebook, held: Held
) -> None:
    notebook.refusal = SignInTrouble(Part.SECRET, "Kandy did not accept the password.")
    form = window.account_page.form
    fields = form.fields
    qtbot.mouseClick(fields.kind_chips[AccountKind.USER], Qt.MouseButton.LeftButton)
    assert fields.email.isVisible()
    assert fields.secret.name == "Password"
    for field, text in ((fields.client_id, "C"), (fields.email, "a@b.ca"), (fields.secret, "pw")):
        qtbot.keyClicks(field.edit, text)
    qtbot.mouseClick(form.submit_button, Qt.MouseButton.LeftButton)
    held.run()
    assert fields.secret.complaint == "Kandy did not accept the password."
    assert form.outcome.text() == ""
    assert fields.secret.edit.text() == "pw"
    assert form.submit_button.isEnabled()
    notebook.refusal = SignInTrouble(Part.WHOLE, "The keyring is locked.")
    qtbot.mouseClick(form.submit_button, Qt.MouseButton.LeftButton)
    held.run()
    assert fields.secret.complaint == ""
    assert form.outcome.text() == "The keyring is locked."


def test_the_simulators_way_in_is_offered_on_this_computer_only(window: SettingsWindow) -> None:
    form = window.account_page.form

    def offered() -> list[str]:
        return [name for name, card in form.ways.cards.items() if card.isVisible()]

    assert offered() == ["websocket", "ngrok", "own:"]
    form.fields.base_url.edit.setText("http://127.0.0.1:9000")
    assert offered() == ["loopback", "websocket", "ngrok", "own:"]
    assert form.ways.tunnel == "loopback"
    form.ways.cards["own:"].button.setChecked(True)
    assert form.ways.cards["own:"].panel.fields["url"].isVisible()
    form.ways.cards["own:"].panel.fields["url"].edit.setText(" https://sms.example.com/in ")
    assert form.ways.tunnel == "own:https://sms.example.com/in"


def test_several_accounts_each_say_how_they_stand(window: SettingsWindow, bridge: Bridge) -> None:
    other = replace(
        ACCOUNT, account_id=AccountId(2), kind=AccountKind.USER, email="ann@example.com"
    )
    bridge.publish(events.AccountsChanged((ACCOUNT, other)))
    live = Health(Level.LIVE, "webhook through loopback · 3 of 3 numbers subscribed")
    deaf = Health(Level.DEAF, "Kandy does not accept the sign-in.")
    bridge.publish(
        events.AccountStatesChanged(
            (
                events.AccountState(ACCOUNT.account_id, live),
                events.AccountState(other.account_id, deaf),
            )
        )
    )
    first, second = window.account_page.cards
    assert first.words.text() == "Signed in, receiving"
    assert first.detail.text() == live.sentence
    assert second.words.text() == "Not receiving"
    assert second.detail.text() == deaf.sentence
    assert second.accessibleName().startswith("Account ann@example.com. ")
    resting = Health(Level.NO_ACCOUNT, "Messages stay at Kandy.")
    state = events.AccountState(other.account_id, resting, is_signed_out=True)
    bridge.publish(events.AccountStatesChanged((state,)))
    second = window.account_page.cards[1]
    assert second.words.text() == "Signed out"
    assert second.sign_in_button.isVisible()
    assert not second.sign_out_button.isVisible()


def test_an_account_is_edited_without_typing_its_secret_again(
    qtbot: QtBot, window: SettingsWindow, bridge: Bridge, notebook: Notebook, held: Held
) -> None:
    bridge.publish(events.AccountsChanged((ACCOUNT,)))
    page = window.account_page
    qtbot.mouseClick(page.cards[0].edit_button, Qt.MouseButton.LeftButton)
    form = page.form
    assert form.isVisible()
    assert form.heading.text() == "Edit this account"
    assert form.fields.base_url.edit.text() == ACCOUNT.base_url
    assert form.ways.tunnel == "loopback"
    form.ways.cards["websocket"].button.setChecked(True)
    qtbot.mouseClick(form.submit_button, Qt.MouseButton.LeftButton)
    held.run()
    typed = SignIn(ACCOUNT.kind, ACCOUNT.base_url, ACCOUNT.kandy_client_id)
    assert notebook.named("change") == [(ACCOUNT, typed, "websocket")]
    assert not form.isVisible()
    assert page.add_button.isVisible()


def test_cancelling_an_edit_forgets_it(
    qtbot: QtBot, window: SettingsWindow, bridge: Bridge, notebook: Notebook
) -> None:
    bridge.publish(events.AccountsChanged((ACCOUNT,)))
    page = window.account_page
    qtbot.mouseClick(page.cards[0].edit_button, Qt.MouseButton.LeftButton)
    page.form.fields.client_id.edit.setText("another")
    qtbot.mouseClick(page.form.cancel_button, Qt.MouseButton.LeftButton)
    assert not page.form.isVisible()
    qtbot.mouseClick(page.add_button, Qt.MouseButton.LeftButton)
    assert page.form.heading.text() == "Sign in to Kandy"
    assert page.form.fields.client_id.edit.text() == ""
    assert page.form.account is None
    assert notebook.asked == []


def test_removing_an_account_is_asked_and_says_what_goes(
    qtbot: QtBot, window: SettingsWindow, bridge: Bridge, notebook: Notebook, held: Held
) -> None:
    bridge.publish(events.AccountsChanged((ACCOUNT,)))
    page = window.account_page
    assert not page.form.isVisible()
    qtbot.mouseClick(page.cards[0].remove_button, Qt.MouseButton.LeftButton)
    box = window.findChild(RemovalQuestion)
    assert box is not None
    assert "Kept on this computer: its 12 messages." in box.informativeText()
    assert box.defaultButton().text().replace("&", "") == "Cancel"
    qtbot.mouseClick(box.remove_button, Qt.MouseButton.LeftButton)
    held.run()
    assert notebook.named("remove") == [(ACCOUNT.account_id, False)]
    bridge.publish(events.AccountsChanged(()))
    assert page.form.isVisible()


def test_deleting_the_messages_too_must_be_ticked_and_is_said(
    qtbot: QtBot, window: SettingsWindow, bridge: Bridge, notebook: Notebook, held: Held
) -> None:
    notebook.accounts.messages = 1
    bridge.publish(events.AccountsChanged((ACCOUNT,)))
    box = window.account_page.ask_to_remove(ACCOUNT)
    assert not box.delete_box.isChecked()
    box.delete_box.setChecked(True)
    assert "Deleted from this computer for good: its 1 message," in box.informativeText()
    assert box.remove_button.text() == "Remove and delete messages"
    qtbot.mouseClick(box.remove_button, Qt.MouseButton.LeftButton)
    held.run()
    assert notebook.named("remove") == [(ACCOUNT.account_id, True)]


def test_signing_out_says_what_went_wrong(
    qtbot: QtBot, window: SettingsWindow, bridge: Bridge, notebook: Notebook, held: Held
) -> None:
    bridge.publish(events.AccountsChanged((ACCOUNT,)))
    page = window.account_page
    notebook.refusal = SmsDesktopError("The keyring is locked.")
    qtbot.mouseClick(page.cards[0].sign_out_button, Qt.MouseButton.LeftButton)
    held.run()
    assert notebook.named("sign_out") == [(ACCOUNT.account_id,)]
    assert page.trouble.text() == "The keyring is locked."


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
    fields = form.fields
    qtbot.mouseClick(fields.kind_chips[AccountKind.USER], Qt.MouseButton.LeftButton)
    window.activateWindow()
    fields.base_url.edit.setFocus()
    order = [fields.client_id.edit, fields.email.edit, fields.secret.edit, fields.help_button]
    order.append(form.ways.cards["websocket"].button)
    for there in order:
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        assert QApplication.focusWidget() is there


def test_the_port_for_notifications_is_kept_or_refused_beside_the_field(
    window: SettingsWindow, settings: Settings, qtbot: QtBot
) -> None:
    window.show_page(PageName.CONNECTION)
    row = window.connection_page.port_row
    for typed, kept, refused in (("8123", 8123, False), ("80000", 8123, True), ("", 0, False)):
        row.edit.setText(typed)
        qtbot.keyClick(row.edit, Qt.Key.Key_Return)
        assert settings[LISTENER_PORT] == kept
        assert row.trouble.isVisible() is refused
