"""What Kandy tells us by itself."""

import json
from collections.abc import Callable

import pytest

from sms_desktop.domain.address import Address
from sms_desktop.domain.delivery import State
from sms_desktop.domain.message import Direction, ServerMessage
from sms_desktop.wire.notifications import (
    Bad,
    DeliveryReport,
    Inbound,
    MessageEvent,
    OutboundSync,
    SubscriptionCancelled,
    Unknown,
    parse,
    vendor_fields,
)

Sample = Callable[[str], bytes]
LOCAL = Address("+16135550100")
REMOTE = Address("+16135550111")
MESSAGE = {
    "dateTime": 1568889113850,
    "destinationAddress": "+16135550100",
    "message": "hi",
    "messageId": "SM1",
    "senderAddress": "+16135550111",
}


def body(value: object) -> bytes:
    return json.dumps(value).encode()


def inbound(**changed: object) -> object:
    outer = {"inboundSMSMessage": {**MESSAGE, **changed}, "dateTime": 1568889114122, "id": "n1"}
    return parse(body({"inboundSMSMessageNotification": outer}))


def test_an_inbound_message(sample: Sample) -> None:
    found = parse(sample("notification_inbound"))
    assert isinstance(found, Inbound)
    assert found.notification_id == "5ceb215a-163e-44f8-bbe2-d372d227ef44"
    assert found.at_ms == 1568889114122
    assert found.message == ServerMessage(
        "SM1-1568889114-1020821-00-66406cba",
        Direction.INBOUND,
        LOCAL,
        REMOTE,
        "hi :)",
        1568889113850,
        State.RECEIVED,
    )


def test_a_sender_with_one_d_and_times_in_seconds(sample: Sample) -> None:
    found = parse(sample("notification_inbound_one_d"))
    assert isinstance(found, Inbound)
    assert (found.message.remote, found.message.local) == ("72975", LOCAL)
    assert (found.message.at_ms, found.at_ms) == (1525895987000, 1525895988000)


def test_a_message_that_went_out(sample: Sample) -> None:
    found = parse(sample("notification_outbound"))
    assert isinstance(found, OutboundSync)
    assert (found.message.local, found.message.remote) == (LOCAL, REMOTE)
    assert (found.message.direction, found.message.state) == (Direction.OUTBOUND, State.ACCEPTED)
    assert found.at_ms == 1569218381182


def test_a_cancelled_subscription(sample: Sample) -> None:
    found = parse(sample("notification_cancelled"))
    assert found == SubscriptionCancelled(
        "441fc36e-aab7-45dd-905c-4aaec7a7464d",
        1525895987000,
        "f179f10b-e846-4370-af20-db5f7dc0f985",
    )


@pytest.mark.parametrize(
    "link",
    [
        {"href": "/x/inbound/subscriptions/7", "rel": "Subscription"},
        {"href": "/x/inbound/subscriptions/7"},
        [
            {"href": "/x/other/1", "rel": "self"},
            {"href": "https://h/x/subscriptions/7?a", "rel": "subscription"},
        ],
        [None, "x", {"href": "7"}],
    ],
)
def test_the_link_to_a_subscription_in_other_forms(link: object) -> None:
    found = parse(body({"smsSubscriptionCancellationNotification": {"link": link}}))
    assert found == SubscriptionCancelled(None, 0, "7")


def test_a_deleted_message(sample: Sample) -> None:
    assert parse(sample("notification_event")) == MessageEvent(
        "8c30d6c7-d15e-41a0-800b-e7dc401403fb",
        1545995973646,
        "MessageDeleted",
        "A message has been deleted.",
        REMOTE,
        LOCAL,
        "SM5C24C4AB0001020821100077367A8A",
    )


def test_an_event_about_something_else_names_no_message() -> None:
    found = parse(
        body(
            {
                "smsEventNotification": {
                    "eventType": "ThreadDeleted",
                    "link": [{"href": "/x/remoteAddresses/72975/localAddresses/+16135550100"}],
                }
            }
        )
    )
    assert found == MessageEvent(None, 0, "ThreadDeleted", "", Address("72975"), LOCAL, None)


