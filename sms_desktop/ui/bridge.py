"""The only place where facts of the use cases become Qt signals.

Facts that come before a window listens are kept and delivered, in order, by ``open``.
"""

from collections import deque

from PySide6.QtCore import QObject, Signal

from sms_desktop.sync import events


class Bridge(QObject):
    """One typed signal for each kind of fact; ``publish`` is handed to the use cases."""

    timeline_changed = Signal(events.TimelineChanged)
    message_echoed = Signal(events.MessageEchoed)
    echo_withdrawn = Signal(events.EchoWithdrawn)
    check_answered = Signal(events.CheckAnswered)
    health_changed = Signal(events.HealthChanged)
    numbers_changed = Signal(events.NumbersChanged)
    accounts_changed = Signal(events.AccountsChanged)
    account_states_changed = Signal(events.AccountStatesChanged)
    subscription_was_cancelled = Signal(events.SubscriptionWasCancelled)
    trouble_arose = Signal(events.TroubleArose)
    batch_changed = Signal(events.BatchChanged)
    came_due_late = Signal(events.CameDueLate)
    contacts_changed = Signal(events.ContactsChanged)
    history_imported = Signal(events.HistoryImported)
    became_ready = Signal(events.BecameReady)
    show_requested = Signal(events.ShowRequested)

    def __init__(self) -> None:
        super().__init__()
        self._waiting: deque[events.Event] = deque()
        self._is_open = False
        self._signals = {
            events.TimelineChanged: self.timeline_changed,
            events.MessageEchoed: self.message_echoed,
            events.EchoWithdrawn: self.echo_withdrawn,
            events.CheckAnswered: self.check_answered,
            events.HealthChanged: self.health_changed,
            events.NumbersChanged: self.numbers_changed,
            events.AccountsChanged: self.accounts_changed,
            events.AccountStatesChanged: self.account_states_changed,
            events.SubscriptionWasCancelled: self.subscription_was_cancelled,
            events.TroubleArose: self.trouble_arose,
            events.BatchChanged: self.batch_changed,
            events.CameDueLate: self.came_due_late,
            events.ContactsChanged: self.contacts_changed,
            events.HistoryImported: self.history_imported,
            events.BecameReady: self.became_ready,
            events.ShowRequested: self.show_requested,
        }

    def publish(self, event: events.Event) -> None:
        """Tell the windows a fact, or keep it until they listen."""
        if self._is_open:
            self._signals[type(event)].emit(event)
        else:
            self._waiting.append(event)

    def open(self) -> None:
        """Deliver what was kept, and from now on everything at once."""
        self._is_open = True
        while self._waiting:
            self.publish(self._waiting.popleft())
