"""Cuts at random while texts flow both ways: nothing is lost, nothing comes twice, and how long deaf.

The program is a process of its own, and so is Kandy. Between them stand two relays: the tunnel, by
which Kandy reaches the program, and the network, by which the program reaches Kandy.
"""

import asyncio
import contextlib
import json
import signal
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from secrets import token_bytes
from typing import Final
from urllib.parse import urlsplit

from sms_desktop.domain.delivery import State
from sms_desktop.net import control
from sms_desktop.net.errors import ControlFailed, ControlUnanswered, NobodyThere
from sms_desktop.paths import paths_of
from sms_desktop.store.connection import Connection, connect
from sms_desktop.vault.handlers.file_vault import FileVault
from sms_desktop.vault.keys import database_key
from tests.cuts.relay import Line, Relay
from tests.helpers.ports import free_port
from tests.helpers.program import PASSPHRASE, Program
from tests.helpers.simulator import Seen, SimulatorProcess

PERSON: Final = "+16131234567"
_LOOK_S: Final = 0.1
_WRITE_S: Final = 0.4
_SEND_S: Final = 1.2
_ANSWER_S: Final = 60.0
_BACK_S: Final = 25.0
_LOST_S: Final = 120.0
_OPEN_STATES: Final = (State.QUEUED, State.SENDING, State.UNCONFIRMED)


@dataclass
class Outcome:
    """``deaf_s``: for each kind of cut, how long texts were on the way that were due by then."""

    cuts: int = 0
    came_in: int = 0
    sent: Counter[str] = field(default_factory=Counter)
    deaf_s: dict[str, list[float]] = field(default_factory=dict)
    findings: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    @property
    def is_good(self) -> bool:
        return not self.findings and not self.complaints

    def every_deaf_s(self) -> list[float]:
        """Of all kinds, sorted."""
        return sorted(one for many in self.deaf_s.values() for one in many)