def test_a_delivery_report(sample: Sample) -> None:
    found = parse(sample("notification_report"))
    assert isinstance(found, DeliveryReport)
    assert (found.message_id, found.remote) == ("SM-1", REMOTE)
    assert (found.status, found.state) == ("DeliveredToTerminal", State.DELIVERED)


def test_a_report_that_says_nothing_changes_nothing() -> None:
    info = [{"deliveryStatus": "Unknown", "messageId": 17}]
    found = parse(body({"deliveryInfoNotification": {"deliveryInfo": info}}))
    assert found == DeliveryReport(None, 0, "17", None, "Unknown", None)


def test_an_unknown_kind_is_kept_whole(sample: Sample) -> None:
    raw = sample("notification_unknown")
    assert parse(raw) == Unknown("smsTypingNotification", raw)
    assert parse(b'{"connAck":{}}') == Unknown("connAck", b'{"connAck":{}}')


def test_a_known_kind_is_found_beside_unknown_keys() -> None:
    outer = {"inboundSMSMessage": MESSAGE}
    assert isinstance(parse(body({"version": 2, "inboundSMSMessageNotification": outer})), Inbound)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"null",
        b"[]",
        b"{}",
        b"5",
        b'"x"',
        b"\xff\xfe",
        b"{" * 100_000,
        b'{"a":' * 100_000,
        b"[" * 100_000 + b"]" * 100_000,
        b'{"inboundSMSMessageNotification":null}',
        b'{"inboundSMSMessageNotification":[]}',
        b'{"inboundSMSMessageNotification":{"inboundSMSMessage":"x"}}',
        b'{"smsSubscriptionCancellationNotification":{"link":[{"href":"/x/inbound/subscriptions"}]}}',
        b'{"deliveryInfoNotification":{"deliveryInfo":{}}}',
    ],
)
def test_what_is_no_notification_is_kept_whole(raw: bytes) -> None:
    found = parse(raw)
    assert isinstance(found, Bad)
    assert found.raw == raw
    assert found.reason


@pytest.mark.parametrize("missing", ["messageId", "senderAddress", "destinationAddress"])
def test_a_message_that_belongs_nowhere_is_kept_whole(missing: str) -> None:
    for nothing in (None, "", " ", {}, [], True):
        assert isinstance(inbound(**{missing: nothing}), Bad)


def test_a_message_without_text_is_a_message() -> None:
    for nothing in (None, ""):
        found = inbound(message=nothing)
        assert isinstance(found, Inbound)
        assert found.message.text == ""
    assert isinstance(inbound(message={"text": "hi"}), Bad)


def test_numbers_where_text_belongs_are_read_as_text() -> None:
    found = inbound(
        message=123456, messageId=7, senderAddress=72975, destinationAddress=["6135550100"]
    )
    assert isinstance(found, Inbound)
    message = found.message
    assert (message.text, message.message_id, message.remote, message.local) == (
        "123456",
        "7",
        "72975",
        LOCAL,
    )


def test_the_text_is_kept_to_the_last_blank() -> None:
    found = inbound(message="  two\nlines \U0001f44b\u0301 ")
    assert isinstance(found, Inbound)
    assert found.message.text == "  two\nlines \U0001f44b\u0301 "


def test_what_cannot_be_stored_is_shown_as_a_question_mark() -> None:
    found = inbound(message="a\ud800b\x00c", messageId="\udfff1", senderAddress="Ba\x00nk")
    assert isinstance(found, Inbound)
    assert found.message.text == "a\ufffdb\ufffdc"
    assert found.message.message_id == "\ufffd1"
    assert found.message.remote == "Ba\ufffdnk"
    raw = body({"inboundSMSMessageNotification": {"inboundSMSMessage": MESSAGE}})
    broken = parse(raw.replace(b'"hi"', b'"h\xffi"'))
    assert isinstance(broken, Inbound)
    assert broken.message.text == "h\ufffdi"
    assert isinstance(parse(b"\xef\xbb\xbf" + raw), Inbound)


