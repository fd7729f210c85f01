"""``backup list|create|restore`` as a script uses them, with the window open and without."""

import json

from sms_desktop.paths import paths_of
from tests.helpers.program import Program
from tests.helpers.simulator import SimulatorProcess

OWN, REMOTE = "+16139998877", "+16131234567"


def _ask(program: Program, *words: str) -> object:
    done = program.command("backup", *words, "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_what_was_lost_comes_back_and_what_is_newer_comes_from_kandy(
    open_program: Program, simulator: SimulatorProcess
) -> None:
    program = open_program
    send = ("send", "--from", OWN, "--to", REMOTE)
    assert program.command(*send, "before the backup").returncode == 0
    made = _ask(program, "create")
    assert made["messages"] == 1
    assert _ask(program, "list") == [made]
    assert program.command(*send, "after the backup").returncode == 0

    refused = program.command("backup", "restore", made["name"])
    assert refused.returncode == 1
    assert "Close it first" in refused.stderr
    assert program.close_window() == 0

    done = _ask(program, "restore", made["name"])
    kept = paths_of(program.basedir).data / done["put_aside"]
    assert kept.stat().st_size > 0
    assert [row["text"] for row in program.export()] == ["before the backup"]
    program.open_window()
    rows = program.wait_until(lambda rows: len(rows) == 2)
    assert [row["text"] for row in rows] == ["before the backup", "after the backup"]
    assert program.close_window() == 0
    assert len(program.export()) == 2


def test_a_name_that_is_none_gets_a_sentence(program: Program) -> None:
    assert _ask(program, "list") == []
    assert "no backup yet" in program.command("backup", "list").stdout
    done = program.command("backup", "restore", "../../etc/passwd")
    assert done.returncode == 1
    assert done.stderr.startswith("sms-desktop: There is no backup of that name.")
