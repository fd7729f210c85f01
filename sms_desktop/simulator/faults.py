"""Faults that were ordered: which requests and notifications shall go wrong, how, and how often."""

import asyncio
import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from sms_desktop.simulator.journal import Journal
from sms_desktop.simulator.refusals import invalid_input

REQUEST_FAULTS: Final = frozenset(
    {
        "status",
        "status-after",
        "refuse",
        "cut",
        "drop-answer",
        "delay-request",
        "delay-answer",
        "hold-answer",
        "broken-body",
    }
)
NOTIFICATION_FAULTS: Final = frozenset(
    {
        "notification-first",
        "repeat-notification",
        "drop-notification",
        "delay-notification",
        "hold-notification",
        "reorder-notifications",
    }
)
EVERY_ROUTE: Final = "*"


@dataclass(slots=True)
class Fault:
    """One order.

    ``route``: name of a route, or of a kind of notification, or ``*``. ``times``: how often it
    happens (``None``: until cleared). ``share``: 0–1, how many of those that fit are hit. The rest
    is read where the fault happens: ``status``, ``retry_after_s``, ``delay_s``, ``copies``,
    ``window``, ``code``, ``text``, ``variables``, ``policy``.
    """

    kind: str
    route: str = EVERY_ROUTE
    times: int | None = 1
    share: float = 1.0
    status: int = 503
    retry_after_s: int | None = None
    delay_s: float = 0.0
    copies: int = 2
    window: int = 2
    code: str = "SVC0001"
    text: str = "A service error occurred. Error code is %1"
    variables: list[str] = field(default_factory=lambda: ["1"])
    policy: bool = False


class Faults:
    """The orders that stand; each is used up as it happens."""

    def __init__(self, rng: random.Random, journal: Journal) -> None:
        self._rng = rng
        self._journal = journal
        self._orders: list[Fault] = []
        self._released = asyncio.Event()

    def order(self, wanted: Mapping[str, object]) -> None:
        """Add an order from JSON; raises ``Refusal`` (400) naming what does not fit."""
        known = Fault.__slots__
        for name in wanted:
            if name not in known:
                raise invalid_input(name)
        if wanted.get("kind") not in REQUEST_FAULTS | NOTIFICATION_FAULTS:
            raise invalid_input("kind")
        self._orders.append(Fault(**wanted))  # type: ignore[arg-type]

    def clear(self) -> None:
        """Forget every order, and let go what is held."""
        self._orders.clear()
        self.release()

    def release(self) -> None:
        """Let go the answers and notifications that are held now."""
        self._released.set()
        self._released = asyncio.Event()

    async def until_released(self) -> None:
        """Wait for the next ``release``; counted as held meanwhile."""
        self._journal.hold(1)
        try:
            await self._released.wait()
        finally:
            self._journal.hold(-1)

    def take(self, kind: str, route: str) -> Fault | None:
        """The first order of this kind for this route, used up by one; ``None`` without one."""
        for fault in self._orders:
            if fault.kind == kind and fault.route in (EVERY_ROUTE, route):
                return self._use(fault)
        return None

    def standing(self) -> list[dict[str, object]]:
        """The orders that have not been used up, as JSON values."""
        return [
            {"kind": f.kind, "route": f.route, "times": f.times, "share": f.share}
            for f in self._orders
        ]

    def _use(self, fault: Fault) -> Fault | None:
        if fault.share < 1.0 and self._rng.random() >= fault.share:
            return None
        if fault.times is not None:
            fault.times -= 1
            if fault.times <= 0:
                self._orders.remove(fault)
        return fault
