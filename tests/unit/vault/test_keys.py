"""The key of the store: made once, the same ever after, and never made where one is missing."""

import secrets

import pytest

from sms_desktop.domain.ids import AccountId
from sms_desktop.vault.errors import KeyMissing, VaultDamaged
from sms_desktop.vault.handlers.memory_vault import MemoryVault
from sms_desktop.vault.keys import account_secret, database_key


class CountingVault(MemoryVault):
    """Remembers under which names something was kept."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []

    def set(self, key: str, value: str) -> None:
        self.names.append(key)
        super().set(key, value)


def test_the_key_is_made_once_and_stays() -> None:
    vault = CountingVault()
    key = database_key(vault, secrets.token_bytes)
    assert len(key) == 32
    assert database_key(vault, secrets.token_bytes) == key
    assert database_key(vault, secrets.token_bytes, may_make=False) == key
    assert len(vault.names) == 1


def test_where_messages_exist_a_missing_key_is_told_and_none_is_made() -> None:
    vault = CountingVault()
    with pytest.raises(KeyMissing) as caught:
        database_key(vault, secrets.token_bytes, may_make=False)
    assert "untouched" in caught.value.text()
    assert vault.names == []


@pytest.mark.parametrize("kept", ["", "zz", "00" * 31, "00" * 33, "ключ"])
def test_a_damaged_key_is_told_and_not_replaced(kept: str) -> None:
    vault = CountingVault()
    database_key(vault, secrets.token_bytes)
    (name,) = vault.names
    vault.set(name, kept)
    with pytest.raises(VaultDamaged):
        database_key(vault, secrets.token_bytes)
    assert vault.get(name) == kept


def test_secrets_of_accounts_do_not_collide() -> None:
    names = {account_secret(AccountId(number)) for number in (1, 11, 111)}
    assert len(names) == 3
