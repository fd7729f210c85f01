"""``account add|list|remove`` of the real program; never a secret in what it prints or logs."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.program import Program
from tests.helpers.simulator import SimulatorProcess

MARIA = "+16131234567"


@pytest.fixture
def empty(tmp_path: Path) -> Program:
    """A profile without an account."""
    return Program(tmp_path / "empty")


def listed(program: Program) -> list[dict[str, Any]]:
    done = program.command("account", "list", "--json")
    assert done.returncode == 0, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def add(program: Program, simulator: SimulatorProcess, **changed: str) -> tuple[int, str]:
    values = {"base-url": simulator.base_url, "client-id": simulator.client_id, **changed}
    secret = values.pop("secret", simulator.client_secret)
    words = [word for name, value in values.items() for word in (f"--{name}", value)]
    done = program.command("account", "add", *words, "--secret-stdin", stdin=secret + "\r\n")
    assert "Traceback" not in done.stderr
    assert secret == "" or secret not in done.stdout + done.stderr
    return done.returncode, done.stderr


def live_numbers(simulator: SimulatorProcess) -> list[str]:
    return sorted(s["number"] for s in simulator.subscriptions() if s["number"])


def test_a_table_for_people_and_json_for_scripts(
    program: Program, simulator: SimulatorProcess
) -> None:
    code, said = add(
        program, simulator, email=simulator.email, secret=simulator.password, tunnel="websocket"
    )
    assert code == 0, said
    (account,) = listed(program)
    assert account == {
        "account_id": 1,
        "kind": "user",
        "client_id": simulator.client_id,
        "email": simulator.email,
        "base_url": simulator.base_url,
        "user_id": simulator.user_id,
        "tunnel": "websocket",
        "state": "signed in",
        "numbers": simulator.numbers,
    }
    other = simulator.open_account([])
    add(program, simulator, **{"client-id": other["client_id"], "secret": other["client_secret"]})
    table = program.command("account", "list")
    assert table.returncode == 0
    head, first, second = table.stdout.splitlines()
    assert head.split() == ["ID", "KIND", "ACCOUNT", "BASE", "URL", "WAY", "IN", "STATE", "NUMBERS"]
    assert first.split()[:3] == ["1", "user", simulator.email]
    assert second.split()[:3] == ["2", "project", other["client_id"]]
    assert second.rstrip().endswith("-")
    everything = table.stdout + json.dumps(listed(program))
    for secret in (simulator.client_secret, simulator.password, other["client_secret"]):
        assert secret not in everything


def test_no_account_is_said_in_words_and_is_an_empty_list(empty: Program) -> None:
    table = empty.command("account", "list")
    assert table.stdout == "There is no account yet. Add one with “account add”.\n"
    assert listed(empty) == []


@pytest.mark.parametrize(
    ("changed", "exit_code", "sentence"),
    [
        ({"secret": "wrong"}, 1, "does not accept this project key and secret"),
        ({"secret": ""}, 2, "The private project secret is missing."),
        ({"client-id": "two words"}, 2, "has a blank in the middle"),
        ({"base-url": "http://kandy.example.com"}, 2, "must begin with https://"),
        ({"base-url": "https://kandy.invalid"}, 1, "could not be looked up"),
        ({"base-url": "http://127.0.0.1:9"}, 1, "nothing answers at the account's base URL"),
        ({"email": "nobody"}, 2, "This is not an e-mail address."),
        ({"tunnel": "carrier-pigeon"}, 2, "There is no tunnel called “carrier-pigeon”."),
        ({"tunnel": "own:http://x.example"}, 2, "must be a public https URL"),
    ],
)
def test_what_cannot_be_is_one_sentence(
    empty: Program,
    simulator: SimulatorProcess,
    changed: dict[str, str],
    exit_code: int,
    sentence: str,
) -> None:
    code, said = add(empty, simulator, **changed)
    assert code == exit_code
    assert sentence in said
    assert len(said.splitlines()) == 1
    assert listed(empty) == []


def test_a_removed_account_is_gone_and_its_messages_stay(
    program: Program, simulator: SimulatorProcess
) -> None:
    program.open_window()
    program.wait_for("ready")
    simulator.write_as(MARIA, simulator.default_number, "keep me")
    program.wait_until(lambda rows: len(rows) == 1)
    assert program.close_window() == 0
    assert live_numbers(simulator) == sorted(simulator.numbers)
    done = program.command("account", "remove", "1")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout) == {"account_id": 1, "messages_kept": 1}
    assert listed(program) == []
    assert live_numbers(simulator) == []
    assert [row["text"] for row in program.export()] == ["keep me"]
    again = program.command("account", "remove", "1")
    assert again.returncode == 1
    assert "There is no account with this id." in again.stderr


def test_an_open_window_removes_it_with_its_messages(
    open_program: Program, simulator: SimulatorProcess
) -> None:
    simulator.write_as(MARIA, simulator.default_number, "forget me")
    open_program.wait_until(lambda rows: len(rows) == 1)
    wrong = open_program.command("account", "remove", "7")
    assert wrong.returncode == 1
    assert "There is no account with this id." in wrong.stderr
    done = open_program.command("account", "remove", "1", "--delete-messages")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {"account_id": 1, "messages_deleted": 1}
    open_program.wait_for("accounts_changed", where=lambda line: line["accounts"] == 0)
    assert live_numbers(simulator) == []
    assert open_program.export() == []
    assert open_program.close_window() == 0


def test_kandy_being_away_does_not_keep_an_account(
    program: Program, simulator: SimulatorProcess
) -> None:
    simulator.network_down()
    done = program.command("account", "remove", "1")
    assert done.returncode == 0
    assert "nothing answers" in done.stderr
    assert "Traceback" not in done.stderr
    assert listed(program) == []


def test_remove_needs_a_number(program: Program) -> None:
    done = program.command("account", "remove", "all")
    assert done.returncode == 2
    assert "invalid int value" in done.stderr
    assert len(listed(program)) == 1


def test_a_tunnels_token_is_read_after_the_secret_and_shown_nowhere(
    empty: Program, simulator: SimulatorProcess
) -> None:
    words = ["--base-url", simulator.base_url, "--client-id", simulator.client_id]
    words += ["--secret-stdin", "--tunnel", "ngrok:me.ngrok-free.app", "--tunnel-secret-stdin"]
    token = "2tokenTHATnobodyMAYsee"
    given = f"{simulator.client_secret}\n{token}\n"
    done = empty.command("account", "add", *words, stdin=given)
    assert done.returncode == 0, done.stderr
    assert token not in done.stdout + done.stderr
    (account,) = listed(empty)
    assert account["tunnel"] == "ngrok:me.ngrok-free.app"
