"""Facts about the way of an inbound message, and the honest sentence that they add up to.

Pure: who learns a fact sets it here; ``assess`` reads them all. Nothing counts as working until a
fact says so.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from sms_desktop.domain.address import Address
from sms_desktop.domain.health import Check, CheckState, Health, Level, Receiving

ClockTime = Callable[[int], str]
"""Shows a time in milliseconds as the person's clock would."""


@dataclass(slots=True)
class NumberFact:
    """How one number stands with Kandy since when (milliseconds)."""

    receiving: Receiving = Receiving.UNKNOWN
    detail: str = ""
    since_ms: int = 0


@dataclass(slots=True)
class AccountFacts:
    """What is known about one account; ``None`` and empty mean not known yet.

    ``listener`` is the local address that the way in needs, and empty where it needs none.
    ``way_*`` is the webhook or websocket; ``is_polling`` while history is read often instead;
    ``*_trouble`` holds the sentence of the last failure and is empty while there is none.
    ``look_trouble``: Kandy could not be asked how things stand; ``is_offline`` where it cannot even
    be reached, so that nothing can come from there.
    """

    signed_in: bool | None = None
    sign_in_trouble: str = ""
    token_renews_at_ms: int | None = None
    clock_offset_ms: int | None = None
    listener: str = ""
    way: str = ""
    way_open: bool | None = None
    way_trouble: str = ""
    look_trouble: str = ""
    is_offline: bool = False
    is_polling: bool = False
    numbers: dict[Address, NumberFact] = field(default_factory=dict)
    caught_up_at_ms: int | None = None
    catch_up_trouble: str = ""
    waiting: int = 0
    unconfirmed: int = 0
    last_inbound_at_ms: int | None = None

    @property
    def wanted(self) -> list[NumberFact]:
        """The numbers that shall receive."""
        return [n for n in self.numbers.values() if n.receiving is not Receiving.PAUSED]

    @property
    def active(self) -> list[NumberFact]:
        """The numbers that receive."""
        return [n for n in self.numbers.values() if n.receiving is Receiving.ACTIVE]

    @property
    def is_open(self) -> bool:
        """Whether the way in is open, as far as anybody knows."""
        return bool(self.way_open) and not (
            self.sign_in_trouble or self.way_trouble or self.is_offline
        )

    @property
    def is_ready(self) -> bool:
        """Whether the way in is open and every wanted number is subscribed."""
        return bool(self.is_open and self.wanted and len(self.active) == len(self.wanted))

    @property
    def trouble(self) -> str:
        """The sentence that says most about what is wrong; empty where nothing is known to be."""
        early = self.sign_in_trouble or self.way_trouble or self.look_trouble
        return early or self.catch_up_trouble


def assess(accounts: Sequence[AccountFacts], clock_time: ClockTime) -> Health:
    """The state of the whole connection; several accounts are as good as the worst of them."""
    if not accounts:
        return Health(Level.NO_ACCOUNT, "Sign in to Kandy in Settings to send and receive.")
    level = max((_level(a) for a in accounts), key=_BADNESS.__getitem__)
    checks = tuple(check for a in accounts for check in _checks(a, clock_time))
    return Health(level, _sentence(level, accounts, clock_time), checks)


_BADNESS = {
    Level.LIVE: 0,
    Level.STARTING: 1,
    Level.SLOW: 2,
    Level.DEGRADED: 3,
    Level.DEAF: 4,
    Level.NO_ACCOUNT: 5,
}


def _level(facts: AccountFacts) -> Level:
    if facts.sign_in_trouble or facts.way_trouble or facts.is_offline:
        return Level.SLOW if facts.is_polling else Level.DEAF
    if facts.signed_in is None or facts.way_open is None:
        return Level.STARTING
    if not facts.way_open:
        return Level.DEAF
    if facts.is_ready and not facts.trouble:
        return Level.LIVE
    if any(n.receiving is Receiving.UNKNOWN for n in facts.wanted) and not facts.trouble:
        return Level.STARTING
    return Level.DEGRADED if facts.active else Level.DEAF


