"""Reads everything, for a file; made for ``Database.read_long``."""

from collections.abc import Iterator
from dataclasses import dataclass

from apsw import Connection

from sms_desktop.domain.address import Address
from sms_desktop.domain.delivery import State
from sms_desktop.domain.ids import ClientId, MessageId
from sms_desktop.domain.message import Direction
from sms_desktop.store import timeline
from sms_desktop.store.connection import select


@dataclass(frozen=True, slots=True)
class ExportRow:
    """One bubble with its two addresses; ``at_ms`` as it is shown."""

    message_id: MessageId | None
    client_id: ClientId | None
    direction: Direction
    local: Address
    remote: Address
    text: str
    at_ms: int
    state: State


def rows(db: Connection) -> Iterator[ExportRow]:
    """Every bubble, conversation by conversation, each in the order of its timeline.

    What is written meanwhile is not seen: the rows are those of one moment.
    """
    db.execute("BEGIN")
    try:
        pairs = select(db, "SELECT id, local, remote FROM conversation ORDER BY id")
        for conversation, local, remote in pairs:
            # One conversation after the other: their timelines come sorted from the indexes.
            for row in map(timeline.row_from, db.execute(timeline.ALL, (conversation,))):
                yield ExportRow(
                    row.message_id,
                    row.client_id,
                    row.direction,
                    local,
                    remote,
                    row.text,
                    row.at_ms,
                    row.state,
                )
    finally:
        db.execute("ROLLBACK")
