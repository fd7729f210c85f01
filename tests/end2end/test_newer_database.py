"""A database of a newer version: every way in says so in one sentence, and leaves it as it is."""

from pathlib import Path

import pytest

from sms_desktop.paths import paths_of
from sms_desktop.store import migrations
from sms_desktop.store.connection import connect
from sms_desktop.vault.handlers.file_vault import FileVault
from sms_desktop.vault.keys import database_key
from tests.helpers.program import PASSPHRASE, Program
from tests.helpers.simulator import SimulatorProcess

SENTENCE = "written by a newer version of this program"


@pytest.fixture
def newer(tmp_path: Path, simulator: SimulatorProcess) -> Program:
    """A profile whose database a later version has opened, and left without closing it."""
    program = Program(tmp_path / "profile")
    program.add_account(simulator.base_url, simulator.client_id, simulator.client_secret)
    paths = paths_of(program.basedir)
    key = database_key(FileVault(paths.vault_file, PASSPHRASE, bytes), bytes, may_make=False)
    later = connect(paths.database, key, readonly=False)
    later.execute("CREATE TABLE what_nobody_knows_yet (x)")
    later.execute(f"PRAGMA user_version = {len(migrations.STEPS) + 1}")
    files = _files(program)
    later.close()
    for file, content in files.items():
        (paths.data / file).write_bytes(content)
    assert any(name.endswith("-wal") and content for name, content in files.items())
    return program


def _files(program: Program) -> dict[str, bytes]:
    """The database, and what a crash leaves beside it."""
    found = paths_of(program.basedir).data.glob("messages.db*")
    return {file.name: file.read_bytes() for file in found if not file.name.endswith("-shm")}


@pytest.mark.parametrize(
    "words",
    [
        ("export", "-"),
        ("send", "--from", "default", "--to", "+16131234567", "hi"),
        ("account", "list"),
        ("doctor",),
        ("--json-log",),
    ],
    ids=lambda words: " ".join(words[:2]),
)
def test_it_is_refused_with_a_sentence_and_untouched(
    newer: Program, words: tuple[str, ...]
) -> None:
    before = _files(newer)
    done = newer.command(*words)
    assert done.returncode == 1
    assert done.stderr.startswith("sms-desktop: ")
    assert SENTENCE in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not done.stdout
    assert _files(newer) == before
