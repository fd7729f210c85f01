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
from typing import TYPE_CHECKING, Final

from sms_desktop import __version__
from sms_desktop.domain.account import Account
from sms_desktop.domain.clock import NowMs
from sms_desktop.domain.errors import SmsDesktopError
from sms_desktop.domain.ids import ClientId
from sms_desktop.profile.profile import Profile
from sms_desktop.store.reading import StoreReader
from sms_desktop.sync.accounts.account_keeper import AccountKeeper
from sms_desktop.sync.engine import Engine
from sms_desktop.sync.events import Event, Publish, TimelineChanged, TroubleArose
from sms_desktop.sync.running.backoff import Random, Sleep
from sms_desktop.sync.running.frame_batching import FrameBatching
from sms_desktop.sync.running.tasks import TaskGroup, TaskOwner
from sms_desktop.sync.running.wake_watch import WakeWatch
from sms_desktop.sync.sending.sending import Sending
from sms_desktop.sync.sessions.clocks import KandyClocks
from sms_desktop.sync.sessions.sessions import Sessions
from sms_desktop.sync.sessions.status_report import StatusReport
from sms_desktop.sync.ways.probes import Probes
from sms_desktop.sync.ways.shared_tunnels import SharedTunnels
from sms_desktop.sync.ways.tunnel_commands import HostKeyQuestion, TunnelCommands

if TYPE_CHECKING:
    from sms_desktop.net.kandy import KandyClient
    from sms_desktop.net.listener import WebhookListener
    from sms_desktop.net.tunnels.models import Tunnel
    from sms_desktop.net.tunnels.probe import OwnCalls
    from sms_desktop.sync.contacts.commands import ContactCommands
    from sms_desktop.sync.sessions.session import Session

