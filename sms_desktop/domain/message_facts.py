"""Everything that is known of one message, for the person who wants to know exactly."""

from dataclasses import dataclass

from sms_desktop.domain.address import Address
from sms_desktop.domain.message import TimelineRow


@dataclass(frozen=True, slots=True)
class MessageFacts:
    """A bubble with what it does not show. All times are milliseconds since the epoch, or ``None``.

    ``at_is_kandys``: the bubble's time is Kandy's, not this computer's. ``asked_at_ms``: when the
    person wrote it here, ``sent_at_ms``: when the last attempt began, ``recorded_at_ms``: when this
    computer learned that Kandy has it.
    """

    row: TimelineRow
    local: Address
    remote: Address
    at_is_kandys: bool
    asked_at_ms: int | None = None
    sent_at_ms: int | None = None
    recorded_at_ms: int | None = None
    attempts: int = 0
    next_attempt_at_ms: int = 0
