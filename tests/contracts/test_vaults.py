"""What every vault does: keeps values exactly, apart from each other, and forgets them when told."""

import secrets
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sms_desktop.vault.handlers.file_vault import FileVault
from sms_desktop.vault.handlers.keyring_vault import KeyringVault
from sms_desktop.vault.handlers.memory_vault import MemoryVault
from sms_desktop.vault.models import Vault
from tests.helpers.keyring_session import keyring_session

Open = Callable[[str], Vault]
"""Opens the vault of a profile, as a new start of the program does."""

VALUES = ("", "secret", " spaces and\r\nline ends\t", "quotes \"'\\", "ключ 🔑 \u202e", "x" * 4000)


class VaultContract(ABC):
    """Inherit, and say how to open one; ``outlives_the_run`` where values are there next time."""

    outlives_the_run = True

    @pytest.fixture
    @abstractmethod
    def open_vault(self) -> Open | Iterator[Open]: ...

    @pytest.mark.parametrize("value", VALUES, ids=range(len(VALUES)))
    def test_a_value_comes_back_exactly(self, open_vault: Open, value: str) -> None:
        vault = open_vault("profile")
        vault.set("key", value)
        assert vault.get("key") == value

    def test_what_was_never_set_is_none(self, open_vault: Open) -> None:
        assert open_vault("profile").get("key") is None

    def test_a_new_value_takes_the_place_of_the_old(self, open_vault: Open) -> None:
        vault = open_vault("profile")
        vault.set("key", "old")
        vault.set("key", "new")
        assert vault.get("key") == "new"

    def test_keys_are_apart(self, open_vault: Open) -> None:
        vault = open_vault("profile")
        for key in ("account-1", "account-12", "Account-1"):
            vault.set(key, f"secret of {key}")
        vault.delete("account-1")
        assert vault.get("account-1") is None
        assert vault.get("account-12") == "secret of account-12"
        assert vault.get("Account-1") == "secret of Account-1"

    def test_deleting_twice_is_deleting(self, open_vault: Open) -> None:
        vault = open_vault("profile")
        vault.set("key", "")
        vault.delete("key")
        vault.delete("key")
        assert vault.get("key") is None

    def test_profiles_are_apart(self, open_vault: Open) -> None:
        first, second, usual = open_vault("first"), open_vault("second"), open_vault("")
        first.set("key", "of the first")
        usual.set("key", "of the usual one")
        assert second.get("key") is None
        second.delete("key")
        assert first.get("key") == "of the first"

    def test_the_next_start_finds_what_was_kept(self, open_vault: Open) -> None:
        open_vault("profile").set("key", "value")
        expected = "value" if self.outlives_the_run else None
        assert open_vault("profile").get("key") == expected

    def test_two_starts_at_once_see_each_other(self, open_vault: Open) -> None:
        if not self.outlives_the_run:
            pytest.skip("nobody else can see it")
        first, second = open_vault("profile"), open_vault("profile")
        first.set("one", "1")
        second.set("two", "2")
        first.set("three", "3")
        assert [second.get(key) for key in ("one", "two", "three")] == ["1", "2", "3"]

    def test_its_name_is_one_that_can_be_asked_for(self, open_vault: Open) -> None:
        assert open_vault("profile").name in ("keyring", "file", "memory")


class TestMemoryVault(VaultContract):
    outlives_the_run = False

    @pytest.fixture
    def open_vault(self) -> Open:
        return lambda _profile: MemoryVault()


class TestFileVault(VaultContract):
    @pytest.fixture
    def open_vault(self, tmp_path: Path) -> Open:
        return lambda profile: FileVault(
            tmp_path / f"{profile}.json", "open sesame", secrets.token_bytes
        )


class TestKeyringVault(VaultContract):
    @pytest.fixture
    def open_vault(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
        with keyring_session(tmp_path, monkeypatch):
            yield KeyringVault
