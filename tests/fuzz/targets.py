"""What reads bytes from outside: each as a function that returns a value, or says politely why not."""

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path
from typing import Final

from sms_desktop.domain.address import Address
from sms_desktop.net import control, websocket
from sms_desktop.wire import answers
from sms_desktop.wire.claims import claims
from sms_desktop.wire.contacts import kandy_book
from sms_desktop.wire.errors import UnreadableAnswer, UnreadableToken
from sms_desktop.wire.failures import failure
from sms_desktop.wire.notifications import parse, vendor_fields
from tests.helpers.storable import check_storable

SAMPLES: Final = Path(__file__).parents[1] / "samples"
HOSTILE: Final = SAMPLES / "hostile"


@dataclass(frozen=True, slots=True)
class Target:
    """One reader; ``says_no`` are the errors that it may raise, ``seeds`` the names of its samples."""

    name: str
    read: Callable[[bytes], object]
    seeds: tuple[str, ...]
    says_no: tuple[type[Exception], ...] = ()

    def samples(self) -> list[bytes]:
        """What the vendor's own words look like, and what is spelled out here."""
        found = [
            file.read_bytes()
            for file in sorted((SAMPLES / "kandy").glob("*.json"))
            if file.stem.startswith(self.seeds)
        ]
        return found + [seed.encode() for seed in self.seeds if not seed.isidentifier()]

    def outcome(self, body: bytes) -> str:
        """Read it, check what came of it, and describe that in so many words as there are kinds."""
        try:
            value = self.read(body)
        except self.says_no as error:
            words = [word for word in str(error).split() if word.isalpha()]
            return " ".join([type(error).__name__, *words[:6]])
        check_storable(value)
        return _shape(value)


def _shape(value: object, depth: int = 0) -> str:
    if is_dataclass(value) and not isinstance(value, type) and depth < 3:
        inside = (_shape(getattr(value, one.name), depth + 1) for one in fields(value))
        return f"{type(value).__name__}({','.join(inside)})"
    if isinstance(value, tuple) and depth < 3:
        return f"[{_shape(value[0], depth + 1) if value else ''}]"
    return type(value).__name__ + ("" if value else "-")


def _notification(body: bytes) -> object:
    found = parse(body, 1_700_000_000_000)
    check_storable(vendor_fields(found))
    return found


def _claims(payload: bytes) -> object:
    return claims("e30." + base64.urlsafe_b64encode(payload).decode().rstrip("=") + ".c2ln")


@dataclass(frozen=True, slots=True)
class _Sign:
    name: str


def _frame(body: bytes) -> object:
    sign = websocket._sign_of_life(body)
    return parse(body, 0) if sign is None else _Sign(sign)


def _control_line(body: bytes) -> object:
    line = control._object(body)
    words = [control._text(line, name) for name in ("nonce", "proof", "command", "error")]
    control._same(words[1], control._proof("token", "client", words[0]))
    json.dumps(line)
    return len([word for word in words if word])


_ANSWERS: Final[dict[str, tuple[Callable[[bytes], object], tuple[str, ...]]]] = {
    "tokens": (answers.tokens, ("tokens", "error")),
    "sent": (answers.sent, ("send_answer",)),
    "threads": (answers.threads, ("thread",)),
    "messages": (
        lambda body: answers.messages(body, Address("+16135550100"), Address("72975")),
        ("messages",),
    ),
    "status": (answers.status, ("status",)),
    "subscriptions": (answers.subscriptions, ("subscription",)),
    "subscription": (answers.subscription, ("subscription",)),
    "channel": (answers.channel, ("channel_",)),
    "channels": (answers.channels, ("channel",)),
    "receipts": (answers.receipts_subscription, ("receipts",)),
    "contacts": (kandy_book.contact_page, ("contacts",)),
}
NOTIFICATION: Final = Target("notification", _notification, ("notification", "error"))
OTHERS: Final = (
    *(
        Target(name, read, seeds, (UnreadableAnswer,))
        for name, (read, seeds) in sorted(_ANSWERS.items())
    ),
    Target("failure", lambda body: failure(400, body), ("error",)),
    Target(
        "claims",
        _claims,
        (
            '{"preferred_username":"u","sms-did-list":"+16135550100,+16135550101","iat":1,"exp":2}',
            '{"preferred_username":"u","sms-did-list":["+16135550100"],"exp":1700000000}',
        ),
        (UnreadableToken,),
    ),
    Target(
        "jwt", lambda body: claims(body.decode("latin-1")), ("e30.e30.c2ln",), (UnreadableToken,)
    ),
    Target("frame", _frame, ("notification", '{"connAck":{}}')),
    Target(
        "control",
        _control_line,
        ('{"nonce":"n"}', '{"proof":"00","command":"send","payload":{"text":"hi"}}'),
        (ValueError,),
    ),
)
BY_NAME: Final = {one.name: one for one in (NOTIFICATION, *OTHERS)}
