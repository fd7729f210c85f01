"""Keeps exactly one live subscription of ours for every receiving number, and touches no other.

"Ours" is what carries this installation's correlator, or what it wrote down when it made it. Makes
before it breaks: the new subscription is active before the old one goes.
"""

import logging
from dataclasses import dataclass
from typing import Final

from sms_desktop.domain.account import OwnNumber
from sms_desktop.domain.address import Address
from sms_desktop.domain.clock import NowMs
from sms_desktop.domain.health import Receiving
from sms_desktop.domain.ids import AccountId, ChannelId, SubscriptionId
from sms_desktop.net.errors import NetError, NotAssigned, Refused
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

    async def fit(
        self, channel_id: ChannelId, numbers: tuple[OwnNumber, ...]
    ) -> dict[Address, Outcome]:
        """One outcome per number; raises ``NetError`` where the list itself cannot be had."""
        ours = await self._ours()
        outcomes: dict[Address, Outcome] = {}
        kept: set[SubscriptionId] = set()
        for number in numbers:
            if not number.receive:
                outcomes[number.number] = Outcome(Receiving.PAUSED)
            elif match := _match(ours, channel_id, number.number):
                kept.add(match.subscription_id)
                outcomes[number.number] = Outcome(Receiving.ACTIVE)
            else:
                outcomes[number.number] = await self._subscribe(channel_id, number.number)
        await self._remove([s.subscription_id for s in ours if s.subscription_id not in kept])
        return outcomes

    async def _ours(self) -> list[Subscription]:
        listed = await self._client.subscriptions()
        recorded = await self._store.write(
            lambda db: channels.our_subscriptions(db, self._account_id)
        )
        known = {s.subscription_id for s in recorded}
        return [s for s in listed if s.correlator == self._correlator or s.subscription_id in known]

    async def _subscribe(self, channel_id: ChannelId, number: Address) -> Outcome:
        try:
            made = await self._client.subscribe(number, channel_id)
        except NotAssigned:
            return Outcome(Receiving.NOT_ASSIGNED, _NOT_ASSIGNED)
        except Refused as error:
            return Outcome(Receiving.FAILED, error.text())
        now_ms = self._now_ms()
        await self._store.write(
            lambda db: channels.save_subscription(
                db, self._account_id, number, made.subscription_id, channel_id, now_ms
            )
        )
        return Outcome(Receiving.ACTIVE)

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


def _match(ours: list[Subscription], channel_id: ChannelId, number: Address) -> Subscription | None:
    return next((s for s in ours if s.channel_id == channel_id and s.number == number), None)
