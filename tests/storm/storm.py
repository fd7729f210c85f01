"""The storm: the program is started and killed again and again, and looked at after every kill.

One seed decides what is done and when; what the computer makes of it in time is its own.
"""

import asyncio
import contextlib
import json
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from secrets import token_bytes

from sms_desktop.paths import paths_of
from sms_desktop.vault.handlers.file_vault import FileVault
from sms_desktop.vault.keys import database_key
from tests.helpers.program import PASSPHRASE, Program
from tests.helpers.simulator import Seen, SimulatorProcess
from tests.storm.afterwards import come_to_rest
from tests.storm.ledger import Ledger
from tests.storm.look import Look, look_at
from tests.storm.starts import Start, Starts
from tests.storm.weather import Weather

_KILLED = -9
_READY_S = 15.0


@dataclass
class Outcome:
    """What a storm found; nothing in ``findings`` means that the promise held."""

    kills: int = 0
    ready: int = 0
    findings: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    figures: dict[str, object] = field(default_factory=dict)

    @property
    def is_good(self) -> bool:
        return not self.findings and not self.complaints


class Storm:
    """One profile in one storm."""

    def __init__(self, simulator: SimulatorProcess, folder: Path, seed: int) -> None:
        self._simulator = simulator
        self._program = Program(folder / "profile")
        self._rng = Random(seed)
        self._ledger = Ledger()
        self._paths = paths_of(self._program.basedir)
        self._starts = Starts(self._program.basedir, folder, self._program.environment)
        self._weather = Weather(simulator, self._paths, self._starts, self._ledger, self._rng)
        self._outcome = Outcome()

    async def rage(self, kills: int, tell: Callable[[str], None]) -> Outcome:
        """Kill so many times, then come to rest; stops at the first kill that breaks the promise."""
        began_s = time.monotonic()
        simulator, outcome = self._simulator, self._outcome
        add = (simulator.base_url, simulator.client_id, simulator.client_secret)
        try:
            await asyncio.to_thread(self._program.add_account, *add)
            vault = FileVault(self._paths.vault_file, PASSPHRASE, token_bytes)
            self._key = database_key(vault, token_bytes, may_make=False)
            while outcome.kills < kills and outcome.is_good:
                await self._live_and_die()
                await self._check(f"after kill {outcome.kills}", Ledger.findings)
                if outcome.kills % 25 == 0:
                    tell(f"{outcome.kills} kills, {time.monotonic() - began_s:.0f} s")
            if outcome.is_good:
                await self._come_to_rest()
        finally:
            await self._weather.aclose()
            self._starts.close()
        outcome.figures |= {"seconds": round(time.monotonic() - began_s), **await self._figures()}
        return outcome

    async def _live_and_die(self) -> None:
        await self._weather.choose_trouble()
        window = await self._starts.start("--json-log")
        if self._rng.random() < 0.3:
            await self._die_early()
        elif await window.until_said('"ready"', _READY_S):
            self._outcome.ready += 1
            for _ in range(self._rng.randint(1, 4)):
                await self._weather.gust(6)
                await asyncio.sleep(self._rng.uniform(0, 0.15))
        window.kill()
        self._note_end(window, await self._starts.reap(window))
        await self._weather.end_commands()
        if self._rng.random() < 0.5:
            await self._weather.gust(4)
            await self._weather.end_commands()

    async def _die_early(self) -> None:
        """Somewhere on the way from the start to the first look at Kandy."""
        if self._rng.random() < 0.5:
            await self._weather.gust(3)
        await asyncio.sleep(self._rng.uniform(0, 1.2))

    def _note_end(self, window: Start, code: int) -> None:
        self._outcome.kills += 1
        if code != _KILLED:
            self._outcome.complaints.append(f"ended by itself with {code}: {window.out}")
        for line in window.said().splitlines():
            # The last line may have been cut by the kill.
            if not line.startswith("{") or '"WARNING"' in line or '"ERROR"' in line:
                self._outcome.complaints.append(line)
        if not self._outcome.complaints:
            window.out.unlink(missing_ok=True)

    async def _check(self, when: str, findings: Callable[[Ledger, Look, Seen], list[str]]) -> Look:
        look = look_at(self._paths.database, self._key)
        seen = await self._simulator.awaitable.seen()
        found = findings(self._ledger, look, seen)
        self._outcome.findings += [f"{when}: {one}" for one in found]
        return look

    async def _come_to_rest(self) -> None:
        """One more start, not a fork of anything, and then no wait is left to wait for."""
        await self._weather.clear()
        program = self._program
        await asyncio.to_thread(program.open_window)
        # Everything may be there already, and a program that only starts cannot be asked to end.
        await asyncio.to_thread(program.wait_for, "ready")
        await asyncio.to_thread(self._until_caught_up)
        code = await asyncio.to_thread(program.close_window)
        if code or program.complaints:
            self._outcome.complaints += [f"the last start ended with {code}", *program.complaints]
        try:
            await come_to_rest(self._paths, program.environment)
        except TimeoutError:
            self._outcome.findings.append("at the end: it does not come to rest")
        self._last = await self._check("at the end", Ledger.last_findings)
        exported = await asyncio.to_thread(program.export)
        ids = Counter(row["message_id"] for row in exported if row["message_id"])
        self._outcome.findings += [f"exported twice: {m}" for m, times in ids.items() if times > 1]
        live = {m for m, stored in self._last.messages.items() if not stored.is_deleted}
        if ids.keys() != live:
            self._outcome.findings.append("the export is not what is stored")

    def _until_caught_up(self) -> None:
        """Wait for what the server has; where it never comes, the last look says what is missing."""
        seen = self._simulator.seen()
        wanted = self._ledger.everything(seen) - self._ledger.deleted
        with contextlib.suppress(AssertionError):
            self._program.wait_until(lambda rows: wanted <= {row["message_id"] for row in rows})

    async def _figures(self) -> dict[str, object]:
        seen = await self._simulator.awaitable.seen()
        ledger = self._ledger
        figures: dict[str, object] = {
            "asked": dict(Counter(ask.outcome for ask in ledger.asks)),
            "of these for later": sum(ask.text.startswith("later") for ask in ledger.asks),
            "accepted by the server": len(seen.accepted),
            "of these from elsewhere": len(ledger.elsewhere),
            "came in": len(ledger.inbound),
            "deleted": len(ledger.deleted),
            "reported": len(ledger.reported),
            "notifications": seen.webhooks,
            "answers to sends": {
                name: count for name, count in seen.answers.items() if name.startswith("send ")
            },
            "refused by the program": sorted(self._weather.sentences),
        }
        if hasattr(self, "_last"):
            figures["wishes left"] = dict(
                Counter(w.state.value for w in self._last.wishes.values())
            )
            figures["messages kept"] = len(self._last.messages)
        return figures


def told(outcome: Outcome) -> str:
    """The outcome as lines for people."""
    lines = [f"{outcome.kills} kills, {outcome.ready} of them of a program that was receiving"]
    lines += [f"{name}: {json.dumps(value)}" for name, value in outcome.figures.items()]
    lines += [f"FOUND {one}" for one in outcome.findings]
    lines += [f"SAID {one}" for one in outcome.complaints]
    return "\n".join([*lines, "good" if outcome.is_good else "BROKEN"])
