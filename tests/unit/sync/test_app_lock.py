"""The lock of the windows, with a real key stretching and a clock of the test's own."""

import secrets

import pytest

from sms_desktop.sync.safety.app_lock import AppLock, OtherKey, TriedTooOften
from sms_desktop.vault.errors import RecoveryKeyMistyped, WrongLockPassphrase
from sms_desktop.vault.handlers.memory_vault import MemoryVault
from sms_desktop.vault.handlers.sealable_vault import SealableVault
from sms_desktop.vault.keys import database_key
from sms_desktop.vault.recovery_key import written

PASSPHRASE = "marzipan quorum"


class World:
    def __init__(self) -> None:
        self.now_s = 0.0
        self.inner = MemoryVault()
        self.key = database_key(self.inner, secrets.token_bytes)

    def start(self, passphrase: str = "") -> AppLock:
        vault = SealableVault(self.inner, secrets.token_bytes, passphrase)
        if passphrase or self.inner.get("database-key") is not None:
            database_key(vault, secrets.token_bytes, may_make=False)
        return AppLock(vault, lambda: self.now_s)


@pytest.fixture
def world() -> World:
    return World()


async def test_without_a_passphrase_nothing_is_locked(world: World) -> None:
    lock = world.start()
    assert not lock.is_set
    assert not lock.lock()
    assert not lock.is_locked


async def test_set_locked_unlocked_and_told_each_time(world: World) -> None:
    lock = world.start()
    told: list[tuple[bool, bool]] = []
    lock.on_change(lambda: told.append((lock.is_set, lock.is_locked)))
    await lock.set_passphrase(PASSPHRASE)
    assert lock.lock()
    with pytest.raises(WrongLockPassphrase):
        await lock.unlock("marzipan")
    assert lock.is_locked
    await lock.unlock(PASSPHRASE)
    assert told == [(True, False), (True, True), (True, False)]


async def test_a_start_by_script_is_locked(world: World) -> None:
    await world.start().set_passphrase(PASSPHRASE)
    again = world.start(PASSPHRASE)
    assert again.is_locked
    await again.unlock(PASSPHRASE)
    assert not again.is_locked


async def test_changing_and_removing_ask_for_the_old_one(world: World) -> None:
    lock = world.start()
    await lock.set_passphrase(PASSPHRASE)
    with pytest.raises(WrongLockPassphrase):
        await lock.set_passphrase("falcon pudding", "wrong")
    with pytest.raises(WrongLockPassphrase):
        await lock.remove("wrong")
    await lock.set_passphrase("falcon pudding", PASSPHRASE)
    await lock.remove("falcon pudding")
    assert not lock.is_set
    assert world.inner.get("database-key") == world.key.hex()


async def test_guessing_has_to_wait_even_with_the_right_one(world: World) -> None:
    lock = world.start()
    await lock.set_passphrase(PASSPHRASE)
    lock.lock()
    for _ in range(3):
        with pytest.raises(WrongLockPassphrase):
            await lock.unlock("a guess")
    with pytest.raises(TriedTooOften, match="5 seconds"):
        await lock.unlock(PASSPHRASE)
    assert lock.is_locked
    world.now_s = 5.0
    await lock.unlock(PASSPHRASE)
    assert not lock.is_locked


async def test_the_recovery_key_opens_and_takes_the_lock_off(world: World) -> None:
    lock = world.start()
    await lock.set_passphrase(PASSPHRASE)
    lock.lock()
    with pytest.raises(RecoveryKeyMistyped):
        await lock.unlock_with_key("ABCD")
    with pytest.raises(OtherKey):
        await lock.unlock_with_key(written(bytes(32)))
    await lock.unlock_with_key(written(world.key))
    assert not lock.is_locked
    assert not lock.is_set
    assert not world.start().is_set
