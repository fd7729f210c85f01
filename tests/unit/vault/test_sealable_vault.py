"""The key to the messages under a passphrase of its own: sealed, opened, given up, and never lost."""

import secrets

import pytest

from sms_desktop.vault.errors import AppLocked, VaultUnavailable, WrongLockPassphrase
from sms_desktop.vault.handlers.memory_vault import MemoryVault
from sms_desktop.vault.handlers.sealable_vault import SealableVault
from sms_desktop.vault.keys import database_key, former_database_keys, replace_database_key

PASSPHRASE = "marzipan quorum"


class Recording(MemoryVault):
    """Shows what lies in it, and fails after so many changes where told so."""

    def __init__(self) -> None:
        super().__init__()
        self.lying: dict[str, str] = {}
        self.changes_left = 1000

    def set(self, key: str, value: str) -> None:
        self._count()
        super().set(key, value)
        self.lying[key] = value

    def delete(self, key: str) -> None:
        self._count()
        super().delete(key)
        self.lying.pop(key, None)

    def _count(self) -> None:
        if not self.changes_left:
            raise VaultUnavailable
        self.changes_left -= 1


def _vault(inner: Recording, passphrase: str = "") -> SealableVault:
    return SealableVault(inner, secrets.token_bytes, passphrase)


def _key(vault: SealableVault) -> bytes:
    return database_key(vault, secrets.token_bytes, may_make=False)


@pytest.fixture
def inner() -> Recording:
    return Recording()


@pytest.fixture
def key(inner: Recording) -> bytes:
    return database_key(inner, secrets.token_bytes)


def test_sealed_it_lies_nowhere_in_clear_and_opens_with_the_passphrase(
    inner: Recording, key: bytes
) -> None:
    vault = _vault(inner)
    vault.set("account-1", "s3cret")
    vault.seal(PASSPHRASE)
    assert _key(vault) == key, "who has just set it goes on"
    assert all(key.hex() not in value for value in inner.lying.values())
    later = _vault(inner)
    with pytest.raises(AppLocked):
        _key(later)
    assert later.is_guarded
    assert later.get("account-1") == "s3cret"
    with pytest.raises(WrongLockPassphrase):
        later.open("marzipan quorun")
    with pytest.raises(AppLocked):
        _key(later)
    later.open(PASSPHRASE)
    assert _key(later) == key


def test_a_script_opens_it_with_its_variable(inner: Recording, key: bytes) -> None:
    _vault(inner).seal(PASSPHRASE)
    scripted = _vault(inner, PASSPHRASE)
    assert _key(scripted) == key
    assert not scripted.was_typed
    with pytest.raises(WrongLockPassphrase):
        _key(_vault(inner, "something else"))


def test_another_passphrase_takes_the_place_of_the_first(inner: Recording, key: bytes) -> None:
    vault = _vault(inner)
    vault.seal(PASSPHRASE)
    vault.seal("falcon pudding")
    later = _vault(inner)
    with pytest.raises(WrongLockPassphrase):
        later.open(PASSPHRASE)
    later.open("falcon pudding")
    assert _key(later) == key


def test_without_the_lock_it_is_as_before(inner: Recording, key: bytes) -> None:
    vault = _vault(inner)
    vault.seal(PASSPHRASE)
    vault.unseal()
    assert inner.lying == {"database-key": key.hex()}
    assert _key(_vault(inner)) == key


def test_a_key_that_is_replaced_stays_among_the_former_ones_sealed_too(
    inner: Recording, key: bytes
) -> None:
    vault = _vault(inner)
    vault.seal(PASSPHRASE)
    replace_database_key(vault, bytes(32))
    assert all(key.hex() not in value for value in inner.lying.values())
    assert former_database_keys(vault) == [key]
    vault.unseal()
    assert former_database_keys(_vault(inner)) == [key]
    assert _key(_vault(inner)) == bytes(32)


def test_the_recovery_key_takes_the_place_of_what_nobody_can_open(
    inner: Recording, key: bytes
) -> None:
    _vault(inner).seal(PASSPHRASE)
    sealed = inner.lying["locked-keys"]
    vault = _vault(inner)
    vault.replace_sealed(key)
    assert _key(_vault(inner)) == key
    assert sealed in inner.lying.values(), "it may hold the keys of other messages"


@pytest.mark.parametrize("changes", range(6))
@pytest.mark.parametrize("deed", ["seal", "seal again", "unseal", "replace"])
def test_wherever_it_is_broken_off_the_key_is_there(
    inner: Recording, key: bytes, deed: str, changes: int
) -> None:
    vault = _vault(inner)
    if deed != "seal":
        vault.seal(PASSPHRASE)
    inner.changes_left = changes
    try:
        match deed:
            case "unseal":
                vault.unseal()
            case "replace":
                vault.replace_sealed(key)
            case _:
                vault.seal("falcon pudding")
    except VaultUnavailable:
        pass
    inner.changes_left = 1000
    found = []
    for passphrase in ("", PASSPHRASE, "falcon pudding"):
        try:
            found.append(_key(_vault(inner, passphrase)))
        except (AppLocked, WrongLockPassphrase):
            continue
    assert found
    assert set(found) == {key}


def test_a_new_profile_gets_its_key_through_it(inner: Recording) -> None:
    vault = _vault(inner)
    made = database_key(vault, secrets.token_bytes)
    assert inner.lying["database-key"] == made.hex()
