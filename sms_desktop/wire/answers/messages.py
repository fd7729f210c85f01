"""Answers about messages and threads."""

from dataclasses import dataclass
from typing import Final

from sms_desktop.domain import delivery
from sms_desktop.domain.address import DEFAULT_SENDER, Address, is_phone_number
from sms_desktop.domain.delivery import State
from sms_desktop.domain.ids import MessageId
from sms_desktop.domain.message import Direction, ServerMessage
from sms_desktop.wire.answers.reading import answer, one, several
from sms_desktop.wire.errors import UnreadableAnswer
from sms_desktop.wire.fields import Fields, address, count, fields, text, word
from sms_desktop.wire.paths import resource
from sms_desktop.wire.times import milliseconds

_DIRECTIONS: Final = {"inbound": Direction.INBOUND, "outbound": Direction.OUTBOUND}


@dataclass(frozen=True, slots=True)
class SendAnswer:
    """What Kandy says about a text that it took.

    ``sender`` is the number that it went out from, ``default`` if Kandy does not say; ``remote`` is
    empty if Kandy does not repeat it; ``message_id`` is ``None`` if the answer names none.
    """

    message_id: MessageId | None
    sender: Address
    remote: Address
    state: State
    text: str


@dataclass(frozen=True, slots=True)
class Thread:
    """One own number × one remote address; ``None`` where Kandy does not say.

    ``length``: messages in it; ``new``: those that nobody has fetched yet.
    """

    local: Address
    remote: Address
    first_at_ms: int | None
    last_at_ms: int | None
    last_text: str
    length: int | None
    new: int | None


@dataclass(frozen=True, slots=True)
class ThreadPage:
    """One page of threads; ``skipped`` counts entries that made no sense."""

    threads: tuple[Thread, ...]
    next_page: str | None
    skipped: int = 0


@dataclass(frozen=True, slots=True)
class MessagePage:
    """One page of messages; ``skipped`` counts entries that made no sense."""

    messages: tuple[ServerMessage, ...]
    next_page: str | None
    skipped: int = 0


def sent(body: bytes) -> SendAnswer:
    """Reads the answer to a send. Raises ``UnreadableAnswer``."""
    request = one(body, "outboundSMSMessageRequest")
    infos = request.get("deliveryInfoList")
    info = fields(fields(infos).get("deliveryInfo") or infos)
    named = resource(word(request, "resourceURL"))
    return SendAnswer(
        message_id=named.message_id or MessageId(word(request, "messageId")) or None,
        sender=_sender(address(request, "senderAddress", "senderAdress"), named.local),
        # The path comes last: one of the vendor's fixtures has the sender where the remote belongs.
        remote=address(info, "address")
        or address(request, "address")
        or named.remote
        or Address(""),
        state=_outbound_state(word(info, "deliveryStatus")),
        text=text(fields(request.get("outboundSMSTextMessage")), "message"),
    )


def threads(body: bytes) -> ThreadPage:
    """Reads a list of threads, or a single one. Raises ``UnreadableAnswer``."""
    found, skipped, next_page = several(body, "smsThreadList", "smsThread")
    read = tuple(thread for thread in map(_thread, found) if thread is not None)
    return ThreadPage(read, next_page, skipped + len(found) - len(read))


def messages(body: bytes, local: Address, remote: Address) -> MessagePage:
    """Reads messages of the thread of ``local`` and ``remote``. Raises ``UnreadableAnswer``.

    ``at_ms`` is 0 where Kandy gives no readable time.
    """
    found, skipped, next_page = several(body, "smsMessageList", "smsMessage")
    read = tuple(m for m in (_message(item, local, remote) for item in found) if m is not None)
    return MessagePage(read, next_page, skipped + len(found) - len(read))


def status(body: bytes) -> str:
    """Reads the delivery status of a message, in Kandy's words. Raises ``UnreadableAnswer``."""
    found = answer(body)
    said = word(found, "status", "deliveryStatus") or word(
        fields(found.get("deliveryInfo")), "deliveryStatus"
    )
    if not said:
        raise UnreadableAnswer("Kandy's answer holds no status.")
    return said


def _sender(said: Address, named: Address | None) -> Address:
    if is_phone_number(said):
        return said
    return named or said or DEFAULT_SENDER


def _outbound_state(said: str) -> State:
    # Kandy took the message, whatever word it uses for what comes next.
    return delivery.from_kandy_status(said) or State.ACCEPTED


def _thread(item: Fields) -> Thread | None:
    named = resource(word(item, "resourceURL"))
    local = address(item, "localAddress") or named.local
    remote = address(item, "remoteAddress") or named.remote
    if not local or not remote:
        return None
    details = fields(item.get("threadDetails"))
    return Thread(
        local=local,
        remote=remote,
        first_at_ms=milliseconds(details.get("firstMessageTime")),
        last_at_ms=milliseconds(details.get("lastMessageTime")),
        last_text=text(details, "lastText"),
        length=count(details, "length"),
        new=count(details, "new"),
    )


def _message(item: Fields, local: Address, remote: Address) -> ServerMessage | None:
    direction = _DIRECTIONS.get(word(item, "type").lower())
    message_id = word(item, "messageId") or resource(word(item, "resourceURL")).message_id
    if direction is None or not message_id:
        return None
    inbound = direction is Direction.INBOUND
    return ServerMessage(
        message_id=MessageId(message_id),
        direction=direction,
        local=local,
        remote=remote,
        text=text(item, "message"),
        at_ms=milliseconds(item.get("dateTime")) or 0,
        state=State.RECEIVED if inbound else _outbound_state(word(item, "status")),
    )
