"""How an own number stands, in the words and colours of its card."""

from dataclasses import dataclass
from typing import Final

from sms_desktop.domain.health import Receiving
from sms_desktop.sync.events import NumberState
from sms_desktop.ui.clock_text import clock_text
from sms_desktop.ui.models.moments import Moments

_LOOKS: Final = {
    Receiving.UNKNOWN: ("Not known yet", "text_disabled", ""),
    Receiving.ACTIVE: ("Receiving", "live", ""),
    Receiving.PAUSED: ("Paused", "text_muted", ""),
    Receiving.CANCELLED: ("Subscription cancelled by Kandy", "warning", "warning"),
    Receiving.NOT_ASSIGNED: ("No longer assigned to your project", "danger", "danger"),
    Receiving.FAILED: ("Not receiving", "danger", "danger"),
}
_BROKEN: Final = (Receiving.CANCELLED, Receiving.NOT_ASSIGNED, Receiving.FAILED)


@dataclass(frozen=True, slots=True)
class NumberWords:
    """``first`` stands out, ``small`` follows on its line, ``reason`` is a sentence beneath.

    ``dot`` and ``role`` choose the colours.
    """

    first: str
    small: tuple[str, ...]
    reason: str
    dot: str
    role: str
    is_broken: bool

    def spoken(self) -> str:
        """All of it as one line."""
        return ". ".join(p for p in (" · ".join((self.first, *self.small)), self.reason) if p)


def number_words(state: NumberState, moments: Moments, last_inbound_ms: int) -> NumberWords:
    """What a card says; ``last_inbound_ms`` is 0 where nothing came yet."""
    words, dot, role = _LOOKS[state.receiving]
    number = state.number
    since = clock_text(moments, state.since_ms) if state.since_ms else ""
    is_broken = state.receiving in _BROKEN
    if is_broken and since:
        words = f"{words} at {since}"
    is_active = state.receiving is Receiving.ACTIVE
    last = clock_text(moments, last_inbound_ms) if last_inbound_ms and is_active else ""
    small = (
        f"subscribed {since}" if is_active and since else "",
        f"last message {last}" if last else "",
        "hidden from the inbox" if number.is_hidden else "",
        "" if number.notify else "no notifications",
    )
    shown = tuple(part for part in small if part)
    return NumberWords(words, shown, state.detail, dot, role, is_broken)
