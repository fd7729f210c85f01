"""How each own number of an account stands: what Kandy answered, against what Kandy told later.

A cancellation stays until the person subscribes again, or Kandy's list shows a subscription that it
had not meant: an answer that was under way when the cancellation came may not paint it over.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from sms_desktop.domain.account import OwnNumber
from sms_desktop.domain.address import Address
from sms_desktop.domain.clock import NowMs
from sms_desktop.domain.facts import NumberFact
from sms_desktop.domain.health import Receiving
from sms_desktop.sync.receiving.subscriptions import Outcome

_CANCELLED: Final = "Kandy cancelled the subscription. The number may have been unassigned."


class ReceivingNumbers:
    """Changes the facts of an account's numbers; nobody else does."""

    def __init__(self, facts: dict[Address, NumberFact], now_ms: NowMs) -> None:
        self._facts = facts
        self._now_ms = now_ms
        self._cancelled_meanwhile: set[Address] = set()

    def are(self, own: Iterable[OwnNumber]) -> None:
        """These are the account's numbers now; nothing is said about others any more."""
        present = [number.number for number in own]
        for gone in self._facts.keys() - set(present):
            del self._facts[gone]
        for number in present:
            self._facts.setdefault(number, NumberFact())

    def barred(self) -> set[Address]:
        """A fitting begins: those for which nothing may be made, as Kandy has cancelled them."""
        self._cancelled_meanwhile.clear()
        return {number for number in self._facts if self._is(number, Receiving.CANCELLED)}

    def stand(self, outcomes: Mapping[Address, Outcome]) -> None:
        """What a fitting came to."""
        for number, outcome in outcomes.items():
            paused = outcome.receiving is Receiving.PAUSED
            if number in self._facts and (paused or number not in self._cancelled_meanwhile):
                self._set(number, outcome.receiving, outcome.detail)

    def cancelled(self, number: Address) -> bool:
        """Kandy ended a number's subscription; whether that is news: a paused one has none."""
        if number not in self._facts or self._is(number, Receiving.PAUSED):
            return False
        self._cancelled_meanwhile.add(number)
        self._set(number, Receiving.CANCELLED, _CANCELLED)
        return True

    def subscribe_again(self, number: Address) -> None:
        """The person wants it; the next fitting decides."""
        self._cancelled_meanwhile.discard(number)
        if number in self._facts:
            self._set(number, Receiving.UNKNOWN, "")

    def _is(self, number: Address, receiving: Receiving) -> bool:
        fact = self._facts.get(number)
        return fact is not None and fact.receiving is receiving

    def _set(self, number: Address, receiving: Receiving, detail: str) -> None:
        before = self._facts.get(number)
        if before is None or before.receiving is not receiving or before.detail != detail:
            self._facts[number] = NumberFact(receiving, detail, self._now_ms())
