"""A `Safe` whose vault opens as the test wants; its key is kept, so that no window reminds of it."""

from secrets import token_bytes

from sms_desktop.domain.backup import Backup
from sms_desktop.domain.errors import SmsDesktopError
from sms_desktop.sync.safety.app_lock import AppLock
from sms_desktop.vault.handlers.memory_vault import MemoryVault
from sms_desktop.vault.handlers.sealable_vault import SealableVault

RECOVERY_KEY = "\n".join(("ABCD EFGH JKMN PQRS", "TVWX YZ01 2345 6789") * 2)


class Shelved:
    """A `BackupShelf` of two backups; what is asked of it is written down."""

    def __init__(self) -> None:
        self.held = [
            Backup("b", 1_795_000_000_000, 2_345_678, 1234),
            Backup("a", 1_794_900_000_000, 1_000_000, None),
        ]
        self.restored: list[str] = []
        self.trouble: SmsDesktopError | None = None

    async def all_backups(self) -> list[Backup]:
        return self.held

    async def create(self) -> Backup:
        if self.trouble is not None:
            raise self.trouble
        self.held.insert(0, Backup("c", 1_795_100_000_000, 2_500_000, 1))
        return self.held[0]

    def restore(self, name: str) -> None:
        self.restored.append(name)


class Strongbox:
    def __init__(self) -> None:
        self.lock = AppLock(SealableVault(MemoryVault(), token_bytes), lambda: 0.0)
        self.is_scripted = False
        self.vault_name = "keyring"
        self.is_key_kept = True
        self.backups: Shelved | None = Shelved()
        self.passphrase = ""
        self.trouble: SmsDesktopError | None = None

    @property
    def outlives_the_run(self) -> bool:
        return self.vault_name != "memory"

    def keep_in_mind(self) -> None:
        self.is_key_kept = True

    async def recovery_key(self) -> str:
        if self.trouble is not None:
            raise self.trouble
        return RECOVERY_KEY

    async def prove(self, passphrase: str) -> None:
        if passphrase != self.passphrase:
            raise SmsDesktopError("That passphrase does not open the file of secrets.")
