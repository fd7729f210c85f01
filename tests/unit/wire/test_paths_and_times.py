"""Ids between slashes, and times of unknown unit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sms_desktop.wire import paths
from sms_desktop.wire.paths import Resource
from sms_desktop.wire.times import milliseconds

P = "/cpaas/smsmessaging/v1/u1"


@pytest.mark.parametrize(
    "url",
    [
        f"{P}/remoteAddresses/+16135550111/localAddresses/+16135550100/messages/SM-1",
        f"{P}/remoteAddresses/%2B16135550111/localAddresses/%2b16135550100/messages/SM-1",
        f"{P}/remoteAddresses/tel:+16135550111/localAddresses/6135550100/messages/SM-1/status",
        f"{P}/remoteAddresses/sip:6135550111@x/localAddresses/sip%3A%2B16135550100%40x/messages/SM-1/",
        f"https://kandy.example.com:443{P}/remoteAddresses/+16135550111/localAddresses/+16135550100/messages/SM-1?x=/messages/2#/messages/3",
        "remoteAddresses/+16135550111/localAddresses/+16135550100/messages/SM-1",
    ],
)
def test_a_message_is_recognised_in_every_form_of_its_url(url: str) -> None:
    found = paths.resource(url)
    assert (found.remote, found.local, found.message_id) == ("+16135550111", "+16135550100", "SM-1")


def test_other_resources() -> None:
    assert paths.resource(f"{P}/inbound/subscriptions/f1-7") == Resource(subscription_id="f1-7")
    assert paths.resource("/cpaas/notificationchannel/v1/u1/channels/wh-1").channel_id == "wh-1"
    assert paths.resource(f"{P}/remoteAddresses/72975/localAddresses/MyBank").remote == "72975"
    assert (
        paths.resource(f"{P}/remoteAddresses/messages/localAddresses/+16135550100").message_id
        is None
    )
    for url in (
        "",
        "/",
        "http://",
        "://",
        "nonsense",
        f"{P}/inbound/subscriptions",
        f"{P}/messages/",
    ):
        assert paths.resource(url) == Resource()


def test_the_id_of_a_subscription() -> None:
    assert paths.subscription_id(f"{P}/inbound/subscriptions/f1-7") == "f1-7"
    assert paths.subscription_id("f1-7") == "f1-7"
    assert paths.subscription_id(f"{P}/inbound/subscriptions") is None
    assert paths.subscription_id("") is None


@pytest.mark.parametrize(
    "raw",
    [
        "+16135550111",
        "%2B16135550111",
        "tel:%2b16135550111",
        " tel:+16135550111",
        "sip:%2B16135550111@x",
    ],
)
def test_a_plus_may_come_encoded(raw: str) -> None:
    assert paths.address(raw) == "+16135550111"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (1545913541, 1545913541000),
        (1545913604543, 1545913604543),
        ("1545913541", 1545913541000),
        ("1545913604543", 1545913604543),
        (" 1545913604543 ", 1545913604543),
        (1545913541.25, 1545913541250),
        ("1545913541.25", 1545913541250),
        (1.545913604543e12, 1545913604543),
        (99_999_999_999, 99_999_999_999_000),
        (946_684_800_000, 946_684_800_000),
        (946_684_800, 946_684_800_000),
    ],
)
def test_times_are_read_by_their_magnitude(value: object, expected: int) -> None:
    assert milliseconds(value) == expected


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        False,
        0,
        1,
        946_684_799,
        100_000_000_000,
        -1,
        -1545913604543,
        "",
        "soon",
        "-5",
        "1e9",
        "١٢٣",
        10**14,
        10**19,
        10**400,
        "9" * 21,
        "9" * 5000,
        float("nan"),
        float("inf"),
        -float("inf"),
        1e308,
        [],
        {},
        b"1",
    ],
)
def test_what_is_no_time_is_not_made_one(value: object) -> None:
    assert milliseconds(value) is None


@given(st.integers(min_value=10**9, max_value=10**11 - 1))
def test_a_second_is_the_same_time_in_both_units(second: int) -> None:
    assert milliseconds(second) == second * 1000
    if second >= 10**8:
        assert milliseconds(second * 1000) == second * 1000
