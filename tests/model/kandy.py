"""The other side, in plain Python: what Kandy has, and what is still on its way to the program."""

from dataclasses import dataclass

from sms_desktop.domain.address import Address
from sms_desktop.domain.delivery import State, advance
from sms_desktop.domain.ids import ClientId, MessageId
from sms_desktop.domain.message import Direction, ServerMessage


@dataclass
class Sent:
    """One message at Kandy; ``client_id`` where this program asked for it (Kandy does not know)."""

    message_id: MessageId
    direction: Direction
    local: Address
    remote: Address
    text: str
    at_ms: int
    state: State
    client_id: ClientId | None = None
    is_deleted: bool = False

    def stated(self) -> ServerMessage:
        """As a notification or a page of history states it."""
        return ServerMessage(
            self.message_id,
            self.direction,
            self.local,
            self.remote,
            self.text,
            self.at_ms,
            self.state,
        )


@dataclass
class Request:
    """One attempt: ``left`` the computer, ``message`` once Kandy has taken it.

    ``is_over``: the program does not wait for its outcome any more; ``is_lost``: it never arrives.
    """

    client_id: ClientId
    sender: Address
    remote: Address
    text: str
    at_ms: int
    left: bool = False
    message: Sent | None = None
    is_over: bool = False
    is_lost: bool = False


class ModelKandy:
    """Takes texts and makes facts; a fact may be told any number of times, whenever one likes."""

    def __init__(self, numbers: tuple[Address, ...]) -> None:
        self._numbers = numbers
        self.messages: list[Sent] = []

    def take(self, request: Request, at_ms: int) -> Sent:
        """The request has arrived: from now on there is a message."""
        local = self._numbers[0] if request.sender == "default" else request.sender
        made = self._add(Direction.OUTBOUND, local, request.remote, request.text, at_ms)
        made.client_id, request.message = request.client_id, made
        return made

    def take_from_elsewhere(self, local: Address, remote: Address, text: str, at_ms: int) -> Sent:
        """Another device of the same person sends a text."""
        return self._add(Direction.OUTBOUND, local, remote, text, at_ms)

    def receive(self, local: Address, remote: Address, text: str, at_ms: int) -> Sent:
        """Somebody writes."""
        return self._add(Direction.INBOUND, local, remote, text, at_ms)

    def report(self, message: Sent, state: State) -> None:
        """The message came further, or did not."""
        message.state = advance(message.state, state)

    def _add(
        self, direction: Direction, local: Address, remote: Address, text: str, at_ms: int
    ) -> Sent:
        state = State.RECEIVED if direction is Direction.INBOUND else State.ACCEPTED
        message_id = MessageId(f"m{len(self.messages)}")
        made = Sent(message_id, direction, local, remote, text, at_ms, state)
        self.messages.append(made)
        return made
