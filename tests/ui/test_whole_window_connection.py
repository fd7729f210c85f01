"""Settings › Connection of the whole program, against a Kandy with which something is wrong."""

import socket

from PySide6.QtCore import Qt

from sms_desktop.domain.health import Level
from sms_desktop.ui.windows.settings.connection_page import ConnectionPage
from tests.helpers.ports import free_port
from tests.helpers.simulator import SimulatorProcess, simulator
from tests.helpers.whole_program import WholeProgram, program

__all__ = ["program", "simulator"]
MARIA = "+16131234567"


def _open(program: WholeProgram, simulator: SimulatorProcess) -> ConnectionPage:
    window = program.open_signed_in(simulator)
    program.click(window.status_line)
    settings = window.sheets.settings
    assert settings is not None
    return settings.connection_page


def _row(page: ConnectionPage, title: str) -> str:
    return next((row for row in page.rows() if row.startswith(title)), "")


def test_live_has_every_step_proved(program: WholeProgram, simulator: SimulatorProcess) -> None:
    page = _open(program, simulator)
    assert "probe returned through the tunnel" in _row(page, "Our own URL answers: works")
    assert "Last full check" in page.sentence.text()
    assert page.check_rows is not None
    assert list(page.check_rows.buttons) == ["tunnel"]


def test_fix_subscribes_a_cancelled_number_again(
    program: WholeProgram, simulator: SimulatorProcess
) -> None:
    page = _open(program, simulator)
    simulator.cancel_subscription(simulator.default_number)
    program.until("a fix", lambda: page.check_rows and "subscriptions" in page.check_rows.buttons)
    assert "2 of 3 active" in _row(page, "Subscriptions: needs attention")
    assert page.check_rows is not None
    button = page.check_rows.buttons["subscriptions"]
    program.until("the page is laid out", lambda: button.isVisible() and button.width() > 0)
    program.click(button)
    program.until("live again", lambda: program.status() == "Live")
    assert "3 of 3 active" in _row(page, "Subscriptions: works")


def test_a_kandy_that_is_gone_is_told_with_a_reason(
    program: WholeProgram, simulator: SimulatorProcess
) -> None:
    page = _open(program, simulator)
    simulator.network_down()
    program.click(page.check_button)
    program.until("deaf", lambda: program.window.facts.health.level is Level.DEAF)
    assert _row(page, "Signed in to Kandy: failed")
    simulator.network_up()
    program.click(page.check_button)
    program.until("live again", lambda: program.status() == "Live")


def test_a_clock_that_is_off_is_told_although_messages_come(
    program: WholeProgram, simulator: SimulatorProcess
) -> None:
    simulator.post("clock", {"advance_s": 3600})
    page = _open(program, simulator)
    assert program.status() == "Live"
    assert "1 h behind Kandy's" in _row(page, "Date and time: needs attention")


def test_a_test_message_goes_all_the_way_round(
    program: WholeProgram, simulator: SimulatorProcess
) -> None:
    page = _open(program, simulator)
    program.click(page.test.button)
    program.until("it came back", lambda: "came back after" in page.test.outcome.text())


def test_another_port_counts_without_a_restart(
    program: WholeProgram, simulator: SimulatorProcess
) -> None:
    page = _open(program, simulator)
    port = str(free_port())
    page.ensureWidgetVisible(page.port_row.edit)
    program.click(page.port_row.edit)
    program.type(port)
    program.press(Qt.Key.Key_Return)
    listening = f"127.0.0.1:{port}"
    program.until("it listens there", lambda: listening in _row(page, "Local listener: works"))
    program.until("live again", lambda: listening in _row(page, "Tunnel: works"))
    program.until_live()
    simulator.forget()
    simulator.write_as(MARIA, simulator.default_number, "to the new port")
    program.until("it came", lambda: program.unread(MARIA) == 1)
    program.meanwhile(lambda: simulator.until(lambda seen: seen.webhooks == {"200": 1}))


def test_a_port_that_is_taken_is_told_and_all_stays_as_it_was(
    program: WholeProgram, simulator: SimulatorProcess
) -> None:
    page = _open(program, simulator)
    before = _row(page, "Local listener")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        page.ensureWidgetVisible(page.port_row.edit)
        program.click(page.port_row.edit)
        port = str(taken.getsockname()[1])
        program.type(port)
        program.press(Qt.Key.Key_Return)
        program.until("it is told", lambda: port in program.words_in(program.window))
    assert _row(page, "Local listener") == before
    assert program.status() == "Live"
