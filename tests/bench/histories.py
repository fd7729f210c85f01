"""Histories of any size, the same ones each time: two hundred people, everyday words.

With ``crowded`` one thread holds half of everything, and only the last few messages are unread.
"""

import asyncio
import random
import time
from collections.abc import Callable
from typing import Final

from apsw import Connection

from sms_desktop.domain.account import AccountKind
from sms_desktop.domain.address import Address
from sms_desktop.domain.changes import Changes
from sms_desktop.domain.delivery import State
from sms_desktop.domain.ids import MessageId
from sms_desktop.domain.message import Direction, ServerMessage
from sms_desktop.store import accounts, messages
from sms_desktop.store.database import Database
from sms_desktop.store.search_index import index_some

OWN: Final = Address("+16135550001")
_WORDS: Final = tuple(
    "the a to you and is at on for see can be it delivery order table oak shelf door driver code "  # noqa: SIM905 - reads as text
    "tomorrow afternoon morning thanks please call back later ready paint invoice number".split()
)
_END_MS: Final = 1_790_000_000_000
_GAP_MS: Final = 100_000
_BATCH: Final = 5_000
_PEOPLE: Final = 200


def timed(work: Callable[[], object]) -> float:
    """Seconds that a piece of work takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def fill(database: Database, count: int, *, crowded: bool = False) -> float:
    """Record so many messages; the seconds it took."""
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
            numbers = range(first, min(count, first + _BATCH))
            facts = [_message(chance, number, count, crowded=crowded) for number in numbers]

            def job(db: Connection, facts: list[ServerMessage] = facts) -> None:
                for fact in facts:
                    messages.record(db, account, fact, now_ms=fact.at_ms)

            await database.write(job)
        await database.write(_read_all)

    return timed(lambda: asyncio.run(write_all()))


async def index_all(database: Database) -> None:
    """Index for the search what the quiet moments have not indexed yet."""
    while await database.write(lambda db: index_some(db, 1_000)):
        pass


def _message(chance: random.Random, number: int, count: int, *, crowded: bool) -> ServerMessage:
    """A text of everyday words; one in ten thousand holds a word of its own."""
    words = chance.choices(_WORDS, k=1 + int(chance.expovariate(0.1)))
    if number % 10_000 == 77:
        words.append("zymurgy 東京")
    is_inbound = chance.random() < 0.6
    person = 0 if crowded and number % 2 else chance.randrange(_PEOPLE)
    return ServerMessage(
        MessageId(f"m{number}"),
        Direction.INBOUND if is_inbound else Direction.OUTBOUND,
        OWN,
        Address(f"+1613123{person:04}"),
        " ".join(words),
        _END_MS - (count - number) * _GAP_MS,
        State.RECEIVED if is_inbound else State.DELIVERED,
    )


def _read_all(db: Connection) -> Changes:
    """Most of what people have was looked at long ago."""
    db.execute("UPDATE message SET is_unread = 0 WHERE is_unread = 1")
    db.execute("UPDATE conversation SET unread = 0 WHERE unread > 0")
    return Changes()
