"""``doctor``: how messages reach this computer, as far as anybody knows."""

import sys
from dataclasses import asdict
from typing import Any

from sms_desktop.commands.opening import PATIENCE_S, opened, print_json
from sms_desktop.compose import Core
from sms_desktop.domain.health import CheckState, Level
from sms_desktop.net import control
from sms_desktop.net.errors import NobodyThere
from sms_desktop.paths import Paths


async def doctor(paths: Paths, *, as_json: bool) -> int:
    """Print how messages reach this computer; non-zero when they do not."""
    try:
        report = await control.ask(paths.control_file, "doctor", {}, PATIENCE_S)
    except NobodyThere:
        report = await _examine(paths)
    if as_json:
        print_json(report)
    else:
        _print_report(report)
    return 0 if report["level"] in (Level.LIVE, Level.SLOW) else 1


async def _examine(paths: Paths) -> dict[str, Any]:
    """Without a window: can the profile be opened, and does Kandy let us in?"""
    async with opened(paths, send=False) as (engine, core, profile):
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


def _print_report(report: dict[str, Any]) -> None:
    marks = {"ok": "ok  ", "waiting": "…   ", "warning": "!   ", "failed": "FAIL"}
    for check in report["checks"]:
        sys.stdout.write(f"{marks[check['state']]} {check['title']:<22} {check['detail']}\n")
    sys.stdout.write(f"{report['level']}: {report['sentence']}\n")
