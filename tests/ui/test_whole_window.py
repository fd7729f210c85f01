"""Messages in the real window: real engine, encrypted store and listener, and Kandy over HTTP."""

from PySide6.QtCore import Qt

from sms_desktop.ui.delegates.marks import Mark
from tests.helpers.simulator import SimulatorProcess, simulator
from tests.helpers.whole_program import WholeProgram, program

__all__ = ["program", "simulator"]

MARIA = "+16131234567"
JONAS = "+15205550188"


def write_many(program: WholeProgram, simulator: SimulatorProcess, count: int) -> None:
    """Maria has written ``count`` texts, ``text 0`` and so on, which nobody has looked at yet."""
    for number in range(count):
        simulator.write_as(MARIA, simulator.default_number, f"text {number}")
    program.until("all have arrived", lambda: program.unread(MARIA) == count)
    program.settle()


def test_a_click_shows_the_history_and_only_what_was_on_screen_is_read(
    program: WholeProgram, simulator: SimulatorProcess
) -> None:
    window = program.open_signed_in(simulator)
    write_many(program, simulator, 40)
    assert program.open_with() == ""
    assert window.rail.all_button.unread == 40
    assert window.windowTitle() == "(40) SMS Desktop"
    program.click_thread(MARIA)
    program.until("something was read", lambda: program.listed(MARIA).unread < 40)
    program.settle()
    assert program.texts() == [f"text {n}" for n in range(40)]
    assert program.texts_in_view()[0] == "text 0"
    whole = [t for t, top in program.tops_in_view().items() if program.ends_in_view(t, top)]
    assert program.listed(MARIA).unread == 40 - len(whole) > 0
    program.click(program.timeline.viewport())
    program.press(Qt.Key.Key_End)
    program.until("all are read", lambda: program.listed(MARIA).unread == 0)
    assert program.texts_in_view()[-1] == "text 39"
    assert window.rail.all_button.unread == 0
    assert window.windowTitle() == "SMS Desktop"


