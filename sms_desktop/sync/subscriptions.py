"""Keeps exactly one live subscription of ours for every receiving number, and touches no other.

"Ours" is what carries this installation's correlator, or what it wrote down when it made it. Makes
before it breaks: the new subscriptions are active before an old one goes.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from sms_desktop.domain.account import OwnNumber
from sms_desktop.domain.address import Address
from sms_desktop.domain.clock import NowMs
from sms_desktop.domain.health import Receiving
from sms_desktop.domain.ids import AccountId, ChannelId, SubscriptionId
from sms_desktop.net.errors import KandyBroken, NetError, NotAssigned, Refused, Unreadable
from sms_desktop.net.kandy import KandyClient
from sms_desktop.store import channels
from sms_desktop.store.database import Database
from sms_desktop.wire.answers import Subscription

_log = logging.getLogger(__name__)

_NOT_ASSIGNED: Final = "Kandy says that this number is not assigned to your project."


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
    """

    outcomes: dict[Address, Outcome] = field(default_factory=dict)
    trouble: NetError | None = None
    was_refused: bool = False

    @property
    def is_cut_short(self) -> bool:
        """Whether some numbers did not have their turn."""
        return self.trouble is not None and not isinstance(self.trouble, KandyBroken | Unreadable)

    @property
    def is_complete(self) -> bool:
        """Whether every number stands as well as it can, so that what is old may go."""
        return self.trouble is None and not self.was_refused


class Subscriptions:
    """Makes Kandy's list fit the numbers that shall receive through one channel."""

    def __init__(
        self,
        account_id: AccountId,
        client: KandyClient,
        store: Database,
        *,
        correlator: str,
        now_ms: NowMs,
    ) -> None:
        self._account_id = account_id
        self._client = client
        self._store = store
        self._correlator = correlator
        self._now_ms = now_ms

    async def fit(self, channel_id: ChannelId, numbers: Iterable[OwnNumber]) -> Fitting:
        """Subscribe what is missing, remove what is too much.

        Raises ``NetError`` where the list itself cannot be had, and ``StoreError``.
        """
        recorded = await self._recorded()
        ours = await self._ours(recorded)
        fitting = Fitting()
        kept: set[SubscriptionId] = set()
        for number in numbers:
            if not number.receive:
                fitting.outcomes[number.number] = Outcome(Receiving.PAUSED)
            elif match := _match(ours, channel_id, number.number):
                kept.add(match.subscription_id)
                if match.subscription_id not in recorded:
                    await self._save(match.subscription_id, number.number, channel_id)
                fitting.outcomes[number.number] = Outcome(Receiving.ACTIVE)
            else:
                await self._subscribe(fitting, channel_id, number.number)
            if fitting.is_cut_short:
                break
        if fitting.is_complete:
            await self._remove([s.subscription_id for s in ours if s.subscription_id not in kept])
        return fitting

    async def knows_channel(self, channel_id: ChannelId) -> bool:
        """Whether a channel still is at Kandy; where Kandy does not say, it is."""
        try:
            return any(c.channel_id == channel_id for c in await self._client.channels())
        except NetError as error:
            _log.info("the channels could not be listed: %s", type(error).__name__)
            return True

    async def drop_channels_but(self, current: ChannelId | None) -> None:
        """Delete the channels of earlier runs, and of this one, at Kandy."""
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

    async def remove_all(self) -> None:
        """Remove everything of ours at Kandy; raises ``NetError`` and ``StoreError``."""
        ours = await self._ours(await self._recorded())
        await self._remove([one.subscription_id for one in ours])
        await self.drop_channels_but(None)

    async def _recorded(self) -> set[SubscriptionId]:
        found = await self._store.write(lambda db: channels.our_subscriptions(db, self._account_id))
        return {one.subscription_id for one in found}

    async def _ours(self, recorded: set[SubscriptionId]) -> list[Subscription]:
        return [
            one
            for one in await self._client.subscriptions()
            if one.correlator == self._correlator or one.subscription_id in recorded
        ]

    async def _subscribe(self, fitting: Fitting, channel_id: ChannelId, number: Address) -> None:
        try:
            made = await self._client.subscribe(number, channel_id)
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

    async def _save(
        self, subscription_id: SubscriptionId, number: Address, channel_id: ChannelId
    ) -> None:
        now_ms = self._now_ms()
        await self._store.write(
            lambda db: channels.save_subscription(
                db, self._account_id, number, subscription_id, channel_id, now_ms
            )
        )

    async def _remove(self, stale: list[SubscriptionId]) -> None:
        for subscription_id in stale:
            try:
                await self._client.unsubscribe(subscription_id)
            except NetError as error:
                _log.info("a stale subscription stays for now: %s", type(error).__name__)
                continue
            await self._forget(subscription_id)

    async def _forget(self, subscription_id: SubscriptionId) -> None:
        await self._store.write(lambda db: channels.forget_subscription(db, subscription_id))

    async def _forget_channel(self, channel_id: ChannelId) -> None:
        await self._store.write(
            lambda db: channels.forget_channel(db, self._account_id, channel_id)
        )


def _match(ours: list[Subscription], channel_id: ChannelId, number: Address) -> Subscription | None:
    return next((s for s in ours if s.channel_id == channel_id and s.number == number), None)
