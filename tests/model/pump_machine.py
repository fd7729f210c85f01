"""The whole way of a text against a model: real use cases, store and HTTP; only time is the test's.

The simulator is in the same loop, so that after every step everything can come to rest. A crash is a
copy of the files as they lie on the disk at that moment: the program goes on with the copy.
"""

import asyncio
import shutil
import tempfile
from collections import Counter
from collections.abc import Coroutine
from pathlib import Path
from typing import Any, ClassVar, TypeVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from sms_desktop.domain.address import DEFAULT_SENDER, Address
from sms_desktop.domain.delivery import UNKNOWABLE, State
from sms_desktop.domain.ids import ClientId
from sms_desktop.domain.message import TimelineRow
from tests.helpers.desk import Desk, open_desk
from tests.helpers.kandy_session import OWN, PERSON, SECOND

T = TypeVar("T")
_QUIET_TURNS = 40
_TROUBLE: tuple[dict[str, Any], ...] = (
    {"kind": "drop-answer", "route": "send"},
    {"kind": "cut", "route": "send"},
    {"kind": "status", "route": "send", "status": 503},
    {"kind": "status-after", "route": "send", "status": 502},
    {"kind": "status", "route": "send", "status": 429, "retry_after_s": 3},
    {"kind": "refuse", "route": "send", "status": 400},
    {"kind": "broken-body", "route": "send"},
    {"kind": "hold-answer", "route": "send"},
    {"kind": "notification-first", "route": "outbound"},
    {"kind": "repeat-notification", "route": "outbound", "copies": 3},
    {"kind": "drop-notification", "route": "outbound"},
    {"kind": "hold-notification", "route": "outbound"},
    {"kind": "drop-notification", "route": "inbound"},
    {"kind": "drop-answer", "route": "messages"},
    {"kind": "status", "route": "threads", "status": 500},
    {"kind": "status", "route": "token", "status": 503},
)
_LIVE = (State.QUEUED, State.SENDING, State.UNCONFIRMED)
_DENIED = (State.REFUSED, State.NOT_SENT)
_DECIDED = (State.QUEUED, *_DENIED)


