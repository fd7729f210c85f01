"""Whether the own number of a conversation receives, in words. No Qt."""

from typing import Final

from sms_desktop.domain.address import DEFAULT_SENDER, Address
from sms_desktop.domain.health import Receiving
from sms_desktop.sync.events import NumberState
from sms_desktop.ui.models.numbers import shown_number

_TROUBLE: Final = frozenset({Receiving.CANCELLED, Receiving.NOT_ASSIGNED, Receiving.FAILED})


def does_not_receive(state: NumberState) -> bool:
    """Whether a number that shall receive does not, as far as Kandy says."""
    return state.receiving in _TROUBLE


def notice_words(local: Address, state: NumberState | None) -> str:
    """The sentence for a conversation's own number; empty where nothing is amiss.

    ``state`` is ``None`` where the number is none of the account's any more.
    """
    shown = shown_number(local)
    if state is None:
        return "" if local == DEFAULT_SENDER else f"{shown} is not one of your numbers any more."
    called = state.number.name or shown
    if state.receiving is Receiving.CANCELLED:
        return f"Kandy cancelled the subscription of {called}: answers do not arrive here."
    if state.receiving is Receiving.NOT_ASSIGNED:
        return f"{called} is not assigned to your project any more: answers do not arrive here."
    if state.receiving is Receiving.FAILED:
        return f"{called} does not receive: {state.detail}".rstrip(": ")
    return ""
