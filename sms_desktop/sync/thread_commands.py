"""What a person does with whole conversations: kept at once, told, and undone on demand."""

from collections.abc import Sequence

from sms_desktop.domain.changes import Changes
from sms_desktop.domain.clock import NowMs
from sms_desktop.domain.ids import ConversationId
from sms_desktop.domain.thread_flags import ThreadChange
from sms_desktop.store import thread_flags
from sms_desktop.store.connection import Connection
from sms_desktop.store.database import Database
from sms_desktop.sync.backoff import Sleep
from sms_desktop.sync.events import Publish
from sms_desktop.sync.snoozing import Snoozing
from sms_desktop.sync.tasks import TaskGroup, TaskOwner
from sms_desktop.sync.told_writes import Job, ToldWrites


class ThreadCommands:
    """Implements the windows' ``ThreadCommands``; the last change can be taken back, once."""

    def __init__(
        self, store: Database, tasks: TaskGroup, publish: Publish, *, now_ms: NowMs, sleep: Sleep
    ) -> None:
        self._tasks = tasks
        self._told = ToldWrites(store, tasks, publish)
        self._snoozing = Snoozing(store, publish, now_ms=now_ms, sleep=sleep)
        self._before: thread_flags.Flags = {}

    def start(self, tasks: TaskOwner) -> None:
        """From now on bring back what is snoozed."""
        tasks.spawn(self._snoozing.run(), "snoozing", service=True)

    def change(self, conversation_ids: Sequence[ConversationId], wanted: ThreadChange) -> None:
        """Pin, archive, mute, block, snooze or mark conversations, or the contrary."""

        def job(db: Connection) -> Changes:
            changes, self._before = thread_flags.change(db, conversation_ids, wanted)
            return changes

        self._write(job, "threads")

    def mark_all_read(self, conversation_ids: Sequence[ConversationId]) -> None:
        """Everything in these conversations counts as looked at."""
        self._write(lambda db: thread_flags.mark_all_read(db, conversation_ids), "threads read")

    def undo(self) -> None:
        """Put back what the last ``change`` changed."""

        def job(db: Connection) -> Changes:
            # Jobs run one after the other: by now the change was made.
            before, self._before = self._before, {}
            return thread_flags.put_back(db, before)

        self._write(job, "threads undone")

    def _write(self, job: Job, name: str) -> None:
        self._tasks.spawn(self._written(job), name)

    async def _written(self, job: Job) -> None:
        await self._told.write(job)
        self._snoozing.look_again()
