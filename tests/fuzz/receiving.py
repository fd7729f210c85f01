"""Notification bodies all the way: HTTP, the real listener, the parser, the encrypted store."""

import asyncio
import logging
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from sms_desktop.domain.account import AccountKind
from sms_desktop.domain.address import Address
from sms_desktop.net.listener import WebhookListener
from sms_desktop.store import accounts
from sms_desktop.store.database import open_database
from sms_desktop.sync.receiving.intake import Intake
from sms_desktop.ui.ports import ConversationFilter

LANES: Final = 8


class _Nobody:
    """Wants to know nothing about the connection."""

    def arrived(self) -> None: ...

    def was_not_kept(self) -> None: ...

    def cancelled(self, number: Address | None) -> None: ...


class _Complaints(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: Counter[str] = Counter()

    def emit(self, record: logging.LogRecord) -> None:
        self.said[record.getMessage()] += 1


async def receive(folder: Path, bodies: Iterable[bytes]) -> tuple[dict[int, int], list[str]]:
    """How often each status was answered, and what is wrong; reads everything back at the end."""
    store = open_database(folder / "messages.db", bytes(range(32)))
    account = await store.write(
        lambda db: accounts.add(db, AccountKind.PROJECT, "http://x", "key", "", "u", "loopback")
    )
    intake = Intake(account.account_id, store, lambda _: None, _now_ms, _Nobody())
    listener = WebhookListener()
    complaints = _Complaints()
    logging.getLogger("sms_desktop").addHandler(complaints)
    await listener.start()
    path = listener.open_path(lambda body, _headers: intake.take(body))
    statuses: Counter[int] = Counter()
    waiting = iter(bodies)
    lanes = [_lane(listener.port or 0, path, waiting, statuses) for _ in range(LANES)]
    await asyncio.gather(*lanes)
    await listener.close()
    logging.getLogger("sms_desktop").removeHandler(complaints)
    wrong = [f"{count}x {said}" for said, count in complaints.said.items()]
    reader = store.reader()
    for one in reader.conversations(ConversationFilter(), None, 1_000_000):
        reader.rows_before(one.conversation_id, None, 1_000_000)
    verdict = await store.read_long(lambda db: db.pragma("integrity_check"))
    store.close()
    return dict(statuses), wrong if verdict == "ok" else [*wrong, f"integrity: {verdict}"]


async def _lane(port: int, path: str, bodies: Iterable[bytes], statuses: Counter[int]) -> None:
    line: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
    for body in bodies:
        line = line or await asyncio.open_connection("127.0.0.1", port)
        head = f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: {len(body)}\r\n\r\n"
        line[1].write(head.encode() + body)
        answer = await line[0].readuntil(b"\r\n\r\n")
        statuses[int(answer.split()[1])] += 1
        if b"Connection: close" in answer:
            line[1].close()
            line = None
    if line:
        line[1].close()


def _now_ms() -> int:
    return time.time_ns() // 1_000_000
