"""The program without its windows, against a Kandy in the same process: real store, network, listener.

Only time, chance and the vault are the test's own. Nothing sleeps: ``Time.pass_s`` lets waits end,
and ``Desk.until`` waits until the facts are as wanted.
"""

import asyncio
import random as chance
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar, cast

import apsw

from sms_desktop.compose import Core, Nature
from sms_desktop.domain.account import Account, OwnNumber
from sms_desktop.domain.address import Address
from sms_desktop.domain.delivery import State
from sms_desktop.domain.health import Health, Level, Receiving
from sms_desktop.domain.ids import ClientId, ConversationId
from sms_desktop.domain.message import TimelineRow
from sms_desktop.net.tunnels.handlers.loopback import LoopbackTunnel
from sms_desktop.net.tunnels.models import Calling
from sms_desktop.paths import Paths, paths_of
from sms_desktop.simulator.server import Simulator
from sms_desktop.simulator.surroundings import Surroundings
from sms_desktop.store import conversations
from sms_desktop.store.connection import Connection
from sms_desktop.store.database import Database, open_database
from sms_desktop.store.reading import StoreReader
from sms_desktop.sync import events
from sms_desktop.sync.engine import Engine
from sms_desktop.sync.ways import kandy_watch
from sms_desktop.ui.ports import ConversationFilter
from sms_desktop.vault.handlers.memory_vault import MemoryVault
from tests.helpers import cuttable_tunnel
from tests.helpers.kandy_session import OWN, PERSON, SECOND, KandySession

BEGIN_MS = 1_795_000_000_000
PATIENCE_S = 20
_WATCHES_S = {
    kandy_watch.EVERY_S,
    LoopbackTunnel.calling.every_s,
    cuttable_tunnel.EVERY_S,
    Calling().every_s,
}
"""Who sleeps so long watches, and always does: that says nothing about the rest."""
CORRELATOR = "this-installation"
Event = TypeVar("Event")


class Time:
    """A clock that stands still, and sleeps that last until the test lets their time pass."""

    def __init__(self) -> None:
        self.ms = BEGIN_MS
        self.local_is_fast_by_s = 0
        self.asked_s: list[float] = []
        self._sleeping: list[tuple[int, float, asyncio.Future[None]]] = []
        self._changed = asyncio.Event()
        self.on_sleep: Callable[[], None] = lambda: None

    def now_ms(self) -> int:
        """The true time, as Kandy knows it."""
        return self.ms

    def local_ms(self) -> int:
        """What the computer of the program takes for the time."""
        return self.ms + self.local_is_fast_by_s * 1000

    async def sleep(self, seconds: float) -> None:
        if seconds not in _WATCHES_S and seconds % 1 != kandy_watch.A_LITTLE_S:
            self.asked_s.append(seconds)
        waking: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._sleeping.append((self.ms + int(seconds * 1000), seconds, waking))
        self._changed.set()
        self.on_sleep()
        await waking

    def sleepers(self, seconds: float) -> int:
        """How many sleep for so long."""
        return sum(asked == seconds for _, asked, f in self._sleeping if not f.done())

    async def until_asleep(self, seconds: float, sleepers: int = 1) -> None:
        """Wait until so many sleep for just so long."""
        async with asyncio.timeout(PATIENCE_S):
            while self.sleepers(seconds) < sleepers:
                self._changed.clear()
                await self._changed.wait()

    async def until_somebody_sleeps(self) -> None:
        """Wait until somebody begins to sleep, however long."""
        begun = len(self.asked_s)
        async with asyncio.timeout(PATIENCE_S):
            while len(self.asked_s) == begun:
                self._changed.clear()
                await self._changed.wait()

    def pass_s(self, seconds: float) -> None:
        """Move the clock and wake those whose time has come."""
        self.ms += int(seconds * 1000)
        for due_ms, _, waking in self._sleeping:
            if due_ms <= self.ms and not waking.done():
                waking.set_result(None)
        self._sleeping = [one for one in self._sleeping if not one[2].done()]

    async def sleep_through(self, seconds: float) -> None:
        """Wait until somebody sleeps for just so long, and let it pass."""
        await self.until_asleep(seconds)
        self.pass_s(seconds)


@dataclass(frozen=True)
class _Profile:
    """What the use cases need of a profile; opening a real one asks the vault at every start."""

    paths: Paths
    vault: MemoryVault
    store: Database
    correlator: str = CORRELATOR

    def close(self) -> None:
        self.store.close()


