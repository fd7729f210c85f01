"""The truth about the connection, as the status line and Settings › Connection show it."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How well messages reach this computer.

    ``LIVE``: every receiving number is subscribed and the way in is open. ``SLOW``: messages come
    by asking Kandy from time to time. ``DEGRADED``: some numbers do not receive. ``DEAF``: none does.
    ``STARTING``: not known yet. ``NO_ACCOUNT``: nobody has signed in.
    """

    STARTING = "starting"
    LIVE = "live"
    SLOW = "slow"
    DEGRADED = "degraded"
    DEAF = "deaf"
    NO_ACCOUNT = "no_account"


class CheckState(StrEnum):
    """Outcome of one step on the way of an inbound message."""

    OK = "ok"
    WAITING = "waiting"
    WARNING = "warning"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Check:
    """One step: a stable name for scripts, a title and a reason for people."""

    name: str
    title: str
    state: CheckState
    detail: str


@dataclass(frozen=True, slots=True)
class Health:
    """All steps, and one honest sentence about them."""

    level: Level
    sentence: str
    checks: tuple[Check, ...] = ()


class Receiving(StrEnum):
    """Whether one own number receives."""

    UNKNOWN = "unknown"
    ACTIVE = "active"
    PAUSED = "paused"
    CANCELLED = "cancelled"
    NOT_ASSIGNED = "not_assigned"
    FAILED = "failed"
