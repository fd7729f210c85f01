"""How the accounts and numbers stand, told whenever it differs from what was told before."""

import logging
from typing import Final

from sms_desktop.domain.account import Account
from sms_desktop.domain.address import Address
from sms_desktop.domain.assessing import assess
from sms_desktop.domain.facts import AccountFacts, ClockTime, NumberFact
from sms_desktop.domain.health import Health, Level, Receiving
from sms_desktop.domain.ids import AccountId
from sms_desktop.store.errors import StoreError
from sms_desktop.store.reading import StoreReader
from sms_desktop.sync.events import (
    AccountState,
    AccountStatesChanged,
    BecameReady,
    HealthChanged,
    NumbersChanged,
    NumberState,
    Publish,
)
from sms_desktop.sync.running.coalescing import Coalescing
from sms_desktop.sync.running.tasks import TaskOwner

_log = logging.getLogger(__name__)

_SHARE: Final = 0.02
_RESTS = "The account is signed out."
_MUST_SIGN_IN = "The account has to be signed in again."
_SIGNED_OUT = "Messages that come meanwhile stay at Kandy until you sign in again."


class StatusReport:
    """Gathers the facts of all accounts and publishes health, numbers and readiness."""

    def __init__(
        self, reader: StoreReader, tasks: TaskOwner, publish: Publish, clock_time: ClockTime
    ) -> None:
        self._reader = reader
        # A look costs a millisecond, and in a flood every message asks for one.
        self._telling = Coalescing(self._look, tasks, share=_SHARE)
        self._publish = publish
        self._clock_time = clock_time
        self._facts: dict[AccountId, AccountFacts] = {}
        self._signed_out: set[AccountId] = set()
        self._secretless: set[AccountId] = set()
        self._accounts: tuple[AccountState, ...] = ()
        self._health = Health(Level.STARTING, "")
        self._numbers: tuple[NumberState, ...] = ()
        self._was_ready = False
        self._are_accounts_known = False

    @property
    def health(self) -> Health:
        """How things stand now."""
        self._telling.now()
        return self._health

    def add(self, account: Account, facts: AccountFacts) -> None:
        """Watch an account's facts."""
        self._facts[account.account_id] = facts
        self._signed_out.discard(account.account_id)
        self._secretless.discard(account.account_id)

    def cannot_open(self, account: Account, sentence: str) -> None:
        """An account cannot even try; ``sentence`` says why."""
        self._facts[account.account_id] = AccountFacts(signed_in=False, sign_in_trouble=sentence)
        self._secretless.discard(account.account_id)

    def lacks_secret(self, account: Account, sentence: str) -> None:
        """An account cannot even try until the person signs in again; ``sentence`` says why."""
        self.cannot_open(account, sentence)
        self._secretless.add(account.account_id)

    def signed_out(self, account: Account) -> None:
        """The person wants an account to rest: that is no trouble."""
        self._signed_out.add(account.account_id)

    def remove(self, account_id: AccountId) -> None:
        """Watch an account no more."""
        self._facts.pop(account_id, None)
        self._signed_out.discard(account_id)
        self._secretless.discard(account_id)

    def cannot_send(self, account_id: AccountId) -> str:
        """Why nothing can leave from an account until the person acts; empty where it can."""
        if account_id in self._signed_out:
            return _RESTS
        return _MUST_SIGN_IN if account_id in self._secretless else ""

    def begin(self) -> None:
        """The accounts are known: from now on no facts mean no account."""
        self._are_accounts_known = True

    def tell_numbers(self) -> None:
        """Tell the own numbers as they are stored, before anything is known of how they receive."""
        try:
            self._tell_numbers()
        except StoreError as error:
            _log.warning("the numbers could not be read: %s", type(error).__name__)

    def tell(self) -> None:
        """Look at every fact soon, and tell what is different."""
        self._telling.ask()

    def tell_now(self) -> None:
        """The same at once: for what a person asked for, who may go on with what is told."""
        self._look()

    def _look(self) -> None:
        try:
            self._tell()
        except StoreError as error:
            # A fact that cannot be told now must not undo what led to it.
            _log.warning("how things stand could not be read: %s", type(error).__name__)

    def _tell(self) -> None:
        self._count_outbox()
        health = self._assessed()
        if health != self._health:
            self._health = health
            self._publish(HealthChanged(health))
        self._tell_accounts()
        self._tell_numbers()
        is_ready = bool(self._facts) and all(f.is_ready for f in self._facts.values())
        if is_ready and not self._was_ready:
            self._publish(BecameReady())
        self._was_ready = is_ready

    def _assessed(self) -> Health:
        if not self._facts and not self._are_accounts_known:
            # What an earlier run left is settled first; nobody has looked for accounts yet.
            return self._health
        return assess(tuple(self._facts.values()), self._clock_time)

    def _count_outbox(self) -> None:
        counts = self._reader.outbox_counts()
        for account_id, facts in self._facts.items():
            facts.waiting, facts.unconfirmed = counts.get(account_id, (0, 0))

    def _tell_accounts(self) -> None:
        resting = Health(Level.NO_ACCOUNT, _SIGNED_OUT)
        states = (
            *(self._state(a, facts) for a, facts in self._facts.items()),
            *(AccountState(a, resting, is_signed_out=True) for a in sorted(self._signed_out)),
        )
        if states != self._accounts:
            self._accounts = states
            self._publish(AccountStatesChanged(states))

    def _state(self, account_id: AccountId, facts: AccountFacts) -> AccountState:
        health = assess((facts,), self._clock_time)
        return AccountState(account_id, health, lacks_secret=account_id in self._secretless)

    def _tell_numbers(self) -> None:
        states = tuple(
            NumberState(number, fact.receiving, fact.detail, fact.since_ms, cannot_send)
            for number in self._reader.numbers()
            for fact in [self._fact(number.account_id, number.number)]
            for cannot_send in [self.cannot_send(number.account_id)]
        )
        if states != self._numbers:
            self._numbers = states
            self._publish(NumbersChanged(states))

    def _fact(self, account_id: AccountId, number: Address) -> NumberFact:
        facts = self._facts.get(account_id)
        if account_id in self._signed_out:
            return NumberFact(Receiving.PAUSED, _RESTS)
        if facts is None:
            return NumberFact()
        fact = facts.numbers.get(number, NumberFact())
        if fact.receiving is Receiving.UNKNOWN and not facts.is_open and facts.trouble:
            # Nobody got as far as asking for its subscription, and that much is known.
            return NumberFact(Receiving.UNKNOWN, facts.trouble, fact.since_ms)
        if fact.receiving is Receiving.ACTIVE and not facts.is_open:
            # Subscribed at Kandy, but nothing gets through: a green dot would be a lie.
            return NumberFact(Receiving.UNKNOWN, facts.trouble, fact.since_ms)
        return fact
