"""The second line of defence: what looks like a number, a token or a password leaves every text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sms_desktop.redaction import redacted

JWT = "eyJhbGciOiJSUzI1NiJ9.eyJwcmVmZXJyZWRfdXNlcm5hbWUiOiJqIn0.c2lnbmF0dXJl"
PATH = "Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmF"


@pytest.mark.parametrize(
    "secret",
    [
        "+16131234567",
        "+1 (613) 123-4567",
        "%2B16131234567",
        "16131234567",
        "6131234567",
        "613-123-4567",
        "(613) 123-4567",
        "613.123.4567",
        "+447911123456",
        "447911123456",
        "+٤٤٧٩١١١٢٣٤٥٦",
        "tel:+16131234567",
        "sms:72345",
        "sip:6131234567@example.com",
        JWT,
        JWT.rpartition(".")[0],
        f"Bearer {JWT}",
        "bearer abc.def",
        "Basic dXNlcjpwYXNz",
        "access_token=abcdef",
        '"client_secret": "s3 cr&et"',
        "'password': 'open sesame'",
        "password=open",
        f"/{PATH}",
    ],
)
@pytest.mark.parametrize(
    "around", ["{}", "to {}, please", "GET /remoteAddresses/x?y={}&max=10", "('{}',)"]
)
def test_secrets_leave_the_text(secret: str, around: str) -> None:
    cleaned = redacted(around.format(secret))
    for word in ("613", "447911", "٤٤٧", "72345", "eyJ", "abc", "dXNl", "s3", "sesame", "open"):
        if word in secret:
            assert word not in cleaned, cleaned
    assert PATH not in cleaned


@pytest.mark.parametrize(
    "harmless",
    [
        "",
        "subscribed 3 numbers in 1250 ms",
        "listening on 127.0.0.1:50123",
        "2026-11-22T19:52:50.123Z",
        "2026-11-22 19:52:50,123+0000",
        "wh-72b43d88-4cc9-466e-a453-5b31ae2eb4a4",
        "SM1-1568889114-1020821-00-66406cba",
        'File "sms_desktop/net/kandy.py", line 120, in send',
        "SVC0002: Invalid input value for message part address",
        "token renewal failed",
    ],
)
def test_what_is_harmless_stays(harmless: str) -> None:
    assert redacted(harmless) == harmless


@given(st.text(alphabet="+%2B 0123456789()-.abceyJ:=/\"'tokensl\n", max_size=200))
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert redacted(redacted(text)) == redacted(text)


@given(st.from_regex(r"\+[1-9][0-9]{6,14}", fullmatch=True), st.text(max_size=20), st.text())
def test_no_full_number_survives_anywhere(number: str, before: str, after: str) -> None:
    assert number not in redacted(f"{before}{number} {after}")
