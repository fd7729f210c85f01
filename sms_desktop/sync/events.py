"""Facts that the use cases tell the outside: frozen values in the past tense, and the way they travel."""

from collections.abc import Callable
from dataclasses import dataclass

from sms_desktop.domain.account import Account, OwnNumber
from sms_desktop.domain.address import Address
from sms_desktop.domain.batch import Batch
from sms_desktop.domain.changes import Changes
from sms_desktop.domain.health import Health, Receiving
from sms_desktop.domain.ids import AccountId, ClientId, ConversationId
from sms_desktop.domain.message import TimelineRow


@dataclass(frozen=True, slots=True)
class TimelineChanged:
    """Rows or summaries of conversations differ from what was read before."""

    changes: Changes


@dataclass(frozen=True, slots=True)
class MessageEchoed:
    """The person asked for a message a moment ago; the row is not yet in the store."""

    row: TimelineRow


@dataclass(frozen=True, slots=True)
class EchoWithdrawn:
    """An echoed message could not be kept; ``sentence`` says why, ``text`` goes back to the composer."""

    conversation_id: ConversationId
    client_id: ClientId
    text: str
    sentence: str


@dataclass(frozen=True, slots=True)
class CheckAnswered:
    """Kandy was asked about one unconfirmed message because the person wanted to know.

    ``sentence`` says what came of it; empty where the message is settled, as its row tells.
    """

    client_id: ClientId
    sentence: str


@dataclass(frozen=True, slots=True)
class HealthChanged:
    """The state of the connection differs from what was told before."""

    health: Health


@dataclass(frozen=True, slots=True)
class NumberState:
    """An own number and how it stands with Kandy; ``detail`` is a sentence, ``since_ms`` when it began.

    ``cannot_send``: why nothing can leave from it now, as a sentence; empty where it can.
    """

    number: OwnNumber
    receiving: Receiving
    detail: str = ""
    since_ms: int = 0
    cannot_send: str = ""


@dataclass(frozen=True, slots=True)
class NumbersChanged:
    """The own numbers or their subscriptions differ; holds all of them in order."""

    numbers: tuple[NumberState, ...]


@dataclass(frozen=True, slots=True)
class AccountsChanged:
    """An account was added, changed or removed; holds all of them."""

    accounts: tuple[Account, ...]


@dataclass(frozen=True, slots=True)
class AccountState:
    """How one account stands; ``is_signed_out`` by the person's own wish.

    ``lacks_secret`` where the vault has lost it, so that only the person can sign in.
    """

    account_id: AccountId
    health: Health
    is_signed_out: bool = False
    lacks_secret: bool = False


@dataclass(frozen=True, slots=True)
class AccountStatesChanged:
    """An account stands differently than before; holds all of them."""

    states: tuple[AccountState, ...]


@dataclass(frozen=True, slots=True)
class SubscriptionWasCancelled:
    """Kandy cancelled the subscription of a number."""

    account_id: AccountId
    number: Address


@dataclass(frozen=True, slots=True)
class TroubleArose:
    """Something failed that belongs to no single message; ``sentence`` is for the person."""

    sentence: str


@dataclass(frozen=True, slots=True)
class CameDueLate:
    """So many scheduled texts came due while nobody was there to send them; the person decides."""

    count: int


@dataclass(frozen=True, slots=True)
class ContactsChanged:
    """Somebody in the address book came, went, or is kept differently."""


@dataclass(frozen=True, slots=True)
class HistoryImported:
    """The first import of an account's history has come so far; ``is_over`` when it ends."""

    account_id: AccountId
    threads_done: int
    threads: int
    messages: int
    is_over: bool


@dataclass(frozen=True, slots=True)
class BatchChanged:
    """One text to several people stands differently; an empty one is over and was seen."""

    batch: Batch


@dataclass(frozen=True, slots=True)
class BecameReady:
    """Every receiving number's subscription is active."""


@dataclass(frozen=True, slots=True)
class ShowRequested:
    """A second start of the program asked this one to come forward, perhaps with an ``sms:`` link."""

    link: str = ""


Event = (
    TimelineChanged
    | MessageEchoed
    | EchoWithdrawn
    | CheckAnswered
    | HealthChanged
    | NumbersChanged
    | AccountsChanged
    | AccountStatesChanged
    | SubscriptionWasCancelled
    | TroubleArose
    | BatchChanged
    | CameDueLate
    | ContactsChanged
    | HistoryImported
    | BecameReady
    | ShowRequested
)
Publish = Callable[[Event], None]
"""Tells a fact to whoever listens; never blocks and never fails."""
