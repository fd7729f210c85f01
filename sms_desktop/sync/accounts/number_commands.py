"""What a person can ask for about own numbers: change, order, prefer, look for, add, take off.

Implements the windows' ``NumberCommands``. What waits for no answer comes back as facts.
"""

from collections.abc import Callable, Coroutine, Mapping, Sequence
from typing import Any, TypeVar

from sms_desktop.domain.account import NumberKey, OwnNumber
from sms_desktop.domain.address import Address
from sms_desktop.domain.errors import SmsDesktopError
from sms_desktop.domain.ids import AccountId
from sms_desktop.domain.number_change import NothingToChange, NumberChange, checked_place
from sms_desktop.domain.setting_up import FoundNumbers, NumbersRefreshed
from sms_desktop.store import chosen_numbers, numbers
from sms_desktop.store.connection import Connection
from sms_desktop.store.database import Database
from sms_desktop.store.reading import StoreReader
from sms_desktop.sync.accounts.number_search import NumberSearch
from sms_desktop.sync.accounts.typed_number import typed_number
from sms_desktop.sync.events import Publish, TroubleArose
from sms_desktop.sync.running.tasks import TaskGroup
from sms_desktop.sync.sessions.sessions import Sessions
from sms_desktop.sync.sessions.status_report import StatusReport

T = TypeVar("T")


class NoSuchNumber(SmsDesktopError):
    """The number is none of the person's own, or not any more."""

    sentence = "This is none of your numbers."


class NumberCommands:
    """Changes own numbers, and has subscriptions and windows follow."""

    def __init__(
        self,
        store: Database,
        reader: StoreReader,
        search: NumberSearch,
        sessions: Sessions,
        standing: StatusReport,
        tasks: TaskGroup,
        publish: Publish,
    ) -> None:
        self._store = store
        self._reader = reader
        self._search = search
        self._sessions = sessions
        self._standing = standing
        self._tasks = tasks
        self._publish = publish

    def change(self, key: NumberKey, wanted: NumberChange) -> None:
        """Do it soon; what cannot be is told as trouble."""
        self._soon(self.changed(key, wanted), "number")

    def put_in_order(self, order: Sequence[NumberKey]) -> None:
        """These numbers shall come first, in this order."""
        self._soon(self._write(lambda db: numbers.put_in_order(db, order)), "order")

    def take_off(self, key: NumberKey) -> None:
        """Forget a number that was added by hand; its messages stay."""
        self._soon(self._taken_off(key), "take off")

    async def changed(self, key: NumberKey, wanted: NumberChange) -> OwnNumber:
        """The number after the change; all of it or nothing. Raises ``SmsDesktopError``."""
        if wanted == NumberChange():
            raise NothingToChange

        def job(db: Connection) -> tuple[OwnNumber, OwnNumber]:
            before = _number(db, key)
            numbers.change(db, wanted.applied(before))
            _rank(db, key, wanted)
            return before, _number(db, key)

        before, after = await self._write(job)
        if before.receive is not after.receive:
            self._look_now(after.account_id)
        return after

    async def refresh(self) -> NumbersRefreshed:
        """Ask Kandy which numbers there are; raises ``SmsDesktopError`` where nobody answers."""
        before = {n.key for n in self._reader.numbers()}
        trouble: list[str] = []
        others: list[Address] = []
        asked = 0
        for account in self._reader.accounts():
            if self._sessions.of(account.account_id) is None:
                continue
            asked += 1
            found = await self._search.find(account)
            trouble += [found.trouble] if found.trouble else []
            others += self._strangers(found)
            self._look_now(account.account_id)
        self._standing.tell_now()
        now = self._reader.numbers()
        new = tuple(n.number for n in now if n.key not in before)
        gone = len(before - {n.key for n in now})
        return NumbersRefreshed(asked, new, gone, tuple(dict.fromkeys(others)), " ".join(trouble))

    async def add(self, account_id: AccountId, raw: str) -> OwnNumber:
        """Take a typed number for an account's own; raises ``NoOwnNumber`` and ``StoreError``.

        Whether it can receive is seen when it is subscribed, and shown with it.
        """
        known = {n.number for n in self._reader.numbers() if n.account_id == account_id}
        number = typed_number(raw, known)

        def job(db: Connection) -> OwnNumber:
            chosen_numbers.add(db, account_id, number)
            return _number(db, (account_id, number))

        added = await self._write(job)
        self._look_now(account_id)
        return added

    def all(self) -> list[OwnNumber]:
        """Every own number, in order."""
        return self._reader.numbers()

    def last_inbound(self) -> Mapping[NumberKey, int]:
        """When the newest message of each number that has one came, in milliseconds."""
        return self._reader.last_inbound_by_number()

    async def _taken_off(self, key: NumberKey) -> None:
        await self._write(lambda db: chosen_numbers.take_off(db, *key))
        self._look_now(key[0])

    def _strangers(self, found: FoundNumbers) -> list[Address]:
        known = {n.number for n in self._reader.numbers()}
        return [one.number for one in found.numbers if one.number not in known]

    def _look_now(self, account_id: AccountId) -> None:
        if session := self._sessions.of(account_id):
            session.reception.look_now()

    def _soon(self, work: Coroutine[Any, Any, object], name: str) -> None:
        self._tasks.spawn(self._told(work), name)

    async def _told(self, work: Coroutine[Any, Any, object]) -> None:
        try:
            await work
        except SmsDesktopError as error:
            self._publish(TroubleArose(error.text()))

    async def _write(self, job: Callable[[Connection], T]) -> T:
        outcome = await self._store.write(job)
        self._standing.tell_now()
        return outcome


def _number(db: Connection, key: NumberKey) -> OwnNumber:
    found = next((n for n in numbers.all_numbers(db) if n.key == key), None)
    if found is None:
        raise NoSuchNumber
    return found


def _rank(db: Connection, key: NumberKey, wanted: NumberChange) -> None:
    if wanted.place is not None:
        order = [n.key for n in numbers.all_numbers(db)]
        place = checked_place(wanted.place, len(order))
        order.remove(key)
        order.insert(place, key)
        numbers.put_in_order(db, order)
    if wanted.default_sender:
        numbers.set_default_sender(db, key)
    elif wanted.default_sender is False and _number(db, key).is_default_sender:
        numbers.set_default_sender(db, None)
