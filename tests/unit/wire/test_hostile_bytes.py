"""Whatever arrives, the program keeps running and can store what it made of it."""

import base64
import copy
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sms_desktop.domain.address import Address
from sms_desktop.wire import answers
from sms_desktop.wire.claims import claims
from sms_desktop.wire.contacts import kandy_book
from sms_desktop.wire.errors import UnreadableAnswer, UnreadableToken
from sms_desktop.wire.failures import failure
from sms_desktop.wire.notifications import parse, vendor_fields
from tests.helpers.storable import check_storable

SAMPLES = Path(__file__).parents[2] / "samples" / "kandy"
BODIES = {path.stem: path.read_bytes() for path in sorted(SAMPLES.glob("*.json"))}
READERS: dict[str, Callable[[bytes], object]] = {
    "tokens": answers.tokens,
    "sent": answers.sent,
    "threads": answers.threads,
    "messages": lambda body: answers.messages(body, Address("+16135550100"), Address("72975")),
    "status": answers.status,
    "subscriptions": answers.subscriptions,
    "subscription": answers.subscription,
    "channel": answers.channel,
    "channels": answers.channels,
    "receipts_subscription": answers.receipts_subscription,
    "contacts": kandy_book.contact_page,
}
NEVER_RAISING: dict[str, Callable[[bytes], object]] = {
    "failure": lambda body: failure(400, body),
    "notification": parse,
    "vendor_fields": lambda body: vendor_fields(parse(body)),
}

HUGE = "@huge@"
"""Stands for a number that Python itself does not want to print."""

WORDS = sorted({word for raw in BODIES.values() for word in raw.decode().split('"')[1::2]})
LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.integers(min_value=10**9, max_value=10**30),
    st.floats(),
    st.text(),
    st.text(st.characters(min_codepoint=0xD7F0, max_codepoint=0xE010, exclude_categories=[])),
    st.sampled_from([HUGE, "%2B1613", "tel:", "sip:@", "//[", "://", "\x00", "?next=%ff", "%1"]),
)
KEYS = st.one_of(st.sampled_from(WORDS), st.text(max_size=5))
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=4)),
    max_leaves=12,
)


def spelled(value: object) -> bytes:
    return json.dumps(value).replace(f'"{HUGE}"', "9" * 5000).encode()


def places(value: object, path: tuple[object, ...] = ()) -> Iterator[tuple[object, ...]]:
    if path:
        yield path
    if isinstance(value, dict):
        for key, item in value.items():
            yield from places(item, (*path, key))
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from places(item, (*path, index))


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """A sample with one to three of its values replaced, or some of its bytes."""
    raw = BODIES[draw(st.sampled_from(sorted(BODIES)))]
    if draw(st.booleans()):
        at = draw(st.integers(min_value=0, max_value=len(raw)))
        return raw[:at] + draw(st.binary(max_size=4)) + raw[at + draw(st.integers(0, 4)) :]
    value = copy.deepcopy(json.loads(raw))
    for _ in range(draw(st.integers(1, 3))):
        path = draw(st.sampled_from(list(places(value)) or [()]))
        if not path:
            break
        target = value
        for step in path[:-1]:
            target = target[step]
        target[path[-1]] = draw(VALUES)
    return spelled(value)


ANYTHING = st.one_of(st.binary(), VALUES.map(spelled), mutated())


@pytest.mark.parametrize("name", sorted(NEVER_RAISING))
@given(body=ANYTHING)
def test_any_bytes_become_a_value(name: str, body: bytes) -> None:
    check_storable(NEVER_RAISING[name](body))


@pytest.mark.parametrize("name", sorted(READERS))
@given(body=ANYTHING)
def test_any_answer_is_read_or_said_to_be_unreadable(name: str, body: bytes) -> None:
    sentence = None
    try:
        check_storable(READERS[name](body))
    except UnreadableAnswer as error:
        sentence = error.text()
    assert sentence is None or sentence.startswith(("Kandy's answer ", "The "))


@given(payload=st.one_of(st.binary(), VALUES.map(spelled)), jwt=st.text())
def test_any_token_is_read_or_said_to_be_unreadable(payload: bytes, jwt: str) -> None:
    for candidate in (jwt, "e30." + base64.urlsafe_b64encode(payload).decode() + ".c2ln"):
        try:
            check_storable(claims(candidate))
        except UnreadableToken:
            continue


@given(
    text=st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"])),
    remote=st.from_regex(r"\+[1-9][0-9]{7,13}|[1-9][0-9]{4}|[A-Z][a-z]{1,9}", fullmatch=True),
    at_ms=st.integers(min_value=946_684_800_000, max_value=10**14 - 1),
    escaped=st.booleans(),
)
def test_a_message_comes_out_as_it_went_in(
    text: str, remote: str, at_ms: int, escaped: bool
) -> None:
    inner = {"dateTime": at_ms, "destinationAddress": "+16135550100", "message": text}
    inner |= {"messageId": "SM-1", "senderAddress": remote}
    outer = {"inboundSMSMessageNotification": {"inboundSMSMessage": inner, "dateTime": at_ms}}
    found = vendor_fields(parse(json.dumps(outer, ensure_ascii=escaped).encode()))
    assert found["message"] == text
    assert found["sender_address"] == remote
    assert found["date_time"] == at_ms
    assert found["destination_address"] == "+16135550100"
