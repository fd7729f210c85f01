"""Throws so many bodies at one reader, and keeps account of what came of them."""

import base64
import hashlib
import time
import traceback
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Final

from tests.fuzz.mutation import Mutator
from tests.fuzz.targets import HOSTILE, Target

_MOST_SAID: Final = 20


@dataclass
class Account:
    """``outcomes``: the first body that led to each; ``failures``: bodies and what they broke.

    ``longest_s``: processor time of the body that took the most.
    """

    count: int = 0
    longest_s: float = 0.0
    outcomes: dict[str, bytes] = field(default_factory=dict)
    failures: list[tuple[bytes, str]] = field(default_factory=list)

    def failed(self, body: bytes, why: str) -> None:
        """Remember a body that did harm; twenty are enough to begin with."""
        if len(self.failures) < _MOST_SAID:
            self.failures.append((body, why))


def bodies(target: Target, seed: int, account: Account, count: int) -> Iterator[bytes]:
    """So many bodies, each of them already read once by the target."""
    mutator = Mutator([*target.samples(), *kept(target)], Random(f"{seed} {target.name}"))
    for _ in range(count):
        body = mutator.next()
        account.count += 1
        began_s = time.thread_time()
        is_new = _is_new(target, body, account)
        account.longest_s = max(account.longest_s, time.thread_time() - began_s)
        if is_new:
            mutator.keep(body)
        yield body


def run(target: Target, seed: int, count: int) -> Account:
    """All of them, with nobody else looking."""
    account = Account()
    for _ in bodies(target, seed, account, count):
        pass
    return account


def _is_new(target: Target, body: bytes, account: Account) -> bool:
    try:
        outcome = target.outcome(body)
    except Exception:  # noqa: BLE001 - this is what is looked for
        account.failed(body, traceback.format_exc(limit=-3))
        return False
    if outcome in account.outcomes:
        return False
    account.outcomes[outcome] = body
    return True


def kept(target: Target, folder: Path = HOSTILE) -> list[bytes]:
    """The bodies of the corpus: one a line, in Base64."""
    file = folder / f"{target.name}.txt"
    return [base64.b64decode(line) for line in file.read_bytes().split()] if file.exists() else []


def keep(target: Target, found: list[bytes], folder: Path = HOSTILE) -> None:
    """Add bodies to the corpus."""
    folder.mkdir(parents=True, exist_ok=True)
    everything = {hashlib.sha256(one).hexdigest(): one for one in [*kept(target, folder), *found]}
    lines = [base64.b64encode(one) + b"\n" for _, one in sorted(everything.items())]
    (folder / f"{target.name}.txt").write_bytes(b"".join(lines))
