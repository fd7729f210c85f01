"""A Kandy to test against: the simulator in a process of its own, and a handle to steer it.

In a test file (or a conftest)::

    from tests.helpers.simulator import simulator  # noqa: F401

    def test_a_text_arrives(simulator):
        ...
        simulator.write_as("+16131234567", simulator.default_number, "hi")
        simulator.until(lambda seen: seen.webhooks.get("200") == 1)

Everything is a real request over HTTP, and nothing needs a sleep: ``until`` waits by long poll
until the server has seen or done what a condition asks for. In async tests, write
``await simulator.awaitable.until(...)``: the same calls, off the event loop's thread.

The fixture's simulator has the seed ``empty``: nothing is stored, nobody answers, and nothing is
reported until ``report`` or ``script(delivery=...)``. Use ``running_simulator(seed="demo")`` or the
fixture ``demo_simulator`` for people with a past. When a test ends, the process must end well and
must not have written a word to stderr.
"""

import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

NUMBERS = ("+16139998877", "+15202241142", "+13162158007")
PATIENCE_S = 60.0


@dataclass(frozen=True)
class Seen:
    """What the server saw and did until now.

    ``requests``: by route name. ``answers``: by ``"<route> <status>"`` or ``"<route> cut"``.
    ``accepted``: texts that Kandy took, each with ``message_id``, ``sender``, ``remote``, ``text``,
    ``at_ms``. ``notifications``: each try, with ``kind``, ``outcome``, ``notification_id``,
    ``message_id`` and ``channel_id``. ``webhooks``: tries by outcome, e.g. ``{"200": 3, "unreachable": 1}``.
    ``held``: answers and notifications that wait for ``release`` now.
    Route names: token, send, threads, remote-threads, thread, messages, status, delete-thread,
    delete-message, subscriptions, subscription, subscribe, unsubscribe, subscribe-receipts,
    unsubscribe-receipts, channels, channel, create-channel, renew-channel, delete-channel,
    websocket. Kinds of notification: inbound, outbound, report, deleted, cancelled.
    """

    version: int
    requests: dict[str, int]
    answers: dict[str, int]
    accepted: list[dict[str, Any]]
    notifications: list[dict[str, Any]]
    webhooks: dict[str, int]
    held: int

    def texts(self) -> list[str]:
        """The accepted texts, in order."""
        return [accepted["text"] for accepted in self.accepted]

    def outcomes(self, kind: str) -> list[str]:
        """What became of the notifications of one kind, in order."""
        return [n["outcome"] for n in self.notifications if n["kind"] == kind]


