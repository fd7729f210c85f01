"""What a person does with whole conversations: kept at once, told, and undone on demand."""

from collections.abc import Sequence

from sms_desktop.domain.changes import Changes
from sms_desktop.domain.ids import ConversationId
from sms_desktop.domain.thread_flags import ThreadChange
from sms_desktop.store import thread_flags
from sms_desktop.store.connection import Connection
from sms_desktop.sync.snoozing import Snoozing
from sms_desktop.sync.told_writes import ToldWrites


class ThreadCommands:
    """Implements the windows' ``ThreadCommands``; the last change can be taken back, once."""

    def __init__(self, told: ToldWrites, snoozing: Snoozing) -> None:
        self._told = told
        self._snoozing = snoozing
        self._before: thread_flags.Flags = {}

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

    def _write(self, job: "thread_flags.Job", name: str) -> None:
        self._told.spawn(job, name)
        self._snoozing.look_again()
