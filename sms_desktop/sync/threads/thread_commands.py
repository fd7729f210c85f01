"""What a person does with whole conversations: kept at once, told, and undone on demand.

Deleting takes them off the lists at once; for good it happens ``UNDO_S`` later, also when the program
was closed meanwhile.
"""

from collections.abc import Callable, Sequence
from typing import Final

from sms_desktop.domain.changes import NOTHING, Changes
from sms_desktop.domain.clock import NowMs
from sms_desktop.domain.ids import ConversationId
from sms_desktop.domain.thread_flags import ThreadChange
from sms_desktop.store import deletion, thread_flags
from sms_desktop.store.connection import Connection
from sms_desktop.store.database import Database
from sms_desktop.sync.events import Publish, TimelineChanged
from sms_desktop.sync.running.backoff import Sleep
from sms_desktop.sync.running.due_times import DueTimes
from sms_desktop.sync.running.reported_writes import Job, ReportedWrites
from sms_desktop.sync.running.tasks import TaskGroup, TaskOwner

UNDO_S: Final = 10.0


class ThreadCommands:
    """Implements the windows' ``ThreadCommands``; what was put away last can be had back, once.

    ``on_deleted`` is called when conversations are gone for good: Kandy may have to be told.
    """

    def __init__(
        self,
        store: Database,
        tasks: TaskOwner,
        publish: Publish,
        on_deleted: Callable[[], None],
        *,
        now_ms: NowMs,
        sleep: Sleep,
    ) -> None:
        self._store = store
        self._tasks = TaskGroup(tasks)
        self._services = TaskGroup(tasks)
        self._publish = publish
        self._on_deleted = on_deleted
        self._now_ms = now_ms
        self._told = ReportedWrites(store, self._tasks, publish)
        self._snoozes = DueTimes(self._end_snoozes, publish, now_ms=now_ms, sleep=sleep)
        self._deletions = DueTimes(self._delete_due, publish, now_ms=now_ms, sleep=sleep)
        self._way_back: Job = _nothing

    def start(self) -> None:
        """From now on bring back what is snoozed, and delete for good what is due."""
        self._services.spawn(self._snoozes.run(), "snoozes", service=True)
        self._services.spawn(self._deletions.run(), "deletions", service=True)

    async def close(self) -> None:
        """Keep what was asked for, and end; what is due is done at the next start."""
        await self._tasks.finish()
        await self._services.close()

    def change(self, conversation_ids: Sequence[ConversationId], wanted: ThreadChange) -> None:
        """Pin, archive, mute, block, snooze or mark conversations, or the contrary."""

        def job(db: Connection) -> Changes:
            changes, before = thread_flags.change(db, conversation_ids, wanted)
            if wanted.puts_away:
                self._way_back = lambda db: thread_flags.put_back(db, before)
            return changes

        self._write(job, "threads")

    def mark_all_read(self, conversation_ids: Sequence[ConversationId]) -> None:
        """Everything in these conversations counts as looked at."""
        self._write(lambda db: thread_flags.mark_all_read(db, conversation_ids), "threads read")

    def delete(self, conversation_ids: Sequence[ConversationId], *, at_kandy: bool) -> None:
        """Delete what conversations hold now, here or at Kandy too; for good a little later."""
        due_ms = self._now_ms() + round(UNDO_S * 1000)

        def job(db: Connection) -> Changes:
            self._way_back = lambda db: deletion.spare(db, conversation_ids)
            return deletion.doom(db, conversation_ids, due_ms, at_kandy=at_kandy)

        self._write(job, "threads deleted")

    def undo(self) -> None:
        """Have back what was put away or deleted last."""

        def job(db: Connection) -> Changes:
            # Jobs run one after the other: by now the change was made.
            way_back, self._way_back = self._way_back, _nothing
            return way_back(db)

        self._write(job, "threads undone")

    def _write(self, job: Job, name: str) -> None:
        self._tasks.spawn(self._written(job), name)

    async def _written(self, job: Job) -> None:
        await self._told.write(job)
        self._snoozes.look_again()
        self._deletions.look_again()

    async def _end_snoozes(self, now_ms: int) -> int | None:
        if changes := await self._store.write(lambda db: thread_flags.end_snoozes(db, now_ms)):
            self._publish(TimelineChanged(changes))
        return await self._store.write(thread_flags.next_snooze_ends_at_ms)

    async def _delete_due(self, now_ms: int) -> int | None:
        due = await self._store.write(lambda db: deletion.due(db, now_ms))
        for one in due:
            self._publish(TimelineChanged(await self._deleted(one, now_ms)))
        if due:
            self._on_deleted()
        return await self._store.write(deletion.next_due_ms)

    async def _deleted(self, one: ConversationId, now_ms: int) -> Changes:
        """Bit by bit, so that nobody's writing waits for a long conversation."""
        while True:
            changes = await self._store.write(lambda db: deletion.delete_some(db, one, now_ms))
            if changes:
                return changes


def _nothing(_db: Connection) -> Changes:
    return NOTHING
