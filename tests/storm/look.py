"""A look at what lies on the disk while nobody has the store open, such as right after a kill."""

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from sms_desktop.domain.delivery import State
from sms_desktop.domain.message import TimelineKey
from sms_desktop.store.connection import connect
from sms_desktop.store.migrations import migrate


@dataclass(frozen=True)
class Stored:
    """One row of ``message``."""

    state: State
    text: str
    client_id: str | None
    is_deleted: bool
    key: TimelineKey


@dataclass(frozen=True)
class Wished:
    """One row of ``outbox`` or ``scheduled``; ``carrier`` is the message that seems to carry it."""

    state: State
    text: str
    carrier: str | None
    key: TimelineKey


@dataclass(frozen=True)
class Look:
    """Everything that the promise is about; ``early`` holds facts about messages yet to come."""

    integrity: str
    messages: dict[str, Stored]
    wishes: dict[str, Wished]
    early: dict[str, tuple[State | None, bool]]
    bubbles: list[str]

    def of_client(self, client_id: str) -> tuple[State, TimelineKey] | None:
        """Where a wish stands, whoever carries it."""
        for message in self.messages.values():
            if message.client_id == client_id:
                return message.state, message.key
        wish = self.wishes.get(client_id)
        return (wish.state, wish.key) if wish else None


def look_at(database: Path, key: bytes) -> Look:
    """Read a copy: the file and what a crash has left beside it stay as they are."""
    with tempfile.TemporaryDirectory(prefix="sms-desktop-look-") as folder:
        for file in database.parent.glob(database.name + "*"):
            if not file.name.endswith("-shm"):
                shutil.copy(file, folder)
        return _read(Path(folder) / database.name, key)


def _read(copy: Path, key: bytes) -> Look:
    db = connect(copy, key, readonly=False)
    try:
        # A kill may have come before the first tables were made.
        migrate(db)
        integrity = " ".join(row[0] for row in db.execute("PRAGMA integrity_check"))
        messages = {
            row[0]: Stored(State(row[1]), row[2], row[3], bool(row[4]), TimelineKey(row[5], row[6]))
            for row in db.execute(
                "SELECT message_id, state, text, client_id, deleted_at_ms NOT NULL, sort_at_ms, tie"
                " FROM message"
            )
        }
        wishes = {
            row[0]: Wished(State(row[1]), row[2], row[3], TimelineKey(row[4], row[5]))
            for row in db.execute(
                "SELECT client_id, state, text, message_id, sort_at_ms, tie FROM outbox"
            )
        }
        # One that waits for its time has no place yet.
        wishes |= {
            row[0]: Wished(State.SCHEDULED, row[1], None, TimelineKey(0, 0))
            for row in db.execute("SELECT client_id, text FROM scheduled")
        }
        early = {
            row[0]: (State(row[1]) if row[1] else None, bool(row[2]))
            for row in db.execute(
                "SELECT message_id, state, deleted_at_ms NOT NULL FROM early_fact"
            )
        }
        bubbles = [
            row[0] for row in db.execute("SELECT text FROM timeline WHERE conversation_id NOT NULL")
        ]
    finally:
        db.close()
    return Look(integrity, messages, wishes, early, bubbles)
