"""Puts the use cases together, for the window and for the command line alike.

The network's libraries take half a second to import: they are imported when the first session is
opened, after the window was painted.
"""

import asyncio
import random
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sms_desktop import __version__
from sms_desktop.domain.account import Account
from sms_desktop.domain.clock import NowMs
from sms_desktop.domain.ids import ClientId
from sms_desktop.profile import Profile
from sms_desktop.store.reading import StoreReader
from sms_desktop.sync.account_keeper import AccountKeeper
from sms_desktop.sync.backoff import Random, Sleep
from sms_desktop.sync.clocks import KandyClocks
from sms_desktop.sync.engine import Engine
from sms_desktop.sync.events import Event, Publish, TimelineChanged, TroubleArose
from sms_desktop.sync.sending import Sending
from sms_desktop.sync.sessions import Sessions
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


@dataclass(frozen=True, slots=True)
class Nature:
    """Time and chance: the real ones, unless a test brings its own."""

    now_ms: NowMs = now_ms
    sleep: Sleep = asyncio.sleep
    random: Random = random.random
    make_client_id: Callable[[], ClientId] = make_client_id


class Core:
    """The use cases of a profile around one ``publish``."""

    def __init__(
        self,
        profile: Profile,
        reader: StoreReader,
        publish: Publish,
        nature: Nature | None = None,
    ) -> None:
        self._profile = profile
        self._nature = nature or Nature()
        self._reader = reader
        self._outside = publish
        self._hearers: list[Callable[[Event], None]] = []
        self._listener: WebhookListener | None = None
        self._clocks = KandyClocks(self._nature.now_ms)
        self.tasks = TaskOwner(self._failed)
        self.sending = Sending(
            profile.store,
            reader,
            self.tasks,
            self.publish,
            now_ms=self._clocks.now_ms,
            make_client_id=self._nature.make_client_id,
        )
        self.standing = Standing(reader, self.publish, clock_time)
        self._keeper = AccountKeeper(
            profile.store, profile.vault, self._make_client, _checked_address
        )

    def make_engine(self, *, receive: bool, send: bool = True) -> Engine:
        """The engine; with ``receive`` it opens the way in and stays subscribed.

        Without ``send`` it leaves the outbox alone: that is for whoever holds the profile's lock.
        """
        engine = Engine(
            self._profile.store,
            self._reader,
            self._keeper,
            self.sending,
            Sessions(self._open_session, self.standing, send=send, receive=receive),
            self.standing,
            self.tasks,
            self.publish,
            now_ms=self._nature.now_ms,
            sleep=self._nature.sleep,
            make_client_id=self._nature.make_client_id,
        )
        self._hearers.append(engine.round_trips.take)
        return engine

    async def close(self) -> None:
        """End tasks, listener and store."""
        await self.tasks.close()
        if self._listener is not None:
            await self._listener.close()
        await asyncio.to_thread(self._profile.close)

    def publish(self, event: Event) -> None:
        """Tell a fact to the outside and to those here who wait for it."""
        self._outside(event)
        for hear in self._hearers:
            hear(event)
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
            now_ms=self._nature.now_ms,
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
            now_ms=self._nature.now_ms,
            clocks=self._clocks,
            sleep=self._nature.sleep,
            random=self._nature.random,
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
