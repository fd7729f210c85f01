"""The real program, killed at the very points where something could fall between two stools."""

import asyncio
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sms_desktop.compose import now_ms
from sms_desktop.domain.delivery import State
from sms_desktop.net import control
from sms_desktop.net.errors import ControlUnanswered, NobodyThere
from sms_desktop.paths import paths_of
from sms_desktop.vault.handlers.file_vault import FileVault
from sms_desktop.vault.keys import database_key
from tests.helpers.program import PASSPHRASE, Program
from tests.helpers.simulator import SimulatorProcess, running_simulator
from tests.storm.afterwards import come_to_rest
from tests.storm.ledger import Ask, Ledger
from tests.storm.look import Look, look_at
from tests.storm.starts import Start, Starts

MARIA = "+16131234567"
SENDING = {
    "asked, not yet on disk": ("sms_desktop.store.outbox:enqueue", "after"),
    "on disk, not yet tried": ("sms_desktop.sync.sending.sending:Sending.keep", "after"),
    "about to be noted as being sent": ("sms_desktop.store.outbox:mark_sending", "after"),
    "noted as being sent, not yet left": ("sms_desktop.net.kandy:KandyClient.send", "before"),
    "answered, not yet noted": ("sms_desktop.net.kandy:KandyClient.send", "after"),
    "answer noted, not yet on disk": ("sms_desktop.store.outbox:confirm", "after"),
    "answer on disk, not yet told": (
        "sms_desktop.sync.sending.attempt:Attempts._write_answer",
        "after",
    ),
}
RECEIVING = {
    "noted, not yet on disk": ("sms_desktop.store.messages:record", "after"),
    "on disk, not yet answered": ("sms_desktop.sync.receiving.intake:Intake.take", "after"),
}
COMING_DUE = {
    "due, not yet in the outbox": ("sms_desktop.store.scheduled:release", "before"),
    "in the outbox, not yet on disk": ("sms_desktop.store.scheduled:release", "after"),
    "due and on disk, not yet told": (
        "sms_desktop.sync.sending.scheduling:Scheduling._end_due",
        "after",
    ),
    "due, noted as being sent, not yet left": ("sms_desktop.net.kandy:KandyClient.send", "before"),
    "due, answered, not yet noted": ("sms_desktop.net.kandy:KandyClient.send", "after"),
}
STARTING = {
    "recovered, not yet on disk": ("sms_desktop.store.outbox:recover", "after"),
    "subscribed, history not read": ("sms_desktop.sync.receiving.catch_up:CatchUp.run", "before"),
    "history kept, not noted": ("sms_desktop.store.history:set_read_at_ms", "before"),
}


class World:
    """One profile, its server, and what was done to both."""

    def __init__(self, simulator: SimulatorProcess, folder: Path) -> None:
        self.simulator = simulator
        self.program = Program(folder / "profile")
        self.ledger = Ledger()
        self.paths = paths_of(self.program.basedir)
        self.starts = Starts(self.program.basedir, folder, self.program.environment)
        add = (simulator.base_url, simulator.client_id, simulator.client_secret)
        self.program.add_account(*add)
        vault = FileVault(self.paths.vault_file, PASSPHRASE, bytes)
        self._key = database_key(vault, bytes, may_make=False)

    async def ready(self, *crash: str) -> Start:
        start = await self.starts.start("--json-log", crash=crash)
        assert await start.until_said('"ready"', 60.0), start.said()
        # Only now: what an earlier crash has left may lead the start itself past the point.
        start.arm()
        return start

    async def ask(self, text: str, send_at_ms: int | None = None) -> None:
        ask = Ask(text, self.simulator.default_number, MARIA)
        self.ledger.asks.append(ask)
        request: dict[str, Any] = {"from": ask.sender, "to": ask.remote, "text": ask.text}
        if send_at_ms is not None:
            request["send_at_ms"] = send_at_ms
        try:
            answer = await control.ask(self.paths.control_file, "send", request, 60.0)
        except (ControlUnanswered, NobodyThere):
            return
        ask.outcome, ask.client_id = "kept", answer["client_id"]

    async def write(self, text: str) -> None:
        own = self.simulator.default_number
        self.ledger.inbound.add(await asyncio.to_thread(self.simulator.write_as, MARIA, own, text))

    async def dead(self, start: Start) -> Look:
        """The program has been killed at its point: what lies on the disk keeps the promise."""
        assert await self.starts.reap(start) == -signal.SIGKILL, start.said()
        look = look_at(self.paths.database, self._key)
        assert not self.ledger.findings(look, self.simulator.seen())
        return look

    async def at_rest(self) -> Look:
        """After one more start."""
        await come_to_rest(self.paths, self.program.environment)
        look = look_at(self.paths.database, self._key)
        assert not self.ledger.last_findings(look, self.simulator.seen())
        return look


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """One profile goes through it all: what one crash has left must not trip the next start."""
    with running_simulator() as simulator:
        made = World(simulator, tmp_path_factory.mktemp("world"))
        yield made
        made.starts.close()


def _states(look: Look, text: str) -> tuple[list[State], list[State]]:
    """Of the messages and of the wishes with a text."""
    wishes = [wish for wish in look.wishes.values() if wish.carrier is None]
    return (
        [message.state for message in look.messages.values() if message.text == text],
        [wish.state for wish in wishes if wish.text == text],
    )


@pytest.mark.parametrize("point", SENDING)
async def test_killed_while_sending(world: World, point: str) -> None:
    start = await world.ready(*SENDING[point])
    await world.ask(point)
    before = await world.dead(start)
    after = await world.at_rest()
    was_kept = _states(before, point) != ([], [])
    sent = world.simulator.seen().texts().count(point)
    # What was on the disk is sent once, or said not to be; what was not is not sent either.
    allowed = [(1, ([State.ACCEPTED], [])), (0, ([], [State.NOT_SENT]))]
    assert (sent, _states(after, point)) in (allowed if was_kept else [(0, ([], []))])


@pytest.mark.parametrize("point", COMING_DUE)
async def test_killed_while_something_comes_due(world: World, point: str) -> None:
    """It is in the one place or in the other, and goes out once."""
    start = await world.ready(*COMING_DUE[point])
    await world.ask(point, now_ms())
    before = await world.dead(start)
    assert sum(map(len, _states(before, point))) == 1
    after = await world.at_rest()
    sent = world.simulator.seen().texts().count(point)
    assert (sent, _states(after, point)) in [
        (1, ([State.ACCEPTED], [])),
        (0, ([], [State.NOT_SENT])),
    ]


@pytest.mark.parametrize("point", RECEIVING)
async def test_killed_while_receiving(world: World, point: str) -> None:
    start = await world.ready(*RECEIVING[point])
    await world.write(point)
    await world.dead(start)
    assert _states(await world.at_rest(), point) == ([State.RECEIVED], [])


@pytest.mark.parametrize("point", STARTING)
async def test_killed_while_starting(world: World, point: str) -> None:
    start = await world.ready()
    world.simulator.fault("hold-answer", "send")
    asking = asyncio.create_task(world.ask(f"once only, {point}"))
    await world.simulator.awaitable.until(lambda seen: seen.held == 1)
    start.kill()
    await world.dead(start)
    await asking
    world.simulator.clear_faults()
    await world.write(point)
    start = await world.starts.start("--json-log", crash=STARTING[point], is_armed=True)
    await world.dead(start)
    look = await world.at_rest()
    assert _states(look, f"once only, {point}") == ([State.ACCEPTED], [])
    assert _states(look, point) == ([State.RECEIVED], [])
