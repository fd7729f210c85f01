"""Searching in the real window: typed, found, opened in place, and back to where one was."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from sms_desktop.domain.search import Hit
from sms_desktop.ui.models.search_results import ActionResult, Heading, Result
from tests.helpers.simulator import SimulatorProcess, simulator
from tests.helpers.whole_program import WholeProgram, program

__all__ = ["program", "simulator"]

MARIA = "+16131234567"
JONAS = "+15205550188"
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def results(program: WholeProgram) -> list[Result]:
    model = program.window.thread_pane.results.model
    return [model.result(row) for row in range(model.rowCount())]


def found_texts(program: WholeProgram) -> list[str]:
    return [one.text for one in results(program) if isinstance(one, Hit)]


def chosen_text(program: WholeProgram) -> object:
    return program.timeline.currentIndex().data()


def search_for(program: WholeProgram, text: str) -> None:
    program.press(Qt.Key.Key_K, CONTROL)
    program.type(text)
    program.settle()


def with_history(program: WholeProgram, simulator: SimulatorProcess) -> None:
    own = simulator.default_number
    program.open_signed_in(simulator)
    for number in range(160):
        where = "Gate CODE" if number in (5, 40, 80) else "text"
        simulator.write_as(MARIA, own, f"{where} {number}")
    simulator.write_as(JONAS, own, "Schöne Grüße")
    program.until("all have arrived", lambda: program.is_listed(JONAS))
    program.until("all have arrived", lambda: program.unread(MARIA) == 160)
    program.settle()


def test_a_hit_is_typed_found_opened_and_stepped_through(
    program: WholeProgram, simulator: SimulatorProcess
) -> None:
    with_history(program, simulator)
    window = program.window
    program.click_thread(JONAS)
    pane = window.conversation_pane
    search_for(program, "code")
    assert found_texts(program) == ["Gate CODE 80", "Gate CODE 40", "Gate CODE 5"]
    assert not window.thread_pane.list.isVisible()
    program.press(Qt.Key.Key_Down)
    program.press(Qt.Key.Key_Down)
    program.press(Qt.Key.Key_Return)
    program.settle()
    assert "Gate CODE 5" in program.texts_in_view()
    assert chosen_text(program) == "Gate CODE 5"
    assert pane.find_bar.isVisible()
    assert pane.find_bar.count.text() == "1 of 3"
    program.press(Qt.Key.Key_F3)
    assert pane.find_bar.count.text() == "2 of 3"
    assert "Gate CODE 40" in program.texts_in_view()
    assert chosen_text(program) == "Gate CODE 40"
    program.press(Qt.Key.Key_F3, SHIFT)
    program.press(Qt.Key.Key_F3, SHIFT)
    assert pane.find_bar.count.text() == "3 of 3"
    assert "Gate CODE 80" in program.texts_in_view()
    program.press(Qt.Key.Key_Escape)
    assert not pane.find_bar.isVisible()
    program.press(Qt.Key.Key_Escape)
    assert window.thread_pane.list.isVisible()
    assert window.thread_pane.search.text() == ""


def test_what_is_found_is_people_actions_and_messages_and_what_is_not_is_said(
    program: WholeProgram, simulator: SimulatorProcess
) -> None:
    with_history(program, simulator)
    window = program.window
    program.run(_named(program, JONAS, "Jonas Keller"))
    search_for(program, "(520) 555")
    (heading, _) = results(program)
    assert isinstance(heading, Heading)
    program.press(Qt.Key.Key_Return)
    program.settle()
    assert program.open_with() == "Jonas Keller"
    search_for(program, "grusse")
    assert found_texts(program) == ["Schöne Grüße"]
    search_for(program, "is:unread from:jonas zzz")
    note = window.thread_pane.results.note
    assert note.isVisible()
    assert note.text() == "Nothing found for “zzz”; filters: is:unread from:jonas."
    search_for(program, "setti")
    assert any(isinstance(one, ActionResult) for one in results(program))
    program.press(Qt.Key.Key_Return)
    program.until("the settings are open", lambda: window.sheets.settings is not None)


async def _named(program: WholeProgram, remote: str, name: str) -> None:
    program.built.engine.contacts.name(remote, name)  # type: ignore[arg-type]


def test_one_conversation_is_searched_and_escape_goes_back_to_the_field(
    program: WholeProgram, simulator: SimulatorProcess
) -> None:
    with_history(program, simulator)
    window = program.window
    program.click_thread(MARIA)
    program.settle()
    program.press(Qt.Key.Key_F, CONTROL)
    bar = window.conversation_pane.find_bar
    assert bar.field.hasFocus()
    program.type("gate")
    program.settle()
    assert bar.count.text() == "3 of 3"
    assert "Gate CODE 80" in program.texts_in_view()
    program.press(Qt.Key.Key_Return)
    assert bar.count.text() == "2 of 3"
    program.type("zz")
    program.settle()
    assert bar.count.text() == "Nothing found"
    program.press(Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is window.conversation_pane.composer.field
