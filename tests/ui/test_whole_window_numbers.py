"""Own numbers in the real program: order, hidden, quiet, signature, my default sender, signing out."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox

from sms_desktop.domain.number_change import NumberChange
from sms_desktop.ui.windows.new_message import NewMessageSheet
from sms_desktop.ui.windows.settings.number_card import NumberCard
from sms_desktop.ui.windows.settings.page_name import PageName
from tests.helpers.simulator import SimulatorProcess, simulator
from tests.helpers.whole_program import WholeProgram, program

__all__ = ["program", "simulator"]

MARIA, JONAS = "+16131234567", "+12065550100"
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def cards_of(program: WholeProgram) -> list[NumberCard]:
    settings = program.window.sheets.settings
    if settings is None or not settings.isVisible():
        settings = program.window.sheets.open_settings(PageName.NUMBERS)
        program.until("the settings are in front", settings.isActiveWindow)
    return settings.numbers_page.cards


def close_settings(program: WholeProgram) -> None:
    settings = program.window.sheets.settings
    assert settings is not None
    settings.close()
    program.window.activateWindow()
    program.until("the window is in front", program.window.isActiveWindow)


def tick(program: WholeProgram, place: int, box: str) -> None:
    """Edit a number and change one box."""
    card = cards_of(program)[place]
    program.click(card.edit_button)
    page = program.window.sheets.settings.numbers_page  # type: ignore[union-attr]
    sheets = [w for w in page.window().children() if w.metaObject().className() == "NumberSheet"]
    sheet = sheets[-1]
    program.until("the sheet is there", sheet.isVisible)
    field: QCheckBox = getattr(sheet, box)
    program.click(field, QPoint(8, field.height() // 2))
    program.click(sheet.save_button)
    program.settle()


def new_message(program: WholeProgram) -> NewMessageSheet:
    program.press(Qt.Key.Key_N, CTRL)
    sheet = program.window.findChild(NewMessageSheet)
    assert sheet is not None
    program.until("it is asked", sheet.isVisible)
    return sheet


def offered(sheet: NewMessageSheet) -> list[str]:
    return [sheet.sender_box.itemData(at).number for at in range(sheet.sender_box.count())]


def in_rail(program: WholeProgram) -> list[str]:
    squares = program.window.rail._squares.values()
    return [square.text() for square in sorted(squares, key=lambda one: one.y())]


def test_rail_settings_and_senders_follow_the_order(
    program: WholeProgram, simulator: SimulatorProcess
) -> None:
    program.open_signed_in(simulator)
    first, second, third = simulator.numbers
    assert in_rail(program) == [n[-2:] for n in (first, second, third)]
    cards = cards_of(program)
    start = cards[2].mapToGlobal(QPoint(8, cards[2].height() // 2))
    QTest.mousePress(cards[2], Qt.MouseButton.LeftButton, pos=cards[2].mapFromGlobal(start))
    for pulled in range(20, 420, 20):
        QTest.mouseMove(cards[2], cards[2].mapFromGlobal(start - QPoint(0, pulled)))
    QTest.mouseRelease(cards[2], Qt.MouseButton.LeftButton)
    program.settle()
    assert in_rail(program) == [n[-2:] for n in (third, first, second)]
    cards[0].setFocus()
    program.press(Qt.Key.Key_Down, ALT)
    program.settle()
    assert in_rail(program) == [n[-2:] for n in (third, second, first)]
    close_settings(program)
    sheet = new_message(program)
    assert offered(sheet) == [third, second, first, "default"]
    sheet.reject()
    program.close()
    program.open()
    program.until_live()
    assert in_rail(program) == [n[-2:] for n in (third, second, first)]


def test_a_hidden_number_is_out_of_the_inbox_until_it_is_chosen(
    program: WholeProgram, simulator: SimulatorProcess
) -> None:
    window = program.open_signed_in(simulator)
    first, second, _ = simulator.numbers
    simulator.write_as(MARIA, first, "to the first")
    simulator.write_as(JONAS, second, "to the second")
    program.until("both came", lambda: len(program.in_list()) == 2)
    assert window.windowTitle().startswith("(2)")
    tick(program, 0, "hidden_box")
    assert [row.remote for row in program.in_list()] == [JONAS]
    assert window.rail.all_button.unread == 1
    assert window.windowTitle().startswith("(1)")
    simulator.write_as(MARIA, first, "and again")
    program.until("it is counted", lambda: program.window.rail._squares[1, first].unread == 2)  # type: ignore[index]
    assert [row.remote for row in program.in_list()] == [JONAS]
    close_settings(program)
    program.click(window.rail._squares[1, first])  # type: ignore[index]
    assert [row.remote for row in program.in_list()] == [MARIA]
    program.click(window.rail.all_button)
    tick(program, 0, "hidden_box")
    assert [row.remote for row in program.in_list()] == [MARIA, JONAS]


def test_a_quiet_number_does_not_count_in_the_title(
    program: WholeProgram, simulator: SimulatorProcess
) -> None:
    window = program.open_signed_in(simulator)
    tick(program, 1, "notify_box")
    simulator.write_as(JONAS, simulator.numbers[1], "psst")
    program.until("it came", lambda: window.rail.all_button.unread == 1)
    program.settle()
    assert not window.windowTitle().startswith("(")


def test_a_signature_is_seen_and_sent_once(
    program: WholeProgram, simulator: SimulatorProcess
) -> None:
    window = program.open_signed_in(simulator)
    first = simulator.numbers[0]
    simulator.write_as(MARIA, first, "hello?")
    program.until("it came", lambda: program.is_listed(MARIA))
    program.click_thread(MARIA)
    assert not window.conversation_pane.composer.signature.isVisible()
    key = window.facts.numbers[0].number.key
    program.built.engine.numbers.change(key, NumberChange(signature="Tom, Support"))
    program.settle()
    assert window.conversation_pane.composer.signature.isVisible()
    program.write("yes?")
    program.meanwhile(lambda: simulator.until(lambda seen: len(seen.accepted) == 1))
    assert simulator.seen().texts() == ["yes?\nTom, Support"]
    program.settle()
    assert program.texts() == ["hello?", "yes?\nTom, Support"]


def test_a_new_message_comes_from_what_is_chosen_or_preferred(
    program: WholeProgram, simulator: SimulatorProcess
) -> None:
    window = program.open_signed_in(simulator)
    first, second, third = simulator.numbers
    assert cards_of(program)[0].kandy_tag.isVisible()
    close_settings(program)
    sheet = new_message(program)
    assert sheet.chosen_sender().number == first  # type: ignore[union-attr]
    sheet.reject()
    tick(program, 1, "default_box")
    assert cards_of(program)[1].own_tag.isVisible()
    close_settings(program)
    sheet = new_message(program)
    assert sheet.chosen_sender().number == second  # type: ignore[union-attr]
    sheet.reject()
    program.click(window.rail._squares[1, third])  # type: ignore[index]
    sheet = new_message(program)
    assert sheet.chosen_sender().number == third  # type: ignore[union-attr]
    sheet.reject()


def test_numbers_of_a_signed_out_account_are_not_offered_and_it_is_said_why(
    program: WholeProgram, simulator: SimulatorProcess
) -> None:
    window = program.open_signed_in(simulator)
    first = simulator.numbers[0]
    simulator.write_as(MARIA, first, "hello?")
    program.until("it came", lambda: program.is_listed(MARIA))
    program.click_thread(MARIA)
    other = simulator.open_account(["+14165550177"])
    program.run(
        program.built.engine.add_account(
            simulator.base_url, other["client_id"], "", other["client_secret"], "loopback"
        )
    )
    program.until_live()
    program.run(program.built.engine.accounts.sign_out(window.facts.accounts[0].account_id))
    program.settle()
    composer = window.conversation_pane.composer
    assert composer.waiting.text().startswith("The account is signed out.")
    sheet = new_message(program)
    assert offered(sheet) == ["+14165550177", "default"]
    sheet.reject()
    program.run(program.built.engine.accounts.sign_out(window.facts.accounts[1].account_id))
    program.settle()
    program.press(Qt.Key.Key_N, CTRL)
    settings = window.sheets.settings
    assert settings is not None
    program.until("the way out is shown", settings.isVisible)
    assert window.banner.isVisible()
    assert "signed out" in program.words_in(window.banner)
