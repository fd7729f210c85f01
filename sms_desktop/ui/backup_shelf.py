"""What the windows know of the backups."""

from collections.abc import Awaitable, Sequence
from typing import Protocol

from sms_desktop.domain.backup import Backup


class BackupShelf(Protocol):
    """Lists backups, makes one, goes back to one; what is awaited raises ``SmsDesktopError``."""

    def all_backups(self) -> Awaitable[Sequence[Backup]]:
        """Every backup, the newest first."""
        ...

    def create(self) -> Awaitable[Backup]:
        """Make one now."""
        ...

    def restore(self, name: str) -> None:
        """Close the windows, put this backup in place, and open them again."""
        ...
