"""A profile's folder with a real store and a real file of secrets, around a keyring that may fail."""

import os
import secrets
import subprocess
import sys
from pathlib import Path

from sms_desktop.domain.address import Address
from sms_desktop.store import contacts
from sms_desktop.store.database import Database
from sms_desktop.sync.unlocking.questions import Question
from sms_desktop.sync.unlocking.unattended import Place, Unlocked
from sms_desktop.sync.unlocking.unlocking import Unlocking
from sms_desktop.vault.errors import VaultUnavailable
from sms_desktop.vault.handlers.file_vault import FileVault
from sms_desktop.vault.models import Vault
from sms_desktop.vault.recovery_key import written
from tests.helpers.lockable_vault import LockableVault

REMOTE = Address("+16131234567")
NAME = "Maria Rossi"


class World:
    """``keyring`` is ``None`` where there is none; ``start`` is a new start of the program."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.keyring: LockableVault | None = LockableVault()
        self.temporary = folder / "temporary"
        self.place = Place(
            folder / "messages.db",
            folder / "secrets.json",
            self._choose,
            secrets.token_bytes,
            self._make_folder,
        )

    def start(self) -> "tuple[Unlocking, Question | Unlocked]":
        unlocking = Unlocking(self.place)
        return unlocking, unlocking.begin()

    async def furnish(self) -> str:
        """Make the profile in the keyring, with something to lose; its recovery key."""
        _, unlocked = self.start()
        assert isinstance(unlocked, Unlocked)
        await unlocked.store.write(lambda db: contacts.set_name(db, REMOTE, NAME))
        unlocked.store.close()
        return written(unlocked.key)

    def old_files(self) -> list[Path]:
        return sorted(self.folder.glob("secrets.old*.json"))

    def _choose(self, passphrase: str) -> Vault:
        from sms_desktop.vault.errors import PassphraseNeeded

        if self.place.vault_file.exists():
            if not passphrase:
                raise PassphraseNeeded
            return FileVault(self.place.vault_file, passphrase, secrets.token_bytes)
        if self.keyring is None:
            raise VaultUnavailable
        return self.keyring

    def _make_folder(self) -> Path:
        self.temporary.mkdir()
        return self.temporary


def name_kept(store: Database) -> str:
    """What ``furnish`` left in the store; empty where it is another one."""
    return store.reader().contact_name(REMOTE)


def leave_unfinished(database: Path, key: bytes) -> None:
    """Write to the store and die, so that the newest lies beside the file (``-wal``)."""
    script = f"""
import os, pathlib
from sms_desktop.store.connection import connect
db = connect(pathlib.Path({str(database)!r}), bytes.fromhex({key.hex()!r}), readonly=False)
db.execute("pragma wal_autocheckpoint = 0")
db.execute("create table left_over(value)")
db.execute("insert into left_over values ('there')")
os._exit(0)
"""
    subprocess.run([sys.executable, "-c", script], check=True, env=dict(os.environ))
