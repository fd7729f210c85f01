"""What the windows can ask for about accounts."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Protocol

from sms_desktop.domain.account import Account
from sms_desktop.domain.address import Address
from sms_desktop.domain.ids import AccountId
from sms_desktop.domain.setting_up import (
    FoundNumbers,
    NumberChoice,
    RoundStage,
    SignIn,
    SignInFindings,
)


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
        self,
        typed: SignIn,
        tunnel: str,
        choices: Sequence[NumberChoice] = (),
        history_since_ms: int | None = None,
    ) -> Awaitable[Account]:
        """Sign in, keep the account with these numbers and its history since then, and receive."""
        ...

    def import_history(self, account_id: AccountId, since_ms: int | None) -> Awaitable[None]:
        """Read an account's history anew, all of it or from a time on."""
        ...

    def cancel_import(self, account_id: AccountId) -> Awaitable[None]:
        """Read no more of it; what is here stays."""
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
