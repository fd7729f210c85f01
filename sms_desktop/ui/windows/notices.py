"""Which facts deserve a banner, in which words, and where its link leads."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from sms_desktop.domain.address import Address
from sms_desktop.domain.health import Receiving
from sms_desktop.domain.ids import ConversationId
from sms_desktop.sync import events
from sms_desktop.ui.facts import Facts
from sms_desktop.ui.models.numbers import shown_number
from sms_desktop.ui.widgets.banner import Banner


class Notices(QObject):
    """Listens to trouble that belongs to no message on screen."""

    def __init__(
        self,
        facts: Facts,
        banner: Banner,
        open_numbers: Callable[[], None],
        open_conversation: Callable[[ConversationId], None],
    ) -> None:
        super().__init__(banner)
        self._facts = facts
        self._banner = banner
        self._open_numbers = open_numbers
        self._open_conversation = open_conversation
        self._follow: Callable[[], object] | None = None
        self._cancelled: Address | None = None
        banner.chosen.connect(self._on_chosen)
        bridge = facts.bridge
        bridge.trouble_arose.connect(self._on_trouble)
        bridge.subscription_was_cancelled.connect(self._on_cancelled)
        bridge.numbers_changed.connect(self._on_numbers)

    def tell_withdrawn(self, event: events.EchoWithdrawn) -> None:
        """A text came back to a conversation that is not on screen."""
        self._cancelled = None
        self._follow = lambda: self._open_conversation(event.conversation_id)
        self._banner.say(event.sentence, "Open the conversation")

    def remind(self, sentence: str, action: str, follow: Callable[[], object]) -> None:
        """Something that the person should know or do, and the way to it."""
        self._cancelled = None
        self._follow = follow
        self._banner.say(sentence, action)

    def _on_trouble(self, event: events.TroubleArose) -> None:
        self._follow = self._cancelled = None
        self._banner.say(event.sentence)

    def _on_cancelled(self, event: events.SubscriptionWasCancelled) -> None:
        states = self._facts.numbers
        name = next((s.number.name for s in states if s.number.number == event.number), "")
        called = f"{name} ({shown_number(event.number)})" if name else shown_number(event.number)
        self._follow = self._open_numbers
        self._cancelled = event.number
        self._banner.say(
            f"Kandy cancelled the subscription of {called}: it does not receive messages.",
            "Settings › Numbers",
        )

    def _on_numbers(self, event: events.NumbersChanged) -> None:
        """A number that receives again, or is none of ours any more, needs no banner."""
        if self._cancelled is None:
            return
        states = [s.receiving for s in event.numbers if s.number.number == self._cancelled]
        if not states or Receiving.ACTIVE in states:
            self._cancelled = None
            self._banner.hide()

    def _on_chosen(self) -> None:
        if self._follow is not None:
            self._follow()
