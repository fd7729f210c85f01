"""The whole first run against a real Kandy server: by mouse, by keyboard, there and back again."""

import sys
from collections.abc import Sequence

import pytest
from PySide6.QtCore import QFileSystemWatcher, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit

from sms_desktop.domain.account import AccountKind
from sms_desktop.ui.windows.first_run.progress_rows import Progress
from sms_desktop.ui.windows.first_run.window import start_detached
from sms_desktop.ui.windows.signing_in.earlier_messages import Earlier
from tests.helpers.first_run import FirstRun, first_run
from tests.helpers.raw_kandy import Asked, RawKandy, http, jwt
from tests.helpers.simulator import SimulatorProcess, simulator
from tests.helpers.whole_program import WholeProgram, program

__all__ = ["first_run", "program", "simulator"]

MARIA = "+16131234567"
TAB, ENTER, SPACE = Qt.Key.Key_Tab, Qt.Key.Key_Return, Qt.Key.Key_Space


def test_the_whole_first_run_by_mouse(
    program: WholeProgram, first_run: FirstRun, simulator: SimulatorProcess
) -> None:
    wizard = first_run.wizard
    first_run.to_numbers(simulator)
    support, on_call, campaign = (first_run.row(number) for number in simulator.numbers)
    first_run.write(support.name_field, "Support")
    first_run.write(on_call.name_field, "On-call")
    on_call.colour_button.choose("#2f6fed")
    program.click(campaign.receive_box)
    assert not campaign.receive_box.isChecked()
    first_run.next()
    assert wizard.at == 2
    assert wizard.next_button.text() == "Connect and test"
    assert wizard.receiving.ways.tunnel == "loopback"
    first_run.next()
    assert first_run.progress() == [Progress.DONE] * 5, first_run.said()
    assert "Messages to your numbers reach this computer." in first_run.said()
    assert "Test message from Support to On-call" in first_run.said()
    program.click(wizard.next_button)
    program.until("the window is gone", lambda: program.window.sheets.first_run is None)
    program.until_live()
    numbers = {state.number.number: state.number for state in program.window.facts.numbers}
    assert [numbers[n].name for n in simulator.numbers] == ["Support", "On-call", ""]
    assert numbers[simulator.numbers[1]].colour == "#2f6fed"
    assert [numbers[n].receive for n in simulator.numbers] == [True, True, False]
    subscribed = sorted(s["number"] for s in simulator.subscriptions() if s["number"])
    assert subscribed == sorted(simulator.numbers[:2])
    test = simulator.seen().accepted[0]
    assert (test["sender"], test["remote"]) == (simulator.numbers[0], simulator.numbers[1])
    assert program.is_listed(simulator.numbers[0], simulator.numbers[1])
    simulator.write_as(MARIA, simulator.numbers[0], "hello")
    program.until("texts arrive", lambda: program.is_listed(MARIA))


def test_the_whole_first_run_by_keyboard_as_a_user(
    program: WholeProgram, first_run: FirstRun, simulator: SimulatorProcess
) -> None:
    wizard = first_run.wizard
    fields = wizard.sign_in.fields
    assert fields.client_id.edit.hasFocus()
    visited = tab_to(program, fields.kind_chips[AccountKind.PROJECT])
    program.press(Qt.Key.Key_Right)
    assert fields.kind is AccountKind.USER
    for field, text in (
        (fields.base_url, simulator.base_url),
        (fields.client_id, simulator.client_id),
        (fields.email, simulator.email),
        (fields.secret, simulator.password),
    ):
        tab_to(program, field.edit)
        program.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        program.type(text)
    program.press(ENTER)
    first_run.rest()
    assert wizard.at == 1, first_run.said()
    first = first_run.row(simulator.numbers[0])
    assert first.name_field.hasFocus()
    program.type("Support")
    tab_to(program, first_run.row(simulator.numbers[2]).receive_box)
    program.press(SPACE)
    tab_to(program, wizard.next_button)
    program.press(ENTER)
    first_run.rest()
    assert wizard.at == 2, first_run.said()
    assert wizard.receiving.ways.cards["loopback"].button.hasFocus()
    program.press(Qt.Key.Key_Down)
    assert wizard.receiving.ways.tunnel == "websocket"
    program.press(ENTER)
    first_run.rest()
    assert first_run.progress() == [Progress.DONE] * 5, first_run.said()
    assert wizard.next_button.hasFocus()
    program.press(ENTER)
    program.until("the window is gone", lambda: program.window.sheets.first_run is None)
    program.until_live()
    assert "Kandy's websocket" in program.window.facts.health.sentence
    (account,) = program.window.facts.accounts
    assert (account.kind, account.email) == (AccountKind.USER, simulator.email)
    assert visited