def test_what_arrives_while_another_window_is_in_front_stays_unread(
    program: WholeProgram, simulator: SimulatorProcess
) -> None:
    window = program.open_signed_in(simulator)
    write_many(program, simulator, 1)
    program.click_thread(MARIA)
    program.until("it is read", lambda: program.listed(MARIA).unread == 0)
    program.press(Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    settings = window.sheets.settings
    assert settings is not None
    program.until("the settings are in front", settings.isActiveWindow)
    simulator.write_as(MARIA, simulator.default_number, "are you there?")
    program.until("it stands there", lambda: "are you there?" in program.texts_in_view())
    program.settle()
    assert program.listed(MARIA).unread == 1
    program.press(Qt.Key.Key_Escape)
    window.activateWindow()
    program.until("it was seen", lambda: program.listed(MARIA).unread == 0)


def test_enter_shows_one_bubble_at_once_and_its_state_as_it_changes(
    program: WholeProgram, simulator: SimulatorProcess
) -> None:
    program.open_signed_in(simulator)
    write_many(program, simulator, 1)
    program.click_thread(MARIA)
    counts: set[int] = set()
    model = program.window.conversation_pane.model
    for told in (model.rowsInserted, model.rowsRemoved, model.dataChanged):
        told.connect(lambda *_: counts.add(program.texts().count("see you at 4")))
    simulator.fault("hold-answer", "send")
    program.write("see you at 4")
    # Nothing has run since Enter but the key's own handler.
    assert program.texts()[-1] == "see you at 4"
    assert program.mark("see you at 4") is Mark.CLOCK
    assert program.written() == ""
    held = program.meanwhile(lambda: simulator.until(lambda seen: seen.held == 1))
    assert held.texts() == ["see you at 4"]
    assert program.mark("see you at 4") is Mark.CLOCK
    assert "see you at 4" in program.texts_in_view()
    simulator.release()
    program.until("✓", lambda: program.mark("see you at 4") is Mark.TICK)
    simulator.report(held.accepted[0]["message_id"])
    program.until("✓✓", lambda: program.mark("see you at 4") is Mark.TWO_TICKS)
    assert program.spoken("see you at 4").endswith("Delivered.")
    program.settle()
    assert counts == {1}
    assert simulator.seen().texts() == ["see you at 4"]


def test_shift_enter_begins_a_line(program: WholeProgram, simulator: SimulatorProcess) -> None:
    program.open_signed_in(simulator)
    write_many(program, simulator, 1)
    program.click_thread(MARIA)
    program.type("one")
    program.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert program.written() == "one\n"
    program.type("two")
    program.press(Qt.Key.Key_Return)
    program.until("✓", lambda: program.mark("one\ntwo") is Mark.TICK)
    assert simulator.seen().texts() == ["one\ntwo"]


def test_drafts_stay_with_their_conversations_also_after_a_restart(
    program: WholeProgram, simulator: SimulatorProcess
) -> None:
    program.open_signed_in(simulator)
    write_many(program, simulator, 1)
    simulator.write_as(JONAS, simulator.numbers[1], "invoice?")
    program.until("Jonas is listed", lambda: program.is_listed(JONAS))
    program.click_thread(MARIA)
    program.type("for Maria")
    program.click_thread(JONAS)
    assert program.written() == ""
    program.type("for Jonas")
    program.until("the draft is listed", lambda: program.listed(MARIA).draft == "for Maria")
    assert "Draft: for Maria" in program.spoken_row(MARIA)
    program.click_thread(MARIA)
    assert program.written() == "for Maria"
    program.type("!")
    program.close()
    program.open()
    assert program.written() == "for Maria!"
    program.until_live()
    program.click_thread(JONAS)
    assert program.written() == "for Jonas"
    assert simulator.seen().texts() == []


def test_a_reply_stands_in_the_open_conversation_the_moment_it_arrives(
    program: WholeProgram, simulator: SimulatorProcess
) -> None:
    program.open_signed_in(simulator)
    write_many(program, simulator, 1)
    program.click_thread(MARIA)
    program.write("is 4 fine?")
    program.until("✓", lambda: program.mark("is 4 fine?") is Mark.TICK)
    simulator.write_as(MARIA, simulator.default_number, "4 is fine")
    program.until("the reply", lambda: "4 is fine" in program.texts_in_view())
    assert program.texts() == ["text 0", "is 4 fine?", "4 is fine"]
    program.until("it was seen", lambda: program.listed(MARIA).unread == 0)


def test_what_arrives_elsewhere_moves_its_row_and_nothing_else(
    program: WholeProgram, simulator: SimulatorProcess
) -> None:
    window = program.open_signed_in(simulator)
    simulator.write_as(JONAS, simulator.numbers[1], "first")
    program.until("Jonas is listed", lambda: program.is_listed(JONAS))
    write_many(program, simulator, 60)
    program.click_thread(MARIA)
    program.click(program.timeline.viewport())
    for _ in range(2):
        program.press(Qt.Key.Key_PageDown)
    program.settle()
    before, unread = program.tops_in_view(), program.listed(MARIA).unread
    assert 0 < unread < 60
    simulator.write_as(JONAS, simulator.numbers[1], "second")
    program.until("the list shows it", lambda: program.listed(JONAS).last_text == "second")
    program.settle()
    assert [row.remote for row in program.in_list()] == [JONAS, MARIA]
    assert program.listed(JONAS).unread == 2
    assert program.listed(MARIA).unread == unread
    assert window.thread_pane.list.selectedIndexes()[0].row() == 1
    assert program.tops_in_view() == before
    simulator.write_as(MARIA, simulator.default_number, "at the end")
    pill = program.timeline._pill
    program.until("the pill counts it", lambda: pill.isVisible() and pill.text() == "1 new")
    program.settle()
    assert program.tops_in_view() == before
    program.click(pill)
    program.until("the newest", lambda: program.texts_in_view()[-1] == "at the end")
    assert not pill.isVisible()


def test_a_message_from_another_device_has_an_arrow_and_is_in_the_right_conversation(
    program: WholeProgram, simulator: SimulatorProcess
) -> None:
    program.open_signed_in(simulator)
    write_many(program, simulator, 1)
    simulator.write_as(MARIA, simulator.numbers[1], "to the other number")
    program.until("both are listed", lambda: program.is_listed(MARIA, simulator.numbers[1]))
    program.click_thread(MARIA, simulator.default_number)
    simulator.send_from_another_device(simulator.default_number, MARIA, "from my phone")
    program.until("it is here", lambda: "from my phone" in program.texts_in_view())
    assert program.arrow("from my phone")
    assert program.mark("from my phone") is Mark.TICK
    assert program.spoken("from my phone").startswith("You, from another device: ")
    program.until(
        "its row says so",
        lambda: program.listed(MARIA, simulator.default_number).last_text == "from my phone",
    )
    assert program.listed(MARIA, simulator.numbers[1]).last_text == "to the other number"
    program.write("from here")
    program.until("✓", lambda: program.mark("from here") is Mark.TICK)
    assert not program.arrow("from here")