_AGENT: Final = f"sms-desktop/{__version__}"


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
        *,
        listener_port: Callable[[], int] = lambda: 0,
    ) -> None:
        self._profile = profile
        self._nature = nature or Nature()
        self._reader = reader
        self.tasks = TaskOwner(self._failed)
        self._outside = FrameBatching(publish, self.tasks)
        self._hearers: list[Callable[[Event], None]] = []
        self._listener_port = listener_port
        self._listener: WebhookListener | None = None
        self._host_key_question = HostKeyQuestion()
        self._clocks = KandyClocks(self._nature.now_ms)
        self.sending = Sending(
            profile.store,
            reader,
            self.tasks,
            self.publish,
            now_ms=self._clocks.now_ms,
            make_client_id=self._nature.make_client_id,
        )
        self.standing = StatusReport(reader, self.tasks, self.publish, clock_time)
        self._tunnels = SharedTunnels(self._make_tunnel, self.tasks)
        self._probes = Probes(
            self._make_calls,
            self.tasks,
            now_ms=self._nature.now_ms,
            sleep=self._nature.sleep,
            on_fact=self.standing.tell,
        )
        self.tunnels = TunnelCommands(
            self._tunnels,
            profile.vault,
            self._the_listener,
            self._host_key_question,
            profile.paths.known_hosts_file,
            _AGENT,
        )
        self._keeper = AccountKeeper(
            profile.store, profile.vault, self._make_client, _checked_address
        )

    def make_engine(self, *, receive: bool, send: bool = True) -> Engine:
        """The engine; with ``receive`` it opens the way in and stays subscribed.

        Without ``send`` it leaves the outbox alone: that is for whoever holds the profile's lock.
        """
        sessions = Sessions(self._open_session, self.standing, send=send, receive=receive)
        engine = Engine(
            self._profile.store,
            self._reader,
            self._keeper,
            self.sending,
            sessions,
            self.standing,
            self.tasks,
            self.publish,
            self.tunnels,
            self._probes,
            open_contacts=lambda writes: self._open_contacts(writes, sessions),
            now_ms=self._nature.now_ms,
            sleep=self._nature.sleep,
            make_client_id=self._nature.make_client_id,
        )
        self._hearers += [engine.round_trips.take, engine.batch.take]
        return engine

    def watch_wakes(self, on_wake: Callable[[], None]) -> None:
        """Call ``on_wake`` whenever the computer has slept, or the program was stopped."""
        watch = WakeWatch(self._nature.now_ms, time.monotonic, self._nature.sleep, on_wake)
        self.tasks.spawn(watch.run(), "wake watch", service=True)

    def move_listener(self, on_moved: Callable[[], None]) -> None:
        """Listen on the port that is wanted now, and tell once it is another one than before."""
        self.tasks.spawn(self._move_listener(on_moved), "listener's port")

    async def _move_listener(self, on_moved: Callable[[], None]) -> None:
        try:
            if self._listener is not None and await self._listener.move():
                on_moved()
        except SmsDesktopError as error:
            self.publish(TroubleArose(error.text()))

    async def close(self) -> None:
        """End tasks, listener and store."""
        await self.tasks.close()
        if self._listener is not None:
            await self._listener.close()
        await asyncio.to_thread(self._profile.close)

    def publish(self, event: Event) -> None:
        """Tell a fact to the outside and to those here who wait for it."""
        self._outside.publish(event)
        for hear in self._hearers:
            hear(event)
        if isinstance(event, TimelineChanged):
            self.sending.something_changed()
            self.standing.tell()

    def _open_contacts(self, writes: TaskGroup, sessions: Sessions) -> "ContactCommands":
        from sms_desktop.sync.contacts.commands import ContactCommands

        return ContactCommands(
            self._profile.store,
            self._reader,
            writes,
            self.publish,
            now_ms=self._nature.now_ms,
            shrink_photo=_small_photo,
            kandys_book=sessions.address_book,
        )

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
            agent=_AGENT,
            correlator=self._profile.correlator,
            now_ms=self._nature.now_ms,
        )

    def _the_listener(self) -> "WebhookListener":
        from sms_desktop.net.listener import WebhookListener

        if self._listener is None:
            self._listener = WebhookListener(fixed_port=self._listener_port)
        return self._listener

    def _make_tunnel(self, name: str, base_url: str) -> "Tunnel":
        from sms_desktop.net.tunnels.choose import choose
        from sms_desktop.net.tunnels.dependencies import TunnelDependencies
        from sms_desktop.sync.ways.reopening_tunnel import ReopeningTunnel

        hosts = self._profile.paths.known_hosts_file
        means = TunnelDependencies(self.tunnels.read_secret, hosts, self._host_key_question)
        tunnel = self._probes.watched(name, choose(name, base_url, means))
        return ReopeningTunnel(tunnel, sleep=self._nature.sleep, random=self._nature.random)

    def _make_calls(self) -> "OwnCalls":
        from sms_desktop.net.tunnels.probe import OwnCalls

        return OwnCalls(self._the_listener, _AGENT)

    async def _open_session(self, account: Account) -> "Session":
        from sms_desktop.sync.sessions.session import Session, Surroundings

        client = await self._keeper.client_of(account)
        around = Surroundings(
            store=self._profile.store,
            reader=self._reader,
            tasks=self.tasks,
            listener=self._the_listener(),
            tunnels=self._tunnels,
            probes=self._probes,
            publish=self.publish,
            now_ms=self._nature.now_ms,
            clocks=self._clocks,
            sleep=self._nature.sleep,
            random=self._nature.random,
            correlator=self._profile.correlator,
            on_facts=self.standing.tell,
            on_wait=self.sending.waits,
        )
        return Session(account, client, around)


def _checked_address(base_url: str, tunnel: str) -> str:
    from sms_desktop.net.base_url import checked_base_url
    from sms_desktop.net.tunnels.choose import choose
    from sms_desktop.sync.ways.way_in import WEBSOCKET

    checked = checked_base_url(base_url)
    if tunnel != WEBSOCKET:
        choose(tunnel, checked)
    return checked


def _small_photo(data: bytes) -> bytes | None:
    from sms_desktop.ui.photo import small_photo

    return small_photo(data)
