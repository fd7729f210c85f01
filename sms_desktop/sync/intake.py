"""What Kandy tells us, on its way to disk: one notification in, one commit, then the facts.

Must not return before the notification is safe: the listener answers 200 on return.
"""

import logging
from collections.abc import Callable

from sms_desktop.domain.address import Address
from sms_desktop.domain.changes import NOTHING, Changes
from sms_desktop.domain.clock import NowMs
from sms_desktop.domain.delivery import State
from sms_desktop.domain.ids import AccountId, MessageId
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


class Intake:
    """Takes the notifications of one account, whichever way they came."""

    def __init__(
        self,
        account_id: AccountId,
        store: Database,
        publish: Publish,
        now_ms: NowMs,
        on_arrival: Callable[[int], None],
        on_cancellation: Callable[[Address], None],
    ) -> None:
        self._account_id = account_id
        self._store = store
        self._publish = publish
        self._now_ms = now_ms
        self._on_arrival = on_arrival
        self._on_cancellation = on_cancellation

    async def take(self, body: bytes) -> None:
        """Keep one notification; raises ``NotKept`` where the disk did not take it."""
        notification = notifications.parse(body, self._now_ms())
        try:
            changes, cancelled = await self._store.write(lambda db: self._keep(db, notification))
        except StoreError as error:
            raise NotKept from error
        self._on_arrival(self._now_ms())
        if changes:
            self._publish(TimelineChanged(changes))
        if cancelled is not None:
            self._on_cancellation(cancelled)

    def _keep(self, db: Connection, notification: Notification) -> tuple[Changes, Address | None]:
        now_ms = self._now_ms()
        account_id = self._account_id
        match notification:
            case notifications.Inbound() | notifications.OutboundSync():
                changes = messages.record(
                    db,
                    account_id,
                    notification.message,
                    notification_id=notification.notification_id,
                    now_ms=now_ms,
                )
                return changes, None
            case notifications.DeliveryReport(state=State() as state):
                message_id = notification.message_id
                return messages.report(db, account_id, message_id, state, now_ms=now_ms), None
            case notifications.MessageEvent(event_type="MessageDeleted", message_id=str(gone)):
                return messages.remove(db, account_id, MessageId(gone), now_ms), None
            case notifications.SubscriptionCancelled(subscription_id=subscription_id):
                return NOTHING, channels.forget_subscription(db, subscription_id)
            case notifications.Unknown() | notifications.Bad():
                kind = type(notification).__name__
                seen.keep_unknown(db, account_id, kind, notification.raw, now_ms)
                _log.info("a notification that means nothing to us was kept: %s", kind)
                return NOTHING, None
            case _:
                return NOTHING, None
