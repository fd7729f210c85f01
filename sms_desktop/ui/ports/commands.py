"""What the windows can ask the rest of the program to do."""

from collections.abc import Awaitable
from typing import TYPE_CHECKING, Protocol

from sms_desktop.domain.address import Address
from sms_desktop.domain.ids import AccountId, ClientId, ConversationId
from sms_desktop.domain.message import TimelineKey
from sms_desktop.ui.ports.account_commands import AccountCommands
from sms_desktop.ui.ports.batch_commands import BatchCommands
from sms_desktop.ui.ports.number_commands import NumberCommands
from sms_desktop.ui.ports.schedule_commands import ScheduleCommands
from sms_desktop.ui.ports.search_commands import SearchCommands
from sms_desktop.ui.ports.thread_commands import ThreadCommands
from sms_desktop.ui.ports.tunnel_commands import TunnelCommands

if TYPE_CHECKING:
    # Nobody needs the address book before the first paint.
    from sms_desktop.ui.ports.contact_commands import ContactCommands


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

    def subscribe_again(self, account_id: AccountId, number: Address) -> None:
        """Renew the subscription of a number that does not receive."""
        ...

    def check_connection(self) -> None:
        """Look at every step of the connection now, and mend what can be mended."""
        ...

    @property
    def accounts(self) -> AccountCommands:
        """What can be asked for about accounts."""
        ...

    @property
    def contacts(self) -> "ContactCommands":
        """What can be asked for about the address book."""
        ...

    @property
    def numbers(self) -> NumberCommands:
        """What can be asked for about own numbers."""
        ...

    @property
    def batch(self) -> BatchCommands:
        """What can be asked for about one text to several people."""
        ...

    @property
    def scheduled(self) -> ScheduleCommands:
        """What can be asked for about texts that are to be sent later."""
        ...

    @property
    def search(self) -> SearchCommands:
        """What can be asked for about searching."""
        ...

    @property
    def threads(self) -> ThreadCommands:
        """What can be asked for about whole conversations."""
        ...

    @property
    def tunnels(self) -> TunnelCommands:
        """What can be asked for about tunnels."""
        ...
