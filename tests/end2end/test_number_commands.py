"""``numbers list|set`` of the real program, with and without its window."""

import json
from typing import Any

import pytest

from tests.helpers.program import Program
from tests.helpers.simulator import SimulatorProcess

MARIA = "+16131234567"


def listed(program: Program) -> list[dict[str, Any]]:
    done = program.command("numbers", "list", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def change(program: Program, number: str, *words: str) -> dict[str, Any]:
    done = program.command("numbers", "set", number, *words, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    changed: dict[str, Any] = json.loads(done.stdout)
    return changed


def live_numbers(simulator: SimulatorProcess) -> list[str]:
    return sorted(s["number"] for s in simulator.subscriptions() if s["number"])


def test_a_number_is_changed_without_a_window(
    program: Program, simulator: SimulatorProcess
) -> None:
    first, second, third = simulator.numbers
    told = change(
        program,
        # Any form of the number will do.
        f"tel:{second}",
        *("--name", "  On  call", "--colour", "#12A866", "--order", "1", "--receive", "off"),
        *(
            "--notify",
            "off",
            "--hidden",
            "on",
            "--signature",
            "Tom\r\nSupport ",
            "--default-sender",
        ),
    )
    assert told == {
        "account_id": 1,
        "number": second,
        "name": "On call",
        "colour": "#12a866",
        "order": 1,
        "receive": False,
        "notify": False,
        "hidden": True,
        "signature": "Tom\nSupport",
        "kandy_default": False,
        "default_sender": True,
    }
    assert [one["number"] for one in listed(program)] == [second, first, third]
    assert listed(program)[0] == told
    change(program, third, "--default-sender")
    assert [one["default_sender"] for one in listed(program)] == [False, False, True]
    change(program, second, "--name", "", "--signature", "", "--hidden", "off")
    assert (listed(program)[0]["name"], listed(program)[0]["signature"]) == ("", "")
    table = program.command("numbers", "list").stdout.splitlines()
    assert table[0].split()[:4] == ["ORDER", "NUMBER", "NAME", "COLOUR"]
    assert table[1].split() == ["1", second, "-", "#12a866", "off", "off", "off", "1", "-"]
    assert table[3].rstrip().endswith("mine")


def test_an_open_window_takes_it_over_at_once(
    open_program: Program, simulator: SimulatorProcess
) -> None:
    first, second, third = simulator.numbers
    assert [one["kandy_default"] for one in listed(open_program)] == [True, False, False]
    told = change(open_program, second, "--receive", "off", "--order", "3")
    assert (told["receive"], told["order"]) == (False, 3)
    open_program.wait_for(
        "numbers_changed", where=lambda line: line["receiving"] == ["active", "active", "paused"]
    )
    assert live_numbers(simulator) == sorted([first, third])
    change(open_program, second, "--receive", "on")
    open_program.wait_for("numbers_changed", where=lambda line: line["receiving"] == ["active"] * 3)
    assert open_program.close_window() == 0
    assert [one["number"] for one in listed(open_program)] == [first, third, second]


REFUSED = (
    (("+14165550199", "--name", "x"), 1, "This is none of your numbers."),
    (("nonsense", "--name", "x"), 1, "This is none of your numbers."),
    (("+16139998877",), 2, "Say what to change: --name, --colour,"),
    (("+16139998877", "--colour", "green"), 2, "A colour is written #rrggbb"),
    (("+16139998877", "--order", "0"), 2, "it must be from 1 to 3."),
    (("+16139998877", "--name", "x", "--order", "4"), 2, "it must be from 1 to 3."),
    (("+16139998877", "--name", "n" * 41), 2, "at most 40 characters"),
    (("+16139998877", "--signature", "s" * 161), 2, "at most 160 characters"),
    (("+16139998877", "--account", "7", "--name", "x"), 1, "This is none of your numbers."),
)


@pytest.mark.parametrize("window", [False, True], ids=["alone", "window"])
def test_what_cannot_be_is_one_sentence_and_changes_nothing(program: Program, window: bool) -> None:
    if window:
        program.open_window()
        program.wait_for("ready")
    before = listed(program)
    for words, exit_code, sentence in REFUSED:
        done = program.command("numbers", "set", *words, "--json")
        assert (done.returncode, done.stdout) == (exit_code, "")
        assert sentence in done.stderr
        assert len(done.stderr.splitlines()) == 1
    assert listed(program) == before


@pytest.mark.parametrize(
    "words", [("+16139998877", "--receive", "maybe"), ("+16139998877", "--order", "first"), ()]
)
def test_a_slip_of_the_keyboard_is_told_by_the_usage(
    program: Program, words: tuple[str, ...]
) -> None:
    done = program.command("numbers", "set", *words)
    assert done.returncode == 2
    assert "usage:" in done.stderr


def test_of_several_accounts_with_the_same_number_one_has_to_be_named(
    program: Program, simulator: SimulatorProcess
) -> None:
    number = simulator.numbers[0]
    other = simulator.open_account([number])
    program.add_account(simulator.base_url, other["client_id"], other["client_secret"])
    done = program.command("numbers", "set", number, "--name", "x")
    assert done.returncode == 1
    assert "Say which one you mean with --account ID." in done.stderr
    change(program, number, "--account", "2", "--name", "Theirs")
    names = {one["account_id"]: one["name"] for one in listed(program) if one["number"] == number}
    assert names == {1: "", 2: "Theirs"}


def test_no_number_is_said_in_words_and_is_an_empty_list(program: Program) -> None:
    program.command("account", "remove", "1")
    assert program.command("numbers", "list").stdout.startswith("There is no number yet.")
    assert listed(program) == []


def test_what_a_script_sends_is_sent_as_it_is(
    program: Program, simulator: SimulatorProcess
) -> None:
    number = simulator.default_number
    change(program, number, "--signature", "Tom, Support")
    done = program.command("send", "--from", number, "--to", MARIA, "just this")
    assert done.returncode == 0, done.stderr
    assert simulator.seen().texts() == ["just this"]
