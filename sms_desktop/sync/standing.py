"""How the accounts and numbers stand, told whenever it differs from what was told before."""

from sms_desktop.domain.account import Account
from sms_desktop.domain.address import Address
from sms_desktop.domain.health import Health, Level
from sms_desktop.domain.ids import AccountId
from sms_desktop.store.reading import StoreReader
from sms_desktop.sync.events import (
    BecameReady,
    HealthChanged,
    NumbersChanged,
    NumberState,
    Publish,
)
from sms_desktop.sync.facts import AccountFacts, ClockTime, NumberFact, assess


class Standing:
    """Gathers the facts of all accounts and publishes health, numbers and readiness."""

    def __init__(self, reader: StoreReader, publish: Publish, clock_time: ClockTime) -> None:
        self._reader = reader
        self._publish = publish
        self._clock_time = clock_time
        self._facts: dict[AccountId, AccountFacts] = {}
        self._health = Health(Level.STARTING, "")
        self._numbers: tuple[NumberState, ...] = ()
        self._was_ready = False

    @property
    def health(self) -> Health:
        """What was told last."""
        return self._health

    def add(self, account: Account, facts: AccountFacts) -> None:
        """Watch an account's facts."""
        self._facts[account.account_id] = facts

    def cannot_open(self, account: Account, sentence: str) -> None:
        """An account cannot even try; ``sentence`` says why."""
        self._facts[account.account_id] = AccountFacts(signed_in=False, sign_in_trouble=sentence)

    def remove(self, account_id: AccountId) -> None:
        """Watch an account no more."""
        self._facts.pop(account_id, None)

    def tell(self) -> None:
        """Look at every fact and tell what is different."""
        self._count_outbox()
        health = assess(tuple(self._facts.values()), self._clock_time)
        if health != self._health:
            self._health = health
            self._publish(HealthChanged(health))
        self._tell_numbers()
        is_ready = bool(self._facts) and all(f.is_ready for f in self._facts.values())
        if is_ready and not self._was_ready:
            self._publish(BecameReady())
        self._was_ready = is_ready

    def _count_outbox(self) -> None:
        counts = self._reader.outbox_counts()
        for account_id, facts in self._facts.items():
            facts.waiting, facts.unconfirmed = counts.get(account_id, (0, 0))

    def _tell_numbers(self) -> None:
        states = tuple(
            NumberState(number, fact.receiving, fact.detail, fact.since_ms)
            for number in self._reader.numbers()
            for fact in [self._fact(number.account_id, number.number)]
        )
        if states != self._numbers:
            self._numbers = states
            self._publish(NumbersChanged(states))

    def _fact(self, account_id: AccountId, number: Address) -> NumberFact:
        facts = self._facts.get(account_id)
        if facts is None:
            return NumberFact()
        return facts.numbers.get(number, NumberFact())
