"""What the windows can ask for about one text to several people."""

from collections.abc import Sequence
from typing import Protocol

from sms_desktop.domain.address import Address
from sms_desktop.domain.ids import AccountId


class BatchCommands(Protocol):
    """One text to several people; how far it is comes as ``BatchChanged``."""

    def send(
        self, account_id: AccountId, sender: Address, remotes: Sequence[Address], text: str
    ) -> None:
        """One message to each, in this order."""
        ...

    def cancel(self) -> None:
        """Take back what is not under way yet."""
        ...

    def retry(self) -> None:
        """Send again what was refused or not sent."""
        ...

    def dismiss(self) -> None:
        """The person has seen the outcome."""
        ...
