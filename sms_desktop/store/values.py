"""Makes values from outside fit into SQLite: well-formed Unicode, times within its integers."""

from dataclasses import replace
from typing import Final

from sms_desktop.domain.address import Address
from sms_desktop.domain.delivery import State
from sms_desktop.domain.ids import MessageId
from sms_desktop.domain.message import Direction, ServerMessage

LATEST_MS: Final = 253_370_764_800_000
"""The beginning of the year 9999: every calendar can show it, in every time zone."""

_FROM_KANDY: Final = frozenset({State.ACCEPTED, State.DELIVERED, State.IMPOSSIBLE})


def clamped_ms(at_ms: int) -> int:
    """The time, moved into 1970 … 9999 where it lies outside."""
    return min(max(int(at_ms), 0), LATEST_MS)


def clean(text: str) -> str:
    """The text with lone surrogates replaced, which UTF-8 cannot hold; NUL and all others stay."""
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def tidy(message: ServerMessage) -> ServerMessage:
    """The message with storable values and a state that Kandy can state at all."""
    if message.direction is Direction.INBOUND:
        state = State.RECEIVED
    else:
        state = message.state if message.state in _FROM_KANDY else State.ACCEPTED
    return replace(
        message,
        message_id=MessageId(clean(message.message_id)),
        local=Address(clean(message.local)),
        remote=Address(clean(message.remote)),
        text=clean(message.text),
        at_ms=clamped_ms(message.at_ms),
        state=state,
    )


def same_text(one: str, other: str) -> bool:
    """Whether two texts are the same message; a server may trim ends or change line ends."""
    return one == other or _plain(one) == _plain(other)


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()
