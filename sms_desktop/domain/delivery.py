"""The life of a message as a table.

Rules
-----
* ``scheduled → queued`` is the only way out for what is to be sent later: its time came while the
  program ran, at most ``scheduling.LATE_MS`` ago, or the person says "now". What is later than that is
  *held*: it stays ``scheduled`` with the reason, whatever clocks do, until the person decides.
  The step happens once, in the transaction that puts the wish into the outbox.
* ``queued → sending`` is the only way onto the network.
* A send has three outcomes: ``accepted`` (Kandy gave a message id), ``refused`` (Kandy said no)
  and ``unconfirmed`` (the request left and no answer came). Only a send whose request cannot have
  left goes back to ``queued``.
* ``unconfirmed`` is never sent again by the program. Facts settle it: an outbound-sync
  notification or the thread's history make it ``accepted``; their silence makes it ``not_sent``,
  which asks the person.
* Silence counts only while the history reaches back to before the attempt: a trial account's oldest
  messages fall out. Where it does not, the wish stays ``unconfirmed`` (``UNKNOWABLE``) until
  news comes, or the person gives it up as ``not_sent``.
* The person alone leads a ``refused`` or ``not_sent`` wish back to ``queued``.
  News of the earlier attempt that comes while it waits keeps it from being sent again.
* A wish may be forgotten while it is ``scheduled`` or ``queued``, and whenever only the person can go
  on with it.
* A state never goes backwards: a late "accepted" does not undo "delivered".
* ``delivered`` is shown only for Kandy's ``DeliveredToTerminal``.
"""

from enum import StrEnum
from types import MappingProxyType
from typing import Final


class State(StrEnum):
    """Where a message stands; the values are stored, exported and printed."""

    SCHEDULED = "scheduled"
    QUEUED = "queued"
    SENDING = "sending"
    UNCONFIRMED = "unconfirmed"
    NOT_SENT = "not_sent"
    REFUSED = "refused"
    ACCEPTED = "accepted"
    DELIVERED = "delivered"
    IMPOSSIBLE = "impossible"
    RECEIVED = "received"


NEXT: Final = MappingProxyType(
    {
        State.SCHEDULED: frozenset({State.QUEUED}),
        State.QUEUED: frozenset({State.SENDING}),
        State.SENDING: frozenset(
            {
                State.QUEUED,
                State.UNCONFIRMED,
                State.REFUSED,
                State.ACCEPTED,
                State.DELIVERED,
                State.IMPOSSIBLE,
            }
        ),
        State.UNCONFIRMED: frozenset(
            {State.NOT_SENT, State.ACCEPTED, State.DELIVERED, State.IMPOSSIBLE}
        ),
        State.NOT_SENT: frozenset(
            {State.QUEUED, State.ACCEPTED, State.DELIVERED, State.IMPOSSIBLE}
        ),
        State.REFUSED: frozenset({State.QUEUED}),
        State.ACCEPTED: frozenset({State.DELIVERED, State.IMPOSSIBLE}),
        State.DELIVERED: frozenset[State](),
        State.IMPOSSIBLE: frozenset({State.DELIVERED}),
        State.RECEIVED: frozenset[State](),
    }
)
"""For each state, the states that a later fact may lead to."""

OUTBOX_STATES: Final = frozenset(
    {State.SCHEDULED, State.QUEUED, State.SENDING, State.UNCONFIRMED, State.NOT_SENT, State.REFUSED}
)
"""States of a wish that waits for its time or for Kandy; every other belongs to a confirmed message."""

UNKNOWABLE: Final = (
    "Kandy's history no longer reaches back to this message, so nobody can tell if it was sent."
)
"""Reason of an unconfirmed wish that no history can settle any more."""

_FROM_KANDY: Final = MappingProxyType(
    {
        "deliveredtonetwork": State.ACCEPTED,
        "deliveredtoterminal": State.DELIVERED,
        "deliveryimpossible": State.IMPOSSIBLE,
    }
)


def may_become(now: State, later: State) -> bool:
    """Whether a fact that says ``later`` may change a message that stands at ``now``."""
    return later in NEXT[now]


def advance(now: State, later: State) -> State:
    """The state after a fact: ``later`` where the table allows it, else ``now`` unchanged."""
    return later if may_become(now, later) else now


def from_kandy_status(status: str) -> State | None:
    """The state that a Kandy ``deliveryStatus`` means; ``None`` for ``Unknown`` and for new words."""
    return _FROM_KANDY.get(status.strip().lower())