class SimulatorProcess:
    """A running simulator: where it is, how to sign in, and every knob it has."""

    def __init__(self, started: dict[str, Any]) -> None:
        self.base_url: str = started["base_url"]
        self.control_url: str = started["control_url"]
        self.client_id: str = started["client_id"]
        self.client_secret: str = started["client_secret"]
        self.user_id: str = started["user_id"]
        self.email: str = started["email"]
        self.password: str = started["password"]
        self.numbers: list[str] = started["numbers"]
        self.started = started
        self._http = httpx.Client(base_url=self.control_url, timeout=PATIENCE_S, trust_env=False)

    @property
    def default_number(self) -> str:
        """The number that the sender ``default`` means."""
        return self.numbers[0]

    @property
    def awaitable(self) -> Any:
        """The same calls for async tests: ``await simulator.awaitable.write_as(...)``."""
        return _Awaitable(self)

    # People at the other end

    def write_as(self, person: str, own: str, text: str) -> str:
        """A person texts an own number; the message id."""
        wanted = {"person": person, "own": own, "text": text}
        return str(self.post("phone/write", wanted)["message_id"])

    def send_from_another_device(self, own: str, person: str, text: str) -> str:
        """The account's owner texts a person from somewhere else; the message id."""
        wanted = {"person": person, "own": own, "text": text}
        return str(self.post("another-device", wanted)["message_id"])

    def burst(self, own: str, count: int, within_s: float = 0.0, person: str | None = None) -> None:
        """Many texts come in, from one person or from everybody in turn; returns at once."""
        wanted = {"own": own, "count": count, "within_s": within_s, "person": person or ""}
        self.post("burst", wanted)

    def phone(self, person: str, own: str) -> list[dict[str, Any]]:
        """What stands on a person's phone: ``text``, ``mine`` (that person wrote it), ``at_ms``."""
        found: list[dict[str, Any]] = self.get("phone", person=person, own=own)["messages"]
        return found

    def wait_for_phone(
        self, person: str, own: str, is_so: Callable[[list[dict[str, Any]]], bool]
    ) -> list[dict[str, Any]]:
        """What stands on a person's phone, once it is as wanted."""
        return self._wait(
            "phone/changes", lambda: self.get("phone", person=person, own=own), is_so, "messages"
        )

    def report(self, message_id: str, status: str = "DeliveredToTerminal") -> None:
        """How far a text has come; sent to those who subscribed to receipts."""
        self.post("report", {"message_id": message_id, "status": status})

    def script(self, **fields: object) -> None:
        """The far end's behaviour of its own.

        ``delivery``: status reported of each text, or ``None``; ``delivery_s``, ``reply_s``:
        ``[shortest, longest]`` wait; ``replies``: whether scripted people answer; ``unreachable``:
        numbers for which delivery is impossible.
        """
        self.post("script", fields)

    # What the server saw

    def seen(self) -> Seen:
        """The counters now."""
        return Seen(**self.get("counters"))

    def forget(self) -> None:
        """Start counting again."""
        self._http.delete("/simulator/counters").raise_for_status()

    def until(self, is_so: Callable[[Seen], bool]) -> Seen:
        """The counters, once they are as wanted; fails after a minute."""
        return self._wait("changes", lambda: self.get("counters"), is_so, None)

    def subscriptions(self) -> list[dict[str, Any]]:
        """Every subscription: ``subscription_id``, ``channel_id``, ``number`` (null: receipts)."""
        found: list[dict[str, Any]] = self.get("subscriptions")
        return found

    # What goes wrong

    def fault(self, kind: str, route: str = "*", **fields: object) -> None:
        """Order a fault, for the next request or notification unless told otherwise.

        Of requests (``route`` is a route name): ``status`` (answered with ``status=503`` and nothing
        done; ``retry_after_s``), ``status-after`` (done, yet answered so), ``refuse`` (a
        requestError; ``status``, ``code``, ``text``, ``variables``, ``policy``), ``cut`` (nothing
        done, no answer), ``drop-answer`` (done, no answer), ``delay-request`` and ``delay-answer``
        (``delay_s``), ``hold-answer`` (until ``release``), ``broken-body``.
        Of notifications (``route`` is a kind): ``notification-first`` (before the send's answer;
        ``outbound`` only), ``repeat-notification`` (``copies``), ``drop-notification``,
        ``delay-notification`` (``delay_s``), ``hold-notification`` (until ``release``),
        ``reorder-notifications`` (give ``times`` and ``window`` the number to turn round).
        Always: ``times`` (``None``: until ``clear_faults``), ``share`` (0 to 1).
        """
        self.post("faults", {"kind": kind, "route": route, **fields})

    def drop_next_answer(self, route: str = "send") -> None:
        """The next request is done, and its answer lost."""
        self.fault("drop-answer", route)

    def release(self) -> None:
        """Let go the answers and notifications that are held; wait for ``seen.held`` before."""
        self.post("faults/release", {})

    def clear_faults(self) -> None:
        """No more faults; what is held goes on."""
        self._http.delete("/simulator/faults").raise_for_status()

    def network_down(self, how: str = "refuse") -> None:
        """``refuse``: no connection at all; ``cut``: requests get through, and die unanswered."""
        self.post("network", {"up": False, "how": how})

    def network_up(self) -> None:
        """The network is there again."""
        self.post("network", {"up": True})

    def cancel_subscription(self, number: str) -> None:
        """Kandy cancels a number's subscriptions, and says so."""
        self.post("subscriptions/cancel", {"number": number})

    def unassign(self, number: str) -> None:
        """Kandy takes a number away."""
        self.post("numbers/unassign", {"number": number})

    def assign(self, number: str) -> None:
        """Kandy gives the account one more number."""
        self.post("numbers/assign", {"number": number})

    def revoke_tokens(self) -> None:
        """Every token issued until now is answered with 401."""
        self.post("tokens", {"revoke": True})

    def token_lifetime(self, lifetime_s: int) -> None:
        """How long the tokens issued from now on are good for."""
        self.post("tokens", {"lifetime_s": lifetime_s})

    def advance_clock(self, seconds: float) -> None:
        """Move Kandy's time; what has run out by then is ended."""
        self.post("clock", {"advance_s": seconds})

    def settings(self, **fields: object) -> None:
        """What nobody is sure of, and limits.

        ``lists_numbers`` (in tokens), ``history_in_seconds``, ``misspelt_sender``,
        ``message_cap`` (``None``: no limit), ``authorization`` (``sent``, ``withheld``: named but not
        sent, ``absent``, ``refused``), ``lanes`` (webhook calls at a time; for channels that were not
        notified yet), ``connection_check_s``, ``acknowledges`` (of websockets).
        """
        self.post("settings", fields)

    def open_account(self, numbers: Sequence[str]) -> dict[str, Any]:
        """One more account; how to sign in to it."""
        made: dict[str, Any] = self.post("accounts", {"numbers": list(numbers)})
        return made

    def get(self, path: str, **query: str) -> Any:
        """Any control route: ``GET /simulator/<path>``."""
        return self._http.get(f"/simulator/{path}", params=query).raise_for_status().json()

    def post(self, path: str, wanted: object) -> Any:
        """Any control route: ``POST /simulator/<path>``."""
        return self._http.post(f"/simulator/{path}", json=wanted).raise_for_status().json()

    def close(self) -> None:
        """Close the handle; the process goes on."""
        self._http.close()

    def _wait(
        self, changes: str, look: Callable[[], Any], is_so: Callable[[Any], bool], key: str | None
    ) -> Any:
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            found = look()
            value = Seen(**found) if key is None else found[key]
            if is_so(value):
                return value
            self.get(changes, since=str(found["version"]), timeout_s="5")
        raise AssertionError(f"It did not come to pass in {PATIENCE_S:.0f} s; at last: {value}")


