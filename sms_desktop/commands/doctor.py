"""``doctor``: how messages reach this computer, as far as anybody knows."""

from dataclasses import asdict
from typing import Any, Final

from sms_desktop.commands.opening import PATIENCE_S, opened
from sms_desktop.commands.output import print_json, print_line
from sms_desktop.compose import Core
from sms_desktop.domain.health import CheckState, Level
from sms_desktop.net import control
from sms_desktop.net.errors import NobodyThere, NotAnswering
from sms_desktop.paths import Paths

_NOT_OPEN: Final = "no window is open on this profile"
_HANGS: Final = "the window that is open on this profile does not answer"


async def doctor(paths: Paths, *, as_json: bool) -> int:
    """Print how messages reach this computer; non-zero when they do not."""
    try:
        report = await control.ask(paths.control_file, "doctor", {}, PATIENCE_S)
    except NobodyThere as nobody:
        report = await _examine(paths, hangs=isinstance(nobody, NotAnswering))
    if as_json:
        print_json(report)
    else:
        _print_report(report)
    return 0 if report["level"] in (Level.LIVE, Level.SLOW) else 1


async def _examine(paths: Paths, *, hangs: bool) -> dict[str, Any]:
    """Without a window: can the profile be opened, and does Kandy let us in?"""
    async with opened(paths, send=False) as (engine, core, profile):
        await engine.sign_in_everywhere()
        report = health_report(core)
        is_known = bool(profile.store.reader().accounts())
    report["checks"].insert(0, _not_running(_HANGS if hangs else _NOT_OPEN))
    if is_known:
        report["level"] = Level.DEAF.value
        why = "does not answer" if hangs else "is not running"
        report["sentence"] = f"The program {why}, so nothing is received."
    return report


def _not_running(detail: str) -> dict[str, str | None]:
    return {
        "name": "window",
        "title": "Program running",
        "state": CheckState.FAILED.value,
        "detail": detail,
        "fix": None,
        "account_id": None,
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
        print_line(f"{marks[check['state']]} {check['title']:<22} {check['detail']}")
    print_line(f"{report['level']}: {report['sentence']}")