def _sentence(level: Level, accounts: Sequence[AccountFacts], clock_time: ClockTime) -> str:
    trouble = next((a.trouble for a in accounts if a.trouble), "")
    if trouble and level is Level.SLOW:
        return f"{trouble} Until it is back, Kandy is asked for new messages again and again."
    if trouble and level is Level.DEGRADED:
        return f"{trouble} {_subscribed(accounts).capitalize()}."
    if trouble:
        return trouble
    if level is Level.STARTING:
        return "Connecting to Kandy…"
    if level is Level.DEAF and not all(a.way_open for a in accounts):
        return "The way in is closed and is being opened again."
    parts = [", ".join(dict.fromkeys(a.way for a in accounts if a.way))]
    inbound = [a.last_inbound_at_ms for a in accounts if a.last_inbound_at_ms is not None]
    if inbound:
        parts.append(f"last inbound {clock_time(max(inbound))}")
    parts.append(_subscribed(accounts))
    return " · ".join(p for p in parts if p)


def _subscribed(accounts: Sequence[AccountFacts]) -> str:
    active = sum(len(a.active) for a in accounts)
    wanted = sum(len(a.wanted) for a in accounts)
    if not wanted:
        return "no number shall receive"
    return f"{active} of {wanted} numbers subscribed"


def _checks(facts: AccountFacts, clock_time: ClockTime) -> list[Check]:
    listener = Check("listener", "Local listener", CheckState.OK, facts.listener)
    return [
        _account_check(facts, clock_time),
        *([listener] if facts.listener else []),
        _outcome("way_in", "Way in", facts.way_open, _closed(facts), facts.way or "not open yet"),
        _subscriptions_check(facts),
        _catch_up_check(facts, clock_time),
        Check(
            "sending",
            "Sending",
            CheckState.WARNING if facts.unconfirmed else CheckState.OK,
            f"{facts.waiting} waiting · {facts.unconfirmed} being checked",
        ),
    ]


def _closed(facts: AccountFacts) -> str:
    return facts.way_trouble or (facts.look_trouble if facts.is_offline else "")


def _outcome(name: str, title: str, good: bool | None, trouble: str, detail: str) -> Check:
    if trouble:
        return Check(name, title, CheckState.FAILED, trouble)
    return Check(name, title, CheckState.OK if good else CheckState.WAITING, detail)


def _account_check(facts: AccountFacts, clock_time: ClockTime) -> Check:
    parts = []
    if facts.token_renews_at_ms is not None:
        parts.append(f"token renews at {clock_time(facts.token_renews_at_ms)}")
    if facts.clock_offset_ms is not None:
        parts.append(f"clock differs by {abs(facts.clock_offset_ms) / 1000:.1f} s")
    detail = " · ".join(parts) or ("signed in" if facts.signed_in else "signing in…")
    return _outcome("account", "Signed in to Kandy", facts.signed_in, facts.sign_in_trouble, detail)


def _subscriptions_check(facts: AccountFacts) -> Check:
    missing = len(facts.wanted) - len(facts.active)
    known = all(n.receiving is not Receiving.UNKNOWN for n in facts.wanted)
    reasons = [facts.look_trouble, *(n.detail for n in facts.wanted)]
    detail = " · ".join(
        [
            f"{len(facts.active)} of {len(facts.wanted)} active",
            *dict.fromkeys(reason for reason in reasons if reason),
        ]
    )
    if missing or not facts.wanted or facts.look_trouble:
        state = CheckState.WARNING if known or facts.look_trouble else CheckState.WAITING
    else:
        state = CheckState.OK
    return Check("subscriptions", "Subscriptions", state, detail)


def _catch_up_check(facts: AccountFacts, clock_time: ClockTime) -> Check:
    done = facts.caught_up_at_ms
    detail = (
        "not yet compared"
        if done is None
        else f"history compared with the inbox at {clock_time(done)}"
    )
    return _outcome("catch_up", "Catch-up", done is not None, facts.catch_up_trouble, detail)