class Desk:
    """One installation of the program: ``start`` it, ask its ``engine``, look at its facts."""

    def __init__(self, kandy: KandySession, folder: Path, time: Time) -> None:
        self.kandy = kandy
        self.time = time
        self.vault = MemoryVault()
        self.events: list[events.Event] = []
        self.engine: Engine
        self.core: Core
        self.reader: StoreReader
        self.profile: _Profile
        self._folder = folder
        self._changed = asyncio.Event()
        time.on_sleep = self._changed.set
        self._client_ids = 0
        self._is_running = False

    def begin(self, *, receive: bool = True) -> None:
        """Put the program together; nothing runs yet."""
        store = open_database(self._folder / "messages.db", bytes(range(32)))
        self.profile = _Profile(paths_of(self._folder), self.vault, store)
        nature = Nature(self.time.local_ms, self.time.sleep, lambda: 0.5, self._client_id)
        self.reader = store.reader()
        self.core = Core(cast(Any, self.profile), self.reader, self._publish, nature)
        self.engine = self.core.make_engine(receive=receive)
        self._is_running = True

    async def start(self, *, receive: bool = True) -> None:
        """A start of the program; accounts of an earlier one are there again."""
        self.events.clear()
        self.begin(receive=receive)
        await self.engine.start()

    async def stop(self) -> None:
        """The end of the program."""
        if self._is_running:
            self._is_running = False
            await self.engine.close()
            await self.core.close()

    async def sign_in(self, tunnel: str = "loopback", **changed: Any) -> Account:
        """Add the simulator's account."""
        known = self.kandy.known | changed
        return await self.engine.add_account(
            known["base_url"], known["client_id"], "", known["client_secret"], tunnel
        )

    async def until(self, is_so: Callable[[], bool]) -> None:
        """Wait until it is so; looked at whenever the program tells a fact."""
        try:
            async with asyncio.timeout(PATIENCE_S):
                while not is_so():
                    self._changed.clear()
                    await self._changed.wait()
        except TimeoutError:
            told = [type(event).__name__ for event in self.events[-12:]]
            raise AssertionError(f"It did not come to pass: {self.health} {told}") from None

    async def until_live(self) -> None:
        """Every number receives, history has been read, and the next look is minutes away."""
        await self.until(lambda: self.health.level is Level.LIVE)
        await self.time.until_asleep(300.0)

    def look_again(self) -> None:
        """Have whoever waits in ``until`` look once more."""
        self._changed.set()

    async def until_nobody_runs(self, name: str) -> None:
        """Wait until no task of the program has this name."""
        async with asyncio.timeout(PATIENCE_S):
            while running := [t for t in asyncio.all_tasks() if t.get_name() == name]:
                await asyncio.wait(running)

    # What can be seen

    @property
    def health(self) -> Health:
        return self.core.standing.health

    def check(self, name: str) -> str:
        """What one step of the connection says."""
        return next(c.detail for c in self.health.checks if c.name == name)

    def told(self, kind: type[Event]) -> list[Event]:
        """The events of one kind since the start."""
        return [event for event in self.events if isinstance(event, kind)]

    def receiving(self) -> dict[Address, Receiving]:
        """What the rail shows of each own number."""
        newest = self.told(events.NumbersChanged)[-1]
        return {state.number.number: state.receiving for state in newest.numbers}

    def has_told_numbers(self) -> bool:
        return bool(self.told(events.NumbersChanged))

    def number(self, number: Address) -> OwnNumber:
        return next(n for n in self.reader.numbers() if n.number == number)

    def rows(self) -> list[TimelineRow]:
        """Every bubble of every conversation, each conversation in its order."""
        found = self.reader.conversations(ConversationFilter(), None, 100)
        return [
            row
            for one in sorted(found, key=lambda c: c.conversation_id)
            for row in self.reader.rows_before(one.conversation_id, None, 2000)
        ]

    def texts(self) -> list[str]:
        return [row.text for row in self.rows()]

    def row(self, text: str) -> TimelineRow:
        """The only bubble with this text."""
        (found,) = [row for row in self.rows() if row.text == text]
        return found

    def state(self, text: str) -> State | None:
        """Where the only bubble with this text stands; ``None`` while there is none."""
        found = [row for row in self.rows() if row.text == text]
        assert len(found) <= 1, found
        return found[0].state if found else None

    def unread(self) -> int:
        return sum(self.reader.unread_by_number().values())

    # What a person does

    async def conversation(self, local: Address = OWN, remote: Address = PERSON) -> ConversationId:
        account = self.reader.accounts()[0].account_id
        return await self.profile.store.write(
            lambda db: conversations.ensure(db, account, local, remote)
        )

    async def send(self, text: str, local: Address = OWN, remote: Address = PERSON) -> ClientId:
        """Type and press Enter; returns when the text is on the disk."""
        client_id = self.engine.send(await self.conversation(local, remote), text)
        await self.until(lambda: self.reader.item(client_id) is not None)
        return client_id

    async def until_state(self, text: str, *wanted: State) -> TimelineRow:
        """The bubble with this text, once it stands as wanted."""
        await self.until(lambda: self.state(text) in wanted)
        return self.row(text)

    # What goes wrong here

    async def fill_disk(self) -> None:
        """From now on no change can be committed; what changes nothing needs no room."""

        def job(db: Connection) -> None:
            committed = db.total_changes()

            def full() -> bool:
                nonlocal committed
                before, committed = committed, db.total_changes()
                if before != committed:
                    raise apsw.FullError("database or disk is full")
                return False

            db.set_commit_hook(full)

        await self.profile.store.write(job)

    async def free_disk(self) -> None:
        """There is room again."""
        await self.profile.store.write(lambda db: db.set_commit_hook(None))

    def _publish(self, event: events.Event) -> None:
        self.events.append(event)
        self._changed.set()

    def _client_id(self) -> ClientId:
        self._client_ids += 1
        return ClientId(f"c{self._client_ids}")


@asynccontextmanager
async def open_desk(
    folder: Path, numbers: tuple[Address, ...] = (OWN, SECOND)
) -> AsyncIterator[Desk]:
    """A desk and its Kandy; after the test nothing of the program may go on."""
    time = Time()
    around = Surroundings(now_ms=time.now_ms, rng=chance.Random(1))
    simulator = Simulator(numbers, "empty", around)
    await simulator.start()
    kandy = KandySession(simulator)
    desk = Desk(kandy, folder, time)
    try:
        await kandy.sign_in()
        yield desk
    finally:
        await desk.stop()
        await kandy.aclose()
        await simulator.close()


def tasks_of_the_program() -> list[str]:
    """Names of the tasks that the program's own rings are running."""
    return [
        task.get_name()
        for task in asyncio.all_tasks()
        for frame in task.get_stack(limit=1)
        if any(f"/sms_desktop/{ring}/" in frame.f_code.co_filename for ring in ("sync", "net"))
    ]
