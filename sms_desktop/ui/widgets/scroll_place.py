"""Where a conversation was left."""

from dataclasses import dataclass

from sms_desktop.domain.message import TimelineKey


@dataclass(frozen=True, slots=True)
class ScrollPlace:
    """A row, and how far below the upper edge of the view it stood, in pixels."""

    key: TimelineKey
    top: int
