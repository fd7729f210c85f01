"""Puts the use cases together, for the window and for the command line alike.

The network's libraries take half a second to import: they are imported when the first session is
opened, after the window was painted.
"""

import asyncio
import random
import time
import uuid
from datetime import datetime
from typing import TYPE_CHECKING

from sms_desktop import __version__
from sms_desktop.domain.account import Account
from sms_desktop.domain.ids import ClientId
from sms_desktop.profile import Profile
from sms_desktop.store.reading import StoreReader
from sms_desktop.sync.account_keeper import AccountKeeper
from sms_desktop.sync.engine import Engine
from sms_desktop.sync.events import Event, Publish, TimelineChanged, TroubleArose
from sms_desktop.sync.sending import Sending
from sms_desktop.sync.standing import Standing
from sms_desktop.sync.tasks import TaskOwner

if TYPE_CHECKING:
    from sms_desktop.net.kandy import KandyClient
    from sms_desktop.net.listener import WebhookListener
    from sms_desktop.sync.session import Session


def now_ms() -> int:
    """Milliseconds since the epoch by this computer's clock."""
    return time.time_ns() // 1_000_000


def clock_time(at_ms: int) -> str:
    """A time of day as this computer's clock shows it."""
    return datetime.fromtimestamp(at_ms / 1000).astimezone().strftime("%H:%M:%S")


def make_client_id() -> ClientId:
    """A new id for one wish to send."""
    return ClientId(uuid.uuid4().hex)


class Core:
    """The use cases of a profile around one ``publish``."""

    def __init__(self, profile: Profile, reader: StoreReader, publish: Publish) -> None:
        self._profile = profile
        self._reader = reader
        self._outside = publish
        self._listener: WebhookListener | None = None
        self.tasks = TaskOwner(self._failed)
        self.sending = Sending(
            profile.store,
            reader,
            self.tasks,
            self.publish,
            now_ms=now_ms,
            make_client_id=make_client_id,
        )
        self.standing = Standing(reader, self.publish, clock_time)
        self._keeper = AccountKeeper(
            profile.store, profile.vault, self._make_client, _checked_address
        )

    def make_engine(self, *, receive: bool) -> Engine:
        """The engine; with ``receive`` it opens the way in and stays subscribed."""
        return Engine(
            self._profile.store,
            self._reader,
            self._keeper,
            self.sending,
            self.standing,
            self.tasks,
            self.publish,
            self._open_session,
            now_ms=now_ms,
            receive=receive,
        )

    async def close(self) -> None:
        """End tasks, listener and store."""
        await self.tasks.close()
        if self._listener is not None:
            await self._listener.close()
        await asyncio.to_thread(self._profile.store.close)

    def publish(self, event: Event) -> None:
        """Tell a fact to the outside and to those here who wait for it."""
        self._outside(event)
        if isinstance(event, TimelineChanged):
            self.sending.something_changed()
            self.standing.tell()

    def _failed(self, _task: str, _error: BaseException) -> None:
        self.publish(TroubleArose("Something went wrong inside the program. The log says more."))

    def _make_client(
        self, base_url: str, kandy_client_id: str, email: str, secret: str
    ) -> "KandyClient":
        from sms_desktop.net.credentials import ProjectCredentials, UserCredentials
        from sms_desktop.net.kandy import KandyClient

        return KandyClient(
            base_url,
            UserCredentials(kandy_client_id, email, secret)
            if email
            else ProjectCredentials(kandy_client_id, secret),
            agent=f"sms-desktop/{__version__}",
            correlator=self._profile.correlator,
            now_ms=now_ms,
        )

    async def _open_session(self, account: Account) -> "Session":
        from sms_desktop.net.listener import WebhookListener
        from sms_desktop.sync.session import Session, Surroundings

        client = await self._keeper.client_of(account)
        if self._listener is None:
            self._listener = WebhookListener()
        around = Surroundings(
            store=self._profile.store,
            tasks=self.tasks,
            listener=self._listener,
            publish=self.publish,
            now_ms=now_ms,
            sleep=asyncio.sleep,
            random=random.random,
            correlator=self._profile.correlator,
            on_facts=self.standing.tell,
        )
        return Session(account, client, around)


def _checked_address(base_url: str, tunnel: str) -> str:
    from sms_desktop.net.base_url import checked_base_url
    from sms_desktop.net.tunnels.choose import choose
    from sms_desktop.sync.ways_in import WEBSOCKET

    checked = checked_base_url(base_url)
    if tunnel != WEBSOCKET:
        choose(tunnel, checked)
    return checked
