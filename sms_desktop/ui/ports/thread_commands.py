"""What the windows can ask for about whole conversations."""

from collections.abc import Sequence
from typing import Protocol

from sms_desktop.domain.ids import ConversationId
from sms_desktop.domain.thread_flags import ThreadChange


class ThreadCommands(Protocol):
    """Returns at once; what changed comes as ``TimelineChanged``."""

    def change(self, conversation_ids: Sequence[ConversationId], wanted: ThreadChange) -> None:
        """Pin, archive, mute, block, snooze or mark conversations, or the contrary."""
        ...

    def mark_all_read(self, conversation_ids: Sequence[ConversationId]) -> None:
        """Everything in these conversations counts as looked at."""
        ...

    def delete(self, conversation_ids: Sequence[ConversationId], *, at_kandy: bool) -> None:
        """Delete what conversations hold now; for some seconds ``undo`` has it back."""
        ...

    def undo(self) -> None:
        """Have back what was put away or deleted last."""
        ...
