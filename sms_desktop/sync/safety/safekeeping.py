"""Where this profile's secrets are, and its recovery key for the person who wants to keep it."""

import asyncio
import secrets
from collections.abc import Callable

from sms_desktop.sync.safety.app_lock import AppLock
from sms_desktop.sync.safety.backups import Backups
from sms_desktop.vault.handlers.sealable_vault import SealableVault
from sms_desktop.vault.keys import database_key


class Safekeeping:
    """Reads the vault anew each time: what is shown is what is kept.

    ``mark`` tells this key from others; ``recall`` and ``remember`` keep the mark of the key that the
    person said to have kept, so that a new key is not taken for an old one. ``is_scripted`` where
    nobody shall be bothered; ``lock`` keeps the windows shut; ``backups`` only where messages outlive
    the run.
    """

    def __init__(
        self,
        vault: SealableVault,
        mark: str,
        recall: Callable[[], str],
        remember: Callable[[str], None],
        *,
        lock: AppLock,
        is_scripted: bool,
        backups: Backups | None = None,
    ) -> None:
        self._vault = vault
        self._mark = mark
        self._recall = recall
        self._remember = remember
        self.lock = lock
        self.is_scripted = is_scripted
        self.backups = backups

    @property
    def vault_name(self) -> str:
        """``keyring``, ``file`` or ``memory``."""
        return self._vault.name

    @property
    def outlives_the_run(self) -> bool:
        """Whether anything is there at the next start."""
        return self.vault_name != "memory"

    @property
    def is_key_kept(self) -> bool:
        """Whether the person said that they have kept this very key."""
        return self._recall() == self._mark

    def keep_in_mind(self) -> None:
        """The person has kept the key."""
        self._remember(self._mark)

    async def recovery_key(self) -> str:
        """Four lines of four groups; raises a vault's error with a sentence."""
        key = await asyncio.to_thread(
            database_key, self._vault, secrets.token_bytes, may_make=False
        )
        from sms_desktop.vault.recovery_key import written

        return written(key)

    async def prove(self, passphrase: str) -> None:
        """Raise ``VaultError`` unless it is the lock's, or without a lock that of the file.

        Other vaults have none.
        """
        if self.lock.is_set:
            await self.lock.prove(passphrase)
            return
        from sms_desktop.vault.handlers.file_vault import FileVault

        if isinstance(self._vault.inner, FileVault):
            await asyncio.to_thread(self._vault.inner.prove, passphrase)
