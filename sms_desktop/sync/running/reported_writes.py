"""Changes to the store that tell by themselves what they changed, or why they could not be made."""

from collections.abc import Callable

from sms_desktop.domain.changes import Changes
from sms_desktop.domain.errors import SmsDesktopError
from sms_desktop.store.connection import Connection
from sms_desktop.store.database import Database
from sms_desktop.sync.events import Publish, TimelineChanged, TroubleArose
from sms_desktop.sync.running.tasks import TaskGroup

Job = Callable[[Connection], Changes]


class ReportedWrites:
    """Writes for which nobody waits: ``tasks`` are theirs, and whoever closes those waits for them."""

    def __init__(self, store: Database, tasks: TaskGroup, publish: Publish) -> None:
        self._store = store
        self._tasks = tasks
        self._publish = publish

    def spawn(self, job: Job, name: str) -> None:
        """Write as a task of its own."""
        self._tasks.spawn(self.write(job), name)

    async def write(self, job: Job) -> None:
        """Write, and return when it is on the disk, or told that it is not."""
        try:
            changes = await self._store.write(job)
        except SmsDesktopError as error:
            self._publish(TroubleArose(error.text()))
            return
        if changes:
            self._publish(TimelineChanged(changes))
