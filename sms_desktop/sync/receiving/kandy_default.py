"""Finds out which number is Kandy's default, where no message has told it yet.

A subscription that names no number is one for the default number, and Kandy's answer says which
that is. It is then that number's own subscription: nothing is made at Kandy only to ask.
"""

import logging
from collections.abc import Sequence

from sms_desktop.domain.account import OwnNumber
from sms_desktop.domain.address import Address
from sms_desktop.domain.clock import NowMs
from sms_desktop.domain.ids import AccountId, ChannelId, SubscriptionId
from sms_desktop.net.errors import NetError
from sms_desktop.net.kandy import KandyClient
from sms_desktop.store import channels, chosen_numbers, numbers
from sms_desktop.store.connection import Connection
from sms_desktop.store.database import Database
from sms_desktop.wire.answers import Subscription

_log = logging.getLogger(__name__)


class KandyDefault:
    """Asks at most once for each channel; a default that is known is never asked for."""

    def __init__(
        self, account_id: AccountId, client: KandyClient, store: Database, *, now_ms: NowMs
    ) -> None:
        self._account_id = account_id
        self._client = client
        self._store = store
        self._now_ms = now_ms
        self._asked_at: ChannelId | None = None

    async def learn(self, channel_id: ChannelId, own: Sequence[OwnNumber]) -> None:
        """Subscribe without a number, before the numbers are; raises ``StoreError`` only.

        What does not come of it comes of naming the numbers one by one, errors included.
        """
        is_known = any(number.is_kandy_default for number in own)
        if is_known or not any(n.receive for n in own) or self._asked_at == channel_id:
            return
        self._asked_at = channel_id
        made = await self._made(channel_id)
        if made is not None and made.number in {n.number for n in own}:
            await self._keep(made.number, made.subscription_id, channel_id)

    async def adopt(self, channel_id: ChannelId) -> None:
        """Where no number is known at all, the default one becomes the account's own.

        Some accounts' tokens list none (``sms-did-list``), and still Kandy assigns them one. Raises
        ``StoreError`` only.
        """
        if self._asked_at == channel_id:
            return
        self._asked_at = channel_id
        made = await self._made(channel_id)
        if made is not None and made.number is not None:
            await self._keep(made.number, made.subscription_id, channel_id, is_new=True)

    async def _made(self, channel_id: ChannelId) -> Subscription | None:
        try:
            return await self._client.subscribe(None, channel_id)
        except NetError as error:
            _log.info("Kandy does not tell its default number: %s", type(error).__name__)
            return None

    async def _keep(
        self,
        number: Address,
        subscription_id: SubscriptionId,
        channel_id: ChannelId,
        *,
        is_new: bool = False,
    ) -> None:
        """Any other subscription bears our mark: the fitting that follows takes it away again."""
        now_ms = self._now_ms()

        def job(db: Connection) -> None:
            if is_new:
                chosen_numbers.adopt(db, self._account_id, number)
            numbers.set_kandy_default(db, self._account_id, number)
            channels.save_subscription(
                db, self._account_id, number, subscription_id, channel_id, now_ms
            )

        await self._store.write(job)
