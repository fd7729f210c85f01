"""How far the first import of an account's history has come, thread by thread, page by page."""

from collections.abc import Sequence
from dataclasses import dataclass

from apsw import Connection

from sms_desktop.domain.address import Address
from sms_desktop.domain.ids import AccountId
from sms_desktop.store.connection import select
from sms_desktop.store.values import clamped_ms


@dataclass(frozen=True, slots=True)
class Import:
    """``since_ms``: what the person chose, ``None`` for everything; ``began_at_ms`` is Kandy's time.

    ``is_listed``: every thread is known. Counts of threads and messages tell how far it is.
    """

    since_ms: int | None
    began_at_ms: int | None
    is_listed: bool
    is_cancelled: bool
    messages: int
    threads: int
    threads_done: int


@dataclass(frozen=True, slots=True)
class ImportedThread:
    """One thread: ``next_page`` is Kandy's pointer to what comes next, ``None`` at the beginning.

    Of that page, what is from ``kept_down_to_ms`` on or later is kept already.

    ``new_left``: how many of what is left nobody had fetched before us, among what came until
    ``listed_until_ms``.
    """

    local: Address
    remote: Address
    new_left: int
    listed_until_ms: int | None
    next_page: str | None = None
    kept_down_to_ms: int | None = None


def choose(db: Connection, account_id: AccountId, since_ms: int | None) -> None:
    """Have the history read from its beginning, or from a time on; forgets an earlier import."""
    db.execute("DELETE FROM imported_thread WHERE account_id = ?", (account_id,))
    db.execute(
        "INSERT OR REPLACE INTO history_import (account_id, since_ms) VALUES (?, ?)",
        (account_id, since_ms if since_ms is None else clamped_ms(since_ms)),
    )
    db.execute("UPDATE account SET history_read_at_ms = NULL WHERE id = ?", (account_id,))


def begin(db: Connection, account_id: AccountId, now_ms: int) -> Import:
    """The import that is under way; begins one of everything where nothing was chosen."""
    db.execute(
        "INSERT INTO history_import (account_id, began_at_ms) VALUES (?1, ?2)"
        " ON CONFLICT DO UPDATE SET began_at_ms = ifnull(began_at_ms, ?2)",
        (account_id, clamped_ms(now_ms)),
    )
    found = state(db, account_id)
    assert found is not None  # noqa: S101 - written a line ago
    return found


def state(db: Connection, account_id: AccountId) -> Import | None:
    """How far it is; ``None`` where none was ever begun or chosen."""
    rows = select(
        db,
        "SELECT since_ms, began_at_ms, is_listed, is_cancelled, messages,"
        " (SELECT count(*) FROM imported_thread t WHERE t.account_id = i.account_id),"
        " (SELECT ifnull(sum(is_done), 0) FROM imported_thread t WHERE t.account_id = i.account_id)"
        " FROM history_import i WHERE account_id = ?",
        (account_id,),
    )
    if not rows:
        return None
    since_ms, began_at_ms, is_listed, is_cancelled, messages, threads, done = rows[0]
    return Import(
        since_ms, began_at_ms, bool(is_listed), bool(is_cancelled), messages, threads, done
    )


def add_threads(
    db: Connection, account_id: AccountId, threads: Sequence[ImportedThread], *, is_all: bool
) -> None:
    """Keep threads of Kandy's list; one that is known keeps its place."""
    for thread in threads:
        db.execute(
            "INSERT INTO imported_thread (account_id, local, remote, new_left, listed_until_ms)"
            " VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            (account_id, thread.local, thread.remote, thread.new_left, thread.listed_until_ms),
        )
    if is_all:
        db.execute("UPDATE history_import SET is_listed = 1 WHERE account_id = ?", (account_id,))


def next_thread(db: Connection, account_id: AccountId, put_off: int = 0) -> ImportedThread | None:
    """The newest thread that is not done, behind so many that are put off."""
    rows = select(
        db,
        "SELECT local, remote, new_left, listed_until_ms, next_page, kept_down_to_ms"
        " FROM imported_thread"
        " WHERE account_id = ? AND is_done = 0 ORDER BY listed_until_ms DESC, local, remote"
        " LIMIT 1 OFFSET ?",
        (account_id, put_off),
    )
    return ImportedThread(*rows[0]) if rows else None


def advance(
    db: Connection,
    account_id: AccountId,
    thread: ImportedThread,
    *,
    messages: int,
    is_done: bool,
) -> None:
    """Note how far a thread is, together with its messages."""
    db.execute(
        "UPDATE imported_thread SET new_left = ?, next_page = ?, kept_down_to_ms = ?, is_done = ?"
        " WHERE account_id = ? AND local = ? AND remote = ?",
        (
            thread.new_left,
            thread.next_page,
            thread.kept_down_to_ms,
            is_done,
            account_id,
            thread.local,
            thread.remote,
        ),
    )
    db.execute(
        "UPDATE history_import SET messages = messages + ? WHERE account_id = ?",
        (messages, account_id),
    )


def cancel(db: Connection, account_id: AccountId) -> None:
    """The person has enough; what is here stays."""
    db.execute("UPDATE history_import SET is_cancelled = 1 WHERE account_id = ?", (account_id,))
