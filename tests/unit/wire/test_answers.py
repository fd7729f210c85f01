"""What comes back from Kandy about messages and threads."""

import json
from collections.abc import Callable

import pytest

from sms_desktop.domain.address import DEFAULT_SENDER, Address
from sms_desktop.domain.delivery import State
from sms_desktop.domain.message import Direction, ServerMessage
from sms_desktop.wire import answers
from sms_desktop.wire.answers import SendAnswer, Thread
from sms_desktop.wire.errors import UnreadableAnswer

Sample = Callable[[str], bytes]
LOCAL = Address("+16135550100")
REMOTE = Address("+16135550111")


def body(value: object) -> bytes:
    return json.dumps(value).encode()


def test_a_sent_message_has_its_id_its_sender_and_its_state(sample: Sample) -> None:
    assert answers.sent(sample("send_answer")) == SendAnswer(
        "SM1-1568889114-1020821-00-66406cba", LOCAL, REMOTE, State.ACCEPTED, "hi :)"
    )


def test_an_answer_without_the_local_part_still_names_the_right_people(sample: Sample) -> None:
    found = answers.sent(sample("send_answer_without_local"))
    assert (found.message_id, found.sender, found.remote) == ("olr3j20Cdx87", LOCAL, REMOTE)
    assert found.state is State.IMPOSSIBLE


@pytest.mark.parametrize(
    ("word", "state"),
    [
        ("Unknown", State.ACCEPTED),
        ("Queued", State.ACCEPTED),
        (None, State.ACCEPTED),
        ("DeliveredToTerminal", State.DELIVERED),
    ],
)
def test_a_taken_message_is_at_least_accepted(word: str | None, state: State) -> None:
    answer = {
        "deliveryInfoList": {"deliveryInfo": [{"deliveryStatus": word}]},
        "senderAddress": "+16135550100",
    }
    assert answers.sent(body({"outboundSMSMessageRequest": answer})).state is state


def test_a_meagre_send_answer_is_still_a_success() -> None:
    found = answers.sent(body({"outboundSMSMessageRequest": {"address": "6135550111"}}))
    assert found == SendAnswer(None, DEFAULT_SENDER, REMOTE, State.ACCEPTED, "")


def test_kandy_names_the_number_behind_the_default_sender() -> None:
    url = "/cpaas/smsmessaging/v1/u1/remoteAddresses/+16135550111/localAddresses/+16135550100/messages/1"
    answer = {"senderAddress": "default", "resourceURL": url}
    found = answers.sent(body({"outboundSMSMessageRequest": answer}))
    assert (found.sender, found.remote, found.message_id) == (LOCAL, REMOTE, "1")


def test_threads(sample: Sample) -> None:
    page = answers.threads(sample("threads"))
    assert page.threads == (
        Thread(LOCAL, REMOTE, 1545913604543, 1545913604999, "see you", 10, 1),
        Thread(LOCAL, Address("72975"), 1545913604000, 1545913605000, "", 2, None),
    )
    assert (page.next_page, page.skipped) == ("c2Vjb25k+page==", 0)


def test_one_thread(sample: Sample) -> None:
    page = answers.threads(sample("thread"))
    assert page.threads == (Thread(LOCAL, REMOTE, 1545913604543, 1545913604543, "hi", 1, 0),)
    assert page.next_page is None


def test_messages(sample: Sample) -> None:
    page = answers.messages(sample("messages"), LOCAL, REMOTE)
    out, inbound = Direction.OUTBOUND, Direction.INBOUND
    assert page.messages == (
        ServerMessage("SM-1", out, LOCAL, REMOTE, "hi :)", 1545913541000, State.DELIVERED),
        ServerMessage("SM-2", inbound, LOCAL, REMOTE, "hello 👋", 1545913604543, State.RECEIVED),
        ServerMessage("SM-3", out, LOCAL, REMOTE, "still there?", 1545913704543, State.ACCEPTED),
    )
    assert (page.next_page, page.skipped) == ("abc/def", 0)


