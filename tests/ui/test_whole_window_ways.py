"""Ways through the real window: signing in, new messages, links, keys, filters, looks, and coming back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QLabel

from sms_desktop.net import control
from sms_desktop.ui.delegates.marks import Mark
from sms_desktop.ui.widgets.filter_chips import ThreadView
from sms_desktop.ui.windows.main_window import MainWindow
from sms_desktop.ui.windows.new_message import NewMessageSheet
from sms_desktop.ui.windows.settings.page_name import PageName
from sms_desktop.ui.windows.settings.window import SettingsWindow
from sms_desktop.ui.windows.shortcuts import ShortcutsWindow
from tests.helpers.simulator import SimulatorProcess, simulator
from tests.helpers.whole_program import WholeProgram, program

__all__ = ["program", "simulator"]

MARIA = "+16131234567"
JONAS = "+15205550188"
CTRL = Qt.KeyboardModifier.ControlModifier


def settings_of(program: WholeProgram) -> SettingsWindow:
    settings = program.window.sheets.settings
    assert settings is not None
    program.until("the settings are in front", settings.isActiveWindow)
    return settings


def sheet_of(program: WholeProgram) -> NewMessageSheet:
    sheet = program.window.findChild(NewMessageSheet)
    assert sheet is not None
    program.until("one can type", sheet.to_field.hasFocus)
    return sheet


def write_from(program: WholeProgram, simulator: SimulatorProcess, *senders: str) -> None:
    """Each person has texted another one of the own numbers."""
    for person, own in zip(senders, simulator.numbers, strict=False):
        simulator.write_as(person, own, f"hello {own}")
        program.until("it is listed", lambda one=person: program.is_listed(one))
    program.settle()


def colour_of(window: MainWindow) -> QColor:
    image: QImage = window.conversation_pane.grab().toImage()
    return image.pixelColor(image.width() // 2, 4)


def test_signing_in_by_hand_leads_from_nothing_to_live(
    program: WholeProgram, simulator: SimulatorProcess
) -> None:
    window = program.open()
    empty = window.conversation_pane.empty
    program.until("it says so", lambda: empty.heading.text() == "No account yet")
    program.until("the status line, too", lambda: program.status() == "No account")
    program.press(Qt.Key.Key_Comma, CTRL)
    settings = settings_of(program)
    form = settings.account_page.form
    program.click(form.fields.base_url.edit)
    program.press(Qt.Key.Key_A, CTRL)
    program.type(simulator.base_url)
    program.click(form.fields.client_id.edit)
    program.type(simulator.client_id)
    program.click(form.fields.secret.edit)
    program.type("wrong")
    program.press(Qt.Key.Key_Return)
    program.until("it is refused", lambda: "does not accept" in form.fields.secret.complaint)
    program.press(Qt.Key.Key_A, CTRL)
    program.type(simulator.client_secret)
    program.press(Qt.Key.Key_Return)
    program.until_live()
    assert program.status() == "Live"
    program.until("the numbers are there", lambda: len(settings.numbers_page.cards) == 3)
    assert len(window.rail._squares) == 3
    assert form.fields.secret.edit.text() == ""


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("(613) 555-0144", "+16135550144"),
        ("16135550144", "+16135550144"),
        ("tel:+1-613-555-0144", "+16135550144"),
        ("+44 7911 123456", "+447911123456"),
        ("73737", "73737"),
    ],
)
def test_a_new_message_to_a_typed_number(
    program: WholeProgram, simulator: SimulatorProcess, typed: str, address: str
) -> None:
    program.open_signed_in(simulator)
    program.press(Qt.Key.Key_N, CTRL)
    sheet = sheet_of(program)
    assert not sheet.start_button.isEnabled()
    program.type(typed)
    assert sheet.start_button.isEnabled()
    program.press(Qt.Key.Key_Return)
    program.until("the conversation is open", lambda: program.open_with() != "")
    program.type("hi there")
    program.press(Qt.Key.Key_Return)
    program.until("✓", lambda: program.mark("hi there") is Mark.TICK)
    accepted = simulator.seen().accepted
    assert [(one["remote"], one["sender"]) for one in accepted] == [
        (address, simulator.default_number)
    ]
    assert program.is_listed(address, simulator.default_number)


def test_a_new_message_to_somebody_known_opens_what_is_there(
    program: WholeProgram, simulator: SimulatorProcess
) -> None:
    program.open_signed_in(simulator)
    write_from(program, simulator, MARIA)
    program.click(program.window.thread_pane.new_button)
    sheet_of(program)
    program.type("6131234567")
    program.press(Qt.Key.Key_Return)
    program.until("it is open", lambda: program.texts_in_view() != [])
    assert program.texts() == [f"hello {simulator.default_number}"]
    assert len(program.in_list()) == 1


def test_a_link_at_start_fills_a_new_message_and_sends_nothing(
    program: WholeProgram, simulator: SimulatorProcess
) -> None:
    program.open_signed_in(simulator)
    program.close()
    program.open("sms:+16131234567?body=I'll%20be%20late")
    program.until("it asks whom", lambda: program.window.findChild(NewMessageSheet) is not None)
    sheet = sheet_of(program)
    assert sheet.to_field.text() == "+16131234567"
    program.press(Qt.Key.Key_Return)
    program.until("the text is there", lambda: program.written() == "I'll be late")
    program.until_live()
    assert simulator.seen().texts() == []
    program.press(Qt.Key.Key_Return)
    program.until("✓", lambda: program.mark("I'll be late") is Mark.TICK)


def test_a_link_from_a_second_start_comes_to_the_open_window(
    program: WholeProgram, simulator: SimulatorProcess
) -> None:
    program.open_signed_in(simulator)
    asked = {"link": "sms:6131234567"}
    program.run(control.ask(program.paths.control_file, "show", asked, 10.0))
    sheet = sheet_of(program)
    assert sheet.to_field.text() == "6131234567"
    program.press(Qt.Key.Key_Escape)
    program.until("it is gone", lambda: program.window.findChild(NewMessageSheet) is None)
    assert program.in_list() == []


def test_escape_f1_and_the_settings_key(program: WholeProgram, simulator: SimulatorProcess) -> None:
    window = program.open_signed_in(simulator)
    write_from(program, simulator, MARIA)
    program.click_thread(MARIA)
    program.click(program.timeline.viewport())
    assert not window.conversation_pane.composer.field.hasFocus()
    program.press(Qt.Key.Key_Escape)
    assert window.conversation_pane.composer.field.hasFocus()
    program.press(Qt.Key.Key_F1)
    shortcuts = window.findChild(ShortcutsWindow)
    assert shortcuts is not None
    program.until("the list is in front", shortcuts.isActiveWindow)
    words = [label.text() for label in shortcuts.findChildren(QLabel)]
    for word in ("New message", "Ctrl+N", "Settings", "Ctrl+,", "Send", "New line", "F1"):
        assert word in words
    program.press(Qt.Key.Key_Escape)
    program.until("the list is gone", lambda: window.findChild(ShortcutsWindow) is None)
    window.activateWindow()
    program.until("the window is in front", window.isActiveWindow)
    program.press(Qt.Key.Key_Comma, CTRL)
    settings = settings_of(program)
    program.press(Qt.Key.Key_Escape)
    assert not settings.isVisible()


def test_a_click_on_the_status_line_opens_the_connection(
    program: WholeProgram, simulator: SimulatorProcess
) -> None:
    window = program.open_signed_in(simulator)
    program.click(window.status_line)
    settings = settings_of(program)
    assert settings.pages.currentIndex() == PageName.CONNECTION
    assert "Subscriptions: works. 3 of 3 active" in settings.connection_page.rows()


def test_the_rail_and_the_unread_chip_filter_the_list(
    program: WholeProgram, simulator: SimulatorProcess
) -> None:
    window = program.open_signed_in(simulator)
    write_from(program, simulator, MARIA, JONAS)
    assert [row.remote for row in program.in_list()] == [JONAS, MARIA]
    squares = {number: square for (_, number), square in window.rail._squares.items()}
    program.click(squares[simulator.numbers[0]])
    assert [row.remote for row in program.in_list()] == [MARIA]
    program.click_thread(MARIA)
    program.until("Maria's is read", lambda: program.listed(MARIA).unread == 0)
    program.click(window.rail.all_button)
    assert [row.remote for row in program.in_list()] == [JONAS, MARIA]
    chip = window.thread_pane.chips.chip(ThreadView.UNREAD)
    assert chip.text() == "Unread 1"
    program.click(chip)
    # What is open stays in sight although nothing of it is unread.
    assert program.is_listed(JONAS)
    program.click_thread(JONAS)
    program.until("Jonas's is read", lambda: chip.text() == "Unread")
    assert [row.remote for row in program.in_list()] == [JONAS]
    simulator.write_as(MARIA, simulator.numbers[0], "one more")
    program.until("Maria is back", lambda: program.is_listed(MARIA))
    program.click(window.thread_pane.chips.chip(ThreadView.ALL))
    assert len(program.in_list()) == 2


def test_dark_is_in_force_at_once_and_after_a_restart(
    program: WholeProgram, simulator: SimulatorProcess
) -> None:
    window = program.open_signed_in(simulator)
    assert colour_of(window).lightness() > 200
    program.click(window.rail.settings_button)
    settings = settings_of(program)
    program.click_row(settings.sidebar, PageName.APPEARANCE)
    chips = settings.appearance_page.theme_row.chips
    program.click(chips["dark"])
    program.settle()
    assert colour_of(window).lightness() < 60
    program.close()
    window = program.open()
    assert colour_of(window).lightness() < 60
    program.click(window.rail.settings_button)
    settings = settings_of(program)
    program.click_row(settings.sidebar, PageName.APPEARANCE)
    program.click(settings.appearance_page.theme_row.chips["light"])
    program.settle()
    assert colour_of(window).lightness() > 200


def test_the_window_comes_back_where_it_was(
    program: WholeProgram, simulator: SimulatorProcess
) -> None:
    window = program.open_signed_in(simulator)
    write_from(program, simulator, JONAS)
    for number in range(60):
        simulator.write_as(MARIA, simulator.default_number, f"text {number}")
    program.until("all are there", lambda: program.unread(MARIA) == 60)
    window.resize(790, 610)
    program.click_thread(MARIA)
    program.click(program.timeline.viewport())
    program.press(Qt.Key.Key_End)
    program.until("all are read", lambda: program.listed(MARIA).unread == 0)
    for _ in range(2):
        program.press(Qt.Key.Key_PageUp)
    program.settle()
    before = program.tops_in_view()
    assert "text 59" not in before
    program.close()
    window = program.open()
    program.settle()
    assert (window.width(), window.height()) == (790, 610)
    assert program.open_with() == "+1 613 123 4567"
    assert program.tops_in_view() == before
    program.until_live()
    assert program.tops_in_view() == before
    program.click_thread(JONAS)
    program.click_thread(MARIA)
    assert program.tops_in_view() == before
