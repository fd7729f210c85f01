from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from sms_desktop.domain.address import Address
from sms_desktop.domain.health import Health, Level, Receiving
from sms_desktop.domain.ids import ClientId
from sms_desktop.settings import TEXT_PERCENT, THEME, Settings
from sms_desktop.sync import events
from sms_desktop.ui.actions import TABLE
from sms_desktop.ui.bridge import Bridge
from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.windows.main_window import MainWindow
from sms_desktop.ui.windows.new_message import NewMessageSheet
from sms_desktop.window_state import WindowState
from tests.helpers.strongbox import Strongbox
from tests.helpers.window_parts import (
    ACCOUNT,
    MARIA,
    NOON_MS,
    ON_CALL,
    SUPPORT,
    Notebook,
    Shelf,
    number_states,
    run_now,
)

JONAS = Address("+15205550188")
Make = Callable[[], MainWindow]


@pytest.fixture
def settings() -> Settings:
    return Settings()


@pytest.fixture
def make(
    qtbot: QtBot,
    shelf: Shelf,
    notebook: Notebook,
    bridge: Bridge,
    theme: Theme,
    settings: Settings,
    tmp_path: Path,
) -> Make:
    def make() -> MainWindow:
        state = WindowState(tmp_path / "window.json")
        window = MainWindow(
            shelf, notebook, bridge, theme, settings, state, lambda: NOON_MS, run_now, Strongbox()
        )
        qtbot.addWidget(window, before_close_func=lambda w: w.sheets.close())
        bridge.publish(events.AccountsChanged((ACCOUNT,)))
        told = number_states(Receiving.ACTIVE, Receiving.ACTIVE, Receiving.PAUSED)
        bridge.publish(events.NumbersChanged(told))
        with qtbot.waitExposed(window):
            window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        return window

    return make


def click_row(qtbot: QtBot, window: MainWindow, row: int) -> None:
    view = window.thread_pane.list
    at: QPoint = view.visualRect(view.model().index(row, 0)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)


def test_nothing_opens_by_itself(make: Make, shelf: Shelf, notebook: Notebook) -> None:
    shelf.add(SUPPORT, MARIA, "Maria Rossi", unread=1)
    window = make()
    window.thread_pane.list.setFocus()
    QApplication.processEvents()
    assert window.conversation_pane.conversation_id is None
    assert "Choose a conversation" in window.conversation_pane.empty.sentence.text()
    assert "Ctrl+N" in window.conversation_pane.empty.sentence.text()
    assert notebook.named("mark_read") == []


def test_a_click_opens_and_typing_sends(
    qtbot: QtBot, make: Make, shelf: Shelf, notebook: Notebook
) -> None:
    maria = shelf.add(SUPPORT, MARIA, "Maria Rossi")
    window = make()
    click_row(qtbot, window, 0)
    pane = window.conversation_pane
    assert pane.conversation_id == maria
    assert pane.header.name_label.full_text == "Maria Rossi"
    assert pane.header.number_label.full_text == "+1 613 123 4567"
    qtbot.keyClicks(QApplication.focusWidget(), "hi")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert notebook.named("send") == [(maria, "hi")]
    assert pane.model.bubble(pane.model.rowCount() - 1).row.text == "hi"


