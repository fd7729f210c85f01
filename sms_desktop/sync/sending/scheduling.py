"""Keeps texts for later and hands them to the outbox at their time; never late in silence, never twice.

The time that counts is that of this computer's clock, by which the person chose it.
"""

from collections.abc import Callable
from typing import Final

from sms_desktop.domain.address import Address
from sms_desktop.domain.changes import Changes
from sms_desktop.domain.clock import NowMs
from sms_desktop.domain.errors import SmsDesktopError
from sms_desktop.domain.ids import AccountId, ClientId, ConversationId
from sms_desktop.domain.scheduling import UNDO_MS, ScheduledMessage
from sms_desktop.store import accounts, conversations, scheduled
from sms_desktop.store.connection import Connection
from sms_desktop.store.database import Database
from sms_desktop.sync.events import (
    CameDueLate,
    EchoWithdrawn,
    Publish,
    TimelineChanged,
    TroubleArose,
)
from sms_desktop.sync.running.backoff import Sleep
from sms_desktop.sync.running.interruptible_sleep import InterruptibleSleep
from sms_desktop.sync.running.tasks import TaskGroup, TaskOwner

_LONGEST_S: Final = 30.0
"""A clock may be set and a computer may sleep: nobody waits longer without a look at the time."""


class TooLate(SmsDesktopError):
    """What was to be changed is scheduled no longer."""

    sentence = "It is not scheduled any more: it was sent or cancelled meanwhile."


