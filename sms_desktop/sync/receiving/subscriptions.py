"""Keeps exactly one live subscription of ours for every receiving number, and touches no other.

"Ours" is what carries this installation's correlator, what it wrote down when it made it, or what
stands on a channel of ours. Makes before it breaks: for each number, the new subscription is active
before an old one goes, and one that cannot be replaced stays. Only where Kandy calls the new one a
duplicate does the old one go first.
"""

import logging
from collections.abc import Container, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from sms_desktop.domain.account import OwnNumber
from sms_desktop.domain.address import Address
from sms_desktop.domain.clock import NowMs
from sms_desktop.domain.health import Receiving
from sms_desktop.domain.ids import AccountId, ChannelId, SubscriptionId
from sms_desktop.net.errors import KandyBroken, NetError, NotAssigned, Refused, Unreadable
from sms_desktop.net.kandy import KandyClient
from sms_desktop.store import channels
from sms_desktop.store.channels import OurSubscription
from sms_desktop.store.database import Database
from sms_desktop.sync.receiving.our_channels import OurChannels
from sms_desktop.wire.answers import Subscription

_log = logging.getLogger(__name__)

_NOT_ASSIGNED: Final = "Kandy says that this number is not assigned to your project."

Books = dict[SubscriptionId, OurSubscription]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one number stands after the fitting; ``detail`` is a sentence where it does not receive."""

    receiving: Receiving
    detail: str = ""


@dataclass(slots=True)
class Fitting:
    """What a fitting came to: one outcome for each number that Kandy answered about.

    ``trouble``: an error that may be gone the next time; ``is_cut_short`` where it was of no use to
    go on. ``was_refused``: Kandy refused a subscription for another reason than its number.
    ``needed``: old channels on which something still stands.
    """

    outcomes: dict[Address, Outcome] = field(default_factory=dict)
    trouble: NetError | None = None
    was_refused: bool = False
    needed: set[ChannelId] = field(default_factory=set)

    @property
    def is_cut_short(self) -> bool:
        """Whether some numbers did not have their turn."""
        return self.trouble is not None and not isinstance(self.trouble, KandyBroken | Unreadable)


class Subscriptions:
    """Makes Kandy's list fit the numbers that shall receive through one channel."""

    def __init__(
        self,
        account_id: AccountId,
        client: KandyClient,
        store: Database,
        our_channels: OurChannels,
        *,
        correlator: str,
        now_ms: NowMs,
    ) -> None:
        self._account_id = account_id
        self._client = client
        self._store = store
        self._our_channels = our_channels
        self._correlator = correlator
        self._now_ms = now_ms

    async def fit(
        self, channel_id: ChannelId, own: Sequence[OwnNumber], barred: Container[Address] = ()
    ) -> Fitting:
        """Subscribe what is missing, then remove what is too much.

        ``barred``: numbers for which nothing may be made that Kandy does not list already. Raises
        ``NetError`` where the list itself cannot be had, and ``StoreError``.
        """
        books = await self._books()
        ours = await self._ours(books)
        fitting = Fitting()
        stale = [s for s in ours if s.number not in {n.number for n in own}]
        for number in own:
            mine = [s for s in ours if s.number == number.number]
            may_make = bool(mine) or number.number not in barred
            kept = await self._kept(fitting, channel_id, number, mine, books, may_make=may_make)
            if fitting.is_cut_short:
                return fitting
            # What could not be replaced stays, whatever it is worth.
            if number.number in fitting.outcomes and not _has_failed(fitting, number.number):
                stale += [s for s in mine if s.subscription_id != kept]
        left = await self._remove(stale)
        removed = {s.subscription_id for s in stale} - {s.subscription_id for s in left}
        fitting.needed = {s.channel_id for s in ours if s.subscription_id not in removed}
        return fitting

    async def remove_all(self) -> None:
        """Remove every subscription of ours; raises ``NetError`` and ``StoreError``."""
        await self._remove(await self._ours(await self._books()))

    async def _kept(
        self,
        fitting: Fitting,
        channel_id: ChannelId,
        number: OwnNumber,
        mine: list[Subscription],
        books: Books,
        *,
        may_make: bool,
    ) -> SubscriptionId | None:
        """The subscription that the number has now, found or made; notes the outcome."""
        if not number.receive:
            fitting.outcomes[number.number] = Outcome(Receiving.PAUSED)
            return None
        match = next((s for s in mine if s.channel_id == channel_id), None)
        if match is None:
            if not may_make:
                return None
            return await self._subscribe(fitting, channel_id, number.number, mine)
        if match.subscription_id not in books:
            await self._save(match.subscription_id, number.number, channel_id)
        fitting.outcomes[number.number] = Outcome(Receiving.ACTIVE)
        return match.subscription_id

    async def _subscribe(
        self,
        fitting: Fitting,
        channel_id: ChannelId,
        number: Address,
        mine: list[Subscription],
    ) -> SubscriptionId | None:
        try:
            made = await self._made(channel_id, number, mine)
        except NotAssigned:
            fitting.outcomes[number] = Outcome(Receiving.NOT_ASSIGNED, _NOT_ASSIGNED)
        except Refused as error:
            fitting.outcomes[number] = Outcome(Receiving.FAILED, error.text())
            fitting.was_refused = True
        except NetError as error:
            fitting.outcomes[number] = Outcome(Receiving.FAILED, error.text())
            fitting.trouble = error
        else:
            await self._save(made.subscription_id, number, channel_id)
            fitting.outcomes[number] = Outcome(Receiving.ACTIVE)
            return made.subscription_id
        return None

    async def _made(
        self, channel_id: ChannelId, number: Address, mine: list[Subscription]
    ) -> Subscription:
        try:
            return await self._client.subscribe(number, channel_id)
        except Refused as error:
            if not (mine and error.is_duplicate):
                raise
        # Where Kandy allows a number but one of ours, the old one has to go first after all.
        await self._remove(mine)
        return await self._client.subscribe(number, channel_id)

    async def _books(self) -> Books:
        found = await self._store.write(lambda db: channels.our_subscriptions(db, self._account_id))
        return {one.subscription_id: one for one in found}

    async def _ours(self, books: Books) -> list[Subscription]:
        """Those of ours in Kandy's list; what is not in it any more is struck off the books."""
        our_channels = await self._our_channels.recorded()
        listed = await self._client.subscriptions()
        for gone in books.keys() - {one.subscription_id for one in listed}:
            await self._forget(gone)
        return [
            _with_number(one, books)
            for one in listed
            if one.correlator == self._correlator
            or one.subscription_id in books
            or one.channel_id in our_channels
        ]

    async def _save(
        self, subscription_id: SubscriptionId, number: Address, channel_id: ChannelId
    ) -> None:
        now_ms = self._now_ms()
        await self._store.write(
            lambda db: channels.save_subscription(
                db, self._account_id, number, subscription_id, channel_id, now_ms
            )
        )

    async def _remove(self, stale: list[Subscription]) -> list[Subscription]:
        """What could not be removed now."""
        left = []
        for one in stale:
            try:
                await self._client.unsubscribe(one.subscription_id)
            except NetError as error:
                _log.info("a stale subscription stays for now: %s", type(error).__name__)
                left.append(one)
                continue
            await self._forget(one.subscription_id)
        return left

    async def _forget(self, subscription_id: SubscriptionId) -> None:
        await self._store.write(lambda db: channels.forget_subscription(db, subscription_id))


def _has_failed(fitting: Fitting, number: Address) -> bool:
    return fitting.outcomes[number].receiving not in (Receiving.ACTIVE, Receiving.PAUSED)


def _with_number(one: Subscription, books: Books) -> Subscription:
    """Kandy need not say which number it is for; our books do."""
    written = books.get(one.subscription_id)
    return replace(one, number=written.number) if one.number is None and written else one
