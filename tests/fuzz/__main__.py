"""``python -m tests.fuzz --count 1000000 --seed 1``: hostile bytes for everything that reads any.

A share of the notification bodies goes through HTTP, the real listener and the store; readers of
other things get a tenth of the count each. What fails is added to tests/samples/hostile, which
the ordinary tests replay; exits with 1 then.
"""

import argparse
import asyncio
import gc
import itertools
import sys
import tempfile
import time
import tracemalloc
from pathlib import Path

from tests.fuzz.campaign import Account, bodies, keep, run
from tests.fuzz.receiving import receive
from tests.fuzz.targets import NOTIFICATION, OTHERS, Target


def main() -> int:
    """All readers, one after the other."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--count", type=int, default=100_000, help="notification bodies")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--share", type=float, default=0.02, help="of them by HTTP into the store")
    parser.add_argument("--keep", type=int, default=0, help="add so many new outcomes each")
    wanted = parser.parse_args()
    failed = _everything(wanted.count, wanted.seed, wanted.share, wanted.keep)
    _say("nothing failed" if not failed else f"{failed} readers failed")
    return int(failed > 0)


def _everything(count: int, seed: int, share: float, most_kept: int) -> int:
    failed = _by_http(round(count * share), seed)
    targets = [(NOTIFICATION, count - round(count * share))] + [
        (one, count // 10) for one in OTHERS
    ]
    for target, times in targets:
        began, before = time.perf_counter(), _resident_kb()
        # In two halves: what the second adds to the memory would be added again and again.
        first = run(target, seed, times // 2)
        between = _resident_kb()
        second = run(target, seed + 1_000_000, times - times // 2)
        grown = f"{between - before:+} KB, then {_resident_kb() - between:+} KB"
        took = time.perf_counter() - began
        outcomes = first.outcomes | second.outcomes
        longest_ms = max(first.longest_s, second.longest_s) * 1000
        _say(
            f"{target.name:<14} {times:>9} bodies {len(outcomes):>5} outcomes {took:7.1f} s,"
            f" longest {longest_ms:5.1f} ms, {grown}"
        )
        failed += _report(target, first) + _report(target, second)
        if most_kept:
            short = sorted(outcomes.values(), key=len)
            keep(target, [one for one in short if len(one) < 600][:most_kept])
    _say(f"Python's own memory while {count // 20} are read: {_allocated(count // 20, seed)}")
    return failed


def _by_http(count: int, seed: int) -> int:
    account = Account()
    with tempfile.TemporaryDirectory(prefix="sms-desktop-fuzz-") as place:
        before, began = _resident_kb(), time.perf_counter()
        endless = bodies(NOTIFICATION, seed + 2_000_000, account, count)
        statuses, wrong = asyncio.run(receive(Path(place), endless))
        took, grown = time.perf_counter() - began, _resident_kb() - before
    _say(f"{'over HTTP':<14} {count:>9} bodies {took:7.1f} s {grown:+} KB, statuses {statuses}")
    for one in wrong:
        _say(f"  in the log: {one}")
    return _report(NOTIFICATION, account) or int(bool(wrong) or set(statuses) - {200} != set())


def _report(target: Target, account: Account) -> int:
    for body, why in account.failures:
        _say(f"  {body[:200]!r}\n{why}")
    if account.failures:
        keep(target, [body for body, _ in account.failures])
    return int(bool(account.failures))


def _allocated(count: int, seed: int) -> str:
    tracemalloc.start()
    account = Account()
    seen = []
    endless = bodies(NOTIFICATION, seed + 3_000_000, account, count)
    for _ in range(4):
        for _ in itertools.islice(endless, count // 4):
            pass
        gc.collect()
        seen.append(tracemalloc.get_traced_memory()[0] // 1024)
    tracemalloc.stop()
    return " → ".join(f"{one} KB" for one in seen)


def _resident_kb() -> int:
    gc.collect()
    status = Path("/proc/self/status")
    if not status.exists():
        return 0
    line = next(one for one in status.read_text().splitlines() if one.startswith("VmRSS:"))
    return int(line.split()[1])


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