class Cuts:
    """One program and its two lines; see ``run``. No cut lasts longer than ``longest_s``."""

    def __init__(
        self, simulator: SimulatorProcess, folder: Path, seed: int, *, longest_s: float = 24.0
    ) -> None:
        self._simulator = simulator
        self._program = Program(folder / "profile")
        self._rng = Random(seed)
        self._longest_s = longest_s
        self._tunnel, self._network = Relay(), Relay()
        self._written: dict[str, float] = {}
        self._seen: dict[str, float] = {}
        self._asks: dict[str, str] = {}
        self._work: list[asyncio.Task[None]] = []
        self._outcome = Outcome()

    async def run(self, count: int, tell: Callable[[str], None]) -> Outcome:
        """So many cuts, one after the other; then everything has to come to rest."""
        await self._begin()
        try:
            for _ in range(count):
                tell(f"{self._outcome.cuts + 1}: {await self._cut()}")
                if self._outcome.findings:
                    break
            await self._come_to_rest()
        finally:
            await self._end()
        return self._outcome

    async def _begin(self) -> None:
        simulator, program = self._simulator, self._program
        kandy = urlsplit(simulator.base_url)
        # What falls out of a trial account's history cannot be settled by it, and is said to be so.
        await simulator.awaitable.settings(message_cap=None)
        await self._network.start(int(kandy.port or 0))
        port = free_port()
        await self._tunnel.start(port)
        base_url = f"http://127.0.0.1:{self._network.port}"
        tunnel = f"own:http://127.0.0.1:{self._tunnel.port}"
        add = (base_url, simulator.client_id, simulator.client_secret, "--tunnel", tunnel)
        await asyncio.to_thread(program.add_account, *add)
        program.open_window("--set", f"connection.listener_port={port}")
        await asyncio.to_thread(program.wait_for, "ready")
        paths = paths_of(program.basedir)
        vault = FileVault(paths.vault_file, PASSPHRASE, token_bytes)
        self._control = paths.control_file
        self._db: Connection = connect(
            paths.database, database_key(vault, token_bytes, may_make=False), readonly=True
        )
        flows = (self._people_write(), self._person_sends(), self._watch())
        self._work = [asyncio.create_task(flow) for flow in flows]

    async def _end(self) -> None:
        for one in self._work:
            one.cancel()
        await asyncio.gather(*self._work, return_exceptions=True)
        self._db.close()
        code = await asyncio.to_thread(self._program.close_window)
        if code:
            self._outcome.complaints.append(f"it ended with {code}")
        self._outcome.complaints += self._program.complaints
        await self._tunnel.close()
        await self._network.close()

    # What flows

    async def _people_write(self) -> None:
        while True:
            text = f"in {len(self._written)}"
            self._written[text] = time.monotonic()
            await self._simulator.awaitable.write_as(PERSON, self._simulator.default_number, text)
            await asyncio.sleep(_WRITE_S * self._rng.uniform(0.5, 1.5))

    async def _person_sends(self) -> None:
        while True:
            text = f"out {len(self._asks)}"
            self._asks[text] = "maybe"
            asked = {"from": self._simulator.default_number, "to": PERSON, "text": text}
            try:
                await control.ask(self._control, "send", asked, _ANSWER_S, recognising_s=_ANSWER_S)
            except (NobodyThere, ControlFailed) as error:
                self._asks[text] = "no"
                self._outcome.findings.append(f"{text}: {error.text()}")
            except ControlUnanswered:
                self._asks[text] = "maybe"
            else:
                self._asks[text] = "kept"
            await asyncio.sleep(_SEND_S * self._rng.uniform(0.5, 1.5))

    async def _watch(self) -> None:
        """Note when a text is in the store: there it is safe, and on screen a moment later."""
        last = 0
        while True:
            found = self._db.execute(
                "SELECT rowid, text FROM message WHERE rowid > ? ORDER BY rowid", (last,)
            ).fetchall()
            for last, text in found:  # noqa: B007 - the next look begins after the last one
                self._seen.setdefault(text, time.monotonic())
            await asyncio.sleep(_LOOK_S)

    # What goes wrong

    async def _cut(self) -> str:
        kinds: dict[str, Callable[[float], Awaitable[None]]] = {
            "tunnel, silently": self._tunnel_silently,
            "tunnel, broken": self._tunnel_broken,
            "tunnel and websocket": self._tunnel_and_websocket,
            "network, silently": self._network_silently,
            "network, broken": self._network_broken,
            "Kandy": self._kandy,
            "sleep": self._sleep,
        }
        name = self._rng.choice(list(kinds))
        began_s = time.monotonic()
        long = name.startswith("tunnel")
        is_short = self._rng.random() < 0.5
        lasting_s = self._rng.uniform(0.3, 2) if is_short else (12.0 if long else 5.0)
        lasting_s = min(lasting_s, self._longest_s)
        await kinds[name](lasting_s)
        # Through the tunnel's cut the program may go another way; else nothing can come before the end.
        due_s = began_s if long else time.monotonic()
        deaf_s = await self._until_all_came(began_s, due_s)
        kind = f"{name}, {'for moments' if is_short else 'for long'}"
        self._outcome.deaf_s.setdefault(kind, []).append(deaf_s)
        self._outcome.cuts += 1
        await self._until_back()
        await asyncio.sleep(self._rng.uniform(0, 1))
        return f"{name} for {lasting_s:.1f} s, deaf {deaf_s:.1f} s"

    async def _tunnel_silently(self, lasting_s: float) -> None:
        self._tunnel.be(Line.SILENT)
        await asyncio.sleep(lasting_s)
        self._tunnel.be(Line.OPEN, drop=True)

    async def _tunnel_broken(self, lasting_s: float) -> None:
        self._tunnel.be(Line.REFUSING)
        await asyncio.sleep(lasting_s)
        self._tunnel.be(Line.OPEN)

    async def _tunnel_and_websocket(self, lasting_s: float) -> None:
        await self._simulator.awaitable.fault("status", "websocket", status=503, times=None)
        await self._tunnel_silently(min(lasting_s * 2, self._longest_s))
        await self._simulator.awaitable.clear_faults()

    async def _network_silently(self, lasting_s: float) -> None:
        for line in (self._tunnel, self._network):
            line.be(Line.SILENT)
        await asyncio.sleep(lasting_s)
        for line in (self._tunnel, self._network):
            line.be(Line.OPEN)

    async def _network_broken(self, lasting_s: float) -> None:
        for line in (self._tunnel, self._network):
            line.be(Line.REFUSING)
        await asyncio.sleep(lasting_s)
        for line in (self._tunnel, self._network):
            line.be(Line.OPEN)

    async def _kandy(self, lasting_s: float) -> None:
        await self._simulator.awaitable.network_down(self._rng.choice(("refuse", "cut")))
        await asyncio.sleep(lasting_s)
        await self._simulator.awaitable.network_up()

    async def _sleep(self, lasting_s: float) -> None:
        assert self._program.window is not None
        self._program.window.send_signal(signal.SIGSTOP)
        await asyncio.sleep(min(lasting_s * 3, self._longest_s))
        self._program.window.send_signal(signal.SIGCONT)

    # What must be so

    async def _until_all_came(self, began_s: float, due_s: float) -> float:
        """Wait for what was written since the cut; how long the latest took since it was due."""
        texts = [text for text, at_s in self._written.items() if at_s >= began_s]
        latest_s = time.monotonic() + _LOST_S
        while missing := [text for text in texts if text not in self._seen]:
            if time.monotonic() > latest_s:
                self._outcome.findings.append(f"never came: {missing}")
                return _LOST_S
            self._flows_go_on()
            await asyncio.sleep(_LOOK_S)
        waits = [self._seen[text] - max(due_s, self._written[text]) for text in texts]
        return max(waits, default=0.0)

    def _flows_go_on(self) -> None:
        for flow in self._work:
            if flow.done() and not flow.cancelled():
                flow.result()

    async def _until_back(self) -> None:
        """Wait until the chosen way is the one again, so that the next cut has something to cut."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_BACK_S):
                while True:
                    found = await self._simulator.awaitable.subscriptions()
                    if found and all(one["channel_id"].startswith("wh") for one in found):
                        return
                    await asyncio.sleep(0.3)

    async def _come_to_rest(self) -> None:
        for flow in self._work[:2]:
            flow.cancel()
        await asyncio.gather(*self._work[:2], return_exceptions=True)
        await self._until_all_came(0.0, 0.0)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_LOST_S):
                while self._waiting():  # noqa: ASYNC110 - another process settles it
                    await asyncio.sleep(0.3)
        self._compare(await asyncio.to_thread(self._simulator.seen))

    def _waiting(self) -> list[str]:
        every = self._db.execute(
            "SELECT state, text FROM outbox WHERE message_id IS NULL AND reason = ''"
        )
        return [text for state, text in every if State(state) in _OPEN_STATES]

    def _compare(self, seen: Seen) -> None:
        outcome = self._outcome
        outcome.came_in = len(self._written)
        outcome.sent = Counter(self._asks.values())
        outcome.findings += [f"does not come to rest: {text}" for text in self._waiting()]
        bubbles = Counter(
            row[0]
            for row in self._db.execute("SELECT text FROM timeline WHERE conversation_id NOT NULL")
        )
        for text in self._written:
            if bubbles[text] != 1:
                outcome.findings.append(f"{bubbles[text]} bubbles: {text}")
        accepted = Counter(seen.texts())
        told = {
            text
            for state, text in self._db.execute("SELECT state, text FROM outbox WHERE reason <> ''")
            if State(state) in (State.NOT_SENT, State.REFUSED, State.UNCONFIRMED)
        }
        for text, kept in self._asks.items():
            if bubbles[text] > 1 or (kept == "kept" and bubbles[text] != 1):
                outcome.findings.append(f"{bubbles[text]} bubbles: {text}")
            if accepted[text] > 1:
                outcome.findings.append(f"reached Kandy {accepted[text]} times: {text}")
            if kept == "kept" and not accepted[text] and text not in told:
                outcome.findings.append(f"asked for and lost: {text}")
        outcome.sent["told as not sent, or unknowable"] = len(told)


def told(outcome: Outcome) -> str:
    """The outcome as lines for people."""

    def spread(values: list[float]) -> str:
        ordered = sorted(values)
        p50, p99 = (ordered[min(len(ordered) - 1, int(q * len(ordered)))] for q in (0.5, 0.99))
        return f"p50 {p50:6.2f}  p99 {p99:6.2f}  max {ordered[-1]:6.2f}"

    lines = [
        f"{outcome.cuts} cuts, {outcome.came_in} texts came in, sent: {json.dumps(outcome.sent)}",
        "seconds deaf:",
    ]
    for name, values in sorted(outcome.deaf_s.items()):
        lines.append(f"  {name:<36} {len(values):4} times  {spread(values)}")
    if every := outcome.every_deaf_s():
        lines.append(f"  {'all':<36} {len(every):4} times  {spread(every)}")
    lines += [f"FOUND {one}" for one in outcome.findings]
    lines += [f"SAID {one}" for one in outcome.complaints]
    return "\n".join([*lines, "good: 0 lost, 0 doubled" if outcome.is_good else "BROKEN"])
