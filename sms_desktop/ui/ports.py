"""What the windows need from the rest of the program, as Protocols that the composition root fills."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from sms_desktop.domain.account import Account, OwnNumber
from sms_desktop.domain.address import Address
from sms_desktop.domain.conversation import ConversationKey, ConversationRow
from sms_desktop.domain.ids import AccountId, ClientId, ConversationId
from sms_desktop.domain.message import TimelineKey, TimelineRow
from sms_desktop.domain.phone_line import Person, PhoneMessage
from sms_desktop.domain.setting_up import (
    FoundNumbers,
    NumberChoice,
    RoundStage,
    SignIn,
    SignInFindings,
)

__all__ = [
    "AccountCommands",
    "Commands",
    "ConversationFilter",
    "Person",
    "PhoneLine",
    "PhoneMessage",
    "Reader",
]


@dataclass(frozen=True, slots=True)
class ConversationFilter:
    """Which conversations the list shows; the default is all of them."""

    account_id: AccountId | None = None
    local: Address | None = None
    unread_only: bool = False


class Reader(Protocol):
    """Answers at once, from the window's own read connection; call it in the window's thread only."""

    def conversations(
        self, wanted: ConversationFilter, after: ConversationKey | None, limit: int
    ) -> list[ConversationRow]:
        """At most ``limit`` rows, newest first, older than ``after`` (``None``: from the newest)."""
        ...

    def conversation(self, conversation_id: ConversationId) -> ConversationRow | None:
        """One conversation's summary; ``None`` where it is gone."""
        ...

    def rows_before(
        self, conversation_id: ConversationId, key: TimelineKey | None, limit: int
    ) -> list[TimelineRow]:
        """The ``limit`` rows just before ``key`` (``None``: the newest), in rising order."""
        ...

    def rows_after(
        self, conversation_id: ConversationId, key: TimelineKey, limit: int
    ) -> list[TimelineRow]:
        """The ``limit`` rows just after ``key``, in rising order."""
        ...

    def read_mark(self, conversation_id: ConversationId) -> TimelineKey | None:
        """Key of the newest row that was looked at; ``None`` while none was."""
        ...

    def unread_by_number(self) -> dict[tuple[AccountId, Address], int]:
        """Unread inbound messages of every own number that has some."""
        ...

    def contact_name(self, remote: Address) -> str:
        """The name the person gave a remote number; empty without one."""
        ...


class Commands(Protocol):
    """What a person can ask for. Returns at once; outcomes come as facts through the bridge."""

    def send(self, conversation_id: ConversationId, text: str) -> ClientId:
        """Echo, store and send a text; clears the conversation's draft."""
        ...

    def retry(self, client_id: ClientId) -> None:
        """Send a refused or not-sent message again, as the person's own decision."""
        ...

    def discard(self, client_id: ClientId) -> None:
        """Forget a message that has not been sent."""
        ...

    def check_now(self, client_id: ClientId) -> None:
        """Ask Kandy's history about an unconfirmed message."""
        ...

    def set_draft(self, conversation_id: ConversationId, text: str) -> None:
        """Keep the text that waits in a conversation's composer."""
        ...

    def mark_read(self, conversation_id: ConversationId, up_to: TimelineKey) -> None:
        """Everything up to and including ``up_to`` was looked at."""
        ...

    def start_conversation(
        self, account_id: AccountId, local: Address, remote: Address
    ) -> Awaitable[ConversationId]:
        """The conversation of an own number with a remote one, made where there is none."""
        ...

    def name_contact(self, remote: Address, name: str) -> None:
        """Name a remote number; an empty name forgets it."""
        ...

    def change_number(self, number: OwnNumber) -> None:
        """Store name, colour and receive of an own number, and make its subscription fit."""
        ...

    def subscribe_again(self, account_id: AccountId, number: Address) -> None:
        """Renew the subscription of a number that does not receive."""
        ...

    def check_connection(self) -> None:
        """Look at every step of the connection now, and mend what can be mended."""
        ...

    @property
    def accounts(self) -> "AccountCommands":
        """What can be asked for about accounts."""
        ...


class AccountCommands(Protocol):
    """Setting accounts up and putting them away.

    What is typed and cannot be is refused with a ``SignInTrouble`` about one part of it.
    """

    def check_sign_in(self, typed: SignIn) -> Awaitable[SignInFindings]:
        """Sign in and keep nothing."""
        ...

    def find_numbers(self, typed: SignIn) -> Awaitable[FoundNumbers]:
        """Every own number that Kandy knows of."""
        ...

    def cannot_receive(
        self, typed: SignIn, numbers: Sequence[Address]
    ) -> Awaitable[Mapping[Address, str]]:
        """A sentence for each number that Kandy will not let receive."""
        ...

    def keep(
        self, typed: SignIn, tunnel: str, choices: Sequence[NumberChoice] = ()
    ) -> Awaitable[Account]:
        """Sign in, keep the account with these numbers, and receive."""
        ...

    def change(self, account: Account, typed: SignIn, tunnel: str) -> Awaitable[Account]:
        """Edit an account; an empty secret keeps the present one."""
        ...

    def sign_out(self, account_id: AccountId) -> Awaitable[None]:
        """Stop receiving and forget the secret; account, numbers and messages stay."""
        ...

    def remove(self, account_id: AccountId, *, delete_messages: bool = False) -> Awaitable[None]:
        """Unsubscribe, forget the secret and the account, and its messages where that is wanted."""
        ...

    def message_count(self, account_id: AccountId) -> int:
        """How many messages of an account are on this computer."""
        ...

    def test_message(
        self,
        account_id: AccountId,
        sender: Address,
        remote: Address,
        tell: Callable[[RoundStage], None],
    ) -> Awaitable[int]:
        """Send a test; the milliseconds until it came back. Raises ``RoundTripFailed``."""
        ...


class PhoneLine(Protocol):
    """The phone at the other end of the demo; every call asks the simulator."""

    async def people(self) -> Sequence[Person]:
        """Everybody whose phone can be used."""
        ...

    async def own_numbers(self) -> Sequence[Address]:
        """The numbers of the demo account that can be texted."""
        ...

    async def messages(self, person: Address, own: Address) -> Sequence[PhoneMessage]:
        """What stands on that person's phone, in rising order."""
        ...

    async def write(self, person: Address, own: Address, text: str) -> None:
        """That person texts an own number."""
        ...

    async def send_from_another_device(self, person: Address, own: Address, text: str) -> None:
        """The account's owner texts the person from somewhere else than this program."""
        ...

    async def set_network(self, *, up: bool) -> None:
        """Cut Kandy off from the program, or heal it."""
        ...

    async def cancel_subscription(self, own: Address) -> None:
        """Have Kandy cancel the subscription of an own number."""
        ...

    async def lose_next_answer(self) -> None:
        """The next text is accepted, and nobody hears of it."""
        ...

    async def burst(self, own: Address) -> None:
        """A thousand texts arrive at an own number within ten seconds."""
        ...

    async def wait_for_change(self) -> None:
        """Returns when something new stands on a phone."""
        ...
