"""A start where the key to the messages is under the passphrase of the lock."""

import secrets
from dataclasses import replace
from pathlib import Path

import pytest

from sms_desktop.sync.unlocking.questions import (
    GoBack,
    LockPassphraseWanted,
    Passphrase,
    RecoveryKey,
    RecoveryKeyWanted,
    UseRecoveryKey,
)
from sms_desktop.sync.unlocking.unattended import Unlocked
from sms_desktop.sync.unlocking.unlocking import Unlocking
from sms_desktop.vault.handlers.sealable_vault import SealableVault
from sms_desktop.vault.keys import database_key
from sms_desktop.vault.models import Vault
from tests.helpers.unlocking_world import World

PASSPHRASE = "marzipan quorum"


class LockedWorld(World):
    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.now_s = 0.0
        bare = self.place.choose

        def choose(passphrase: str) -> Vault:
            return SealableVault(bare(passphrase), secrets.token_bytes)

        self.place = replace(self.place, choose=choose)

    async def lock(self) -> str:
        """Furnish the profile and lock it; its recovery key."""
        key = await self.furnish()
        vault = self.place.choose("")
        assert isinstance(vault, SealableVault)
        vault.seal(PASSPHRASE)
        return key

    def ask(self) -> Unlocking:
        unlocking = Unlocking(self.place, lambda: self.now_s)
        assert isinstance(unlocking.begin(), LockPassphraseWanted)
        return unlocking


@pytest.fixture
def world(tmp_path: Path) -> LockedWorld:
    return LockedWorld(tmp_path)


async def test_the_passphrase_opens_the_messages(world: LockedWorld) -> None:
    await world.lock()
    unlocking = world.ask()
    wrong = unlocking.answer(Passphrase("marzipan"))
    assert isinstance(wrong, LockPassphraseWanted)
    assert "not the passphrase" in wrong.complaint
    unlocked = unlocking.answer(Passphrase(PASSPHRASE))
    assert isinstance(unlocked, Unlocked)
    assert not unlocked.is_new
    unlocked.store.close()


async def test_guessing_has_to_wait(world: LockedWorld) -> None:
    await world.lock()
    unlocking = world.ask()
    for _ in range(3):
        unlocking.answer(Passphrase("a guess"))
    told = unlocking.answer(Passphrase(PASSPHRASE))
    assert isinstance(told, LockPassphraseWanted)
    assert "5 seconds" in told.complaint
    world.now_s = 5.0
    unlocked = unlocking.answer(Passphrase(PASSPHRASE))
    assert isinstance(unlocked, Unlocked)
    unlocked.store.close()


async def test_the_recovery_key_opens_them_and_takes_the_lock_off(world: LockedWorld) -> None:
    key = await world.lock()
    unlocking = world.ask()
    assert isinstance(unlocking.answer(UseRecoveryKey()), RecoveryKeyWanted)
    assert isinstance(unlocking.answer(GoBack()), LockPassphraseWanted)
    unlocking.answer(UseRecoveryKey())
    unlocked = unlocking.answer(RecoveryKey(key))
    assert isinstance(unlocked, Unlocked)
    unlocked.store.close()
    assert database_key(world.place.choose(""), bytes, may_make=False) == unlocked.key
