"""Facts as log events: what happened and how many, never whom it concerns or what it says."""

import logging

from sms_desktop import logs
from sms_desktop.sync import events

_log = logging.getLogger(__name__)


class EventLog:
    """Writes the facts that scripts wait for."""

    def note(self, event: events.Event) -> None:
        """Log one fact."""
        match event:
            case events.BecameReady():
                logs.event(_log, "ready")
            case events.TimelineChanged(changes=changes):
                logs.event(
                    _log,
                    "timeline_changed",
                    conversations=len(changes.conversations),
                    arrived=len(changes.arrived),
                )
            case events.HealthChanged(health=health):
                logs.event(_log, "health_changed", connection=health.level.value)
            case events.NumbersChanged(numbers=numbers):
                logs.event(_log, "numbers_changed", receiving=[n.receiving.value for n in numbers])
            case events.EchoWithdrawn():
                logs.event(_log, "echo_withdrawn")
            case events.SubscriptionWasCancelled():
                logs.event(_log, "subscription_cancelled")
            case events.TroubleArose():
                logs.event(_log, "trouble_arose")
            case _:
                logs.event(_log, type(event).__name__)
