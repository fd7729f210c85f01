"""The file of secrets: sealed, private, and clear about what is wrong with it."""

import base64
import json
import os
import secrets
import stat
import threading
from pathlib import Path

import pytest

from sms_desktop.vault.errors import (
    PassphraseNeeded,
    VaultDamaged,
    VaultUnavailable,
    WrongPassphrase,
)
from sms_desktop.vault.handlers.file_vault import FileVault


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "secrets.json"


def opened(file: Path, passphrase: str = "open sesame") -> FileVault:
    return FileVault(file, passphrase, secrets.token_bytes)


def test_neither_names_nor_values_can_be_read_in_the_file(file: Path) -> None:
    opened(file).set("account-secret-name", "the secret value")
    content = file.read_bytes()
    for word in (b"account-secret-name", b"the secret value", b"sesame"):
        assert word not in content
        assert base64.b64encode(word)[:8] not in content
    if os.name != "nt":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_every_change_is_sealed_anew(file: Path) -> None:
    vault = opened(file)
    contents = []
    for value in ("a", "b", "a"):
        vault.set("key", value)
        contents.append(json.loads(file.read_bytes())["content"])
    nonces = {base64.b64decode(content)[:12] for content in contents}
    assert len(nonces) == 3


def test_a_wrong_passphrase_is_told_from_a_damaged_file(file: Path) -> None:
    opened(file).set("key", "value")
    with pytest.raises(WrongPassphrase):
        opened(file, "open barley").get("key")
    with pytest.raises(WrongPassphrase):
        opened(file, "open barley").set("key", "other")
    assert opened(file).get("key") == "value"


def test_no_passphrase_is_no_vault(file: Path) -> None:
    with pytest.raises(PassphraseNeeded) as caught:
        opened(file, "")
    assert "SMS_DESKTOP_PASSPHRASE" in caught.value.text()


def test_an_accent_is_the_same_however_it_was_typed(file: Path) -> None:
    opened(file, "caf\u00e9").set("key", "value")
    assert opened(file, "cafe\u0301").get("key") == "value"


def damaged(file: Path, *path: str, to: object) -> None:
    document = json.loads(file.read_bytes())
    part = document
    for name in path[:-1]:
        part = part[name]
    part[path[-1]] = to
    file.write_text(json.dumps(document))


@pytest.mark.parametrize(
    ("path", "to"),
    [
        (("content",), base64.b64encode(b"x" * 60).decode()),
        (("content",), ""),
        (("content",), "not Base64!"),
        (("content",), None),
        (("format",), 2),
        (("scrypt",), []),
        (("scrypt", "cost"), 2**40),
        (("scrypt", "cost"), 3),
        (("scrypt", "cost"), "many"),
        (("scrypt", "salt"), 7),
    ],
)
def test_a_damaged_file_says_so_and_is_not_overwritten(
    file: Path, path: tuple[str, ...], to: object
) -> None:
    opened(file).set("key", "value")
    damaged(file, *path, to=to)
    before = file.read_bytes()
    with pytest.raises(VaultDamaged):
        opened(file).get("key")
    with pytest.raises(VaultDamaged):
        opened(file).set("key", "new")
    assert file.read_bytes() == before


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b"\xff", b"[" * 100_000])
def test_a_file_that_is_none_of_ours_is_left_alone(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    with pytest.raises(VaultDamaged):
        opened(file).set("key", "value")
    assert file.read_bytes() == content


def test_a_folder_in_its_place_gives_a_sentence(file: Path) -> None:
    file.mkdir()
    with pytest.raises(VaultUnavailable, match="cannot be used"):
        opened(file).get("key")


def test_a_folder_that_is_none_gives_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(VaultUnavailable, match="cannot be used"):
        opened(tmp_path / "file" / "secrets.json").set("key", "value")


def test_many_writers_lose_nothing(file: Path) -> None:
    vaults = [opened(file) for _ in range(3)]
    threads = [
        threading.Thread(target=vault.set, args=(f"{number}-{round_}", "kept"))
        for number, vault in enumerate(vaults)
        for round_ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    last = opened(file)
    assert all(last.get(f"{n}-{r}") == "kept" for n in range(3) for r in range(4))


def test_nothing_secret_shows_when_it_is_printed(file: Path) -> None:
    vault = opened(file)
    vault.set("key", "value")
    shown = repr(vault) + repr(vars(vault)["_seal"])
    assert "_key" not in shown
    assert "sesame" not in shown


def test_a_passphrase_is_proven_without_being_used(file: Path) -> None:
    vault = opened(file)
    vault.set("key", "value")
    vault.prove("open sesame")
    with pytest.raises(WrongPassphrase):
        vault.prove("open barley")
    assert vault.get("key") == "value"


def test_beginning_anew_keeps_the_old_file_beside(file: Path) -> None:
    opened(file).set("key", "value")
    before = file.read_bytes()
    for number in (1, 2):
        opened(file, "open barley").begin_anew({"other": str(number)})
    vault = opened(file, "open barley")
    assert (vault.get("key"), vault.get("other")) == (None, "2")
    with pytest.raises(WrongPassphrase):
        opened(file).get("key")
    aside = file.with_suffix(".old1.json")
    assert aside.read_bytes() == before
    assert opened(aside).get("key") == "value"
    if os.name != "nt":
        assert stat.S_IMODE(aside.stat().st_mode) == 0o600
