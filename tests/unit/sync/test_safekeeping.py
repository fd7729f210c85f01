"""The recovery key as the windows get it: from the vault itself, and remembered by its own mark."""

import secrets
from pathlib import Path

import pytest

from sms_desktop.sync.safety.app_lock import AppLock
from sms_desktop.sync.safety.safekeeping import Safekeeping
from sms_desktop.vault.errors import KeyMissing, VaultLocked, WrongPassphrase
from sms_desktop.vault.handlers.file_vault import FileVault
from sms_desktop.vault.handlers.memory_vault import MemoryVault
from sms_desktop.vault.handlers.sealable_vault import SealableVault
from sms_desktop.vault.keys import database_key
from sms_desktop.vault.models import Vault
from sms_desktop.vault.recovery_key import read
from tests.helpers.lockable_vault import LockableVault


def safe_of(vault: Vault, notes: dict[str, str], mark: str = "mark") -> Safekeeping:
    sealable = SealableVault(vault, secrets.token_bytes)
    return Safekeeping(
        sealable,
        mark,
        lambda: notes.get("kept", ""),
        lambda kept: notes.update(kept=kept),
        lock=AppLock(sealable, lambda: 0.0),
        is_scripted=False,
    )


async def test_the_recovery_key_is_that_of_the_vault() -> None:
    vault = LockableVault()
    key = database_key(vault, secrets.token_bytes)
    safe = safe_of(vault, {})
    assert read(await safe.recovery_key()) == key
    vault.is_locked = True
    with pytest.raises(VaultLocked):
        await safe.recovery_key()


async def test_no_key_is_made_by_looking_for_it() -> None:
    vault = LockableVault()
    with pytest.raises(KeyMissing):
        await safe_of(vault, {}).recovery_key()
    assert vault.values == {}


def test_another_key_was_not_kept_because_this_one_was() -> None:
    notes: dict[str, str] = {}
    safe = safe_of(MemoryVault(), notes)
    assert not safe.is_key_kept
    safe.keep_in_mind()
    assert safe_of(MemoryVault(), notes).is_key_kept
    assert not safe_of(MemoryVault(), notes, "another mark").is_key_kept


async def test_a_file_wants_its_passphrase_and_a_keyring_none(tmp_path: Path) -> None:
    vault = FileVault(tmp_path / "secrets.json", "open sesame", secrets.token_bytes)
    database_key(vault, secrets.token_bytes)
    safe = safe_of(vault, {})
    await safe.prove("open sesame")
    with pytest.raises(WrongPassphrase):
        await safe.prove("open barley")
    await safe_of(LockableVault(), {}).prove("")
