"""What comes back from Kandy about subscriptions, channels and sign-ins."""

import base64
import json
from collections.abc import Callable

import pytest

from sms_desktop.domain.address import Address
from sms_desktop.wire import answers
from sms_desktop.wire.answers import Subscription
from sms_desktop.wire.claims import Claims, claims
from sms_desktop.wire.errors import UnreadableAnswer, UnreadableToken

Sample = Callable[[str], bytes]
FIRST = Subscription(
    "f179f10b-e846-4370-af20-db5f7dc0f985",
    "wh-72b43d88-4cc1-466e-a453-ecbea3733a2e",
    Address("+16135550100"),
    "desk-1",
)


def body(value: object) -> bytes:
    return json.dumps(value).encode()


def token(payload: object, padding: str = "") -> str:
    raw = payload if isinstance(payload, bytes) else body(payload)
    return "e30." + base64.urlsafe_b64encode(raw).decode().rstrip("=") + padding + ".c2ln"


def test_subscriptions(sample: Sample) -> None:
    first, second = answers.subscriptions(sample("subscriptions"))
    assert first == FIRST
    assert (second.number, second.correlator) == ("+16135550101", "67893")
    assert answers.subscription(sample("subscription")) == FIRST


def test_no_subscriptions(sample: Sample) -> None:
    assert answers.subscriptions(sample("subscriptions_none")) == ()
    assert answers.subscriptions(b"{}") == ()


def test_a_subscription_that_cannot_be_ended_is_not_listed() -> None:
    listed = [{"destinationAddress": "+16135550100"}, {"resourceURL": "/x/subscriptions/7"}, None]
    found = answers.subscriptions(body({"subscriptionList": {"subscription": listed}}))
    assert found == (Subscription("7", "", None, ""),)
    with pytest.raises(UnreadableAnswer):
        answers.subscription(body({"subscription": listed[0]}))


def test_a_subscription_to_receipts(sample: Sample) -> None:
    found = answers.receipts_subscription(sample("receipts_subscription"))
    assert found == "0d1f3a52-9d0c-4b5e-8a65-0b1f5a7b1c11"
    with pytest.raises(UnreadableAnswer):
        answers.receipts_subscription(body({"deliveryReceiptSubscription": {"resourceURL": "/x/"}}))


def test_a_webhook_channel_and_its_secret(sample: Sample) -> None:
    channel = answers.channel(sample("channel_webhook"))
    assert channel.channel_id == "wh-72b43d88-4cc1-466e-a453-ecbea3733a2e"
    assert (channel.kind, channel.url) == ("webhooks", "https://sms.example.com/hook")
    assert channel.authorization == "Bearer someSecret"
    assert channel.resource_url.endswith("/channels/wh-72b43d88-4cc1-466e-a453-ecbea3733a2e")
    assert "someSecret" not in repr(channel)


def test_a_websocket_channel(sample: Sample) -> None:
    channel = answers.channel(sample("channel_websocket"))
    assert channel.channel_id == "ws-72b43d88-4cc1-466e-a453-ecbea3733a2e"
    assert (channel.kind, channel.authorization) == ("websockets", None)
    assert channel.url is not None
    assert channel.url.endswith("/ws-72b43d88-4cc1-466e-a453-ecbea3733a2e/websocket")


def test_a_list_of_channels(sample: Sample) -> None:
    found = answers.channels(sample("channels"))
    assert [(c.channel_id, c.kind) for c in found] == [("wh-1", "webhooks"), ("ws-2", "websockets")]
    assert (
        answers.channels(body({"notificationChannelList": {"notificationChannel": [{}, 1]}})) == ()
    )
    with pytest.raises(UnreadableAnswer):
        answers.channel(body({"notificationChannel": {"channelType": "Webhooks"}}))


def test_tokens(sample: Sample) -> None:
    found = answers.tokens(sample("tokens"))
    assert found.expires_in_s == 28800
    assert claims(found.access_token) == Claims("", (), 1568889113, 1568917913)
    assert found.refresh_token == "cmVmcmVzaA"
    assert "eyJ" not in repr(found)
    assert "cmVm" not in repr(found)


def test_a_meagre_sign_in_is_enough() -> None:
    found = answers.tokens(body({"access_token": "a.b.c", "expires_in": "60"}))
    assert (found.access_token, found.id_token) == ("a.b.c", "")
    assert (found.refresh_token, found.expires_in_s) == (None, 60)


@pytest.mark.parametrize("bad", [None, "", True, [], "a b", "a\nX-Evil: 1", "tökén", "a\u0000"])
def test_a_token_that_cannot_be_sent_in_a_header_is_not_taken(bad: object) -> None:
    with pytest.raises(UnreadableAnswer):
        answers.tokens(body({"access_token": bad, "id_token": "a.b.c"}))


def test_the_id_token_names_the_user_and_the_numbers() -> None:
    payload = {
        "preferred_username": "92ef716d",
        "sms-did-list": "+16135550100, tel:+16135550101,,6135550100, ,72975",
        "iat": 1568889113,
        "exp": 1568917913.0,
    }
    numbers = (Address("+16135550100"), Address("+16135550101"), Address("72975"))
    assert claims(token(payload)) == Claims("92ef716d", numbers, 1568889113, 1568917913)


@pytest.mark.parametrize("listed", [None, "", " , ", [], {}, True, [None, {}]])
def test_a_user_may_have_no_numbers(listed: object) -> None:
    assert claims(token({"preferred_username": "u", "sms-did-list": listed})).numbers == ()
    assert claims(token({"preferred_username": "u"})).numbers == ()


def test_numbers_as_a_json_list() -> None:
    found = claims(token({"sms-did-list": ["+16135550100", 6135550101]}))
    assert found.numbers == ("+16135550100", "+16135550101")


@pytest.mark.parametrize("padding", ["", "=", "=="])
def test_padding_of_a_token_does_not_matter(padding: str) -> None:
    assert claims(token({"preferred_username": "ü"}, padding)).user_id == "ü"


@pytest.mark.parametrize(
    "times", [{}, {"iat": None, "exp": "soon"}, {"iat": -1, "exp": 1e300}, {"iat": True, "exp": []}]
)
def test_times_that_make_no_sense_are_left_out(times: dict[str, object]) -> None:
    found = claims(token(times))
    assert (found.issued_at_s, found.expires_at_s) == (None, None)


@pytest.mark.parametrize(
    "jwt",
    [
        "",
        "x",
        "a.b",
        "a.b.c.d",
        "a.é.c",
        "a.\ud800.c",
        "a.!!!.c",
        token(b"[]"),
        token(b"5"),
        token(b"{"),
        token(b"[" * 9999),
        "a..c",
    ],
)
def test_what_is_no_token_is_said_to_be_unreadable(jwt: str) -> None:
    with pytest.raises(UnreadableToken) as caught:
        claims(jwt)
    assert caught.value.text().startswith(("Kandy's token", "The claims"))
