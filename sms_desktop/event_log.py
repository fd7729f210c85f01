"""Facts as log events: what happened and how many, never whom it concerns or what it says."""

import logging
from typing import Final

from sms_desktop import logs
from sms_desktop.sync import events

_log = logging.getLogger(__name__)

_NAMES: Final = {
    events.TimelineChanged: "timeline_changed",
    events.MessageEchoed: "message_echoed",
    events.EchoWithdrawn: "echo_withdrawn",
    events.CheckAnswered: "check_answered",
    events.HealthChanged: "health_changed",
    events.NumbersChanged: "numbers_changed",
    events.AccountsChanged: "accounts_changed",
    events.AccountStatesChanged: "account_states_changed",
    events.SubscriptionWasCancelled: "subscription_cancelled",
    events.TroubleArose: "trouble_arose",
    events.BatchChanged: "batch_changed",
    events.CameDueLate: "came_due_late",
    events.ContactsChanged: "contacts_changed",
    events.HistoryImported: "history_imported",
    events.BecameReady: "ready",
    events.ShowRequested: "show_requested",
}


def note(event: events.Event) -> None:
    """Write one fact to the log, for scripts that wait for it."""
    logs.event(_log, _NAMES[type(event)], **_harmless(event))


def _harmless(event: events.Event) -> dict[str, object]:
    """What of a fact names nobody and quotes nothing."""
    match event:
        case events.TimelineChanged(changes=changes):
            return {"conversations": len(changes.conversations), "arrived": len(changes.arrived)}
        case events.HealthChanged(health=health):
            return {"connection": health.level.value}
        case events.NumbersChanged(numbers=numbers):
            return {"receiving": [number.receiving.value for number in numbers]}
        case events.AccountsChanged(accounts=accounts):
            return {"accounts": len(accounts)}
        case events.CameDueLate(count=count):
            return {"count": count}
        case events.HistoryImported(threads_done=done, threads=threads, is_over=is_over):
            return {"threads_done": done, "threads": threads, "is_over": is_over}
        case _:
            return {}
