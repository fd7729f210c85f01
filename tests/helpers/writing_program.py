"""A process that writes to a store without end and prints each number once it was acknowledged.

``python -m tests.helpers.writing_program FILE``; the key is the one of the store's tests.
"""

import asyncio
import sys
from pathlib import Path

from sms_desktop.domain.address import Address
from sms_desktop.store import contacts
from sms_desktop.store.database import Database, open_database

KEY = bytes(range(32))
AT_ONCE = 8


async def _write_from(database: Database, first: int) -> None:
    async def one(number: int) -> None:
        address = Address(f"+{number}")
        await database.write(lambda db: contacts.set_name(db, address, "x" * (number % 3000 + 1)))
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()

    number = first
    while True:
        await asyncio.gather(*(one(number + at) for at in range(AT_ONCE)))
        number += AT_ONCE


if __name__ == "__main__":
    asyncio.run(_write_from(open_database(Path(sys.argv[1]), KEY), 1))
