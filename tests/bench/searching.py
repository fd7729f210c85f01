"""``python -m tests.bench.searching``: how long each keystroke of a search takes.

In units of a bare read of one row by its key from the same encrypted file, measured in the same run:
the machine's own speed cancels out.
"""

import argparse
import asyncio
import random
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Final

from apsw import Connection

from sms_desktop.domain.account import AccountKind
from sms_desktop.domain.address import Address
from sms_desktop.domain.delivery import State
from sms_desktop.domain.ids import MessageId
from sms_desktop.domain.message import Direction, ServerMessage
from sms_desktop.domain.search import parse_query
from sms_desktop.store import accounts, messages
from sms_desktop.store.connection import connect
from sms_desktop.store.database import Database, open_database
from sms_desktop.store.search_index import index_some
from sms_desktop.store.searching import search

KEY: Final = bytes(range(32))
TYPED: Final = (
    "delivery",
    "tomorrow afternoon",
    "zymurgy",
    "613 123",
    "from:me see",
    "東京",
    "qz",
    "before:2023-11-10 the",
)
Make = Callable[[random.Random, int], ServerMessage]
_WORDS: Final = tuple(
    "the a to you and is at on for see can be it delivery order table oak shelf door driver code "  # noqa: SIM905 - reads as text
    "tomorrow afternoon morning thanks please call back later ready paint invoice number".split()
)
_START_MS: Final = 1_690_000_000_000
_GAP_MS: Final = 100_000
_BATCH: Final = 5_000
_ROUNDS: Final = 5


def main() -> None:
    """Print the table; with ``--messages`` twice, the growth between the two as well."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.searching", description=__doc__)
    parser.add_argument("--messages", type=int, nargs="*", default=[100_000])
    for count in parser.parse_args().messages:
        with tempfile.TemporaryDirectory(prefix="sms-desktop-bench-") as folder:
            measure(Path(folder) / "messages.db", count)


def measure(path: Path, count: int) -> None:
    """Fill a store, index it, and type every query letter by letter."""
    database = open_database(path, KEY)
    writing_s = fill(database, count)
    indexing_s = timed(lambda: asyncio.run(drain(database)))
    looking = connect(path, KEY, readonly=True)
    looking.execute("PRAGMA cache_size = -8192")
    ids = random.Random(1).choices(range(1, count), k=2_000)
    point = "SELECT text FROM message WHERE id = ?"
    floor_s = timed(lambda: [looking.execute(point, (one,)).fetchall() for one in ids]) / len(ids)
    print(f"{count:,} messages, {path.stat().st_size / count:.0f} bytes each with the index")
    print(f"indexing takes {indexing_s / writing_s:.2f} of the time that recording them took")
    print(f"bare read of one row: {floor_s * 1e6:.1f} µs; keystrokes in multiples of it:")
    print(f"{'typed':26} {'median':>8} {'worst':>8} {'worst ms':>9}")
    everything: list[float] = []
    for typed in TYPED:
        took = [keystroke_s(looking, typed[:n]) for n in range(1, len(typed) + 1)]
        everything += took
        print(row(typed, took, floor_s))
    print(row("all", everything, floor_s))
    looking.close()
    database.close()


def row(name: str, took: list[float], floor_s: float) -> str:
    """One line of the table."""
    ordered = sorted(took)
    median, worst = ordered[len(ordered) // 2], ordered[-1]
    return f"{name:26} {median / floor_s:8.0f} {worst / floor_s:8.0f} {worst * 1e3:9.1f}"


def keystroke_s(db: Connection, typed: str) -> float:
    """The usual time of one search."""
    query = parse_query(typed, date(2026, 11, 23))
    return sorted(timed(lambda: search(db, query)) for _ in range(_ROUNDS))[_ROUNDS // 2]


def fill(database: Database, count: int, make: Make | None = None) -> float:
    """Record messages with two hundred people, or those that are made; the seconds it took."""
    make = make or one_message
    chance = random.Random(7)

    async def write_all() -> None:
        account = await database.write(
            lambda db: (
                accounts.add(
                    db, AccountKind.PROJECT, "http://127.0.0.1:1", "k", "", "u", "loopback"
                ).account_id
            )
        )
        for first in range(0, count, _BATCH):
            facts = [make(chance, number) for number in range(first, first + _BATCH)]

            def job(db: Connection, facts: list[ServerMessage] = facts) -> None:
                for fact in facts:
                    messages.record(db, account, fact, now_ms=fact.at_ms)

            await database.write(job)

    return timed(lambda: asyncio.run(write_all()))


def one_message(chance: random.Random, number: int) -> ServerMessage:
    """A text of everyday words; one in ten thousand holds a word of its own."""
    words = chance.choices(_WORDS, k=1 + int(chance.expovariate(0.1)))
    if number % 10_000 == 77:
        words.append("zymurgy 東京")
    is_inbound = chance.random() < 0.6
    return ServerMessage(
        MessageId(f"m{number}"),
        Direction.INBOUND if is_inbound else Direction.OUTBOUND,
        Address("+16135550001"),
        Address(f"+1613123{chance.randrange(200):04}"),
        " ".join(words),
        _START_MS + number * _GAP_MS,
        State.RECEIVED if is_inbound else State.DELIVERED,
    )


async def drain(database: Database) -> None:
    """Index what the quiet moments have not indexed yet."""
    while await database.write(lambda db: index_some(db, 1_000)):
        pass


def timed(work: Callable[[], object]) -> float:
    """Seconds that a piece of work takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
