"""From facts to the one state of the connection, and the honest sentence about it. Pure.

The states are a table: the first rule that fits an account gives its level, and several accounts
are as good as the worst of them.
"""

from collections.abc import Callable, Sequence
from typing import Final

from sms_desktop.domain.checks import CANNOT_BE_CHECKED, checks_of
from sms_desktop.domain.facts import AccountFacts, ClockTime
from sms_desktop.domain.health import Health, Level, Receiving

_Rule = tuple[Callable[[AccountFacts], object], Level]

_RULES: Final[tuple[_Rule, ...]] = (
    (lambda a: a.sign_in_trouble or a.is_offline, Level.DEAF),
    (lambda a: a.way_trouble and a.is_polling, Level.SLOW),
    (lambda a: a.way_trouble, Level.DEAF),
    (lambda a: a.signed_in is None or a.way_open is None, Level.STARTING),
    (lambda a: not a.way_open, Level.DEAF),
    (lambda a: a.is_ready and not a.trouble and a.is_unchecked, Level.SLOW),
    (lambda a: a.is_ready and not a.trouble, Level.LIVE),
    (lambda a: _is_unsettled(a) and not a.trouble, Level.STARTING),
    (lambda a: a.active, Level.DEGRADED),
    (lambda _: True, Level.DEAF),
)
"""Nothing below the first four rules is reached while the way in is shut."""

_BADNESS: Final = {
    Level.LIVE: 0,
    Level.STARTING: 1,
    Level.SLOW: 2,
    Level.DEGRADED: 3,
    Level.DEAF: 4,
    Level.NO_ACCOUNT: 5,
}


def assess(accounts: Sequence[AccountFacts], clock_time: ClockTime) -> Health:
    """The state of the whole connection; several accounts are as good as the worst of them."""
    if not accounts:
        return Health(Level.NO_ACCOUNT, "Sign in to Kandy in Settings to send and receive.")
    level = max((level_of(a) for a in accounts), key=_BADNESS.__getitem__)
    checks = tuple(check for a in accounts for check in checks_of(a, clock_time))
    return Health(
        level,
        _sentence(level, accounts, clock_time),
        checks,
        min((at for a in accounts if (at := _checked_at_ms(a)) is not None), default=None),
        min((at for a in accounts if (at := _next_check_at_ms(a)) is not None), default=None),
    )


def level_of(facts: AccountFacts) -> Level:
    """The state of one account."""
    return next(level for fits, level in _RULES if fits(facts))


def _is_unsettled(facts: AccountFacts) -> bool:
    """Whether the way in, or a number, has not told yet how it stands."""
    return not facts.is_proved or any(n.receiving is Receiving.UNKNOWN for n in facts.wanted)


def _checked_at_ms(facts: AccountFacts) -> int | None:
    """When the last step was looked at that is looked at least often."""
    probed = facts.tunnel.probed_at_ms if facts.tunnel else facts.caught_up_at_ms
    if probed is None or facts.caught_up_at_ms is None:
        return None
    return min(probed, facts.caught_up_at_ms)


def _next_check_at_ms(facts: AccountFacts) -> int | None:
    return facts.tunnel.next_probe_at_ms if facts.tunnel else None


def _sentence(level: Level, accounts: Sequence[AccountFacts], clock_time: ClockTime) -> str:
    # The account that makes it so bad is the one to speak of.
    trouble = next((a.trouble for a in accounts if a.trouble and level_of(a) is level), "")
    again = _next_attempt(accounts, clock_time)
    if trouble and level is Level.SLOW:
        polling = "Until it is back, Kandy is asked for new messages again and again."
        return f"{trouble} {polling} {again}".strip()
    if trouble and level is Level.DEGRADED:
        return f"{trouble} {_subscribed(accounts).capitalize()}. {again}".strip()
    if trouble:
        return f"{trouble} {again}".strip()
    if level is Level.STARTING:
        return "Connecting to Kandy…"
    if level is Level.DEAF and not all(a.way_open for a in accounts):
        return "The way in is closed and is being opened again."
    if level is Level.SLOW:
        return f"{CANNOT_BE_CHECKED} To be safe, Kandy is asked for new messages every 19 s."
    parts = [", ".join(dict.fromkeys(_way(a) for a in accounts if a.way))]
    inbound = [a.last_inbound_at_ms for a in accounts if a.last_inbound_at_ms is not None]
    if inbound:
        parts.append(f"last inbound {clock_time(max(inbound))}")
    parts.append(_subscribed(accounts))
    return " · ".join(p for p in parts if p)


def _way(facts: AccountFacts) -> str:
    return f"{facts.way} stands in for the tunnel" if facts.stands_in_for else facts.way


def _next_attempt(accounts: Sequence[AccountFacts], clock_time: ClockTime) -> str:
    times = [a.next_attempt_at_ms for a in accounts if a.next_attempt_at_ms is not None]
    return f"Next try at {clock_time(min(times))}." if times else ""


def _subscribed(accounts: Sequence[AccountFacts]) -> str:
    active = sum(len(a.active) for a in accounts)
    wanted = sum(len(a.wanted) for a in accounts)
    if not wanted:
        return "no number shall receive"
    return f"{active} of {wanted} numbers subscribed"
