"""Numbers as tables: medians, the slow end, and ratios to a floor that was measured in the same run."""

import os
import platform
import sys
from collections.abc import Sequence
from importlib.metadata import version


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which ``share`` (0 to 1) of the values lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def say(line: str = "") -> None:
    """One line of the report."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def heading(qt_platform: str) -> None:
    """Where this was measured."""
    versions = " ".join(f"{name} {version(name)}" for name in ("PySide6-Essentials", "qasync"))
    say(f"Python {platform.python_version()}, {versions}, Qt platform {qt_platform!r}")
    load = " ".join(f"{one:.2f}" for one in os.getloadavg()) if hasattr(os, "getloadavg") else "?"
    say(f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, load before {load}")


def spread(title: str, rows: dict[str, Sequence[float]], floor: str) -> None:
    """p50, p99 and worst of each row, in milliseconds, and its p50 and p99 over the floor's."""
    count = min(len(values) for values in rows.values())
    say()
    say(f"{title} ({count} times)")
    say(f"  {'':<44} {'p50 ms':>8} {'p99 ms':>8} {'worst':>8} {'p50 ×':>7} {'p99 ×':>7}")
    base = rows[floor]
    for name, values in rows.items():
        p50, p99 = percentile(values, 0.5), percentile(values, 0.99)
        ratios = (p50 / percentile(base, 0.5), p99 / percentile(base, 0.99))
        milliseconds = (p50 * 1000, p99 * 1000, max(values) * 1000)
        numbers = " ".join(f"{one:8.2f}" for one in milliseconds)
        say(f"  {name:<44} {numbers} {ratios[0]:7.2f} {ratios[1]:7.2f}")


def rates(title: str, rows: dict[str, float], floor: str) -> None:
    """How many a second, and how much of the floor's rate that is."""
    say()
    say(title)
    for name, rate in rows.items():
        say(f"  {name:<44} {rate:8.0f} /s {rate / rows[floor]:8.0%}")
