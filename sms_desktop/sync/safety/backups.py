"""Makes a backup of the messages once a day, and on demand; never where nothing outlives the run."""

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Final

from sms_desktop.domain.backup import Backup
from sms_desktop.domain.clock import NowMs
from sms_desktop.store.backup_folder import backups_in, made_at_ms
from sms_desktop.store.database import Database
from sms_desktop.store.errors import Damaged, NoRoomForBackup, StoreClosed, StoreError
from sms_desktop.sync.events import Publish, TroubleArose
from sms_desktop.sync.running.backoff import Sleep

_DAY_MS: Final = 24 * 3_600_000
_LOOK_EVERY_S: Final = 3600.0
_AFTER_START_S: Final = 120.0
"""The first look leaves the start its disk, and a new profile time to be filled."""

_MEND: Final = (
    "Your messages are damaged on the disk. Quit SMS Desktop and start it again: it puts the newest "
    "backup in their place, and keeps the damaged file."
)

_log = logging.getLogger(__name__)


class Backups:
    """``restart_with`` ends the window, puts the named backup in place, and opens it again."""

    def __init__(
        self,
        store: Database,
        folder: Path,
        publish: Publish,
        restart_with: Callable[[str], None],
        *,
        now_ms: NowMs,
        sleep: Sleep,
    ) -> None:
        self._store = store
        self._folder = folder
        self._publish = publish
        self._restart_with = restart_with
        self._now_ms = now_ms
        self._sleep = sleep
        self._told: type[StoreError] | None = None

    async def run(self) -> None:
        """Look every hour whether the newest backup is a day old; a service of the window."""
        await self._sleep(_AFTER_START_S)
        while True:
            # Not one long sleep: a computer that slept, or whose clock was set, would miss its day.
            if self._is_due():
                await self._try()
            await self._sleep(_LOOK_EVERY_S)

    async def all_backups(self) -> list[Backup]:
        """Every backup, the newest first."""
        return await self._store.backups(self._folder)

    async def create(self) -> Backup:
        """Make one now; raises ``StoreError`` with a sentence."""
        return await self._store.back_up(self._folder, self._now_ms())

    def restore(self, name: str) -> None:
        """Go back to a backup; the present messages are put aside."""
        self._restart_with(name)

    def _is_due(self) -> bool:
        # One that is dated ahead was made under a clock that was wrong, and is not today's.
        moments = (made_at_ms(one.name) or 0 for one in backups_in(self._folder))
        return not any(abs(self._now_ms() - at_ms) < _DAY_MS for at_ms in moments)

    async def _try(self) -> None:
        try:
            await self.create()
            self._told = None
        except StoreClosed:
            return
        except StoreError as error:
            _log.info("no backup: %s", type(error).__name__)
            if isinstance(error, Damaged):
                self._store.suspect()
            self._tell_once(error)

    def _tell_once(self, error: StoreError) -> None:
        """The same trouble is no news an hour later."""
        if self._told is type(error):
            return
        self._told = type(error)
        if isinstance(error, NoRoomForBackup | Damaged):
            self._publish(TroubleArose(_MEND if isinstance(error, Damaged) else error.text()))
