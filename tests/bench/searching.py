"""``python -m tests.bench.searching``: how long each keystroke of a search takes.

In units of a bare read of one row by its key from the same encrypted file, measured in the same run:
the machine's own speed cancels out.
"""

import argparse
import asyncio
import random
import tempfile
from datetime import date
from pathlib import Path
from typing import Final

from apsw import Connection

from sms_desktop.domain.search import parse_query
from sms_desktop.store.connection import connect
from sms_desktop.store.database import open_database
from sms_desktop.store.searching import search
from tests.bench.histories import fill, index_all, timed

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
    indexing_s = timed(lambda: asyncio.run(index_all(database)))
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


if __name__ == "__main__":
    main()