class PumpMachine(RuleBasedStateMachine):
    """One installation and its Kandy."""

    deeds: ClassVar[Counter[str]] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self._did("lives")
        self.loop = asyncio.new_event_loop()
        self.folder = Path(tempfile.mkdtemp(prefix="sms-desktop-model-"))
        self._opening = open_desk(self.folder / "0")
        (self.folder / "0").mkdir()
        self.desk: Desk = self.loop.run_until_complete(self._opening.__aenter__())
        self.asked: dict[ClientId, tuple[Address, str]] = {}
        self.repeats: Counter[str] = Counter()
        self.discarded: set[ClientId] = set()
        self.elsewhere: Counter[str] = Counter()
        self.foreign: set[str] = set()
        self.deleted: set[str] = set()
        self.came_in: set[str] = set()
        self.crashes = 0
        self.is_up = True
        self.run(self._sign_in())

    def teardown(self) -> None:
        try:
            self.run(self._come_to_rest())
            self._nothing_is_open()
        finally:
            self.loop.run_until_complete(self._opening.__aexit__(None, None, None))
            self.loop.run_until_complete(self.loop.shutdown_default_executor())
            self.loop.close()
            shutil.rmtree(self.folder)

    # The person

    @rule(
        text=st.sampled_from(("yes", "yes", "on my way", "call me")),
        local=st.sampled_from((OWN, OWN, SECOND, DEFAULT_SENDER)),
        count=st.integers(1, 3),
    )
    def send(self, text: str, local: Address, count: int) -> None:
        for _ in range(count):
            self._did("asked")
            client_id = self.run(self.desk.send(text, local))
            self.asked[client_id] = (local, text)

    @rule(data=st.data())
    @precondition(lambda self: self._decidable())
    def discard(self, data: st.DataObject) -> None:
        row = data.draw(st.sampled_from(self._decidable()))
        self.run(self._discard(row))

    @rule(data=st.data())
    @precondition(lambda self: self._decidable(State.QUEUED))
    def retry(self, data: st.DataObject) -> None:
        row = data.draw(st.sampled_from(self._decidable(State.QUEUED)))
        self._did("retried")
        self.repeats[row.text] += 1
        self.run(self._retry(row))

    # Kandy, and others

    @rule(text=st.sampled_from(("yes", "on my way")), local=st.sampled_from((OWN, SECOND)))
    def send_from_elsewhere(self, text: str, local: Address) -> None:
        self._did("sent from elsewhere")
        self.elsewhere[text] += 1
        made = self._turn("another-device", own=local, person=PERSON, text=text)
        self.foreign.add(made["message_id"])

    @rule()
    def write(self) -> None:
        self._did("came in")
        made = self._turn("phone/write", own=OWN, person=PERSON, text="hello")
        self.came_in.add(made["message_id"])

    @rule(data=st.data(), status=st.sampled_from(("DeliveredToTerminal", "DeliveryImpossible")))
    @precondition(lambda self: self._accepted())
    def report(self, data: st.DataObject, status: str) -> None:
        self._did("reported")
        one = data.draw(st.sampled_from([m["message_id"] for m in self._accepted()[-6:]]))
        self._turn("report", message_id=one, status=status)

    @rule(data=st.data())
    @precondition(lambda self: self.is_up and self._accepted())
    def delete(self, data: st.DataObject) -> None:
        one = data.draw(st.sampled_from(self._accepted()[-6:]))
        self._did("deleted")
        self.deleted.add(one["message_id"])
        path = f"/remoteAddresses/{one['remote']}/localAddresses/{one['sender']}/messages/"
        self.run(self.desk.kandy.sms("DELETE", path + one["message_id"]))

    # Trouble

    @rule(fault=st.sampled_from(_TROUBLE))
    def order_trouble(self, fault: dict[str, Any]) -> None:
        self._did("troubles")
        self._turn("faults", **fault)

    @rule()
    def release(self) -> None:
        self._turn("faults/release")

    @rule(how=st.sampled_from(("refuse", "cut")))
    def network_fails(self, how: str) -> None:
        self._did("outages")
        self.is_up = False
        self._turn("network", up=False, how=how)

    @rule()
    @precondition(lambda self: not self.is_up)
    def network_is_back(self) -> None:
        self.is_up = True
        self._turn("network", up=True)

    @rule(seconds=st.sampled_from((1, 3, 4, 10, 20, 25, 60, 310)))
    def time_passes(self, seconds: int) -> None:
        self.desk.time.pass_s(seconds)
        self.run(self._rest())

    @rule(fast_by_s=st.sampled_from((0, 1, -1, 3600, -3600, 86_400)))
    def wrong_clock_at_the_next_start(self, fast_by_s: int) -> None:
        self._did("restarts")
        self.run(self.desk.stop())
        self.desk.time.local_is_fast_by_s = fast_by_s
        self.run(self.desk.start())

    @rule()
    @precondition(lambda self: any(row.state in _LIVE for row in self.desk.rows()))
    def crash(self) -> None:
        self._did("crashes")
        self.run(self._crash())

    # The promise

    @invariant()
    def nothing_twice(self) -> None:
        self._did("steps")
        accepted = Counter(one["text"] for one in self._all_accepted())
        asked = Counter(text for _, text in self.asked.values())
        for text, times in accepted.items():
            most = asked[text] + self.repeats[text] + self.elsewhere[text]
            assert times <= most, f"{text} reached the server {times} times, asked {most} times"
        rows = self.desk.rows()
        for ids in ([r.message_id for r in rows], [r.client_id for r in rows]):
            assert max(Counter(i for i in ids if i is not None).values(), default=1) == 1

    @invariant()
    def nothing_lost(self) -> None:
        shown = {row.client_id for row in self.desk.rows()}
        missing = self.asked.keys() - self.discarded - shown
        # A deleted message takes its bubble along.
        assert len(missing) <= len(self.deleted), missing

    def _nothing_is_open(self) -> None:
        rows = self.desk.rows()
        assert not [r for r in rows if r.state in _LIVE and r.reason != UNKNOWABLE], rows
        shown = {row.message_id for row in rows}
        server = {one["message_id"] for one in self._all_accepted()} | self.came_in
        assert not server - self.deleted - shown, "never came"
        for text in {row.text for row in rows if row.state in _DENIED}:
            self._was_not_sent(text, rows)
        self.nothing_twice()
        self.nothing_lost()

    def _was_not_sent(self, text: str, rows: list[TimelineRow]) -> None:
        mine = [one for one in self._all_accepted() if one["text"] == text]
        if any(one["message_id"] in self.deleted for one in mine) or self.repeats[text]:
            return
        denied = sum(row.state in _DENIED and row.text == text for row in rows)
        ours = sum(one["message_id"] not in self.foreign for one in mine)
        asked = sum(one == text for _, one in self.asked.values())
        assert denied + ours <= asked, f"sent, and called not sent: {text}"

    # Short ways

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Do it, and let everything come to rest that does not wait for time to pass."""

        async def both() -> T:
            done = await work
            await self._quiet()
            return done

        return self.loop.run_until_complete(both())

    def _did(self, deed: str) -> None:
        self.deeds[deed] += 1

    def _turn(self, path: str, **wanted: Any) -> Any:
        return self.run(self.desk.kandy.turn(path, **wanted))

    def _all_accepted(self) -> list[dict[str, str]]:
        seen: list[dict[str, str]] = self.loop.run_until_complete(self._counters())["accepted"]
        return seen

    def _accepted(self) -> list[dict[str, str]]:
        return [m for m in self._all_accepted() if m["message_id"] not in self.deleted]

    def _decidable(self, but: State | None = None) -> list[TimelineRow]:
        return [
            row
            for row in self.desk.rows()
            if row.client_id is not None
            and row.state is not but
            and (row.state in _DECIDED or row.reason == UNKNOWABLE)
        ]

    async def _counters(self) -> dict[str, Any]:
        found: dict[str, Any] = (await self.desk.kandy.control.get("/counters")).json()
        return found

    async def _sign_in(self) -> None:
        await self.desk.start()
        await self.desk.sign_in()
        await self.desk.until_live()

    async def _retry(self, row: TimelineRow) -> None:
        assert row.client_id is not None
        self.desk.engine.retry(row.client_id)

    async def _discard(self, row: TimelineRow) -> None:
        assert row.client_id is not None
        self.desk.engine.discard(row.client_id)
        await self._quiet()
        if row.client_id not in {one.client_id for one in self.desk.rows()}:
            self._did("discarded")
            self.discarded.add(row.client_id)

    async def _quiet(self) -> None:
        quiet, before = 0, None
        while quiet < _QUIET_TURNS:
            await asyncio.sleep(0)
            store = self.desk.profile.store
            now = (store.commits, len(self.desk.events), len(asyncio.all_tasks()))
            quiet = quiet + 1 if now == before and store.is_idle else 0
            before = now

    async def _rest(self) -> None:
        await self._quiet()

    async def _crash(self) -> None:
        """Go on with what is on the disk now; whatever the old one still does, it does not know."""
        desk = self.desk
        self.crashes += 1
        there = self.folder / str(self.crashes)
        there.mkdir()
        for file in desk._folder.glob("messages.db*"):
            if not file.name.endswith("-shm"):
                shutil.copy(file, there)
        await desk.stop()
        desk._folder = there
        await desk.start()

    async def _come_to_rest(self) -> None:
        """No more trouble, and time enough for everything."""
        await self.desk.kandy.turn("network", up=True)
        await self.desk.kandy.control.delete("/faults")
        for _ in range(30):
            await self._quiet()
            self.desk.time.pass_s(620)
        await self._quiet()
