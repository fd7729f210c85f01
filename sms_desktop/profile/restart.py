"""Beginning anew from a backup: the wish for it, and the backups that it is chosen from."""

import asyncio
from collections.abc import Callable

from sms_desktop.compose import now_ms
from sms_desktop.profile.profile import Profile
from sms_desktop.sync.events import Publish
from sms_desktop.sync.safety.backups import Backups


class Restart:
    """Whether the program shall begin anew once its window is closed, and from which ``backup``."""

    def __init__(self) -> None:
        self.backup = ""
        self.end: Callable[[], object] = lambda: None

    def with_backup(self, name: str) -> None:
        """Close the window, and begin anew from this backup."""
        self.backup = name
        self.end()


def daily_backups(
    profile: Profile, publish: Publish, restart_with: Callable[[str], None]
) -> Backups | None:
    """The backups of a profile; none where nothing of it outlives the run."""
    if profile.vault.name == "memory":
        return None
    return Backups(
        profile.store,
        profile.paths.backups,
        publish,
        restart_with,
        now_ms=now_ms,
        sleep=asyncio.sleep,
    )
