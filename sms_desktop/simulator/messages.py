"""The messages that the simulated Kandy stores for one account."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from sms_desktop.domain.address import Address
from sms_desktop.domain.clock import NowMs
from sms_desktop.domain.message import Direction
from sms_desktop.simulator.paging import Page, PageQuery, Place, cut_page
from sms_desktop.simulator.refusals import not_found

TRIAL_CAP: Final = 1000
"""Messages that a trial account stores; the oldest fall out, without a word."""


class Status(StrEnum):
    """Kandy's words for how far a message has come."""

    NETWORK = "DeliveredToNetwork"
    TERMINAL = "DeliveredToTerminal"
    IMPOSSIBLE = "DeliveryImpossible"
    UNKNOWN = "Unknown"


@dataclass(slots=True)
class StoredMessage:
    """One message; ``number`` rises with each message, ``pulled`` says that a client has read it."""

    message_id: str
    direction: Direction
    local: Address
    remote: Address
    text: str
    at_ms: int
    status: Status
    number: int
    pulled: bool = False

    @property
    def place(self) -> Place:
        """Where the message stands in its thread."""
        return self.at_ms, self.number

    @property
    def is_new(self) -> bool:
        """Whether it is an inbound message that no client has read."""
        return self.direction is Direction.INBOUND and not self.pulled


@dataclass(frozen=True, slots=True)
class ThreadSummary:
    """One own number × one remote number, as the list of threads shows it."""

    remote: Address
    local: Address
    first_at_ms: int
    last_at_ms: int
    pulled_at_ms: int | None
    last_text: str
    length: int
    new: int
    place: Place


Threads = dict[tuple[Address, Address], dict[str, StoredMessage]]


class MessageBox:
    """Messages by thread; ``cap`` is how many are kept (``None``: all)."""

    def __init__(self, now_ms: NowMs, cap: int | None = TRIAL_CAP) -> None:
        self._now_ms = now_ms
        self._cap = cap
        self._by_id: dict[str, StoredMessage] = {}
        self._threads: Threads = {}
        self._pulled_at_ms: dict[tuple[Address, Address], int] = {}

    def __len__(self) -> int:
        return len(self._by_id)

    def __contains__(self, message_id: object) -> bool:
        return message_id in self._by_id

    def add(self, message: StoredMessage) -> None:
        """Store a message; where the cap is passed, the oldest fall out."""
        self._by_id[message.message_id] = message
        self._threads.setdefault((message.remote, message.local), {})[message.message_id] = message
        self._shrink()

    def set_cap(self, cap: int | None) -> None:
        """Store at most ``cap`` messages from now on."""
        self._cap = cap
        self._shrink()

    def threads(self, query: PageQuery, remote: Address | None = None) -> Page[ThreadSummary]:
        """The threads that have a message which fits the query."""
        found = [
            self._summary(key, messages)
            for key, messages in self._threads.items()
            if remote in (None, key[0])
        ]
        fitting = (
            thread
            for thread in found
            if (not query.new_only or thread.new)
            and (query.later_than_ms is None or thread.last_at_ms > query.later_than_ms)
        )
        return cut_page(fitting, query, lambda thread: thread.place)

    def thread(self, remote: Address, local: Address) -> ThreadSummary:
        """One thread; raises ``Refusal`` (404) where it holds no message."""
        if (remote, local) not in self._threads:
            raise not_found("localAddress")
        return self._summary((remote, local), self._threads[remote, local])

    def pull(self, remote: Address, local: Address, query: PageQuery) -> Page[StoredMessage]:
        """One page of a thread, newest first; its inbound messages are no longer new."""
        fitting = (
            message
            for message in self._threads.get((remote, local), {}).values()
            if (not query.new_only or message.is_new)
            and (query.later_than_ms is None or message.at_ms > query.later_than_ms)
        )
        page = cut_page(fitting, query, lambda message: message.place)
        for message in page.rows:
            message.pulled = True
        self._pulled_at_ms[remote, local] = self._now_ms()
        return page

    def find(self, remote: Address, local: Address, message_id: str) -> StoredMessage:
        """One message of a thread; raises ``Refusal`` (404)."""
        message = self._threads.get((remote, local), {}).get(message_id)
        if message is None:
            raise not_found("messageId")
        return message

    def by_id(self, message_id: str) -> StoredMessage:
        """One message, whatever its thread; raises ``Refusal`` (404)."""
        if message_id not in self._by_id:
            raise not_found("messageId")
        return self._by_id[message_id]

    def delete(
        self, remote: Address, local: Address, message_id: str | None = None
    ) -> tuple[StoredMessage, ...]:
        """Delete a message, or a whole thread; raises ``Refusal`` (404) where nothing is there."""
        if message_id is None:
            gone = tuple(self._threads.get((remote, local), {}).values())
        else:
            gone = (self.find(remote, local, message_id),)
        if not gone:
            raise not_found("localAddress")
        for message in gone:
            self._forget(message)
        return gone

    def _summary(
        self, key: tuple[Address, Address], messages: dict[str, StoredMessage]
    ) -> ThreadSummary:
        ordered = sorted(messages.values(), key=lambda message: message.place)
        first, last = ordered[0], ordered[-1]
        new = sum(message.is_new for message in ordered)
        pulled_at_ms = self._pulled_at_ms.get(key)
        remote, local = key
        return ThreadSummary(
            remote,
            local,
            first.at_ms,
            last.at_ms,
            pulled_at_ms,
            last.text,
            len(ordered),
            new,
            last.place,
        )

    def _shrink(self) -> None:
        while self._cap is not None and len(self._by_id) > self._cap:
            self._forget(next(iter(self._by_id.values())))

    def _forget(self, message: StoredMessage) -> None:
        del self._by_id[message.message_id]
        thread = self._threads[message.remote, message.local]
        del thread[message.message_id]
        if not thread:
            del self._threads[message.remote, message.local]
