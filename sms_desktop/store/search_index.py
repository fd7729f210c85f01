"""Fills the index of texts a small batch at a time; where it stands is in the store, not in memory."""

from typing import Any, Final

from apsw import Connection

from sms_desktop.domain.folding import fold
from sms_desktop.store.connection import select

BATCH: Final = 250
_TIE_BITS: Final = 15

_AGAIN: Final = """
SELECT m.id, m.sort_at_ms, m.tie, m.text FROM search_again a JOIN message m ON m.id = a.message
 ORDER BY a.message LIMIT ?"""
_NEWER: Final = """
SELECT id, sort_at_ms, tie, text FROM message
 WHERE id > (SELECT newest FROM search_progress) ORDER BY id LIMIT ?"""
_OLDER: Final = """
SELECT id, sort_at_ms, tie, text FROM message
 WHERE id < (SELECT oldest FROM search_progress) ORDER BY id DESC LIMIT ?"""


def place_of(at_ms: int, tie: int) -> int:
    """Where a message stands among all: by time, then by the store's counter. Below 2 ** 63."""
    return (at_ms << _TIE_BITS) | (tie & ((1 << _TIE_BITS) - 1))


def first_place_of(at_ms: int) -> int:
    """A bound below every message of a time and above all before."""
    return at_ms << _TIE_BITS


def index_some(db: Connection, batch: int = BATCH) -> bool:
    """Index at most ``batch`` messages, new ones before old ones; whether there may be more.

    Runs inside the caller's transaction.
    """
    again = select(db, _AGAIN, (batch,))
    if again:
        _put(db, again)
        db.execute("DELETE FROM search_again WHERE message <= ?", (again[-1][0],))
        return True
    newer = select(db, _NEWER, (batch,))
    if newer:
        _put(db, newer)
        db.execute("UPDATE search_progress SET newest = ?", (newer[-1][0],))
        return True
    older = select(db, _OLDER, (batch,))
    if older:
        _put(db, older)
        db.execute("UPDATE search_progress SET oldest = ?", (older[-1][0],))
    return bool(older)


def indexed_share(db: Connection) -> float:
    """The part of all messages that search knows, 0 … 1; newer ones are looked through directly."""
    oldest, newest = select(db, "SELECT oldest, newest FROM search_progress")[0]
    first = select(db, "SELECT min(id) FROM message")[0][0]
    if first is None or oldest <= first:
        return 1.0
    return max(0.0, int(newest + 1 - oldest) / max(1, int(newest + 1 - first)))


def _put(db: Connection, rows: list[tuple[Any, ...]]) -> None:
    """In rising order of place, which is how the index takes them without writing early."""
    entries = sorted((place_of(at, tie), row, text) for row, at, tie, text in rows if text)
    for place, row, text in entries:
        free = _take_place(db, place, row)
        if free is not None:
            folded = fold(text)
            # Two blanks at the end, so that the last letters begin a trigram too.
            db.execute(
                "INSERT INTO search_text (rowid, folded) VALUES (?, ?)", (free, f"{folded}  ")
            )


def _take_place(db: Connection, place: int, message: int) -> int | None:
    """The first free place; ``None`` where the message has one already."""
    while True:
        db.execute("INSERT OR IGNORE INTO search_entry VALUES (?, ?)", (place, message))
        if db.changes():
            return place
        known = "SELECT 1 FROM search_entry WHERE message = ?"
        if db.execute(known, (message,)).get is not None:
            return None
        place += 1
