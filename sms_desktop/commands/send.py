"""``send``: one text, sent by the open window where there is one, and what became of it."""

import sys
from datetime import datetime
from typing import Any, Final

from sms_desktop.commands.opening import PATIENCE_S, held, opened
from sms_desktop.commands.output import OutputFailed, print_json
from sms_desktop.compose import Core, now_ms
from sms_desktop.domain.address import canonical
from sms_desktop.domain.delivery import State
from sms_desktop.domain.errors import Slip
from sms_desktop.domain.scheduling import moment
from sms_desktop.net import control
from sms_desktop.net.errors import ControlUnanswered, NobodyThere
from sms_desktop.paths import Paths
from sms_desktop.sync.engine import Engine
from sms_desktop.sync.sending.sendable import check_sendable

EXIT: Final = {
    State.ACCEPTED: 0,
    State.DELIVERED: 0,
    State.REFUSED: 3,
    State.IMPOSSIBLE: 3,
    State.UNCONFIRMED: 4,
    State.NOT_SENT: 4,
    State.QUEUED: 5,
    State.SENDING: 5,
    State.SCHEDULED: 0,
}
"""What ``send`` exits with."""


class NotATime(Slip):
    """What stands behind ``--at`` is no time, or one that is over."""

    sentence = "--at wants a time to come, such as 2026-11-24T09:00."


async def send(paths: Paths, sender: str, remote: str, text: str, at: str = "") -> int:
    """Send one text, through the open window where there is one; prints one JSON line.

    ``at``: when to send it, as ISO 8601, by this computer's clock unless it names a zone. Raises
    ``NothingToSend`` and ``NotATime`` before anything is asked or opened.
    """
    check_sendable(sender, remote, text)
    request: dict[str, Any] = {"from": sender, "to": remote, "text": text}
    if at:
        request["send_at_ms"] = _read_time(at)
    try:
        answer = await control.ask(paths.control_file, "send", request, PATIENCE_S + 5)
    except NobodyThere as nobody:
        answer = await _send_here(paths, request, nobody)
    except ControlUnanswered as silence:
        # The window may have sent it: doing so here as well could send it twice.
        answer = {"client_id": None, "state": State.UNCONFIRMED.value, "reason": silence.text()}
    if reason := answer.pop("reason", ""):
        sys.stderr.write(f"sms-desktop: {reason}\n")
    try:
        print_json(answer)
    except OutputFailed as problem:
        # The exit code still tells the truth: one that said “failed” would have it sent twice.
        sys.stderr.write(f"sms-desktop: {problem.text()}\n")
    return EXIT[State(answer["state"])]


async def _send_here(paths: Paths, request: dict[str, Any], nobody: NobodyThere) -> dict[str, Any]:
    async with held(paths, nobody), opened(paths, send=True) as (engine, core, _profile):
        await engine.start()
        return await send_and_wait(engine, core, request)


async def send_and_wait(engine: Engine, core: Core, request: dict[str, Any]) -> dict[str, Any]:
    """Store, send, wait for the outcome; the answer of ``send`` here and in the open window."""
    sender = canonical(request["from"])
    send_at_ms = request.get("send_at_ms")
    if isinstance(send_at_ms, int):
        who = sender, canonical(request["to"]), request["text"]
        client_id = await engine.submit_later(*who, send_at_ms)
        return {"client_id": client_id, "state": State.SCHEDULED.value}
    client_id = await engine.submit(sender, canonical(request["to"]), request["text"])
    state = await core.sending.outcome(client_id, PATIENCE_S)
    return {"client_id": client_id, "state": state.value, "reason": core.sending.reason(client_id)}


def _read_time(text: str) -> int:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise NotATime from None
    at_ms = moment(at).at_ms if at.tzinfo is None else round(at.timestamp() * 1000)
    if at_ms <= now_ms():
        raise NotATime
    return at_ms
