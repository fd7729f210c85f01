"""The commands of the scriptable face: each opens the profile, does one thing, prints JSON and ends.

Where a window is open on the same profile, ``send`` lets it do the sending.
"""

import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, TextIO

from filelock import AsyncFileLock

from sms_desktop.compose import Core
from sms_desktop.domain.address import canonical
from sms_desktop.domain.delivery import State
from sms_desktop.domain.health import CheckState, Level
from sms_desktop.net import control
from sms_desktop.net.errors import ControlUnanswered, NobodyThere
from sms_desktop.paths import Paths
from sms_desktop.profile import Profile, open_profile
from sms_desktop.store import export
from sms_desktop.store.connection import Connection
from sms_desktop.sync.engine import Engine

EXIT: Final = {
    State.ACCEPTED: 0,
    State.DELIVERED: 0,
    State.REFUSED: 3,
    State.IMPOSSIBLE: 3,
    State.UNCONFIRMED: 4,
    State.NOT_SENT: 4,
    State.QUEUED: 5,
    State.SENDING: 5,
}
"""What ``send`` exits with."""

_PATIENCE_S: Final = 45.0


async def add_account(
    paths: Paths, base_url: str, client_id: str, email: str, secret: str, tunnel: str | None
) -> int:
    """Sign in and keep the account; prints one JSON line."""
    from sms_desktop.net.base_url import checked_base_url, is_loopback_url
    from sms_desktop.sync.ways_in import WEBSOCKET

    checked = checked_base_url(base_url)
    chosen = tunnel or ("loopback" if is_loopback_url(checked) else WEBSOCKET)
    async with _opened(paths) as (engine, _core, profile):
        account = await engine.add_account(checked, client_id, email, secret, chosen)
        found = [n.number for n in profile.store.reader().numbers()]
    _print({"account_id": account.account_id, "user_id": account.user_id, "numbers": found})
    await _tell_window(paths, "reload")
    return 0


async def send(paths: Paths, sender: str, remote: str, text: str) -> int:
    """Send one text, through the open window where there is one; prints one JSON line."""
    request = {"from": sender, "to": remote, "text": text}
    try:
        answer = await control.ask(paths.control_file, "send", request, _PATIENCE_S + 5)
    except NobodyThere:
        answer = await _send_here(paths, request)
    except ControlUnanswered:
        # The window may have sent it: doing so here as well could send it twice.
        answer = {"client_id": None, "state": State.UNCONFIRMED.value}
    _print(answer)
    return EXIT[State(answer["state"])]


async def _send_here(paths: Paths, request: dict[str, Any]) -> dict[str, Any]:
    paths.make()
    lock = AsyncFileLock(paths.lock_file, timeout=_PATIENCE_S)
    async with lock, _opened(paths) as (engine, core, _profile):
        await engine.start()
        return await send_and_wait(engine, core, request)


async def send_and_wait(engine: Engine, core: Core, request: dict[str, Any]) -> dict[str, Any]:
    """Store, send, wait for the outcome; the answer of ``send`` here and in the open window."""
    sender = canonical(request["from"])
    client_id = await engine.submit(sender, canonical(request["to"]), request["text"])
    state = await core.sending.outcome(client_id, _PATIENCE_S)
    return {"client_id": client_id, "state": state.value}


async def export_timeline(paths: Paths, target: str) -> int:
    """Write every timeline row as a JSON line to a file, or to stdout for ``-``."""
    profile = open_profile(paths)
    try:
        if target == "-":
            await profile.store.read_long(lambda db: _write_rows(db, sys.stdout))
        else:
            await profile.store.read_long(lambda db: _write_file(db, Path(target)))
    finally:
        profile.store.close()
    return 0


def _write_file(db: Connection, target: Path) -> None:
    with target.open("w", encoding="utf-8") as out:
        _write_rows(db, out)


def _write_rows(db: Connection, out: TextIO) -> None:
    for row in export.rows(db):
        line = {
            "message_id": row.message_id,
            "client_id": row.client_id,
            "direction": row.direction.value,
            "local_address": row.local,
            "remote_address": row.remote,
            "text": row.text,
            "at": _iso(row.at_ms),
            "state": row.state.value,
        }
        out.write(json.dumps(line, ensure_ascii=False) + "\n")


def _iso(at_ms: int) -> str:
    moment = datetime.fromtimestamp(at_ms / 1000, UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


async def doctor(paths: Paths, *, as_json: bool) -> int:
    """Print how messages reach this computer; non-zero when they do not."""
    try:
        report = await control.ask(paths.control_file, "doctor", {}, _PATIENCE_S)
    except NobodyThere:
        report = await _examine(paths)
    if as_json:
        _print(report)
    else:
        _print_table(report)
    return 0 if report["level"] in (Level.LIVE, Level.SLOW) else 1


async def _examine(paths: Paths) -> dict[str, Any]:
    """Without a window: can the profile be opened, and does Kandy let us in?"""
    async with _opened(paths) as (engine, core, profile):
        await engine.sign_in_everywhere()
        report = health_report(core)
        is_known = bool(profile.store.reader().accounts())
    report["checks"].insert(0, _not_running())
    if is_known:
        report["level"] = Level.DEAF.value
        report["sentence"] = "The program is not running, so nothing is received."
    return report


def _not_running() -> dict[str, str]:
    return {
        "name": "window",
        "title": "Program running",
        "state": CheckState.FAILED.value,
        "detail": "no window is open on this profile",
    }


def health_report(core: Core) -> dict[str, Any]:
    """The health that was told last, as JSON values."""
    health = core.standing.health
    return {
        "level": health.level.value,
        "sentence": health.sentence,
        "checks": [asdict(check) for check in health.checks],
    }


def _print_table(report: dict[str, Any]) -> None:
    marks = {"ok": "ok  ", "waiting": "…   ", "warning": "!   ", "failed": "FAIL"}
    for check in report["checks"]:
        sys.stdout.write(f"{marks[check['state']]} {check['title']:<22} {check['detail']}\n")
    sys.stdout.write(f"{report['level']}: {report['sentence']}\n")


def _print(value: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")
    sys.stdout.flush()


async def _tell_window(paths: Paths, command: str) -> None:
    try:
        await control.ask(paths.control_file, command, {}, _PATIENCE_S)
    except NobodyThere:
        return


@asynccontextmanager
async def _opened(paths: Paths) -> AsyncIterator[tuple[Engine, Core, Profile]]:
    profile = open_profile(paths)
    core = Core(profile, profile.store.reader(), lambda _event: None)
    engine = core.make_engine(receive=False)
    try:
        yield engine, core, profile
    finally:
        await engine.close()
        await core.close()
