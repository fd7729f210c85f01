"""The subscription to delivery reports: asked for once per channel, and quietly done without.

Kandy has no list of these, so only what was written down can be taken back.
"""

import logging

from sms_desktop.domain.clock import NowMs
from sms_desktop.domain.ids import AccountId, ChannelId, SubscriptionId
from sms_desktop.net.errors import NetError, Refused
from sms_desktop.net.kandy import KandyClient
from sms_desktop.store import channels
from sms_desktop.store.database import Database

_log = logging.getLogger(__name__)


class Receipts:
    """Delivery reports of one account."""

    def __init__(
        self, account_id: AccountId, client: KandyClient, store: Database, now_ms: NowMs
    ) -> None:
        self._account_id = account_id
        self._client = client
        self._store = store
        self._now_ms = now_ms
        self._asked_for: ChannelId | None = None

    async def come_to(self, channel_id: ChannelId) -> None:
        """Have the reports sent to a channel, and to no earlier one; raises ``StoreError``."""
        if self._asked_for == channel_id:
            return
        try:
            made = await self._client.subscribe_receipts(channel_id)
        except Refused:
            _log.info("delivery receipts are not to be had for this account")
        except NetError as error:
            _log.info("delivery receipts will be asked for again: %s", type(error).__name__)
            return
        else:
            now_ms = self._now_ms()
            await self._store.write(
                lambda db: channels.save_receipts(db, self._account_id, made, channel_id, now_ms)
            )
        self._asked_for = channel_id

    async def drop_but(self, channel_id: ChannelId | None) -> None:
        """Take the others back at Kandy; raises ``StoreError``."""
        ours = await self._store.write(lambda db: channels.our_receipts(db, self._account_id))
        for one in ours:
            if one.channel_id != channel_id and not await self._drop(one.subscription_id):
                return

    async def _drop(self, subscription_id: SubscriptionId) -> bool:
        try:
            await self._client.unsubscribe_receipts(subscription_id)
        except NetError as error:
            _log.info("old delivery receipts stay for now: %s", type(error).__name__)
            return False
        await self._store.write(lambda db: channels.forget_subscription(db, subscription_id))
        return True
