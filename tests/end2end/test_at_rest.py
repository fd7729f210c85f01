"""What lies on the disk after a day with the program, however it ended: none of it can be read."""

import base64
import json
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from sms_desktop.paths import paths_of
from sms_desktop.vault.handlers.file_vault import FileVault
from sms_desktop.vault.keys import database_key
from sms_desktop.vault.recovery_key import written
from tests.helpers.planted import found_in
from tests.helpers.program import PASSPHRASE, Program
from tests.helpers.simulator import SimulatorProcess

PERSON = "+16135550917"
NAME = "Zdenka Příborská-Quill"
INBOUND = "Das Tresor-Kennwort lautet Ährenfeld-7719"
SENT = "never write down: falcon-pudding-3358"
DRAFT = "half a thought about marzipan-quorum-6402"
LATER = "for tomorrow: obelisk-tangerine-9027"
SEARCH = "Ährenfeld"
TUNNEL_TOKEN = "tok_9f8e7d6c5b4a39281706"


@pytest.fixture
def surroundings(tmp_path: Path) -> dict[str, Path]:
    """Every place a program usually writes to, as folders of this test."""
    names = ("profile", "tmp", "home", "here", "run")
    places = {name: tmp_path / name for name in names}
    for place in places.values():
        place.mkdir(mode=0o700)
    return places


def _planted(simulator: SimulatorProcess, program: Program) -> dict[str, str]:
    vault = FileVault(paths_of(program.basedir).vault_file, PASSPHRASE, bytes)
    key = database_key(vault, bytes, may_make=False)
    return {
        "the text that came": INBOUND,
        "the text that was sent": SENT,
        "the draft": DRAFT,
        "the text for later": LATER,
        "the search": SEARCH,
        "the name": NAME,
        "the person's number": PERSON.lstrip("+"),
        "the own number": simulator.default_number.lstrip("+"),
        "the secret": simulator.client_secret,
        "the tunnel's token": TUNNEL_TOKEN,
        "the passphrase": PASSPHRASE,
        "the key": key.hex(),
        "the key as bytes": key.decode("latin-1"),
        "the recovery key": written(key).splitlines()[0],
    }


@contextmanager
def _living(program: Program, places: dict[str, Path]) -> "Iterator[subprocess.Popen[bytes]]":
    """Start the program, use it as a person does, and leave it running."""
    person = {
        "person": PERSON,
        "name": NAME,
        "draft": DRAFT,
        "sent": SENT,
        "later": LATER,
        "search": SEARCH,
    }
    command = [sys.executable, "-m", "tests.helpers.lived_program", str(program.basedir)]
    with (places["here"] / "said.txt").open("ab") as said:
        life = subprocess.Popen(
            [*command, json.dumps(person)],
            stdout=subprocess.PIPE,
            stderr=said,
            cwd=places["here"],
            env=program.environment,
            preexec_fn=_allow_memory_images,
        )
    with life:
        try:
            assert life.stdout is not None
            assert life.stdout.readline() == b"done\n", (places["here"] / "said.txt").read_text()
            yield life
        finally:
            life.kill()


def _allow_memory_images() -> None:
    hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
    resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))


@pytest.mark.skipif(sys.platform == "win32", reason="signals are those of Unix")
@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGKILL, signal.SIGSEGV, signal.SIGABRT])
def test_nothing_can_be_read_after_a_session(
    end: signal.Signals, surroundings: dict[str, Path], simulator: SimulatorProcess
) -> None:
    program = Program(surroundings["profile"])
    program.environment |= {
        "TMPDIR": str(surroundings["tmp"]),
        "HOME": str(surroundings["home"]),
        "XDG_RUNTIME_DIR": str(surroundings["run"]),
        "PYTHONPATH": os.pathsep.join(sys.path),
        "PYTHONFAULTHANDLER": "1",
    }
    for name in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        program.environment.pop(name, None)
    program.add_account(simulator.base_url, simulator.client_id, simulator.client_secret)
    simulator.write_as(PERSON, simulator.default_number, INBOUND)
    FileVault(paths_of(program.basedir).vault_file, PASSPHRASE, os.urandom).set(
        "tunnel-ngrok", TUNNEL_TOKEN
    )
    with _living(program, surroundings) as life:
        planted = _planted(simulator, program)
        assert not found_in(surroundings.values(), planted)
        life.send_signal(end)
        life.wait(timeout=60)
    assert life.returncode == (0 if end == signal.SIGTERM else -end)
    assert program.export()
    assert not found_in(surroundings.values(), planted)
    left = {file.name for file in surroundings["here"].iterdir()}
    assert left == {"said.txt"}, "a memory image, or a file that nobody asked for"
    files = [file.name for file in program.basedir.rglob("*") if file.is_file()]
    wanted = {"messages.db", "secrets.json", "state.json", "sms-desktop.log"}
    assert wanted <= set(files)
    assert list((program.basedir / "data" / "backups").iterdir()), "a backup was made"


def test_the_search_for_planted_texts_finds_them(tmp_path: Path) -> None:
    text = "Das Tresor-Kennwort lautet Ährenfeld-7719"
    shapes = {
        "plain": text.encode(),
        "utf16": text.encode("utf-16"),
        "json": json.dumps({"text": text}).encode(),
        "hex": text.encode().hex().encode(),
        **{f"base64-{n}": base64.b64encode(b"x" * n + text.encode() + b"yz") for n in range(1, 7)},
    }
    for name, content in shapes.items():
        (tmp_path / name).write_bytes(b"\1\2" + content + b"\3")
    found = found_in([tmp_path], {"it": text})
    assert {one.split(" in ")[1].split(" (")[0] for one in found} == shapes.keys()