def tab_to(program: WholeProgram, wanted: object) -> list[object]:
    """Press Tab until a control has the focus; each must be visited once at most."""
    visited: list[object] = []
    while QApplication.focusWidget() is not wanted:
        visited.append(QApplication.focusWidget())
        program.press(TAB)
        assert QApplication.focusWidget() not in visited, "Tab went round without coming by"
    return visited or [wanted]


def test_going_back_loses_nothing_that_was_typed(
    program: WholeProgram, first_run: FirstRun, simulator: SimulatorProcess
) -> None:
    wizard = first_run.wizard
    first_run.to_numbers(simulator)
    support = first_run.row(simulator.numbers[0])
    first_run.write(support.name_field, "Support")
    first_run.write(wizard.numbers.add_field.edit, "613 555 0100")
    program.press(ENTER)
    program.settle()
    by_hand = first_run.row("+16135550100")
    assert by_hand.source_label.text() == "added by you"
    program.click(by_hand.receive_box)
    first_run.write(by_hand.name_field, "Old")
    first_run.next()
    program.click(wizard.receiving.ways.cards["own:"].button)
    program.settle()
    first_run.write(
        wizard.receiving.ways.cards["own:"].panel.fields["url"].edit, "https://sms.example.com"
    )
    program.click(wizard.back_button)
    program.click(wizard.back_button)
    fields = wizard.sign_in.fields
    assert fields.secret.edit.text() == simulator.client_secret
    first_run.next()
    assert support.name_field.text() == "Support"
    assert first_run.row("+16135550100").choice().name == "Old"
    assert not first_run.row("+16135550100").receive_box.isChecked()
    first_run.next()
    assert wizard.receiving.ways.tunnel == "own:https://sms.example.com"


def test_escape_leaves_an_empty_window_with_a_way_back(
    program: WholeProgram, first_run: FirstRun
) -> None:
    first_run.write(first_run.wizard.sign_in.fields.client_id.edit, "PRIV-1")
    program.press(Qt.Key.Key_Escape)
    assert not first_run.wizard.isVisible()
    empty = program.window.conversation_pane.empty
    assert empty.heading.text() == "No account yet"
    first_run.open_again()
    assert first_run.wizard.sign_in.fields.client_id.edit.text() == "PRIV-1"
    program.close()
    first_run = FirstRun(program)
    assert first_run.wizard.sign_in.fields.client_id.edit.text() == ""


@pytest.mark.parametrize("by", ["button", "escape", "closing"])
def test_a_check_that_takes_long_can_be_broken_off(
    program: WholeProgram, first_run: FirstRun, simulator: SimulatorProcess, by: str
) -> None:
    wizard = first_run.wizard
    simulator.fault("hold-answer", "token")
    first_run.sign_in_as_project(simulator.base_url, simulator.client_id, simulator.client_secret)
    program.click(wizard.next_button)
    program.meanwhile(lambda: simulator.until(lambda seen: seen.held == 1))
    assert wizard.next_button.text() == "Please wait…"
    assert wizard.status.full_text.startswith("Signing in to 127.0.0.1")
    assert wizard.sign_in.fields.secret.edit.isReadOnly()
    if by == "button":
        program.click(wizard.cancel_button)
    elif by == "escape":
        program.press(Qt.Key.Key_Escape)
    else:
        wizard.close()
    first_run.rest()
    assert wizard.at == 0
    assert wizard.isVisible() is (by != "closing")
    assert wizard.sign_in.fields.secret.edit.text() == simulator.client_secret
    assert not wizard.sign_in.fields.secret.edit.isReadOnly()
    simulator.release()
    assert program.window.facts.accounts == ()


def test_a_second_enter_while_kandy_is_asked_asks_once(
    program: WholeProgram, first_run: FirstRun, simulator: SimulatorProcess
) -> None:
    simulator.fault("hold-answer", "token")
    first_run.sign_in_as_project(simulator.base_url, simulator.client_id, simulator.client_secret)
    for _ in range(3):
        program.press(ENTER)
    program.meanwhile(lambda: simulator.until(lambda seen: seen.held == 1))
    asked = simulator.seen().requests["token"]
    simulator.release()
    first_run.rest()
    assert asked == 1
    assert first_run.wizard.at == 1


def test_the_picture_shows_where_the_keys_are(program: WholeProgram, first_run: FirstRun) -> None:
    fields = first_run.wizard.sign_in.fields
    assert not fields.help.isVisible()
    program.click(fields.help_button)
    program.settle()
    assert fields.help.isVisible()
    assert "Private project secret" in fields.help.words.text()
    assert "project" in fields.help.drawing.accessibleName()
    image = fields.help.drawing.grab().toImage()
    colours = {image.pixelColor(x, 120).name() for x in range(0, image.width(), 2)}
    assert len(colours) > 3
    program.click(fields.kind_chips[AccountKind.USER])
    assert "Account client ID" in fields.help.words.text()
    program.click(fields.help_button)
    assert not fields.help.isVisible()


