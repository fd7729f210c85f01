"""What the simulator takes from outside: time, chance, ids and secrets."""

import asyncio
import random
import secrets
import time
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from sms_desktop.domain.clock import NowMs


def _now_ms() -> int:
    return time.time_ns() // 1_000_000


def _make_id() -> str:
    return str(uuid.uuid4())


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The real ones unless a test brings its own."""

    now_ms: NowMs = _now_ms
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    make_id: Callable[[], str] = _make_id
    make_secret: Callable[[], str] = secrets.token_urlsafe
    rng: random.Random = field(default_factory=random.Random)
