"""Where nobody can answer, a missing key is a sentence and exit code 1; nothing waits, nothing is made."""

from pathlib import Path

import pytest

from tests.helpers.program import Program


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """No keyring and no passphrase, as on a server."""
    program = Program(tmp_path / "profile")
    for name in ("SMS_DESKTOP_VAULT", "SMS_DESKTOP_PASSPHRASE"):
        program.environment.pop(name)
    program.environment["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
    return program


@pytest.mark.parametrize(
    "words", [(), ("export", "-"), ("doctor",)], ids=["window", "export", "doctor"]
)
def test_without_a_vault_it_ends_with_a_sentence(program: Program, words: tuple[str, ...]) -> None:
    done = program.command(*words)
    assert done.returncode == 1
    assert done.stderr == (
        "sms-desktop: No keyring answers on this computer. Start one, or set "
        "SMS_DESKTOP_VAULT=file and SMS_DESKTOP_PASSPHRASE.\n"
    )
    assert not list((program.basedir / "data").glob("*.db*"))
    assert not list((program.basedir / "data").glob("secrets*"))


@pytest.mark.parametrize("words", [(), ("export", "-")], ids=["window", "export"])
def test_a_database_without_its_key_is_not_touched(
    program: Program, words: tuple[str, ...]
) -> None:
    scripted = {"SMS_DESKTOP_VAULT": "file", "SMS_DESKTOP_PASSPHRASE": "open sesame"}
    program.environment |= scripted
    assert program.command("export", "-").returncode == 0
    data = program.basedir / "data"
    (data / "secrets.json").unlink()
    before = (data / "messages.db").read_bytes()
    done = program.command(*words)
    assert done.returncode == 1
    assert "enter the recovery key" in done.stderr
    assert (data / "messages.db").read_bytes() == before
    assert not (data / "secrets.json").exists()


def test_a_wrong_passphrase_is_a_sentence(program: Program) -> None:
    program.environment |= {"SMS_DESKTOP_VAULT": "file", "SMS_DESKTOP_PASSPHRASE": "open sesame"}
    assert program.command("export", "-").returncode == 0
    program.environment["SMS_DESKTOP_PASSPHRASE"] = "open barley"
    for words in ((), ("export", "-")):
        done = program.command(*words)
        assert done.returncode == 1
        assert done.stderr == "sms-desktop: That passphrase does not open the file of secrets.\n"


def test_memory_makes_no_database_beside_which_no_key_will_be(program: Program) -> None:
    program.environment["SMS_DESKTOP_VAULT"] = "memory"
    for _ in range(2):
        assert program.command("export", "-").returncode == 0
    assert not list((program.basedir / "data").glob("*.db*"))
