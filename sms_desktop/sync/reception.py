"""Keeps one account reachable: sign in, open the way in, subscribe, catch up, and again when it breaks.

Subscribes before it catches up, so that nothing falls between the two.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Final

from sms_desktop.domain.account import OwnNumber
from sms_desktop.domain.address import Address
from sms_desktop.domain.clock import NowMs
from sms_desktop.domain.errors import SmsDesktopError
from sms_desktop.domain.health import Receiving
from sms_desktop.domain.ids import AccountId, ChannelId
from sms_desktop.net.errors import NetError, Refused, SignInRefused
from sms_desktop.net.kandy import KandyClient
from sms_desktop.store import accounts, channels, numbers
from sms_desktop.store.connection import Connection
from sms_desktop.store.database import Database
from sms_desktop.sync.backoff import Random, Sleep, delay_s
from sms_desktop.sync.catch_up import CatchUp
from sms_desktop.sync.facts import AccountFacts, NumberFact
from sms_desktop.sync.subscriptions import Subscriptions
from sms_desktop.sync.ways_in import WayIn

_log = logging.getLogger(__name__)

_LOOK_AGAIN_S: Final = 300.0
_POLL_S: Final = 20.0
_LOCKOUT_WAIT_S: Final = 600.0
"""Servers lock accounts whose secret is tried again and again; the person can ask sooner."""


class ReceptionFailed(SmsDesktopError):
    """A mistake of our own, or of a library; the log has its trace."""

    sentence = "Receiving failed inside the program and is being started again."


class Reception:
    """The service that makes an account receive, and says truly whether it does."""

    def __init__(
        self,
        account_id: AccountId,
        client: KandyClient,
        store: Database,
        make_way: Callable[[], WayIn],
        subscriptions: Subscriptions,
        catch_up: CatchUp,
        facts: AccountFacts,
        *,
        now_ms: NowMs,
        sleep: Sleep,
        random: Random,
        on_facts: Callable[[], None],
        on_online: Callable[[], None],
    ) -> None:
        self._account_id = account_id
        self._client = client
        self._store = store
        self._make_way = make_way
        self._subscriptions = subscriptions
        self._catch_up = catch_up
        self._facts = facts
        self._now_ms = now_ms
        self._sleep = sleep
        self._random = random
        self._on_facts = on_facts
        self._on_online = on_online
        self._look_now = asyncio.Event()
        self._failures = 0
        self._pause_s = 1.0

    def look_now(self) -> None:
        """Check subscriptions and history now instead of in some minutes."""
        self._look_now.set()

    def subscription_cancelled(self, number: Address) -> None:
        """Kandy said so; the next look tries again only when the person asks for it."""
        detail = "Kandy cancelled the subscription. The number may have been unassigned."
        self._facts.numbers[number] = NumberFact(Receiving.CANCELLED, detail, self._now_ms())
        self._on_facts()

    def forget_cancellation(self, number: Address) -> None:
        """The person wants to subscribe a cancelled number again."""
        self._facts.numbers[number] = NumberFact()
        self.look_now()

    async def try_sign_in(self) -> None:
        """Sign in once and note the outcome, for a report without receiving."""
        try:
            await self._sign_in()
        except SmsDesktopError as error:
            self._facts.signed_in = False
            self._facts.sign_in_trouble = error.text()
            self._on_facts()

    async def unsubscribe_all(self) -> None:
        """Remove our subscriptions and channels at Kandy, as far as Kandy can be reached."""
        try:
            await self._subscriptions.fit(ChannelId(""), ())
            await self._forget_other_channels(ChannelId(""))
        except NetError as error:
            _log.info("subscriptions could not be removed: %s", type(error).__name__)

    async def run(self) -> None:
        """Serve until cancelled."""
        while True:
            try:
                await self._serve()
            except* SmsDesktopError as broken:
                self._failures += 1
                trouble = _first(broken)
                _log.info("reception broke: %s", type(trouble).__name__)
                await self._note_failure(trouble)
            except* Exception as bug:  # noqa: BLE001 - logged, and shown as trouble
                # Whatever it is, a dead service would leave us deaf and looking live.
                _log.error("reception failed unexpectedly", exc_info=bug)
                self._failures += 1
                await self._note_failure(ReceptionFailed())
            await self._rest(self._pause_s)

    async def _serve(self) -> None:
        await self._sign_in()
        way = self._make_way()
        self._facts.way = way.title
        try:
            channel_id = await way.open()
            self._facts.listener = way.listening_at
            await self._subscribe_receipts(channel_id)
            async with asyncio.TaskGroup() as together:
                holding = together.create_task(way.hold(), name="way in")
                looking = together.create_task(self._look_again_and_again(channel_id), name="look")
                holding.add_done_callback(lambda _: looking.cancel())
        finally:
            self._facts.way_open = False
            await way.close()
            self._on_facts()

    async def _sign_in(self) -> None:
        claims = await self._client.sign_in()
        found = await self._store.write(
            lambda db: _merge(db, self._account_id, claims.user_id, claims.numbers)
        )
        for number in found:
            self._facts.numbers.setdefault(number.number, NumberFact())
        self._facts.signed_in = True
        self._facts.sign_in_trouble = ""
        self._facts.clock_offset_ms = self._client.clock_offset_ms
        self._on_facts()
        self._on_online()

    async def _subscribe_receipts(self, channel_id: ChannelId) -> None:
        try:
            await self._client.subscribe_receipts(channel_id)
        except Refused:
            _log.info("delivery receipts are not to be had for this account")

    async def _look_again_and_again(self, channel_id: ChannelId) -> None:
        while True:
            self._look_now.clear()
            await self._fit(channel_id)
            await self._read_history()
            self._failures = 0
            self._on_online()
            await self._rest(_LOOK_AGAIN_S)

    async def _rest(self, seconds: float) -> None:
        waiting = asyncio.create_task(self._look_now.wait())
        pause = asyncio.create_task(_awaited(self._sleep(seconds)))
        try:
            await asyncio.wait({waiting, pause}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            waiting.cancel()
            pause.cancel()

    async def _fit(self, channel_id: ChannelId) -> None:
        own = await self._own_numbers()
        cancelled = {
            address
            for address, fact in self._facts.numbers.items()
            if fact.receiving is Receiving.CANCELLED
        }
        outcomes = await self._subscriptions.fit(
            channel_id, tuple(n for n in own if n.number not in cancelled)
        )
        for address, outcome in outcomes.items():
            self._set_number(address, outcome.receiving, outcome.detail)
        self._facts.way_open = True
        self._facts.way_trouble = ""
        self._facts.is_polling = False
        await self._forget_other_channels(channel_id)
        self._on_facts()

    def _set_number(self, address: Address, receiving: Receiving, detail: str) -> None:
        before = self._facts.numbers.get(address)
        if before is None or before.receiving is not receiving or before.detail != detail:
            self._facts.numbers[address] = NumberFact(receiving, detail, self._now_ms())

    async def _own_numbers(self) -> list[OwnNumber]:
        every = await self._store.write(numbers.all_numbers)
        return [n for n in every if n.account_id == self._account_id]

    async def _forget_other_channels(self, current: ChannelId) -> None:
        ours = await self._store.write(lambda db: channels.our_channels(db, self._account_id))
        for channel in ours:
            if channel.channel_id == current:
                continue
            try:
                await self._client.delete_channel(channel.channel_id)
            except NetError as error:
                _log.info("an old channel stays for now: %s", type(error).__name__)
                continue
            await self._forget_channel(channel.channel_id)

    async def _forget_channel(self, channel_id: ChannelId) -> None:
        await self._store.write(
            lambda db: channels.forget_channel(db, self._account_id, channel_id)
        )

    async def _read_history(self) -> None:
        await self._catch_up.run()
        self._facts.caught_up_at_ms = self._now_ms()
        self._facts.catch_up_trouble = ""
        self._on_facts()

    async def _note_failure(self, trouble: SmsDesktopError) -> None:
        sentence = trouble.text()
        is_refused = isinstance(trouble, SignInRefused)
        shortest_s = delay_s(self._failures, self._random, longest_s=_POLL_S)
        self._pause_s = _LOCKOUT_WAIT_S if is_refused else shortest_s
        if self._facts.signed_in:
            self._facts.way_trouble = sentence
        else:
            self._facts.sign_in_trouble = sentence
        self._facts.is_polling = await self._can_poll()
        self._on_facts()

    async def _can_poll(self) -> bool:
        """Whether history can be read instead; reads it."""
        if not self._facts.signed_in:
            return False
        try:
            await self._read_history()
        except SmsDesktopError as error:
            self._facts.catch_up_trouble = error.text()
            return False
        return True


async def _awaited(pause: Awaitable[None]) -> None:
    await pause


def _merge(
    db: Connection, account_id: AccountId, user_id: str, found: Sequence[Address]
) -> list[OwnNumber]:

    accounts.set_signed_in(db, account_id, user_id)
    return numbers.merge_found(db, account_id, found)


def _first(error: ExceptionGroup[SmsDesktopError]) -> SmsDesktopError:
    inner = error.exceptions[0]
    return _first(inner) if isinstance(inner, ExceptionGroup) else inner
