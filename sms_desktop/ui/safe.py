"""What the windows know of the place where secrets are kept."""

from collections.abc import Awaitable
from typing import Protocol

from sms_desktop.ui.backup_shelf import BackupShelf
from sms_desktop.ui.ports.app_lock import AppLock


class Safe(Protocol):
    """Tells where secrets are, and hands out the recovery key."""

    @property
    def is_scripted(self) -> bool:
        """Whether nobody shall be bothered."""
        ...

    @property
    def vault_name(self) -> str:
        """``keyring``, ``file`` or ``memory``."""
        ...

    @property
    def outlives_the_run(self) -> bool:
        """Whether anything is there at the next start."""
        ...

    @property
    def backups(self) -> BackupShelf | None:
        """The backups of the messages; ``None`` where nothing outlives the run."""
        ...

    @property
    def lock(self) -> AppLock:
        """The lock of the windows."""
        ...

    @property
    def is_key_kept(self) -> bool:
        """Whether the person said that they have kept the recovery key."""
        ...

    def keep_in_mind(self) -> None:
        """The person has kept the recovery key."""
        ...

    def recovery_key(self) -> Awaitable[str]:
        """Four lines; raises ``SmsDesktopError`` with a sentence where the vault does not open."""
        ...

    def prove(self, passphrase: str) -> Awaitable[None]:
        """Raise ``SmsDesktopError`` unless it is the lock's passphrase, or else that of the file."""
        ...
