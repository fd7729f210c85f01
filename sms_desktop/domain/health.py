"""The truth about the connection, as the status line and Settings › Connection show it."""

from dataclasses import dataclass, replace
from enum import StrEnum

from sms_desktop.domain.ids import AccountId


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


class Fix(StrEnum):
    """What would mend a step: done at once, or the place where the person can do it.

    ``CHECK``: look at every step anew, and open what is shut. ``SUBSCRIBE``: subscribe again what
    does not receive. ``SIGN_IN``, ``CHANGE_WAY`` and ``NUMBERS`` are for the person.
    """

    CHECK = "check"
    SUBSCRIBE = "subscribe"
    SIGN_IN = "sign_in"
    CHANGE_WAY = "change_way"
    NUMBERS = "numbers"


@dataclass(frozen=True, slots=True)
class Check:
    """One step: a stable name for scripts, a title and a reason for people, and what mends it."""

    name: str
    title: str
    state: CheckState
    detail: str
    fix: Fix | None = None
    account_id: AccountId | None = None

    def of(self, account_id: AccountId | None) -> "Check":
        """The same step on the way to this account."""
        return replace(self, account_id=account_id)


@dataclass(frozen=True, slots=True)
class Health:
    """All steps, and one honest sentence about them.

    ``checked_at_ms``: since when every step has been looked at; ``next_check_at_ms``: when our own
    address is called next. ``None`` where that is not known.
    """

    level: Level
    sentence: str
    checks: tuple[Check, ...] = ()
    checked_at_ms: int | None = None
    next_check_at_ms: int | None = None


class Receiving(StrEnum):
    """Whether one own number receives."""

    UNKNOWN = "unknown"
    ACTIVE = "active"
    PAUSED = "paused"
    CANCELLED = "cancelled"
    NOT_ASSIGNED = "not_assigned"
    FAILED = "failed"