def test_drafts_stay_with_their_conversations(
    qtbot: QtBot, make: Make, shelf: Shelf, notebook: Notebook
) -> None:
    maria = shelf.add(SUPPORT, MARIA, "Maria Rossi")
    shelf.add(ON_CALL, JONAS, "Jonas Keller", draft="from yesterday")
    window = make()
    click_row(qtbot, window, 0)
    qtbot.keyClicks(window.conversation_pane.composer.field, "for Maria")
    qtbot.keyClick(window, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert window.conversation_pane.composer.field.toPlainText() == "from yesterday"
    assert notebook.named("set_draft") == [(maria, "for Maria")]
    qtbot.keyClick(window, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert window.conversation_pane.composer.field.toPlainText() == "for Maria"


def test_letters_typed_over_the_messages_go_into_the_field(
    qtbot: QtBot, make: Make, shelf: Shelf
) -> None:
    shelf.add(SUPPORT, MARIA)
    window = make()
    click_row(qtbot, window, 0)
    window.conversation_pane.timeline.setFocus()
    qtbot.keyClicks(window.conversation_pane.timeline, "ok")
    assert window.conversation_pane.composer.field.toPlainText() == "ok"


def test_the_pill_names_the_sender_and_offers_the_numbers_that_receive(
    qtbot: QtBot, make: Make, shelf: Shelf, notebook: Notebook
) -> None:
    shelf.add(SUPPORT, MARIA)
    window = make()
    window.resize(1200, 800)
    click_row(qtbot, window, 0)
    pill = window.conversation_pane.header.pill
    assert pill.text().startswith("from Support · +1 613 999 8877")
    menu = pill.menu_of_numbers()
    words = [action.text() for action in menu.actions()]
    assert words == ["Support · +1 613 999 8877", "On-call · +1 520 224 1142"]
    menu.actions()[1].trigger()
    assert notebook.named("start_conversation") == [(ON_CALL.account_id, ON_CALL.number, MARIA)]
    opened = window.conversation_pane.conversation_id
    assert opened is not None
    assert shelf.summaries[opened].local == ON_CALL.number
    assert pill.text().startswith("from On-call")


def test_new_message_starts_the_conversation_and_focuses_the_field(
    qtbot: QtBot, make: Make, shelf: Shelf, notebook: Notebook
) -> None:
    window = make()
    qtbot.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    sheet = window.findChild(NewMessageSheet)
    assert sheet is not None
    qtbot.keyClicks(sheet.to_field, "(613) 123-4567")
    qtbot.keyClick(sheet.to_field, Qt.Key.Key_Return)
    assert notebook.named("start_conversation") == [(SUPPORT.account_id, SUPPORT.number, MARIA)]
    assert window.conversation_pane.conversation_id is not None
    assert window.conversation_pane.composer.field.hasFocus()


def test_a_link_fills_a_new_message_and_sends_nothing(
    qtbot: QtBot, make: Make, notebook: Notebook
) -> None:
    window = make()
    window.open_link("sms:+16131234567?body=hi%20there")
    sheet = window.findChild(NewMessageSheet)
    assert sheet is not None
    assert sheet.recipients.addresses == [MARIA]
    qtbot.keyClick(sheet.to_field, Qt.Key.Key_Return)
    assert window.conversation_pane.composer.field.toPlainText() == "hi there"
    assert notebook.named("send") == []


def test_without_an_account_the_empty_state_leads_to_signing_in(
    qtbot: QtBot, make: Make, bridge: Bridge
) -> None:
    window = make()
    bridge.publish(events.NumbersChanged(()))
    bridge.publish(events.AccountsChanged(()))
    bridge.publish(events.HealthChanged(Health(Level.NO_ACCOUNT, "")))
    empty = window.conversation_pane.empty
    assert empty.heading.text() == "No account yet"
    qtbot.mouseClick(empty.button, Qt.MouseButton.LeftButton)
    first_run = window.sheets.first_run
    assert first_run is not None
    assert first_run.isVisible()
    window.close()
    assert not first_run.isVisible()


def test_without_conversations_the_empty_state_offers_the_first_one(
    qtbot: QtBot, make: Make
) -> None:
    window = make()
    empty = window.conversation_pane.empty
    assert empty.heading.text() == "No conversations yet"
    qtbot.mouseClick(empty.button, Qt.MouseButton.LeftButton)
    assert window.findChild(NewMessageSheet) is not None


def test_a_narrow_window_shows_one_side_and_a_way_back(
    qtbot: QtBot, make: Make, shelf: Shelf
) -> None:
    shelf.add(SUPPORT, MARIA)
    window = make()
    window.resize(660, 600)
    qtbot.waitUntil(lambda: window.width() == 660)
    assert window.thread_pane.isVisible()
    click_row(qtbot, window, 0)
    assert not window.thread_pane.isVisible()
    back = window.conversation_pane.header.back_button
    assert back.isVisible()
    qtbot.mouseClick(back, Qt.MouseButton.LeftButton)
    assert window.thread_pane.isVisible()
    assert window.conversation_pane.conversation_id is None
    click_row(qtbot, window, 0)
    assert window.conversation_pane.conversation_id is not None
    # Escape: from the messages to the field, from the field to the list.
    window.conversation_pane.timeline.setFocus()
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert window.conversation_pane.composer.field.hasFocus()
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert window.thread_pane.isVisible()


def test_the_window_comes_back_as_it_was(
    qtbot: QtBot, make: Make, shelf: Shelf, notebook: Notebook
) -> None:
    maria = shelf.add(SUPPORT, MARIA)
    window = make()
    window.resize(780, 640)
    click_row(qtbot, window, 0)
    qtbot.keyClicks(window.conversation_pane.composer.field, "half a thou")
    with qtbot.waitSignal(window.closed):
        window.close()
    assert notebook.named("set_draft")[-1] == (maria, "half a thou")
    again = make()
    assert (again.width(), again.height()) == (780, 640)
    assert again.conversation_pane.conversation_id == maria


def test_the_window_comes_back_after_a_crash_too(
    qtbot: QtBot, make: Make, shelf: Shelf, tmp_path: Path
) -> None:
    maria = shelf.add(SUPPORT, MARIA)
    window = make()
    window.resize(770, 620)
    click_row(qtbot, window, 0)
    file = tmp_path / "window.json"
    qtbot.waitUntil(lambda: file.exists() and '"main_conversation": 1' in file.read_text())
    again = make()
    assert (again.width(), again.height()) == (770, 620)
    assert again.conversation_pane.conversation_id == maria


def test_tab_goes_through_the_window_as_it_is_read(qtbot: QtBot, make: Make, shelf: Shelf) -> None:
    shelf.add(SUPPORT, MARIA)
    window = make()
    window.resize(1200, 700)
    click_row(qtbot, window, 0)
    pane = window.conversation_pane
    qtbot.keyClicks(pane.composer.field, "hi")
    window.rail.all_button.setFocus(Qt.FocusReason.TabFocusReason)
    order = [window.rail.all_button]
    while len(order) < 40:
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        if QApplication.focusWidget() is order[0]:
            break
        order.append(QApplication.focusWidget())
    assert order == [
        window.rail.all_button,
        window.rail.scheduled_button,
        window.rail.contacts_button,
        window.rail.settings_button,
        window.thread_pane.search,
        window.thread_pane.new_button,
        window.thread_pane.chips.tab_stops()[0],
        window.thread_pane.list,
        pane.header.pill,
        pane.header.date_button,
        pane.header.search_button,
        pane.header.menu_button,
        pane.timeline,
        pane.composer.field,
        pane.composer.send_button,
        pane.composer.later_button,
        window.status_line,
    ]


def test_every_tab_stop_shows_that_it_has_the_keys(qtbot: QtBot, make: Make, shelf: Shelf) -> None:
    shelf.add(SUPPORT, MARIA)
    window = make()
    window.resize(1200, 700)
    click_row(qtbot, window, 0)
    qtbot.keyClicks(window.conversation_pane.composer.field, "hi")
    first = window.rail.all_button
    first.setFocus(Qt.FocusReason.TabFocusReason)
    for _ in range(17):
        stop = QApplication.focusWidget()
        focused = stop.grab().toImage()
        stop.clearFocus()
        unfocused = stop.grab().toImage()
        stop.setFocus(Qt.FocusReason.TabFocusReason)
        blinks = stop is window.conversation_pane.composer.field
        assert blinks or focused != unfocused, stop
        qtbot.keyClick(stop, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is first


def test_f1_lists_the_keys_of_the_messages_and_fits_the_screen(make: Make) -> None:
    window = make()
    shortcuts = window.sheets.open_shortcuts()
    words = [label.text() for label in shortcuts.findChildren(QLabel)]
    for key in ("Home", "End", "PgUp · PgDown", "Ctrl+C", "Menu · Shift+F10", "Alt+Left"):
        assert key in words
    room = shortcuts.screen().availableGeometry()
    assert shortcuts.height() <= room.height()
    shortcuts.close()


def test_the_smallest_window_is_usable(qtbot: QtBot, make: Make, shelf: Shelf) -> None:
    maria = shelf.add(SUPPORT, MARIA)
    window = make()
    window.resize(100, 100)
    assert window.width() <= 480
    assert window.height() <= 400
    click_row(qtbot, window, 0)
    pane = window.conversation_pane
    assert pane.conversation_id == maria
    assert pane.visibleRegion().boundingRect().contains(pane.rect())
    assert pane.timeline.viewport().height() > 100
    send = pane.composer.send_button
    assert window.rect().contains(send.mapTo(window, send.rect().bottomRight()))
    qtbot.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert window.thread_pane.isVisible()
    assert window.thread_pane.list.hasFocus()


def test_at_twice_the_text_the_smallest_window_names_the_person(
    qtbot: QtBot, make: Make, shelf: Shelf, settings: Settings
) -> None:
    shelf.add(SUPPORT, MARIA, "Maria Rossi")
    window = make()
    settings.change(TEXT_PERCENT, 200)
    window.resize(480, 400)
    click_row(qtbot, window, 0)
    qtbot.waitUntil(lambda: window.width() <= 480)
    header = window.conversation_pane.header
    qtbot.waitUntil(lambda: header.name_label.text().startswith("Mar"))
    for part in (header.back_button, header.pill, header.menu_button):
        assert part.width() >= part.minimumSizeHint().width()
        place = QRect(part.mapTo(window, QPoint(0, 0)), part.size())
        assert window.rect().contains(place)
    gear = window.rail.settings_button.geometry().top()
    squares = [window.rail.all_button, *window.rail._squares.values()]
    for square in squares:
        seen = square.visibleRegion().boundingRect().height()
        assert seen in (0, square.height())
        if seen:
            assert square.mapTo(window.rail, square.rect().bottomLeft()).y() < gear


def test_next_unread_skips_the_open_conversation(qtbot: QtBot, make: Make, shelf: Shelf) -> None:
    shelf.add(SUPPORT, MARIA, unread=1)
    shelf.add(ON_CALL, Address("+15205550100"))
    jonas = shelf.add(ON_CALL, JONAS, unread=2)
    window = make()
    click_row(qtbot, window, 0)
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(window, Qt.Key.Key_U, keys)
    assert window.conversation_pane.conversation_id == jonas


def test_copy_number_and_mark_read_act_on_the_open_conversation(
    qtbot: QtBot, make: Make, shelf: Shelf, notebook: Notebook
) -> None:
    maria = shelf.add(SUPPORT, MARIA, unread=1)
    window = make()
    assert not window.shortcuts["mark_read"].isEnabled()
    click_row(qtbot, window, 0)
    window.shortcuts["copy_number"].trigger()
    assert QGuiApplication.clipboard().text() == "+1 613 123 4567"
    window.shortcuts["mark_read"].trigger()
    assert ((maria,),) in notebook.named("mark_threads_read")


def test_a_text_that_could_not_be_kept_comes_back_with_the_reason(
    qtbot: QtBot, make: Make, shelf: Shelf, bridge: Bridge
) -> None:
    maria = shelf.add(SUPPORT, MARIA)
    shelf.add(ON_CALL, JONAS)
    window = make()
    click_row(qtbot, window, 0)
    qtbot.keyClicks(window.conversation_pane.composer.field, "hi")
    qtbot.keyClick(window.conversation_pane.composer.field, Qt.Key.Key_Return)
    click_row(qtbot, window, 1)
    gone = events.EchoWithdrawn(maria, ClientId("c0"), "hi", "The disk is full.")
    bridge.publish(gone)
    assert window.banner.isVisible()
    assert window.banner.sentence.text() == "The disk is full."
    qtbot.mouseClick(window.banner.action_button, Qt.MouseButton.LeftButton)
    assert window.conversation_pane.conversation_id == maria
    assert window.conversation_pane.composer.field.toPlainText() == "hi"
    assert window.conversation_pane.composer.notice.isVisible()


def test_a_cancelled_subscription_is_told_until_it_is_renewed(make: Make, bridge: Bridge) -> None:
    window = make()
    bridge.publish(events.SubscriptionWasCancelled(ON_CALL.account_id, ON_CALL.number))
    assert "On-call (+1 520 224 1142)" in window.banner.sentence.text()
    told = number_states(Receiving.ACTIVE, Receiving.CANCELLED)
    bridge.publish(events.NumbersChanged(told))
    assert window.banner.isVisible()
    bridge.publish(events.NumbersChanged(number_states(Receiving.ACTIVE, Receiving.ACTIVE)))
    assert not window.banner.isVisible()


def test_settings_are_in_force_at_once(make: Make, settings: Settings) -> None:
    window = make()
    settings.change(THEME, "dark")
    assert window.theme.palette.is_dark
    settings.change(TEXT_PERCENT, 150)
    assert window.theme.text_percent == 150


def test_the_title_counts_what_is_unread(make: Make, shelf: Shelf) -> None:
    shelf.add(SUPPORT, MARIA, unread=3)
    assert make().windowTitle() == "(3) SMS Desktop"


def test_no_two_actions_have_one_shortcut() -> None:
    keys = [entry.shortcut for entry in TABLE if entry.shortcut]
    assert len(keys) == len(set(keys))
