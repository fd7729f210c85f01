"""What happens to the program while it is being killed: texts from everywhere, and trouble."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from random import Random
from typing import Any

from sms_desktop.compose import now_ms
from sms_desktop.domain.address import Address
from sms_desktop.domain.ids import MessageId
from sms_desktop.net import control
from sms_desktop.net.credentials import ProjectCredentials
from sms_desktop.net.errors import ControlFailed, ControlUnanswered, NobodyThere
from sms_desktop.net.kandy import KandyClient
from sms_desktop.paths import Paths
from tests.helpers.simulator import SimulatorProcess
from tests.storm.ledger import Ask, Ledger
from tests.storm.starts import Start, Starts

PEOPLE = ("+16131234567", "+12065550100", "+4915112345678")
_ANSWER_S = 60.0
_TROUBLE: tuple[dict[str, Any], ...] = (
    {"kind": "drop-answer", "route": "send", "share": 0.3},
    {"kind": "status", "route": "send", "status": 503, "share": 0.2},
    {"kind": "status-after", "route": "send", "status": 502, "share": 0.2},
    {"kind": "status", "route": "send", "status": 429, "retry_after_s": 0, "share": 0.3},
    {"kind": "refuse", "route": "send", "status": 400, "share": 0.2},
    {"kind": "cut", "route": "send", "share": 0.2},
    {"kind": "delay-answer", "route": "send", "delay_s": 0.15, "share": 0.5},
    {"kind": "broken-body", "route": "send", "share": 0.2},
    {"kind": "drop-answer", "route": "messages", "share": 0.3},
    {"kind": "status", "route": "threads", "status": 500, "share": 0.3},
    {"kind": "status", "route": "subscribe", "status": 500, "share": 0.2},
    {"kind": "notification-first", "route": "outbound", "share": 0.7},
    {"kind": "repeat-notification", "copies": 3, "share": 0.4},
    {"kind": "drop-notification", "share": 0.4},
    {"kind": "delay-notification", "delay_s": 0.3, "share": 0.5},
    {"kind": "reorder-notifications", "share": 0.5},
)


class Weather:
    """Does things at random, as one seed decides, and writes them into the ledger."""

    def __init__(
        self, simulator: SimulatorProcess, paths: Paths, starts: Starts, ledger: Ledger, rng: Random
    ) -> None:
        self._simulator = simulator
        self._paths = paths
        self._starts = starts
        self._ledger = ledger
        self._rng = rng
        self._count = 0
        self._asking: set[asyncio.Task[None]] = set()
        self._commands: list[tuple[Ask, Start]] = []
        self.sentences: set[str] = set()
        self._other = KandyClient(
            simulator.base_url,
            ProjectCredentials(simulator.client_id, simulator.client_secret),
            agent="another/1",
            correlator="another",
            now_ms=now_ms,
        )

    async def choose_trouble(self) -> None:
        """What goes wrong from now on, until the next choice."""
        await self._simulator.awaitable.clear_faults()
        for fault in self._rng.sample(_TROUBLE, self._rng.choice((0, 1, 1, 2, 3))):
            await self._simulator.awaitable.fault(**fault, times=None)

    async def clear(self) -> None:
        """Nothing goes wrong any more."""
        await self._simulator.awaitable.clear_faults()

    async def gust(self, most: int) -> None:
        """Some things at once; returns when the server has them, not when the program has."""
        await asyncio.gather(*(self._one() for _ in range(self._rng.randint(1, most))))

    async def end_commands(self) -> None:
        """No command and no question is left; some commands are killed, too."""
        for ask, start in self._commands:
            if self._rng.random() < 0.5:
                await asyncio.sleep(self._rng.uniform(0, 0.4))
                start.kill()
            await self._starts.reap(start)
            _read_answer(ask, start)
        self._commands.clear()
        if self._asking:
            await asyncio.wait(self._asking)

    async def aclose(self) -> None:
        """Close the connections."""
        await self._other.aclose()

    async def _one(self) -> None:
        deeds: dict[Callable[[], Awaitable[None]], int] = {
            self._come_in: 30,
            self._send: 30,
            self._send_twice: 5,
            self._send_later: 10,
            self._send_by_command: 4,
            self._send_from_elsewhere: 12,
            self._delete: 9,
            self._report: 9,
            self._revoke: 1,
        }
        await self._rng.choices(list(deeds), list(deeds.values()))[0]()

    async def _come_in(self) -> None:
        person, own = self._pair()
        made = await self._simulator.awaitable.write_as(person, own, self._text("in"))
        self._ledger.inbound.add(made)

    async def _send(self) -> None:
        person, own = self._pair()
        if self._rng.random() < 0.15:
            own = "default"
        self._ask_for(Ask(self._text("out"), own, person))

    async def _send_later(self) -> None:
        """Due now, in this life, or after some more of them."""
        person, own = self._pair()
        delay_s = self._rng.choice((0.0, 0.1, 0.4, 1.5, 4.0))
        self._ask_for(Ask(self._text("later"), own, person), now_ms() + int(delay_s * 1000))

    async def _send_twice(self) -> None:
        person, own = self._pair()
        text = self._text("twice")
        for _ in range(2):
            self._ask_for(Ask(text, own, person))

    async def _send_by_command(self) -> None:
        person, own = self._pair()
        ask = Ask(self._text("command"), own, person)
        self._ledger.asks.append(ask)
        words = ("send", "--from", ask.sender, "--to", ask.remote, ask.text)
        self._commands.append((ask, await self._starts.start(*words)))

    async def _send_from_elsewhere(self) -> None:
        person, own = self._pair()
        text = self._text("elsewhere")
        if self._ledger.asks and self._rng.random() < 0.4:
            same = self._ledger.asks[-1]
            person, text = same.remote, same.text
            own = own if same.sender == "default" else same.sender
        made = await self._simulator.awaitable.send_from_another_device(own, person, text)
        self._ledger.elsewhere[made] = text

    async def _delete(self) -> None:
        box = await self._box()
        if not box:
            return
        gone = self._rng.choice(box)
        self._ledger.deleted.add(gone["message_id"])
        local, remote = Address(gone["local"]), Address(gone["remote"])
        await self._other.delete_message(local, remote, MessageId(gone["message_id"]))

    async def _report(self) -> None:
        accepted = (await self._simulator.awaitable.seen()).accepted
        ledger = self._ledger
        known = [
            one["message_id"]
            for one in accepted[-40:]
            if one["message_id"] not in ledger.deleted and one["message_id"] not in ledger.reported
        ]
        if known:
            message_id = self._rng.choice(known)
            status = self._rng.choice(("DeliveredToTerminal", "DeliveryImpossible"))
            ledger.reported[message_id] = status
            await self._simulator.awaitable.report(message_id, status)

    async def _revoke(self) -> None:
        await self._simulator.awaitable.revoke_tokens()

    async def _box(self) -> list[dict[str, str]]:
        """Some newer messages that still stand at the server."""
        accepted = (await self._simulator.awaitable.seen()).accepted[-20:]
        return [
            {"message_id": one["message_id"], "local": one["sender"], "remote": one["remote"]}
            for one in accepted
            if one["message_id"] not in self._ledger.deleted
        ]

    def _ask_for(self, ask: Ask, send_at_ms: int | None = None) -> None:
        self._ledger.asks.append(ask)
        asking = asyncio.create_task(self._ask(ask, send_at_ms))
        self._asking.add(asking)
        asking.add_done_callback(self._asking.discard)

    async def _ask(self, ask: Ask, send_at_ms: int | None) -> None:
        request: dict[str, Any] = {"from": ask.sender, "to": ask.remote, "text": ask.text}
        if send_at_ms is not None:
            request["send_at_ms"] = send_at_ms
        try:
            answer = await control.ask(self._paths.control_file, "send", request, _ANSWER_S)
        except NobodyThere:
            ask.outcome = "nobody"
        except ControlUnanswered:
            ask.outcome = "maybe"
        except ControlFailed as error:
            self.sentences.add(error.text())
        else:
            ask.outcome, ask.client_id = "kept", answer["client_id"]

    def _pair(self) -> tuple[str, str]:
        return self._rng.choice(PEOPLE), self._rng.choice(self._simulator.numbers)

    def _text(self, kind: str) -> str:
        self._count += 1
        return f"{kind} {self._count}"


def _read_answer(ask: Ask, start: Start) -> None:
    for line in start.said().splitlines():
        if not line.startswith('{"client_id"'):
            continue
        if client_id := json.loads(line)["client_id"]:
            ask.outcome, ask.client_id = "kept", client_id