class Scheduling:
    """Implements the windows' ``ScheduleCommands``.

    ``wall_ms``: this computer's clock; ``kandy_ms``: the time at the Kandy of an account; ``wake`` is
    called with an account whose outbox has something new.
    """

    def __init__(
        self,
        store: Database,
        tasks: TaskOwner,
        writes: TaskGroup,
        publish: Publish,
        *,
        wall_ms: NowMs,
        kandy_ms: Callable[[AccountId], int],
        sleep: Sleep,
        make_client_id: Callable[[], ClientId],
        wake: Callable[[AccountId], None],
    ) -> None:
        self._store = store
        self._service = TaskGroup(tasks)
        self._tasks = writes
        self._publish = publish
        self._wall_ms = wall_ms
        self._kandy_ms = kandy_ms
        self._make_client_id = make_client_id
        self._wake = wake
        self._bell = InterruptibleSleep(sleep)

    def start(self) -> None:
        """From now on send what comes due."""
        self._service.spawn(self._run(), "scheduling", service=True)

    async def close(self) -> None:
        """Send nothing more; what comes due is asked about, or sent, at the next start."""
        await self._service.close()

    def look_again(self) -> None:
        """A clock was set, the computer woke up, or something else is scheduled."""
        self._bell.ring()

    def schedule(self, conversation_id: ConversationId, text: str, send_at_ms: int) -> ClientId:
        """Keep a text for later; where the disk says no, it goes back to the composer."""
        return self._add(conversation_id, text, send_at_ms, is_brief=False)

    def send_soon(self, conversation_id: ConversationId, text: str) -> ClientId:
        """Send a text in ten seconds, unless it is taken back."""
        return self._add(conversation_id, text, self._wall_ms() + UNDO_MS, is_brief=True)

    async def keep(
        self, account_id: AccountId, sender: Address, remote: Address, text: str, send_at_ms: int
    ) -> ClientId:
        """Keep a text for later outside any window; raises ``StoreError``."""
        client_id = self._make_client_id()

        def job(db: Connection) -> Changes:
            here = conversations.ensure(db, account_id, sender, remote)
            draft, draft_at_ms = conversations.draft_of(db, here)
            changes = scheduled.add(db, client_id, here, text, send_at_ms)
            conversations.set_draft(db, here, draft, draft_at_ms)
            return changes

        self._publish(TimelineChanged(await self._store.write(job)))
        self.look_again()
        return client_id

    async def amend(self, client_id: ClientId, text: str, send_at_ms: int) -> None:
        """Another text or time; raises ``TooLate`` and ``StoreError``."""
        changes = await self._store.write(
            lambda db: scheduled.amend(db, client_id, text, send_at_ms)
        )
        if not changes and await self._find(client_id) is None:
            raise TooLate
        self._publish(TimelineChanged(changes))
        self.look_again()

    def send_now(self, client_id: ClientId) -> None:
        """Do not wait any longer."""
        self._tasks.spawn(self._send_now(client_id), "send now")

    def cancel(self, client_id: ClientId) -> None:
        """Forget a text that still waits for its time."""
        self._tasks.spawn(self._cancel(client_id, takes_back=False), "cancel scheduled")

    def take_back(self, client_id: ClientId) -> None:
        """Forget it, and give the text back to the composer."""
        self._tasks.spawn(self._cancel(client_id, takes_back=True), "take back")

    def _add(
        self, conversation_id: ConversationId, text: str, send_at_ms: int, *, is_brief: bool
    ) -> ClientId:
        client_id = self._make_client_id()

        async def keep() -> None:
            def job(db: Connection) -> Changes:
                return scheduled.add(
                    db, client_id, conversation_id, text, send_at_ms, is_brief=is_brief
                )

            try:
                changes = await self._store.write(job)
            except SmsDesktopError as error:
                self._publish(EchoWithdrawn(conversation_id, client_id, text, error.text()))
                return
            self._publish(TimelineChanged(changes))
            self.look_again()

        self._tasks.spawn(keep(), "schedule")
        return client_id

    async def _send_now(self, client_id: ClientId) -> None:
        found = await self._find(client_id)
        if found is None:
            return
        now_ms = self._kandy_ms(found.account_id)
        try:
            changes = await self._store.write(lambda db: scheduled.release(db, client_id, now_ms))
        except SmsDesktopError as error:
            self._publish(TroubleArose(error.text()))
            return
        self._publish(TimelineChanged(changes))
        self._wake(found.account_id)

    async def _cancel(self, client_id: ClientId, *, takes_back: bool) -> None:
        try:
            changes, found = await self._store.write(lambda db: scheduled.cancel(db, client_id))
        except SmsDesktopError as error:
            self._publish(TroubleArose(error.text()))
            return
        if found is None:
            self._publish(TroubleArose(TooLate.sentence))
            return
        self._publish(TimelineChanged(changes))
        if takes_back:
            await self._give_back(found)

    async def _give_back(self, found: ScheduledMessage) -> None:
        here = await self._store.write(
            lambda db: conversations.find(db, found.account_id, found.local, found.remote)
        )
        if here is not None:
            self._publish(EchoWithdrawn(here, found.client_id, found.text, ""))

    async def _find(self, client_id: ClientId) -> ScheduledMessage | None:
        return await self._store.write(lambda db: scheduled.one(db, client_id))

    async def _run(self) -> None:
        while True:
            await self._bell.rest(await self._end_due())

    async def _end_due(self) -> float | None:
        """Send what is due and hold what is late; how long to rest, ``None`` while nothing waits."""
        wall_ms = self._wall_ms()

        def job(db: Connection) -> tuple[Changes, set[AccountId], int, int | None]:
            ours = [account.account_id for account in accounts.all_accounts(db)]
            now_ms = {account_id: self._kandy_ms(account_id) for account_id in ours}
            return *scheduled.release_due(db, wall_ms, now_ms), scheduled.next_due_ms(db)

        try:
            changes, woken, held, next_ms = await self._store.write(job)
        except SmsDesktopError as error:
            self._publish(TroubleArose(error.text()))
            return _LONGEST_S
        if changes:
            self._publish(TimelineChanged(changes))
        for account_id in woken:
            self._wake(account_id)
        if held:
            self._publish(CameDueLate(held))
        if next_ms is None:
            return None
        return min(_LONGEST_S, max(0.05, (next_ms - wall_ms) / 1000))
