"""The scriptable face of a profile that is locked with a passphrase."""

from secrets import token_bytes

from sms_desktop.paths import paths_of
from sms_desktop.vault.handlers.file_vault import FileVault
from sms_desktop.vault.handlers.sealable_vault import SealableVault
from tests.helpers.program import PASSPHRASE, Program
from tests.helpers.simulator import SimulatorProcess

LOCK = "marzipan quorum"
MARIA = "+16131234567"


def _lock(program: Program) -> None:
    file = paths_of(program.basedir).vault_file
    SealableVault(FileVault(file, PASSPHRASE, token_bytes), token_bytes).seal(LOCK)


def test_commands_refuse_without_the_passphrase(
    program: Program, simulator: SimulatorProcess
) -> None:
    _lock(program)
    sending = ("send", "--from", simulator.default_number, "--to", MARIA, "hello")
    for words in (sending, ("export", "-"), ("backup", "create"), ("account", "list")):
        done = program.command(*words)
        assert done.returncode == 1, words
        assert "locked with a passphrase" in done.stderr
        assert not done.stdout
    assert simulator.seen().texts() == []
    program.environment["SMS_DESKTOP_LOCK_PASSPHRASE"] = "a guess"
    assert "not the passphrase of the lock" in program.command(*sending).stderr
    program.environment["SMS_DESKTOP_LOCK_PASSPHRASE"] = LOCK
    assert program.command(*sending).returncode == 0
    assert simulator.seen().texts() == ["hello"]


def test_a_window_that_starts_locked_receives_and_does_nothing_for_others(
    program: Program, simulator: SimulatorProcess
) -> None:
    _lock(program)
    program.environment["SMS_DESKTOP_LOCK_PASSPHRASE"] = LOCK
    program.open_window()
    program.wait_for("ready")
    simulator.write_as(MARIA, simulator.default_number, "behind the lock")
    sending = ("send", "--from", simulator.default_number, "--to", MARIA, "hello")
    done = program.command(*sending)
    assert done.returncode == 1
    assert "SMS Desktop is locked" in done.stderr
    rows = program.wait_until(lambda rows: len(rows) == 1)
    assert rows[0]["text"] == "behind the lock"
    assert simulator.seen().texts() == []