def test_one_bad_entry_does_not_hide_the_others() -> None:
    good = {"type": "inbound", "messageId": "1", "message": "hi", "dateTime": 1545913541}
    url = "/x/remoteAddresses/+16135550111/localAddresses/+16135550100/messages/2"
    listed = [None, 5, [], {}, {**good, "type": "Sideways"}, {**good, "messageId": None}, good]
    listed += [{"type": "OUTBOUND", "resourceURL": url, "message": 42, "dateTime": "nonsense"}]
    page = answers.messages(body({"smsMessageList": {"smsMessage": listed}}), LOCAL, REMOTE)
    assert [(m.message_id, m.text, m.at_ms) for m in page.messages] == [
        ("1", "hi", 1545913541000),
        ("2", "42", 0),
    ]
    assert page.skipped == 6
    threads = answers.threads(
        body(
            {
                "smsThreadList": {
                    "smsThread": [{}, "x", {"remoteAddress": "+16135550111", "localAddress": LOCAL}]
                }
            }
        )
    )
    assert [t.last_at_ms for t in threads.threads] == [None]
    assert threads.skipped == 2


@pytest.mark.parametrize(
    "value",
    [
        {},
        {"smsMessageList": None},
        {"smsMessageList": {}},
        {"smsMessageList": []},
        {"smsMessageList": {"smsMessage": None}},
        {"smsMessageList": {"smsMessage": []}},
        {"smsMessageList": {"resourceURL": "/x"}},
    ],
)
def test_an_empty_list_has_many_spellings(value: object) -> None:
    assert answers.messages(body(value), LOCAL, REMOTE).messages == ()


@pytest.mark.parametrize(
    "listed",
    [
        {"smsMessageList": {"smsMessage": {"type": "Inbound", "messageId": "1"}}},
        {"smsMessageList": [{"type": "Inbound", "messageId": "1"}]},
        {"smsMessage": {"type": "Inbound", "messageId": "1"}},
        {"smsMessage": [{"type": "Inbound", "messageId": 1}]},
    ],
)
def test_one_message_is_a_list_of_one(listed: object) -> None:
    assert [m.message_id for m in answers.messages(body(listed), LOCAL, REMOTE).messages] == ["1"]


@pytest.mark.parametrize(
    ("extra", "pointer"),
    [
        ({"next": "abc"}, "abc"),
        ({"next": " abc "}, "abc"),
        ({"next": 17}, "17"),
        ({"next": "/abc=="}, "/abc=="),
        ({"next": "/cpaas/x?max=5&next=a%2Bb+c%2F#top"}, "a+b+c/"),
        ({"next": "https://kandy.example.com/cpaas/x?next=abc&max=5"}, "abc"),
        ({"next": "https://kandy.example.com/cpaas/x"}, None),
        ({"next": "/cpaas/x?next="}, None),
        ({"next": {"href": "/cpaas/x?next=abc"}}, "abc"),
        (
            {
                "link": [
                    {"rel": "self", "href": "/x?next=no"},
                    {"rel": "next", "href": "/cpaas/x?next=abc"},
                ]
            },
            "abc",
        ),
        ({"next": ""}, None),
        ({"next": None}, None),
        ({}, None),
    ],
)
def test_the_way_to_the_next_page(extra: dict[str, object], pointer: str | None) -> None:
    inside = {"smsThreadList": {"smsThread": [], **extra}}
    beside = {"smsThreadList": {"smsThread": []}, **extra}
    assert answers.threads(body(inside)).next_page == pointer
    assert answers.threads(body(beside)).next_page == pointer


@pytest.mark.parametrize(
    "value",
    [
        {"requestError": {}},
        {"error": "x"},
        {"message": "no"},
        {"smsThreadList": "x"},
        {"smsThreadList": 3},
        [],
        None,
        "x",
        5,
    ],
)
def test_an_error_is_never_taken_for_an_empty_list(value: object) -> None:
    with pytest.raises(UnreadableAnswer):
        answers.threads(body(value))


@pytest.mark.parametrize(
    "raw", [b"", b" ", b"<html>502</html>", b"{", b"\xff\xfe\x00", b"[" * 100_000]
)
def test_what_is_not_json_is_said_to_be_unreadable(raw: bytes) -> None:
    with pytest.raises(UnreadableAnswer) as caught:
        answers.sent(raw)
    assert caught.value.text().startswith("Kandy's answer is ")
    assert "html" not in caught.value.text()


def test_a_byte_order_mark_does_no_harm(sample: Sample) -> None:
    assert answers.status(b"\xef\xbb\xbf" + sample("status")) == "DeliveredToTerminal"


def test_status(sample: Sample) -> None:
    assert answers.status(sample("status")) == "DeliveredToTerminal"
    assert answers.status(body({"deliveryInfo": {"deliveryStatus": "Unknown"}})) == "Unknown"
    for value in ({}, {"status": None}, {"status": []}, {"status": " "}):
        with pytest.raises(UnreadableAnswer):
            answers.status(body(value))
