"""The steps that an inbound message takes, one row each: state, reason, and what would mend it."""

from typing import Final

from sms_desktop.domain.facts import AccountFacts, ClockTime, TunnelFact
from sms_desktop.domain.health import Check, CheckState, Fix, Receiving

CANNOT_BE_CHECKED: Final = (
    "Your own address cannot be checked from here: your router may not lead from inside to itself."
)

CLOCK_TOLERATED_MS: Final = 5 * 60_000


def checks_of(facts: AccountFacts, clock_time: ClockTime) -> list[Check]:
    """The rows of one account, in the order in which a message passes them."""
    listener = Check("listener", "Local listener", CheckState.OK, facts.listener)
    tunnel = facts.tunnel
    rows = [
        _account_check(facts, clock_time),
        *_clock_checks(facts),
        *([listener] if facts.listener else []),
        *(
            [_tunnel_check(facts, tunnel, clock_time), _probe_check(tunnel, clock_time)]
            if tunnel
            else []
        ),
        _way_check(facts),
        _subscriptions_check(facts),
        _catch_up_check(facts, clock_time),
        Check(
            "sending",
            "Sending",
            CheckState.WARNING if facts.unconfirmed else CheckState.OK,
            f"{facts.waiting} waiting · {facts.unconfirmed} being checked",
        ),
    ]
    return [row.of(facts.account_id) for row in rows]


def _account_check(facts: AccountFacts, clock_time: ClockTime) -> Check:
    name, title = "account", "Signed in to Kandy"
    if facts.sign_in_trouble:
        return Check(name, title, CheckState.FAILED, facts.sign_in_trouble, Fix.SIGN_IN)
    if facts.is_offline:
        trouble = facts.look_trouble or "Kandy cannot be reached."
        return Check(name, title, CheckState.FAILED, trouble, Fix.CHECK)
    parts = []
    if facts.token_renews_at_ms is not None:
        parts.append(f"token renews at {clock_time(facts.token_renews_at_ms)}")
    if facts.clock_offset_ms is not None:
        parts.append(f"clock differs by {abs(facts.clock_offset_ms) / 1000:.1f} s")
    detail = " · ".join(parts) or ("signed in" if facts.signed_in else "signing in…")
    return _outcome(name, title, facts.signed_in, detail)


def _clock_checks(facts: AccountFacts) -> list[Check]:
    """A warning where this computer's clock is far off; a little does no harm, and says nothing."""
    ahead_ms = -(facts.clock_offset_ms or 0)
    if abs(ahead_ms) < CLOCK_TOLERATED_MS:
        return []
    way = "ahead of" if ahead_ms > 0 else "behind"
    detail = (
        f"This computer's clock is {_duration(abs(ahead_ms))} {way} Kandy's. Let the system set date "
        "and time by itself; until then times here, and what is old or new, may be wrong."
    )
    return [Check("clock", "Date and time", CheckState.WARNING, detail)]


def _duration(ms: int) -> str:
    minutes = round(ms / 60_000)
    days, hours = divmod(minutes // 60, 24)
    parts = [(days, "d"), (hours, "h"), (minutes % 60, "min")]
    return " ".join(f"{count} {unit}" for count, unit in parts if count)


def _tunnel_check(facts: AccountFacts, tunnel: TunnelFact, clock_time: ClockTime) -> Check:
    name, title = "tunnel", "Tunnel"
    if not tunnel.url:
        trouble = facts.stands_in_for or facts.way_trouble or tunnel.trouble
        detail = f"{tunnel.name} · being opened"
        if trouble:
            return Check(name, title, CheckState.FAILED, trouble, Fix.CHANGE_WAY)
        return Check(name, title, CheckState.WAITING, detail, Fix.CHANGE_WAY)
    parts = [tunnel.name, tunnel.url]
    if tunnel.up_since_ms is not None:
        parts.append(f"up since {clock_time(tunnel.up_since_ms)}")
    return Check(name, title, CheckState.OK, " · ".join(parts), Fix.CHANGE_WAY)


def _probe_check(tunnel: TunnelFact, clock_time: ClockTime) -> Check:
    name, title = "probe", "Our own URL answers"
    if tunnel.is_blind:
        return _blind_check(name, title, tunnel, clock_time)
    if tunnel.trouble:
        return Check(name, title, CheckState.FAILED, tunnel.trouble, Fix.CHECK)
    if tunnel.carried_ms is None:
        return Check(name, title, CheckState.WAITING, "not called yet")
    detail = f"probe returned through the tunnel in {tunnel.carried_ms} ms"
    if 0 < tunnel.every_s < 60:
        detail += f" · called every {tunnel.every_s:.0f} s"
    return Check(name, title, CheckState.OK, detail)


def _blind_check(name: str, title: str, tunnel: TunnelFact, clock_time: ClockTime) -> Check:
    if tunnel.is_heard and tunnel.heard_at_ms is not None:
        detail = (
            f"cannot be called from here; Kandy came in by it at {clock_time(tunnel.heard_at_ms)}"
        )
        return Check(name, title, CheckState.OK, detail)
    detail = f"{CANNOT_BE_CHECKED} A test message proves it."
    return Check(name, title, CheckState.WARNING, detail, Fix.CHECK)


def _way_check(facts: AccountFacts) -> Check:
    name, title, way = "way_in", "Way in", facts.way or "not open yet"
    closed = facts.way_trouble or (facts.look_trouble if facts.is_offline else "")
    if facts.way_open and facts.stands_in_for and not closed:
        detail = f"{way} stands in. {facts.stands_in_for}"
        return Check(name, title, CheckState.WARNING, detail, Fix.CHECK)
    if closed:
        return Check(name, title, CheckState.FAILED, closed, Fix.CHECK)
    return _outcome(name, title, facts.way_open, way)


def _subscriptions_check(facts: AccountFacts) -> Check:
    name, title = "subscriptions", "Subscriptions"
    missing = len(facts.wanted) - len(facts.active)
    known = all(n.receiving is not Receiving.UNKNOWN for n in facts.wanted)
    reasons = [facts.look_trouble, *(n.detail for n in facts.wanted)]
    detail = " · ".join(
        [
            f"{len(facts.active)} of {len(facts.wanted)} active",
            *dict.fromkeys(reason for reason in reasons if reason),
        ]
    )
    if not (missing or not facts.wanted or facts.look_trouble):
        return Check(name, title, CheckState.OK, detail)
    if not (known or facts.look_trouble):
        return Check(name, title, CheckState.WAITING, detail)
    return Check(name, title, CheckState.WARNING, detail, _mending(facts, missing))


def _mending(facts: AccountFacts, missing: int) -> Fix | None:
    if facts.sign_in_trouble:
        return None
    if missing:
        return Fix.SUBSCRIBE
    return Fix.CHECK if facts.look_trouble else Fix.NUMBERS


def _catch_up_check(facts: AccountFacts, clock_time: ClockTime) -> Check:
    name, title, done = "catch_up", "Catch-up", facts.caught_up_at_ms
    if facts.catch_up_trouble:
        return Check(name, title, CheckState.FAILED, facts.catch_up_trouble, Fix.CHECK)
    if done is None:
        return Check(name, title, CheckState.WAITING, "not yet compared")
    return Check(
        name, title, CheckState.OK, f"history compared with the inbox at {clock_time(done)}"
    )


def _outcome(name: str, title: str, good: bool | None, detail: str) -> Check:
    return Check(name, title, CheckState.OK if good else CheckState.WAITING, detail)