def test_the_demo_starts_as_a_program_of_its_own(
    program: WholeProgram, first_run: FirstRun
) -> None:
    started: list[tuple[str, Sequence[str]]] = []
    wizard = first_run.wizard
    wizard._start_program = lambda *what: started.append(what) is None
    program.click(wizard.demo_button)
    assert started == [(sys.executable, ["-m", "sms_desktop", "--demo"])]
    assert first_run.warned().startswith("The demo opens in windows of its own")
    wizard._start_program = lambda *what: False
    program.click(wizard.demo_button)
    assert first_run.warned() == "The demo could not be started."


def test_a_detached_program_really_runs(program: WholeProgram, tmp_path: object) -> None:
    program.open()
    mark = program.paths.data / "mark"
    watcher = QFileSystemWatcher([str(program.paths.data)])
    assert start_detached(sys.executable, ["-c", f"open({str(mark)!r}, 'w').close()"])
    program.until("it has run", mark.exists)
    assert watcher.directories()


def test_every_control_has_a_name_for_a_screen_reader(
    program: WholeProgram, first_run: FirstRun, simulator: SimulatorProcess
) -> None:
    first_run.to_receiving(simulator)
    wizard = first_run.wizard
    for button in wizard.findChildren(QAbstractButton):
        # The notice has its action's words once it has something to say.
        named = button.accessibleName() or button.text() or button is wizard.banner.action_button
        assert named, button
    for field in wizard.findChildren(QLineEdit):
        assert field.accessibleName(), field
    assert wizard.step_list.accessibleName() == "Step 3 of 3: Receiving"


def test_an_account_from_the_command_line_ends_an_untouched_first_run(
    program: WholeProgram, first_run: FirstRun, simulator: SimulatorProcess
) -> None:
    added = program.built.engine.add_account(
        simulator.base_url, simulator.client_id, "", simulator.client_secret, "loopback"
    )
    program.run(added)
    program.until("it steps aside", lambda: not first_run.wizard.isVisible())


def test_where_there_is_an_account_no_first_run_opens(
    program: WholeProgram, simulator: SimulatorProcess
) -> None:
    program.open_signed_in(simulator)
    program.close()
    window = program.open(first_run=True)
    program.until_live()
    assert window.sheets.first_run is None


# What Kandy says about numbers


def test_no_number_is_explained_and_one_can_be_added_by_hand(
    program: WholeProgram, first_run: FirstRun, simulator: SimulatorProcess
) -> None:
    made = simulator.open_account([])
    wizard = first_run.wizard
    first_run.sign_in_as_project(simulator.base_url, made["client_id"], made["client_secret"])
    first_run.next()
    assert wizard.at == 1
    assert "Kandy has assigned no number to this project or account" in first_run.said()
    first_run.next()
    assert first_run.warned() == "There is no number in the list yet."
    field = wizard.numbers.add_field
    assert not wizard.numbers.rows
    for typed, sentence in (
        ("", "Type the number, in any form"),
        ("call me", "this has letters in it"),
        ("---", "There is no digit in this."),
        ("12", "too short for a phone number"),
        ("0791 123 45 67", "Begin with + and the country code"),
        ("+999 1234567", "No country has the code after the +."),
        ("+1 613 555", "This is too short for a number of that country."),
        ("+1 613 555 0144 999", "This is too long for a number of that country."),
        ("1234567890123456789", "no phone number has more than 15 digits"),
    ):
        first_run.write(field.edit, typed)
        program.click(wizard.numbers.add_button)
        assert sentence in field.complaint, typed
        assert not wizard.numbers.rows
    first_run.write(field.edit, "(613) 555-0144")
    program.press(ENTER)
    assert list(wizard.numbers.rows) == ["+16135550144"]
    assert field.edit.text() == ""
    first_run.write(field.edit, "tel:+1-613-555-0144")
    program.press(ENTER)
    assert field.complaint == "This number is in the list already."
    program.click(first_run.row("+16135550144").remove_button)
    assert not wizard.numbers.rows


