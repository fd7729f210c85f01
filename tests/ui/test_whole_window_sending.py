"""The real window against the simulator: several recipients, Kandy's default, other senders, links, 403."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

from sms_desktop.domain.address import Address
from sms_desktop.net import control
from sms_desktop.ui.delegates.marks import Mark
from sms_desktop.ui.delegates.notes import NoteAction
from sms_desktop.ui.windows.new_message import NewMessageSheet
from tests.helpers.simulator import SimulatorProcess, simulator
from tests.helpers.whole_program import WholeProgram, program

__all__ = ["program", "simulator"]

MARIA = "+16131234567"
JONAS = "+15205550188"
LENA = "+16135550175"
CTRL = Qt.KeyboardModifier.ControlModifier


def sheet_of(program: WholeProgram) -> NewMessageSheet:
    program.until("it asks whom", lambda: program.window.findChild(NewMessageSheet) is not None)
    sheet = program.window.findChild(NewMessageSheet)
    assert sheet is not None
    program.until("one can type", sheet.to_field.hasFocus)
    return sheet


def new_message(program: WholeProgram) -> NewMessageSheet:
    program.press(Qt.Key.Key_N, CTRL)
    return sheet_of(program)


def chips(sheet: NewMessageSheet) -> list[str]:
    return [chip.text().removesuffix("  ×") for chip in sheet.recipients.field.chips]


def paste(program: WholeProgram, text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    program.press(Qt.Key.Key_V, CTRL)


def follow(program: WholeProgram, link: str) -> None:
    program.run(control.ask(program.paths.control_file, "show", {"link": link}, 10.0))


def send_to_all(program: WholeProgram, recipients: str, text: str) -> None:
    new_message(program)
    paste(program, recipients)
    program.press(Qt.Key.Key_Return)
    program.type(text)
    program.press(Qt.Key.Key_Return)


def line(program: WholeProgram) -> str:
    shown = program.window.batch.line
    return shown.sentence.full_text if shown.isVisible() else ""


def test_people_are_picked_by_name_and_by_mouse_and_folded(
    program: WholeProgram, simulator: SimulatorProcess
) -> None:
    program.open_signed_in(simulator)
    for person, name in ((MARIA, "Maria Rossi"), (JONAS, "Jonas Keller"), (LENA, "Léna Wolf")):
        program.built.engine.contacts.name(Address(person), name)
    program.settle()
    sheet = new_message(program)
    program.type("lena")
    assert sheet.recipients.people_list.count() == 1
    program.press(Qt.Key.Key_Return)
    program.type("205550")
    program.press(Qt.Key.Key_Down)
    program.press(Qt.Key.Key_Return)
    program.type("ro")
    people = sheet.recipients.people_list
    program.click(people.viewport(), people.visualItemRect(people.item(0)).center())
    assert chips(sheet) == ["Léna Wolf", "Jonas Keller", "Maria Rossi"]
    program.type("tel:6131234567,")
    assert chips(sheet) == ["Léna Wolf", "Jonas Keller", "Maria Rossi"]
    assert sheet.recipients.verdict_label.text() == "Maria Rossi is among the recipients already."
    program.press(Qt.Key.Key_Backspace)
    program.press(Qt.Key.Key_Backspace)
    program.click(sheet.recipients.field.chips[0], QPoint(8, 8))
    assert chips(sheet) == ["Jonas Keller"]
    program.press(Qt.Key.Key_Escape)


def test_several_recipients_become_separate_messages_with_one_line(
    program: WholeProgram, simulator: SimulatorProcess
) -> None:
    program.open_signed_in(simulator)
    listed = f"{MARIA}; sip:5205550188@example.com\n73737, tel:{MARIA}\nnonsense"
    sheet = new_message(program)
    paste(program, listed)
    assert chips(sheet) == ["+1 613 123 4567", "+1 520 555 0188", "73737"]
    assert sheet.to_field.text() == "nonsense"
    words = sheet.recipients.verdict_label.text()
    assert words == "1 was there twice. 1 of 5 cannot be texted as written."
    assert not sheet.start_button.isEnabled()
    program.press(Qt.Key.Key_A, CTRL)
    program.press(Qt.Key.Key_Backspace)
    program.press(Qt.Key.Key_Return)
    assert not sheet.start_button.isEnabled()
    program.type("closed on Friday")
    program.press(Qt.Key.Key_Return)
    program.until("all are sent", lambda: line(program) == "3 messages sent")
    accepted = simulator.seen().accepted
    assert {one["remote"] for one in accepted} == {JONAS, MARIA, "73737"}
    assert {one["text"] for one in accepted} == {"closed on Friday"}
    assert len(program.in_list()) == 3
    program.click(program.window.batch.line.close_button)
    program.until("the line is gone", lambda: line(program) == "")


def test_what_is_queued_can_be_cancelled_and_leaves_nothing(
    program: WholeProgram, simulator: SimulatorProcess
) -> None:
    program.open_signed_in(simulator)
    simulator.network_down()
    send_to_all(program, f"{MARIA},{JONAS},{LENA}", "are you there")
    batch = program.window.batch.line
    program.until(
        "all wait", lambda: batch.cancel_button.isVisible() and "3" in batch.cancel_button.text()
    )
    program.settle()
    program.click(batch.cancel_button)
    program.until("it is over", lambda: line(program) == "0 of 3 sent · 3 cancelled")
    assert program.in_list() == []
    simulator.network_up()
    program.until_live()
    assert simulator.seen().texts() == []


def test_a_refusal_is_named_and_sent_again_only_by_the_person(
    program: WholeProgram, simulator: SimulatorProcess
) -> None:
    program.open_signed_in(simulator)
    program.built.engine.contacts.name(Address(JONAS), "Jonas Keller")
    program.settle()
    simulator.fault("refuse", "send", status=400, code="SVC0002", text="No such destination")
    send_to_all(program, f"{JONAS},{MARIA},{LENA}", "see you")
    program.until("it is over", lambda: "1 refused: " in line(program))
    assert line(program).startswith("2 of 3 sent · 1 refused: ")
    program.settle()
    assert len(simulator.seen().texts()) == 2
    batch = program.window.batch.line
    program.click(batch.show_button)
    first = batch.details.item(0)
    assert "refused" in first.text()
    assert "No such destination" in first.text()
    program.click(batch.details.viewport(), batch.details.visualItemRect(first).center())
    program.until("the conversation is open", lambda: program.texts() == ["see you"])
    assert program.mark("see you") is Mark.BANG
    program.click(batch.retry_button)
    program.until("all are sent", lambda: line(program) == "3 messages sent")
    assert len(simulator.seen().texts()) == 3


def test_the_line_comes_back_after_a_restart(
    program: WholeProgram, simulator: SimulatorProcess
) -> None:
    program.open_signed_in(simulator)
    simulator.network_down()
    send_to_all(program, f"{MARIA},{JONAS}", "still there?")
    program.until("they wait", lambda: line(program).startswith("Sending"))
    program.settle()
    program.close()
    program.open()
    program.until("it is told again", lambda: line(program).startswith("Sending"))
    simulator.network_up()
    program.built.engine.check_connection()
    program.until("both are sent", lambda: line(program) == "2 messages sent")


def test_a_default_send_lands_where_kandy_says_and_takes_the_writing_along(
    program: WholeProgram, simulator: SimulatorProcess
) -> None:
    program.open_signed_in(simulator)
    sheet = new_message(program)
    labels = [sheet.sender_box.itemText(at) for at in range(sheet.sender_box.count())]
    assert labels[-1] == "Kandy’s default (default)"
    sheet.sender_box.setCurrentIndex(len(labels) - 1)
    program.type(MARIA)
    program.press(Qt.Key.Key_Return)
    pill = program.window.conversation_pane.header.pill
    program.until("it is open", lambda: "Kandy’s default" in pill.accessibleName())
    simulator.fault("hold-answer", "send")
    simulator.fault("drop-notification", "outbound")
    program.write("first")
    program.meanwhile(lambda: simulator.until(lambda seen: seen.held == 1))
    program.type("secon")
    simulator.release()
    program.until("it has landed", lambda: simulator.default_number[-4:] in pill.accessibleName())
    program.type("d")
    assert program.texts() == ["first"]
    assert program.written() == "second"
    program.settle()
    assert [(row.local, row.remote) for row in program.in_list()] == [
        (simulator.default_number, MARIA)
    ]
    states = program.window.facts.numbers
    assert [s.number.number for s in states if s.number.is_kandy_default] == [
        simulator.default_number
    ]


def test_another_sender_is_another_conversation_and_the_draft_moves(
    program: WholeProgram, simulator: SimulatorProcess
) -> None:
    window = program.open_signed_in(simulator)
    simulator.write_as(MARIA, simulator.numbers[0], "hello")
    program.until("it is listed", lambda: program.is_listed(MARIA))
    program.click_thread(MARIA)
    program.type("draft")
    pill = window.conversation_pane.header.pill
    program.click(pill)
    menu = pill.findChild(QMenu)
    assert menu is not None
    other = next(a for a in menu.actions() if a.data().number == simulator.numbers[1])
    other.trigger()
    menu.close()
    program.until("it is the other", lambda: simulator.numbers[1][-4:] in pill.accessibleName())
    assert program.written() == "draft"
    assert program.texts() == []
    program.settle()
    assert program.listed(MARIA, simulator.numbers[0]).draft == ""
    program.click_thread(MARIA, simulator.numbers[0])
    assert program.written() == ""
    program.settle()
    assert program.listed(MARIA, simulator.numbers[1]).draft == "draft"


def test_a_new_message_goes_on_from_the_number_that_was_used_last(
    program: WholeProgram, simulator: SimulatorProcess
) -> None:
    program.open_signed_in(simulator)
    simulator.write_as(MARIA, simulator.numbers[1], "hello")
    program.until("it is listed", lambda: program.is_listed(MARIA))

    def sender(sheet: NewMessageSheet) -> str:
        own = sheet.chosen_sender()
        return "" if own is None else own.number

    sheet = new_message(program)
    begun_with = sender(sheet)
    assert begun_with != simulator.numbers[1]
    program.type(JONAS)
    assert sender(sheet) == begun_with
    program.press(Qt.Key.Key_A, CTRL)
    program.type(MARIA)
    assert sender(sheet) == simulator.numbers[1]
    program.press(Qt.Key.Key_Return)
    pill = program.window.conversation_pane.header.pill
    program.until("it is open", lambda: simulator.numbers[1][-4:] in pill.accessibleName())
    # In a number's own place in the rail, that number is meant.
    first = program.window.facts.numbers[0].number
    program.click(program.window.rail._squares[first.key])
    sheet = new_message(program)
    program.type(MARIA)
    assert sender(sheet) == first.number == simulator.numbers[0]
    program.press(Qt.Key.Key_Escape)


def test_a_link_to_somebody_known_goes_straight_there_and_keeps_the_draft(
    program: WholeProgram, simulator: SimulatorProcess
) -> None:
    program.open_signed_in(simulator)
    simulator.write_as(MARIA, simulator.numbers[1], "hello")
    program.until("it is listed", lambda: program.is_listed(MARIA))
    follow(program, "sms:6131234567?body=from%20the%20link")
    program.until("the text is there", lambda: program.written() == "from the link")
    assert program.texts() == ["hello"]
    assert program.window.findChild(NewMessageSheet) is None
    follow(program, "sms:6131234567?body=again")
    program.until("both are there", lambda: program.written() == "again\nfrom the link")
    notice = program.window.conversation_pane.composer.notice
    assert notice.isVisible()
    assert "still here" in notice.text()
    assert simulator.seen().texts() == []


def test_a_link_to_several_people_fills_the_sheet(
    program: WholeProgram, simulator: SimulatorProcess
) -> None:
    program.open_signed_in(simulator)
    follow(program, "sms:+16131234567,+15205550188;phone-context=x?body=hi%20all")
    sheet = sheet_of(program)
    assert chips(sheet) == ["+1 613 123 4567", "+1 520 555 0188"]
    assert sheet.message_field.toPlainText() == "hi all"
    assert sheet.start_button.isEnabled()
    program.click(sheet.start_button)
    program.until("both are sent", lambda: line(program) == "2 messages sent")


def test_a_number_that_is_not_assigned_is_named_and_leads_to_the_settings(
    program: WholeProgram, simulator: SimulatorProcess
) -> None:
    window = program.open_signed_in(simulator)
    own = simulator.numbers[0]
    simulator.write_as(MARIA, own, "hello")
    program.until("it is listed", lambda: program.is_listed(MARIA))
    program.click_thread(MARIA)
    simulator.unassign(own)
    program.write("anybody?")
    program.until("it is refused", lambda: program.mark("anybody?") is Mark.BANG)
    shown = "+1 613 999 8877"
    words = f"This number is not assigned to your project: {shown}."
    assert program.note("anybody?") == words
    program.settle()
    assert simulator.seen().requests["send"] == 1
    at = program.timeline.model().rowCount() - 1
    menu = program.timeline.menu_for(program.timeline.model().index(at, 0))
    assert "Settings › Numbers" in [action.text() for action in menu.actions()]
    menu.deleteLater()
    program.click_note("anybody?", NoteAction.NUMBERS)
    settings = window.sheets.settings
    assert settings is not None
    assert settings.pages.currentWidget() is settings.numbers_page


def test_a_cancelled_subscription_is_told_above_the_conversation_and_in_the_list(
    program: WholeProgram, simulator: SimulatorProcess
) -> None:
    window = program.open_signed_in(simulator)
    own = simulator.numbers[0]
    simulator.write_as(MARIA, own, "hello")
    program.until("it is listed", lambda: program.is_listed(MARIA))
    program.click_thread(MARIA)
    notice = window.conversation_pane.number_notice
    assert not notice.isVisible()
    simulator.cancel_subscription(own)
    program.until("it is told", notice.isVisible)
    assert "Kandy cancelled the subscription" in notice.sentence.text()
    assert "does not receive" in program.spoken_row(MARIA)
    program.click(notice.subscribe_button)
    program.until("it receives again", lambda: not notice.isVisible())
    assert "does not receive" not in program.spoken_row(MARIA)


def test_a_number_that_was_taken_away_is_not_said_to_be_cancelled_any_more(
    program: WholeProgram, simulator: SimulatorProcess
) -> None:
    window = program.open_signed_in(simulator)
    own = simulator.numbers[0]
    simulator.write_as(MARIA, own, "hello")
    program.until("it is listed", lambda: program.is_listed(MARIA))
    program.click_thread(MARIA)
    simulator.cancel_subscription(own)
    program.until("it is told", window.banner.isVisible)
    simulator.unassign(own)
    program.built.engine.subscribe_again(window.facts.accounts[0].account_id, Address(own))
    program.until("it is gone", lambda: len(window.facts.numbers) == len(simulator.numbers) - 1)
    program.until("nothing is said of it", lambda: not window.banner.isVisible())


def test_a_message_that_waits_can_be_cancelled_at_its_bubble(
    program: WholeProgram, simulator: SimulatorProcess
) -> None:
    program.open_signed_in(simulator)
    simulator.write_as(MARIA, simulator.numbers[0], "hello")
    program.until("it is listed", lambda: program.is_listed(MARIA))
    program.click_thread(MARIA)
    simulator.network_down()
    program.write("never mind")
    program.until("it waits and says why", lambda: program.note("never mind") != "")
    program.settle()
    program.click_note("never mind", NoteAction.DISCARD)
    program.until("it is gone", lambda: program.texts() == ["hello"])
    simulator.network_up()
    program.until_live()
    assert simulator.seen().texts() == []
