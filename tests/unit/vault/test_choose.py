"""Which vault a profile gets: never a weaker one by itself, never another than the one it has."""

import secrets
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest

from sms_desktop.vault.choose import choose
from sms_desktop.vault.errors import PassphraseNeeded, VaultUnavailable
from sms_desktop.vault.models import Vault
from tests.helpers.keyring_session import keyring_session

PASSPHRASE = {"SMS_DESKTOP_PASSPHRASE": "open sesame"}


@pytest.fixture
def no_keyring() -> Iterator[None]:
    from keyring.backends.fail import Keyring

    before = keyring.get_keyring()
    keyring.set_keyring(Keyring())
    yield
    keyring.set_keyring(before)


@pytest.fixture
def real_keyring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with keyring_session(tmp_path, monkeypatch):
        yield


def chosen(environ: dict[str, str], folder: Path) -> Vault:
    return choose(environ, file=folder / "secrets.json", tag="tag", make_random=secrets.token_bytes)


@pytest.mark.parametrize("name", ["memory", "file", " FILE "])
def test_what_is_asked_for_is_taken(name: str, tmp_path: Path) -> None:
    vault = chosen(PASSPHRASE | {"SMS_DESKTOP_VAULT": name}, tmp_path)
    assert vault.name == name.strip().lower()


def test_a_file_needs_its_passphrase(tmp_path: Path) -> None:
    with pytest.raises(PassphraseNeeded):
        chosen({"SMS_DESKTOP_VAULT": "file"}, tmp_path)


def test_an_unknown_name_is_refused(tmp_path: Path) -> None:
    with pytest.raises(VaultUnavailable, match="keyring, file or memory"):
        chosen({"SMS_DESKTOP_VAULT": "plain"}, tmp_path)


def test_the_keyring_comes_first_where_there_is_one(real_keyring: None, tmp_path: Path) -> None:
    assert chosen({}, tmp_path).name == "keyring"
    assert chosen(PASSPHRASE, tmp_path).name == "keyring"


def test_a_profile_with_a_file_of_secrets_keeps_it(real_keyring: None, tmp_path: Path) -> None:
    chosen(PASSPHRASE | {"SMS_DESKTOP_VAULT": "file"}, tmp_path).set("key", "value")
    assert chosen(PASSPHRASE, tmp_path).get("key") == "value"
    with pytest.raises(PassphraseNeeded):
        chosen({}, tmp_path)


def test_without_a_keyring_a_passphrase_makes_a_file(no_keyring: None, tmp_path: Path) -> None:
    assert chosen(PASSPHRASE, tmp_path).name == "file"


@pytest.mark.parametrize(
    "environ", [{}, {"SMS_DESKTOP_VAULT": "keyring"}, PASSPHRASE | {"SMS_DESKTOP_VAULT": "keyring"}]
)
def test_nothing_weaker_is_taken_instead(
    no_keyring: None, tmp_path: Path, environ: dict[str, str]
) -> None:
    with pytest.raises(VaultUnavailable) as caught:
        chosen(environ, tmp_path)
    assert "SMS_DESKTOP_PASSPHRASE" in caught.value.text()