def test_a_number_that_is_not_assigned_says_so_beside_it(
    program: WholeProgram, first_run: FirstRun, simulator: SimulatorProcess
) -> None:
    wizard = first_run.wizard
    first_run.to_numbers(simulator)
    first_run.write(wizard.numbers.add_field.edit, "+16135550144")
    # Not pressed: what is typed is surely meant.
    first_run.next()
    row = first_run.row("+16135550144")
    assert wizard.at == 1
    assert "not assigned to your project or account" in row.complaint_label.text()
    assert first_run.row(simulator.numbers[0]).complaint_label.text() == ""
    assert "Switch “Receive here” off" in first_run.warned()
    program.click(row.receive_box)
    assert row.complaint_label.text() == ""
    assert not wizard.banner.isVisible()
    program.click(row.receive_box)
    first_run.next()
    assert "Switch “Receive here” off" in first_run.warned()
    # Off the list, it is in nobody's way either.
    program.click(row.remove_button)
    assert not wizard.banner.isVisible()
    first_run.next()
    assert wizard.at == 2
    assert simulator.subscriptions() == []


@pytest.mark.parametrize("percent", [100, 150])
def test_in_the_narrowest_window_nothing_is_cut_off_at_the_side(
    program: WholeProgram, first_run: FirstRun, simulator: SimulatorProcess, percent: int
) -> None:
    wizard = first_run.wizard
    first_run.to_receiving(simulator)
    program.click(wizard.receiving.earlier.chips[Earlier.SINCE])
    program.built.theme.set_text_percent(percent)
    wizard.resize(wizard.minimumSize())
    program.settle()
    for step in wizard.steps:
        assert step.inside.width() <= step.viewport().width()


def test_a_number_that_takes_no_texts_says_why(
    program: WholeProgram, first_run: FirstRun, simulator: SimulatorProcess
) -> None:
    first_run.to_numbers(simulator)
    simulator.fault(
        "refuse", "subscribe", status=400, text="%1 is not SMS enabled", variables=["It"]
    )
    first_run.next()
    said = first_run.row(simulator.numbers[0]).complaint_label.text()
    assert said.startswith("Kandy does not let this number receive texts.")
    assert "It is not SMS enabled" in said
    program.click(first_run.wizard.banner.action_button)
    first_run.rest()
    assert first_run.wizard.at == 2


def test_numbers_of_other_subscriptions_and_of_history_are_found(
    program: WholeProgram, first_run: FirstRun, simulator: SimulatorProcess
) -> None:
    own = simulator.numbers
    simulator.write_as(MARIA, own[1], "an old text")
    simulator.unassign(own[1])
    first_run.to_numbers(simulator)
    assert first_run.row(own[0]).source_label.text() == "assigned by Kandy"
    old = first_run.row(own[1])
    assert old.source_label.text() == "appears in your history"
    assert not old.receive_box.isChecked()


def test_what_kandy_does_not_answer_is_told_and_can_be_asked_again(
    program: WholeProgram, first_run: FirstRun, simulator: SimulatorProcess
) -> None:
    simulator.fault("status", "threads", status=500)
    first_run.to_numbers(simulator)
    step = first_run.wizard.numbers
    assert "There may be more numbers than these." in step.trouble_label.text()
    assert len(step.rows) == 3
    first_run.write(first_run.row(simulator.numbers[0]).name_field, "Support")
    simulator.write_as(MARIA, simulator.numbers[2], "hi")
    program.click(step.again_button)
    first_run.rest()
    assert not step.trouble_label.isVisible()
    assert first_run.row(simulator.numbers[0]).name_field.text() == "Support"


def test_a_list_with_blanks_and_duplicates_is_read(
    program: WholeProgram, first_run: FirstRun
) -> None:
    async def token(_asked: Asked) -> bytes:
        listed = " ,+16135550101,, 16135550101 ,tel:+16135550102,no number at all,"
        body = {
            "access_token": jwt(n=1),
            "id_token": jwt(preferred_username="u-1", **{"sms-did-list": listed}),
        }
        return http(200, body)

    raw = RawKandy(token=token)
    program.run(raw.start())
    first_run.sign_in_as_project(f"http://127.0.0.1:{raw.port}", "PRIV-1", "s3cret")
    first_run.next()
    assert list(first_run.wizard.numbers.rows) == ["+16135550101", "+16135550102"]
    program.run(raw.close())


def test_signing_in_as_somebody_else_shows_their_numbers(
    program: WholeProgram, first_run: FirstRun, simulator: SimulatorProcess
) -> None:
    other = simulator.open_account(["+14165550177"])
    wizard = first_run.wizard
    first_run.to_numbers(simulator)
    first_run.write(first_run.row(simulator.numbers[0]).name_field, "Support")
    program.click(wizard.back_button)
    first_run.sign_in_as_project(simulator.base_url, other["client_id"], other["client_secret"])
    first_run.next()
    assert list(wizard.numbers.rows) == ["+14165550177"]
    program.click(wizard.back_button)
    first_run.to_numbers(simulator)
    assert first_run.row(simulator.numbers[0]).name_field.text() == "Support"
