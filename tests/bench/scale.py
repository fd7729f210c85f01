"""``python -m tests.bench.scale``: what a thousand, a hundred thousand and a million messages cost.

One thread holds half of them. Times to the end of the paint that shows it; start and memory as
multiples of a bare PySide6 window measured in between. With ``--guard`` it fails where something
grows by more than a fifth from the last size but one to the last, or a frame had blank rows: by
nothing that depends on the speed of the machine.
"""

import argparse
import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Any, Final

from sms_desktop.paths import paths_of
from sms_desktop.store.database import open_database
from tests.bench.histories import fill, index_all
from tests.bench.scale_child import KEY
from tests.bench.tables import heading, percentile, say

_STARTS: Final = 9
_MOST_GROWTH: Final = 1.2
_TIMED: Final = ("open a thread", "scroll", "fling", "jump to a day", "keystroke", "found")
_PATIENCE_S: Final = 300
_FACTORS: Final = ("1", "2")

Figures = dict[str, float]


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.scale", description=__doc__)
    parser.add_argument("--messages", type=int, nargs="+", default=[1_000, 100_000, 1_000_000])
    parser.add_argument("--keep", type=Path, help="where the histories stay for the next time")
    parser.add_argument("--guard", action="store_true", help="fail where something grows")
    wanted = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    heading(os.environ["QT_QPA_PLATFORM"])
    place = nullcontext(wanted.keep) if wanted.keep else tempfile.TemporaryDirectory()
    with place as folder:
        found = {count: _measure(Path(folder), count) for count in wanted.messages}
    _print(found)
    if wanted.guard and (grown := _grown(found)):
        sys.exit(f"grew by more than {_MOST_GROWTH}: {', '.join(grown)}")


def _measure(folder: Path, count: int) -> Figures:
    profile = folder / str(count)
    if not (paths_of(profile).database).exists():
        _make(profile, count)
    figures: Figures = {}
    bare: list[dict[str, float]] = []
    ours: list[float] = []
    for _ in range(_STARTS):
        bare.append(_run("tests.bench.bare_window"))
        ours.append(_run("tests.bench.scale_child", "start", str(profile))["painted"])
    floor_s = percentile([one["painted"] for one in bare[1:]], 0.5)
    floor_bytes = percentile([one["memory"] for one in bare[1:]], 0.5)
    figures["start ×"] = percentile(ours[1:], 0.5) / floor_s
    figures["start ms"] = percentile(ours[1:], 0.5) * 1e3
    for factor in _FACTORS:
        measured = _run("tests.bench.scale_child", "use", str(profile), QT_SCALE_FACTOR=factor)
        figures |= {
            f"{name} {which} ms, {factor}×": percentile(measured[name], share) * 1e3
            for name in _TIMED
            for which, share in (("p50", 0.5), ("p99", 0.99))
        }
        figures[f"blank frames, {factor}×"] = measured["frames with blank rows"]
        if factor == "1":
            figures["memory at start ×"] = measured["memory at start"] / floor_bytes
            figures["memory after use ×"] = measured["memory after use"] / floor_bytes
    return figures


def _make(profile: Path, count: int) -> None:
    paths = paths_of(profile)
    paths.make()
    database = open_database(paths.database, KEY)
    took_s = fill(database, count, crowded=True)
    asyncio.run(index_all(database))
    database.close()
    say(f"{count:,} messages recorded in {took_s:.0f} s")
    # The first start opens nothing by itself; what is used leaves a conversation open.
    _run("tests.bench.scale_child", "use", str(profile))


def _run(module: str, *words: str, **environ: str) -> dict[str, Any]:
    """What a child says; ``painted`` counted from its start."""
    command = [sys.executable, "-m", module, *words]
    began = time.perf_counter()
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=True,
        timeout=_PATIENCE_S,
        env={**os.environ, **environ},
    )
    said: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return {name: value - began if name == "painted" else value for name, value in said.items()}


def _print(found: Mapping[int, Figures]) -> None:
    counts = list(found)
    say()
    growth = f" {'growth':>8}" if len(counts) > 1 else ""
    say(f"  {'':<32}" + "".join(f" {count:>12,}" for count in counts) + growth)
    for name in found[counts[0]]:
        values = [found[count][name] for count in counts]
        line = f"  {name:<32}" + "".join(f" {value:12.2f}" for value in values)
        say(line + (f" {_growth(values):8.2f}" if growth else ""))


def _growth(values: Sequence[float]) -> float:
    before, after = values[-2:]
    return after / before if before else float(after > 0)


def _grown(found: Mapping[int, Figures]) -> list[str]:
    counts = list(found)
    named = {name: [found[count][name] for count in counts] for name in found[counts[0]]}
    steady = {name: values for name, values in named.items() if "p99" not in name}
    return [
        name
        for name, values in steady.items()
        if (values[-1] > 0 if "blank" in name else _growth(values) > _MOST_GROWTH)
    ]


if __name__ == "__main__":
    main()
