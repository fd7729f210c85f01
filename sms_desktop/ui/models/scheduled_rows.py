"""Scheduled texts as rows below everything that was sent. No Qt."""

from collections.abc import Sequence
from typing import Final

from sms_desktop.domain.delivery import State
from sms_desktop.domain.ids import ConversationId
from sms_desktop.domain.message import Direction, Origin, TimelineKey, TimelineRow
from sms_desktop.domain.scheduling import BRIEF, ScheduledMessage

_AFTER_EVERYTHING: Final = 2**62


def scheduled_rows(
    found: Sequence[ScheduledMessage], conversation_id: ConversationId
) -> list[TimelineRow]:
    """Their time is the one at which they are to be sent; why one is held stands as its reason."""
    return [
        TimelineRow(
            TimelineKey(one.send_at_ms, _AFTER_EVERYTHING + at),
            conversation_id,
            Direction.OUTBOUND,
            Origin.THIS_DEVICE,
            one.text,
            one.send_at_ms,
            State.SCHEDULED,
            BRIEF if one.is_brief else one.held,
            client_id=one.client_id,
        )
        for at, one in enumerate(found)
    ]
