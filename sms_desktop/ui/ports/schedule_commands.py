"""What the windows can ask for about texts that are to be sent later."""

from collections.abc import Awaitable
from typing import Protocol

from sms_desktop.domain.ids import ClientId, ConversationId


class ScheduleCommands(Protocol):
    """What is not awaited returns at once; what changed comes as ``TimelineChanged``."""

    def schedule(self, conversation_id: ConversationId, text: str, send_at_ms: int) -> ClientId:
        """Send a text at a time of this computer's clock; clears the conversation's draft."""
        ...

    def send_soon(self, conversation_id: ConversationId, text: str) -> ClientId:
        """Send a text in ten seconds, unless it is taken back."""
        ...

    def amend(self, client_id: ClientId, text: str, send_at_ms: int) -> Awaitable[None]:
        """Another text or another time; raises ``SmsDesktopError`` where it is too late for that."""
        ...

    def send_now(self, client_id: ClientId) -> None:
        """Do not wait any longer."""
        ...

    def cancel(self, client_id: ClientId) -> None:
        """Forget it."""
        ...

    def take_back(self, client_id: ClientId) -> None:
        """Forget it, and give its text back to the composer."""
        ...
