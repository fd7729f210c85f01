"""A text from one own number to another, by the way that every text goes, until it comes back.

It proves the whole round: sending, Kandy, the way in, the disk. Only a notification counts; what
history brings in says nothing about the way in.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

from sms_desktop.domain.address import Address
from sms_desktop.domain.clock import NowMs
from sms_desktop.domain.delivery import State
from sms_desktop.domain.errors import SmsDesktopError
from sms_desktop.domain.facts import AccountFacts, NumberFact
from sms_desktop.domain.health import Receiving
from sms_desktop.domain.ids import AccountId, ClientId, ConversationId
from sms_desktop.domain.message import Direction
from sms_desktop.domain.setting_up import RoundStage
from sms_desktop.store.reading import StoreReader
from sms_desktop.sync.events import Event, TimelineChanged
from sms_desktop.sync.running.backoff import Sleep
from sms_desktop.sync.running.tasks import until_one_ends

PATIENCE_S: Final = 30.0
"""For each stage."""

_ROWS: Final = 20
_GONE_OUT: Final = frozenset({State.ACCEPTED, State.DELIVERED})

Tell = Callable[[RoundStage], None]
"""Told each stage once it is reached."""


class RoundTripFailed(SmsDesktopError):
    """The test did not get to ``stage``; the sentence says why and what to do."""

    sentence = "The test message did not come back."

    def __init__(self, stage: RoundStage, sentence: str) -> None:
        super().__init__(sentence)
        self.stage = stage


Submit = Callable[[AccountId, Address, Address, str], Awaitable[ClientId]]
"""The real send path: account, sender, destination, text; raises ``SmsDesktopError``."""

Outcome = Callable[[ClientId, float], Awaitable[State]]
"""Where a text stands once it was tried, or after so many seconds."""


class RoundTrips:
    """Runs tests; hand it every event, so that it knows when to look."""

    def __init__(
        self,
        reader: StoreReader,
        submit: Submit,
        outcome: Outcome,
        facts_of: Callable[[AccountId], AccountFacts | None],
        *,
        now_ms: NowMs,
        sleep: Sleep,
        make_id: Callable[[], str],
    ) -> None:
        self._reader = reader
        self._submit = submit
        self._outcome = outcome
        self._facts_of = facts_of
        self._now_ms = now_ms
        self._sleep = sleep
        self._make_id = make_id
        self._pulse = asyncio.Event()
        self._changed: set[ConversationId] = set()

    def take(self, event: Event) -> None:
        """Something became known."""
        if isinstance(event, TimelineChanged):
            self._changed |= event.changes.conversations
        self._pulse.set()

    async def run(self, account_id: AccountId, sender: Address, remote: Address, tell: Tell) -> int:
        """Send and wait; gives the milliseconds of the round. Raises ``RoundTripFailed``."""
        await self._way_open(account_id)
        tell(RoundStage.WAY_OPEN)
        await self._subscribed(account_id, remote)
        tell(RoundStage.SUBSCRIBED)
        text = f"Test of SMS Desktop ({self._make_id()[:6].upper()}): messages reach this computer."
        began_ms = self._now_ms()
        await self._send(account_id, sender, remote, text)
        tell(RoundStage.ACCEPTED)
        await self._came_back(account_id, sender, remote, text, began_ms)
        tell(RoundStage.CAME_BACK)
        return max(0, self._now_ms() - began_ms)

    async def _way_open(self, account_id: AccountId) -> None:
        def look() -> bool:
            facts = self._facts(account_id, RoundStage.WAY_OPEN)
            if trouble := facts.sign_in_trouble or facts.way_trouble:
                raise RoundTripFailed(RoundStage.WAY_OPEN, trouble)
            return bool(facts.way_open)

        late = "The way in did not open within 30 seconds. Settings › Connection shows how far it came."
        await self._within_patience(RoundStage.WAY_OPEN, look, lambda: late)

    async def _subscribed(self, account_id: AccountId, number: Address) -> None:
        def look() -> bool:
            facts = self._facts(account_id, RoundStage.SUBSCRIBED)
            fact = facts.numbers.get(number, NumberFact())
            if fact.receiving is Receiving.ACTIVE:
                return True
            if fact.receiving is Receiving.UNKNOWN:
                return False
            said = fact.detail or "This number does not receive messages here."
            raise RoundTripFailed(RoundStage.SUBSCRIBED, said)

        late = "Kandy did not confirm the subscription within 30 seconds."
        await self._within_patience(RoundStage.SUBSCRIBED, look, lambda: late)

    async def _send(
        self, account_id: AccountId, sender: Address, remote: Address, text: str
    ) -> None:
        try:
            client_id = await self._submit(account_id, sender, remote, text)
        except SmsDesktopError as error:
            raise RoundTripFailed(RoundStage.ACCEPTED, error.text()) from error
        state = await self._outcome(client_id, PATIENCE_S)
        if state not in _GONE_OUT:
            item = self._reader.item(client_id)
            why = item.reason if item else ""
            raise RoundTripFailed(RoundStage.ACCEPTED, _NOT_SENT.format(why=why).strip())

    async def _came_back(
        self, account_id: AccountId, sender: Address, remote: Address, text: str, began_ms: int
    ) -> None:
        is_stored = False

        def look() -> bool:
            nonlocal is_stored
            changed, self._changed = self._changed, set()
            is_stored = is_stored or any(
                self._holds(one, account_id, remote, sender, text) for one in changed
            )
            came_ms = self._facts(account_id, RoundStage.CAME_BACK).last_notified_at_ms
            return is_stored and came_ms is not None and came_ms >= began_ms

        await self._within_patience(
            RoundStage.CAME_BACK, look, lambda: self._what_to_do(account_id, is_stored)
        )

    def _holds(
        self,
        conversation_id: ConversationId,
        account_id: AccountId,
        local: Address,
        remote: Address,
        text: str,
    ) -> bool:
        row = self._reader.conversation(conversation_id)
        if row is None or (row.account_id, row.local, row.remote) != (account_id, local, remote):
            return False
        newest = self._reader.rows_before(conversation_id, None, _ROWS)
        return any(r.direction is Direction.INBOUND and r.text == text for r in newest)

    def _what_to_do(self, account_id: AccountId, is_stored: bool) -> str:
        facts = self._facts(account_id, RoundStage.CAME_BACK)
        if is_stored:
            return f"{_ONLY_HISTORY} {_own_address(facts)}".strip()
        return f"{_SILENCE} {_own_address(facts) or _TRY_A_PHONE}"

    def _facts(self, account_id: AccountId, stage: RoundStage) -> AccountFacts:
        facts = self._facts_of(account_id)
        if facts is None:
            raise RoundTripFailed(stage, "The account is not signed in any more.")
        return facts

    async def _within_patience(
        self, stage: RoundStage, look: Callable[[], bool], late: Callable[[], str]
    ) -> None:
        async def wait() -> None:
            while not look():
                self._pulse.clear()
                await self._pulse.wait()

        async def lose_patience() -> None:
            await self._sleep(PATIENCE_S)
            if not look():
                raise RoundTripFailed(stage, late())

        await until_one_ends(wait(), lose_patience())


def _own_address(facts: AccountFacts) -> str:
    if not facts.listener:
        return ""
    return (
        f"Look whether your server passes every POST request on to {facts.listener} of this "
        "computer, path and all, and that no firewall stands between."
    )


_NOT_SENT: Final = "Kandy did not take the test message. {why}"
_SILENCE: Final = "Kandy took the message, and its notification did not come within 30 seconds."
_ONLY_HISTORY: Final = (
    "The message is in Kandy's history, but no notification of it came within 30 seconds: texts "
    "would only be found now and then."
)
_TRY_A_PHONE: Final = (
    "Kandy may be slow, or may not carry texts between your own numbers: text your number from a "
    "mobile phone. If that does not show up either, try again, or choose another way above."
)
