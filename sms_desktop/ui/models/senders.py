"""Which own numbers a person can text from now, and which of them a new message begins with."""

from collections.abc import Sequence

from sms_desktop.domain.account import NumberKey, OwnNumber
from sms_desktop.sync.events import NumberState


def can_be_sender(state: NumberState) -> bool:
    """Whether a number is offered: an answer must find its way back, and the text its way out."""
    return state.number.receive and not state.cannot_send


def offered_senders(states: Sequence[NumberState]) -> list[OwnNumber]:
    """The numbers that a new message may come from, in the order of the rail."""
    return [state.number for state in states if can_be_sender(state)]


def why_none(states: Sequence[NumberState]) -> str:
    """Why no number is offered although there are some, as a sentence; empty where one is."""
    if not states or offered_senders(states):
        return ""
    reasons = [state.cannot_send for state in states if state.number.receive]
    return next((reason for reason in reasons if reason), "None of your numbers receives.")


def preferred_sender(
    offered: Sequence[OwnNumber], chosen: NumberKey | None, present: NumberKey | None
) -> OwnNumber | None:
    """What a new message begins with, where nobody says otherwise.

    ``chosen`` in the rail goes first, then the person's own default, the ``present`` conversation's
    number, Kandy's default, and the first there is.
    """
    ways = (
        lambda number: number.key == chosen,
        lambda number: number.is_default_sender,
        lambda number: number.key == present,
        lambda number: number.is_kandy_default,
        lambda _number: True,
    )
    return next((n for is_it in ways for n in offered if is_it(n)), None)