class _Awaitable:
    def __init__(self, simulator: SimulatorProcess) -> None:
        self._simulator = simulator

    def __getattr__(self, name: str) -> Callable[..., Any]:
        call = getattr(self._simulator, name)
        return lambda *given, **named: asyncio.to_thread(call, *given, **named)


@contextmanager
def running_simulator(
    seed: str = "empty", numbers: Sequence[str] = NUMBERS, port: int = 0
) -> Iterator[SimulatorProcess]:
    """Start a simulator; it must end well, and silently, when the block is left."""
    command = [sys.executable, "-m", "sms_desktop.simulator", "--end-with-stdin", "--seed", seed]
    command += ["--port", str(port), "--numbers", ",".join(numbers)]
    environment = {**os.environ, "PYTHONWARNINGS": "error"}
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=said, env=environment
        )
        try:
            yield from _steered(process)
        finally:
            process.communicate(timeout=PATIENCE_S)
            said.seek(0)
            words = said.read().decode()
        assert process.returncode == 0, words
        assert not words, words


def _steered(process: "subprocess.Popen[bytes]") -> Iterator[SimulatorProcess]:
    assert process.stdout is not None
    first_line = process.stdout.readline()
    assert first_line, "the simulator ended before it was ready"
    simulator = SimulatorProcess(json.loads(first_line))
    try:
        yield simulator
    finally:
        simulator.close()


@pytest.fixture
def simulator() -> Iterator[SimulatorProcess]:
    """An empty Kandy account with three numbers."""
    with running_simulator() as running:
        yield running


@pytest.fixture
def demo_simulator() -> Iterator[SimulatorProcess]:
    """The demo's account: people with a past, who answer."""
    with running_simulator(seed="demo") as running:
        yield running
