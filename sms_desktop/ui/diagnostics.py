"""The diagnostic report as text: how things stand, fit to be shown to strangers.

Addresses, e-mail addresses, phone numbers and whatever looks secret are taken out; what a person
named or wrote is never put in.
"""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

from sms_desktop.domain.health import Health, Receiving
from sms_desktop.redaction import redacted
from sms_desktop.sync.events import NumberState

_TAKEN_OUT: Final = (
    (re.compile(r"\b[a-z]+://[^\s·,;]+", re.IGNORECASE), "<address>"),
    (re.compile(r"\b[\w.+-]+@[\w.-]+"), "<name>@<host>"),
    (re.compile(r"\b[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?::\d+)?\b", re.IGNORECASE), "<host>"),
)


def report(
    health: Health,
    numbers: Sequence[NumberState],
    versions: Sequence[tuple[str, str]],
    at_ms: int,
) -> str:
    """Level, every step with its reason, how many numbers stand how, and versions."""
    at = datetime.fromtimestamp(at_ms / 1000, UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
    lines = ["SMS Desktop diagnostic report", at, "", f"{health.level}: {_clean(health.sentence)}"]
    lines += ["", *(f"{c.state:<8}{c.title}: {_clean(c.detail)}" for c in health.checks)]
    lines += ["", f"Numbers: {_counted(numbers)}", ""]
    lines += [f"{name} {version}" for name, version in versions]
    return "\n".join(lines)


def _clean(text: str) -> str:
    # Addresses first: what is left of one that lost its digits would not be known for one.
    for pattern, instead in _TAKEN_OUT:
        text = pattern.sub(instead, text)
    return redacted(text)


def _counted(numbers: Sequence[NumberState]) -> str:
    counts = {how: sum(n.receiving is how for n in numbers) for how in Receiving}
    return ", ".join(f"{count} {how}" for how, count in counts.items() if count) or "none"
