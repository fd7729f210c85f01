"""Deletes at Kandy what a person deleted here and there, until Kandy has done it.

Only what was deleted here: a message that came to Kandy meanwhile must not be lost, so the thread is
read first, and deleted as a whole only where nothing else is in it.
"""

import asyncio
import logging

from sms_desktop.domain.errors import SmsDesktopError
from sms_desktop.domain.ids import AccountId, MessageId
from sms_desktop.net.errors import Refused
from sms_desktop.net.kandy import KandyClient
from sms_desktop.store import deletion
from sms_desktop.store.connection import Connection
from sms_desktop.store.database import Database
from sms_desktop.store.deletion import DeletionAtKandy
from sms_desktop.sync.events import Publish, TroubleArose
from sms_desktop.sync.running.backoff import Random, Sleep, delay_s

_log = logging.getLogger(__name__)


class KandyDeletion:
    """A service of one account; tell it ``look_again`` when there is more to delete."""

    def __init__(
        self,
        account_id: AccountId,
        client: KandyClient,
        store: Database,
        publish: Publish,
        *,
        sleep: Sleep,
        random: Random,
    ) -> None:
        self._account_id = account_id
        self._client = client
        self._store = store
        self._publish = publish
        self._sleep = sleep
        self._random = random
        self._again = asyncio.Event()

    def look_again(self) -> None:
        """There may be more to delete."""
        self._again.set()

    async def run(self) -> None:
        """Until cancelled; what Kandy could not do is tried again, ever less often."""
        failed = 0
        while True:
            self._again.clear()
            try:
                is_done = await self._delete_next()
                failed = 0
            except SmsDesktopError as error:
                _log.info("a deletion at Kandy has to wait: %s", type(error).__name__)
                failed += 1
                await self._sleep(delay_s(failed, self._random))
                continue
            if is_done:
                await self._again.wait()

    async def _delete_next(self) -> bool:
        """Whether there was nothing to delete."""
        thread = await self._store.write(lambda db: deletion.next_at_kandy(db, self._account_id))
        if thread is None:
            return True
        try:
            await self._delete(thread)
        except Refused as error:
            self._publish(TroubleArose(f"Kandy did not delete a conversation: {error.text()}"))
        await self._store.write(lambda db: deletion.settle_at_kandy(db, self._account_id, thread))
        return False

    async def _delete(self, thread: DeletionAtKandy) -> None:
        stored = [m async for m in self._client.messages(thread.local, thread.remote)]

        def chosen(db: Connection) -> list[MessageId]:
            return [
                message.message_id
                for message in stored
                if message.at_ms < thread.below_ms
                or deletion.is_deleted(db, self._account_id, message.message_id)
            ]

        unwanted = await self._store.write(chosen)
        if unwanted and len(unwanted) == len(stored):
            await self._client.delete_thread(thread.local, thread.remote)
            return
        for message_id in unwanted:
            await self._client.delete_message(thread.local, thread.remote, message_id)