@pytest.mark.parametrize(
    "when", [None, "soon", True, -5, 0, 10**30, "9" * 6000, [], {}, float("nan"), float("inf")]
)
def test_without_a_time_the_nearest_one_counts(when: object) -> None:
    found = inbound(dateTime=when)
    assert isinstance(found, Inbound)
    assert found.message.at_ms == 1568889114122
    raw = body(
        {
            "inboundSMSMessageNotification": {
                "inboundSMSMessage": {**MESSAGE, "dateTime": when},
                "dateTime": when,
            }
        }
    )
    later = parse(raw, received_at_ms=1600000000000)
    assert isinstance(later, Inbound)
    assert (later.at_ms, later.message.at_ms) == (1600000000000, 1600000000000)


@pytest.mark.parametrize("when", [1, "1", 315_532_800_000, 4_102_444_800_000])
def test_a_time_that_cannot_be_gives_way_to_the_arrival(when: object) -> None:
    found = parse(
        body(
            {
                "inboundSMSMessageNotification": {
                    "inboundSMSMessage": {**MESSAGE, "dateTime": when},
                    "dateTime": when,
                }
            }
        ),
        received_at_ms=1600000000000,
    )
    assert isinstance(found, Inbound)
    assert (found.at_ms, found.message.at_ms) == (1600000000000, 1600000000000)


def test_a_number_of_five_thousand_digits_and_one_too_large_for_a_float() -> None:
    raw = body({"inboundSMSMessageNotification": {"inboundSMSMessage": MESSAGE, "id": 1}})
    for number in (b"9" * 5000, b"1e999", b"-1e999", b"1." + b"3" * 5000):
        found = parse(raw.replace(b"1568889113850", number), received_at_ms=5)
        assert isinstance(found, Inbound)


def test_no_message_text_in_a_log() -> None:
    assert "secret" not in repr(parse(b'{"odd":"secret"}'))
    assert "secret" not in repr(parse(b"secret"))


def test_the_vendors_own_names(sample: Sample) -> None:
    assert vendor_fields(parse(sample("notification_inbound"))) == {
        "type": "inbound",
        "message_id": "SM1-1568889114-1020821-00-66406cba",
        "message": "hi :)",
        "sender_address": "+16135550111",
        "destination_address": "+16135550100",
        "date_time": 1568889113850,
        "notification_id": "5ceb215a-163e-44f8-bbe2-d372d227ef44",
        "notification_date_time": 1568889114122,
    }
    assert vendor_fields(parse(sample("notification_outbound"))) == {
        "type": "outbound",
        "message_id": "SM1-1569218382-1020821-10-d042a653",
        "message": "hi",
        "sender_address": "+16135550100",
        "destination_address": "+16135550111",
        "date_time": 1569218381777,
        "notification_id": "fa1fd235-2042-4273-889e-904b0c6e58c5",
        "notification_date_time": 1569218381182,
    }
    assert vendor_fields(parse(sample("notification_cancelled"))) == {
        "type": "subscriptionCancel",
        "subscription_id": "f179f10b-e846-4370-af20-db5f7dc0f985",
        "notification_id": "441fc36e-aab7-45dd-905c-4aaec7a7464d",
        "notification_date_time": 1525895987000,
    }
    assert vendor_fields(parse(sample("notification_event"))) == {
        "type": "event",
        "message_id": "SM5C24C4AB0001020821100077367A8A",
        "event_details": {"type": "MessageDeleted", "description": "A message has been deleted."},
        "notification_id": "8c30d6c7-d15e-41a0-800b-e7dc401403fb",
        "notification_date_time": 1545995973646,
    }
    report = vendor_fields(parse(sample("notification_report")))
    assert (report["message_id"], report["delivery_status"]) == ("SM-1", "DeliveredToTerminal")
    assert vendor_fields(parse(sample("notification_unknown"))) == {"type": "smsTypingNotification"}
    assert vendor_fields(parse(b"")) == {}
