"""The way of the facts to whoever looks on from outside; a flood of changes arrives frame by frame."""

from functools import reduce
from operator import or_
from typing import Final

from sms_desktop.domain.changes import NOTHING, Changes
from sms_desktop.sync.events import Event, Publish, TimelineChanged
from sms_desktop.sync.running.coalescing import Coalescing
from sms_desktop.sync.running.tasks import TaskOwner

_SHARE: Final = 0.3
"""Of the loop's time for views that read and paint what changed; the rest takes in what comes."""


class FrameBatching:
    """Publishes facts in their order. Changes of timelines that come together are told as one."""

    def __init__(self, publish: Publish, tasks: TaskOwner) -> None:
        self._publish = publish
        self._changes: list[Changes] = []
        self._telling = Coalescing(self._tell_changes, tasks, share=_SHARE)

    def publish(self, event: Event) -> None:
        """Tell a fact: a change of timelines soon, anything else at once."""
        if isinstance(event, TimelineChanged):
            self._changes.append(event.changes)
            self._telling.ask()
        else:
            self._telling.now()
            self._publish(event)

    def _tell_changes(self) -> None:
        changes, self._changes = self._changes, []
        self._publish(TimelineChanged(reduce(or_, changes, NOTHING)))
