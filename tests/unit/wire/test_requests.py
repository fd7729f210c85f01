"""What goes to Kandy, literally."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sms_desktop.domain.address import DEFAULT_SENDER, Address, canonical
from sms_desktop.domain.ids import ChannelId, MessageId, SubscriptionId
from sms_desktop.wire import paths, requests
from sms_desktop.wire.requests import PageQuery, Request

LOCAL = Address("+16135550100")
REMOTE = Address("+16135550111")
SMS = "/cpaas/smsmessaging/v1/u1"
THREAD = f"{SMS}/remoteAddresses/+16135550111/localAddresses/+16135550100"
CHANNELS = "/cpaas/notificationchannel/v1/u1/channels"


def test_signing_in_as_a_project() -> None:
    request = requests.sign_in_project("key", "s3cret")
    assert (request.method, request.path, request.json) == ("POST", "/cpaas/auth/v1/token", None)
    assert request.form == {
        "client_id": "key",
        "client_secret": "s3cret",
        "grant_type": "client_credentials",
        "scope": "openid",
    }


def test_signing_in_as_a_user() -> None:
    request = requests.sign_in_user("client", "a@example.com", "pä ss")
    assert request.form == {
        "client_id": "client",
        "username": "a@example.com",
        "password": "pä ss",
        "grant_type": "password",
        "scope": "openid",
    }


def test_no_secret_and_no_message_in_a_log() -> None:
    shown = repr(
        [
            requests.sign_in_project("key", "s3cret"),
            requests.sign_in_user("client", "a@example.com", "s3cret"),
            requests.send("u1", LOCAL, REMOTE, "s3cret", "desk"),
        ]
    )
    assert "s3cret" not in shown
    assert "a@example.com" not in shown


def test_sending() -> None:
    request = requests.send("u1", LOCAL, REMOTE, "hi :)", "desk-1")
    assert request == Request("POST", f"{SMS}/outbound/+16135550100/requests", json=request.json)
    assert request.json == {
        "outboundSMSMessageRequest": {
            "address": ["+16135550111"],
            "clientCorrelator": "desk-1",
            "outboundSMSTextMessage": {"message": "hi :)"},
        }
    }
    default = requests.send("u1", DEFAULT_SENDER, REMOTE, "x", "d")
    assert default.path == f"{SMS}/outbound/default/requests"


PAGE = PageQuery(max_rows=50, next_page="a/b+c==", new=True, last_message_time_ms=1545913604543)
PAGE_PARAMETERS = {
    "max": "50",
    "next": "a/b+c==",
    "new": "true",
    "lastMessageTime": "1545913604543",
}
WITH_REMOTE = f"{SMS}/remoteAddresses/+16135550111"
OLD = PageQuery(new=False)
NONE = PageQuery(max_rows=0)
RECEIPTS = SubscriptionId("r")
MESSAGE = MessageId("SM1-1")


@pytest.mark.parametrize(
    ("request_", "method", "path", "query"),
    [
        (requests.threads("u1"), "GET", f"{SMS}/remoteAddresses", {}),
        (requests.threads("u1", PAGE), "GET", f"{SMS}/remoteAddresses", PAGE_PARAMETERS),
        (requests.threads_with("u1", REMOTE, OLD), "GET", WITH_REMOTE, {"new": "false"}),
        (requests.thread("u1", REMOTE, LOCAL), "GET", THREAD, {}),
        (requests.messages("u1", REMOTE, LOCAL, NONE), "GET", f"{THREAD}/messages", {"max": "0"}),
        (requests.message_status("u1", REMOTE, LOCAL, MESSAGE), "GET", f"{THREAD}/messages/SM1-1/status", {}),
        (requests.delete_thread("u1", REMOTE, LOCAL), "DELETE", THREAD, {}),
        (requests.delete_message("u1", REMOTE, LOCAL, MESSAGE), "DELETE", f"{THREAD}/messages/SM1-1", {}),
        (requests.subscriptions("u1"), "GET", f"{SMS}/inbound/subscriptions", {}),
        (requests.subscription("u1", SubscriptionId("s")), "GET", f"{SMS}/inbound/subscriptions/s", {}),
        (requests.unsubscribe("u1", SubscriptionId("s")), "DELETE", f"{SMS}/inbound/subscriptions/s", {}),
        (requests.unsubscribe_receipts("u1", RECEIPTS), "DELETE", f"{SMS}/outbound/u1/subscriptions/r", {}),
        (requests.channels("u1"), "GET", CHANNELS, {}),
        (requests.channel("u1", ChannelId("wh-1")), "GET", f"{CHANNELS}/wh-1", {}),
        (requests.delete_channel("u1", ChannelId("wh-1")), "DELETE", f"{CHANNELS}/wh-1", {}),
    ],
)  # fmt: skip
def test_requests_without_a_body(
    request_: Request, method: str, path: str, query: dict[str, str]
) -> None:
    assert request_ == Request(method, path, query)


def test_subscribing() -> None:
    request = requests.subscribe("u1", LOCAL, ChannelId("wh-1"), "desk-1")
    assert (request.method, request.path) == ("POST", f"{SMS}/inbound/subscriptions")
    assert request.json == {
        "subscription": {
            "callbackReference": {"notifyURL": "wh-1"},
            "clientCorrelator": "desk-1",
            "destinationAddress": "+16135550100",
        }
    }


def test_asking_for_delivery_reports() -> None:
    request = requests.subscribe_receipts("u1", ChannelId("wh-1"), "desk-1")
    assert (request.method, request.path) == ("POST", f"{SMS}/outbound/u1/subscriptions")
    assert request.json == {
        "deliveryReceiptSubscription": {
            "callbackReference": {"notifyURL": "wh-1"},
            "clientCorrelator": "desk-1",
        }
    }


def test_opening_channels() -> None:
    webhook = requests.webhook_channel("u1", "https://sms.example.com/hook", "desk-1")
    assert (webhook.method, webhook.path) == ("POST", CHANNELS)
    assert webhook.json == {
        "notificationChannel": {
            "channelType": "webhooks",
            "clientCorrelator": "desk-1",
            "channelData": {"x-webhookURL": "https://sms.example.com/hook"},
        }
    }
    proven = requests.webhook_channel("u1", "https://sms.example.com/hook", "desk-1", "Bearer x")
    data = {"x-webhookURL": "https://sms.example.com/hook", "x-authorization": "Bearer x"}
    assert proven.json["notificationChannel"]["channelData"] == data
    websocket = requests.websocket_channel("u1", 3600, "desk-1")
    assert (websocket.method, websocket.path) == ("POST", CHANNELS)
    assert websocket.json == {
        "notificationChannel": {
            "channelType": "Websockets",
            "channelLifetime": 3600,
            "clientCorrelator": "desk-1",
            "x-connCheckRole": "client",
        }
    }


@pytest.mark.parametrize(
    "channel_url",
    [
        f"{CHANNELS}/ws-1/websocket",
        f"{CHANNELS}/ws-1/websocket/",
        f"wss://kandy.example.com:443{CHANNELS}/ws-1/websocket?access_token=x",
        f"//{CHANNELS.lstrip('/')}/ws-1/websocket",
    ],
)
def test_renewing_a_channel_stays_on_our_host(channel_url: str) -> None:
    request = requests.renew_channel(channel_url, 3600)
    assert (request.method, request.path) == ("PUT", f"{CHANNELS}/ws-1/websocket/channelLifetime")
    assert request.json == {"notificationChannelLifetime": {"channelLifetime": 3600}}


def test_an_empty_part_is_refused_before_it_deletes_a_whole_thread() -> None:
    with pytest.raises(ValueError, match="empty"):
        requests.delete_message("u1", REMOTE, LOCAL, MessageId(""))


@pytest.mark.parametrize("name", ["..", ".", "a/b", "My Bank", "x?y#z", "%2B1", "né"])
def test_an_odd_address_cannot_change_the_path(name: str) -> None:
    path = requests.thread("u1", Address(name), LOCAL).path
    assert path.count("/") == THREAD.count("/")
    assert path.isascii()
    assert not set(path) & set(" ?#")
    assert "/../" not in path
    assert "/./" not in path
    assert paths.decode(path.split("/")[6]) == name


def test_a_text_with_half_a_character_can_still_be_sent() -> None:
    body = requests.send("u1", LOCAL, REMOTE, "a\ud83d", "desk").json
    assert isinstance(body, dict)
    assert body["outboundSMSMessageRequest"]["outboundSMSTextMessage"] == {"message": "a\ufffd"}


@given(st.text(min_size=1), st.text(min_size=1), st.text(min_size=1))
def test_a_path_gives_back_what_it_was_made_of(remote: str, local: str, message_id: str) -> None:
    path = requests.delete_message(
        "u/1", Address(remote), Address(local), MessageId(message_id)
    ).path
    mended = [paths.storable(part) for part in (remote, local, message_id)]
    found = paths.resource(path)
    assert found.remote == (canonical(mended[0]) or None)
    assert found.local == (canonical(mended[1]) or None)
    assert found.message_id == mended[2]
