"""A real keyring that is locked, gone, or not worth the name."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend

from sms_desktop.vault.errors import VaultLocked, VaultUnavailable
from sms_desktop.vault.handlers.keyring_vault import KeyringVault, keyring_is_usable
from tests.helpers.keyring_session import KeyringSession, keyring_session


@pytest.fixture
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[KeyringSession]:
    with keyring_session(tmp_path, monkeypatch) as session:
        yield session


@pytest.fixture
def no_keyring() -> Iterator[None]:
    from keyring.backends.fail import Keyring

    before = keyring.get_keyring()
    keyring.set_keyring(Keyring())
    yield
    keyring.set_keyring(before)


class PlainText(KeyringBackend):
    """As some packages add: a file that anybody can read."""

    priority = 9

    def get_password(self, service: str, username: str) -> str | None:
        return None

    def set_password(self, service: str, username: str, password: str) -> None:
        raise AssertionError("a secret was given away")

    def delete_password(self, service: str, username: str) -> None:
        raise AssertionError


def test_a_locked_keyring_says_so_and_still_counts(session: KeyringSession) -> None:
    vault = KeyringVault("profile")
    vault.set("key", "value")
    session.lock()
    assert keyring_is_usable()
    with pytest.raises(VaultLocked) as caught:
        vault.get("key")
    assert "Unlock" in caught.value.text()
    assert "value" not in caught.value.text()


def test_a_keyring_that_went_away_says_so(session: KeyringSession) -> None:
    vault = KeyringVault("profile")
    vault.set("key", "value")
    session.stop()
    with pytest.raises(VaultUnavailable, match="does not answer"):
        vault.get("key")


def test_without_a_keyring_nothing_is_kept(no_keyring: None) -> None:
    assert not keyring_is_usable()
    with pytest.raises(VaultUnavailable) as caught:
        KeyringVault("profile").set("key", "value")
    assert "SMS_DESKTOP_VAULT=file" in caught.value.text()


def test_a_backend_that_is_no_systems_keyring_is_not_used(no_keyring: None) -> None:
    keyring.set_keyring(PlainText())
    assert not keyring_is_usable()
    with pytest.raises(VaultUnavailable):
        KeyringVault("profile").set("key", "value")


def fresh_python(script: str) -> str:
    answer = subprocess.run(
        [sys.executable, "-c", script], check=True, capture_output=True, text=True
    )
    return answer.stdout.strip()


def test_a_new_start_finds_the_keyring_of_the_desktop(session: KeyringSession) -> None:
    KeyringVault("profile").set("key", "value")
    script = """
from sms_desktop.vault.handlers.keyring_vault import KeyringVault, keyring_is_usable
print(keyring_is_usable(), KeyringVault("profile").get("key"))
"""
    assert fresh_python(script) == "True value"


def test_nothing_slow_is_imported_before_a_vault_is_used() -> None:
    script = """
import sys
import sms_desktop.vault.choose, sms_desktop.vault.handlers.keyring_vault
print(sorted({"keyring", "cryptography", "filelock"} & sys.modules.keys()))
"""
    assert fresh_python(script) == "[]"
