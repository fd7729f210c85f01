"""What the windows can ask for about own numbers."""

from collections.abc import Awaitable, Mapping, Sequence
from typing import Protocol

from sms_desktop.domain.account import NumberKey, OwnNumber
from sms_desktop.domain.ids import AccountId
from sms_desktop.domain.number_change import NumberChange
from sms_desktop.domain.setting_up import NumbersRefreshed


class NumberCommands(Protocol):
    """Changing own numbers and looking for them. What is not awaited comes back as facts."""

    def change(self, key: NumberKey, wanted: NumberChange) -> None:
        """Store what is wanted of a number, and make its subscription fit."""
        ...

    def put_in_order(self, order: Sequence[NumberKey]) -> None:
        """These numbers shall come first, in this order."""
        ...

    def take_off(self, key: NumberKey) -> None:
        """Forget a number that was added by hand; its messages stay."""
        ...

    def refresh(self) -> Awaitable[NumbersRefreshed]:
        """Ask Kandy which numbers there are; raises ``SmsDesktopError``."""
        ...

    def add(self, account_id: AccountId, raw: str) -> Awaitable[OwnNumber]:
        """Take a typed number for an account's own; raises ``SmsDesktopError``."""
        ...

    def last_inbound(self) -> Mapping[NumberKey, int]:
        """When the newest message of each number that has one came, in milliseconds."""
        ...
