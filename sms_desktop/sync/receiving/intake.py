"""What Kandy tells us, on its way to disk: one notification in, one commit, then the facts.

Must not return before the notification is safe: the listener answers 200 on return.
"""

import logging
from dataclasses import dataclass
from typing import Protocol

from sms_desktop.domain.address import Address
from sms_desktop.domain.changes import NOTHING, Changes
from sms_desktop.domain.clock import NowMs
from sms_desktop.domain.delivery import State
from sms_desktop.domain.ids import AccountId, MessageId, SubscriptionId
from sms_desktop.net.errors import NotKept
from sms_desktop.store import channels, messages
from sms_desktop.store import notifications as seen
from sms_desktop.store.connection import Connection
from sms_desktop.store.database import Database
from sms_desktop.store.errors import StoreError
from sms_desktop.sync.events import Publish, TimelineChanged
from sms_desktop.wire import notifications
from sms_desktop.wire.notifications import Notification

_log = logging.getLogger(__name__)


class IntakeFacts(Protocol):
    """Who wants to know what the notifications say about the connection itself."""

    def arrived(self) -> None:
        """A text came in."""
        ...

    def was_not_kept(self) -> None:
        """The disk did not take a notification; Kandy may never repeat it."""
        ...

    def cancelled(self, number: Address | None) -> None:
        """Kandy ended the subscription of a number; ``None``: one that we did not write down."""
        ...


class Intake:
    """Takes the notifications of one account, whichever way they came."""

    def __init__(
        self,
        account_id: AccountId,
        store: Database,
        publish: Publish,
        now_ms: NowMs,
        tell: IntakeFacts,
    ) -> None:
        self._account_id = account_id
        self._store = store
        self._publish = publish
        self._now_ms = now_ms
        self._tell = tell

    async def take(self, body: bytes) -> None:
        """Keep one notification; raises ``NotKept`` where the disk did not take it."""
        notification = notifications.parse(body, self._now_ms())
        try:
            changes = await self._store.write(lambda db: self._keep(db, notification))
        except StoreError as error:
            self._tell.was_not_kept()
            raise NotKept from error
        if isinstance(notification, notifications.Inbound):
            self._tell.arrived()
        if changes:
            self._publish(TimelineChanged(changes))
        if isinstance(notification, notifications.SubscriptionCancelled):
            await self._cancel(notification.subscription_id)

    async def _cancel(self, subscription_id: SubscriptionId) -> None:
        try:
            ended = await self._store.write(lambda db: _end(db, self._account_id, subscription_id))
        except StoreError:
            # Without the books, the next look at Kandy's list has to find it out.
            ended = Ended(None)
        if not ended.is_replaced:
            self._tell.cancelled(ended.number)

    def _keep(self, db: Connection, notification: Notification) -> Changes:
        now_ms = self._now_ms()
        account_id = self._account_id
        match notification:
            case notifications.Inbound() | notifications.OutboundSync():
                return messages.record(
                    db,
                    account_id,
                    notification.message,
                    notification_id=notification.notification_id,
                    now_ms=now_ms,
                )
            case notifications.DeliveryReport(state=State() as state):
                return messages.report(
                    db, account_id, notification.message_id, state, now_ms=now_ms
                )
            case notifications.MessageEvent(event_type="MessageDeleted", message_id=str(gone)):
                return messages.remove(db, account_id, MessageId(gone), now_ms)
            case notifications.Unknown() | notifications.Bad():
                kind = type(notification).__name__
                seen.keep_unknown(db, account_id, kind, notification.raw, now_ms)
                _log.info("a notification that means nothing to us was kept: %s", kind)
                return NOTHING
            case _:
                return NOTHING


@dataclass(frozen=True, slots=True)
class Ended:
    """A subscription that is no more; ``is_replaced``: its number has another one of ours."""

    number: Address | None
    is_replaced: bool = False


def _end(db: Connection, account_id: AccountId, subscription_id: SubscriptionId) -> Ended:
    number = channels.forget_subscription(db, subscription_id)
    left = {one.number for one in channels.our_subscriptions(db, account_id)}
    return Ended(number, number is not None and number in left)
