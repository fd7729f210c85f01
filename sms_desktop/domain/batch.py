"""One text to several people, as one undertaking: how far it came, and what stands in its way."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from sms_desktop.domain.address import Address
from sms_desktop.domain.delivery import State
from sms_desktop.domain.ids import AccountId, ClientId, ConversationId

_SENT: Final = (State.ACCEPTED, State.DELIVERED)
_UNDER_WAY: Final = (State.QUEUED, State.SENDING, State.UNCONFIRMED)
_FAILED: Final = (State.REFUSED, State.NOT_SENT, State.IMPOSSIBLE)
_CAN_BE_RETRIED: Final = (State.REFUSED, State.NOT_SENT)


@dataclass(frozen=True, slots=True)
class BatchPart:
    """One message of it; ``state`` is ``None`` once it was cancelled."""

    client_id: ClientId
    account_id: AccountId
    remote: Address
    conversation_id: ConversationId | None = None
    state: State | None = None
    reason: str = ""
    sender: Address | None = None


@dataclass(frozen=True)
class Batch:
    """All parts in the order in which they were asked for; empty while there is none."""

    parts: tuple[BatchPart, ...] = ()

    @cached_property
    def _counts(self) -> "Counter[State | None]":
        return Counter(part.state for part in self.parts)

    def _count(self, *states: State | None) -> int:
        return sum(self._counts[state] for state in states)

    @property
    def sent(self) -> int:
        """How many Kandy took."""
        return self._count(*_SENT)

    @property
    def queued(self) -> int:
        """How many can still be cancelled."""
        return self._count(State.QUEUED)

    @property
    def begun(self) -> int:
        """How many were tried, the present one included."""
        return len(self.parts) - self._count(State.QUEUED, None)

    @property
    def cancelled(self) -> int:
        """How many the person took back in time."""
        return self._count(None)

    @property
    def unconfirmed(self) -> int:
        """Of how many nobody knows yet."""
        return self._count(State.UNCONFIRMED)

    @property
    def failed(self) -> tuple[BatchPart, ...]:
        """What was refused, not sent, or cannot be delivered."""
        return tuple(part for part in self.parts if part.state in _FAILED)

    @property
    def retriable(self) -> tuple[BatchPart, ...]:
        """What the person may send again."""
        return tuple(part for part in self.parts if part.state in _CAN_BE_RETRIED)

    @property
    def is_over(self) -> bool:
        """Whether nothing is waited for any more."""
        return not self._count(*_UNDER_WAY)
