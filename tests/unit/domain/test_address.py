"""One person, one thread: the forms in which an address arrives become one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sms_desktop.domain.address import canonical, is_phone_number, is_short_code


@pytest.mark.parametrize(
    "raw",
    [
        "+16131234567",
        "6131234567",
        "tel:+16131234567",
        "sip:+16131234567@example.com",
        "sip:6131234567@example.com",
        "16131234567",
        " (613) 123-4567 ",
        "+1 613.123.4567",
        "+1\u00a0613\u2011123\u20114567",
        "\u202a+1 613-123-4567\u202c",
        "TEL:+1-613-123-4567;ext=1",
        "sip:+16131234567;phone-context=+1@example.com:5060",
        "sms:+16131234567?body=hi",
        "tel:tel:+16131234567",
        "tel: +16131234567",
    ],
)
def test_all_forms_of_one_number_are_the_same_address(raw: str) -> None:
    assert canonical(raw) == "+16131234567"


@pytest.mark.parametrize(
    "raw",
    [
        "72975",
        "911",
        "12345678",
        "VERIFY",
        "My Bank",
        "alice@example.com",
        "AT&T",
        "50%off",
        "default",
    ],
)
def test_short_codes_and_names_are_left_as_they_are(raw: str) -> None:
    assert canonical(raw) == raw
    assert not is_phone_number(canonical(raw))


def test_numbers_of_other_countries_keep_their_own_code() -> None:
    assert canonical("+44 20 7946 0958") == "+442079460958"
    assert canonical("tel:+493012345678") == "+493012345678"
    # Without the plus nobody can tell the country.
    assert canonical("442079460958") == "442079460958"


@pytest.mark.parametrize(
    "raw", ["1131234567", "0131234567", "+123", "+1234567890123456", "+1613abc4567"]
)
def test_what_cannot_be_a_phone_number_does_not_become_one(raw: str) -> None:
    assert canonical(raw) == raw
    assert not is_phone_number(canonical(raw))


@pytest.mark.parametrize(
    ("raw", "expected"), [("72975", True), ("12", False), ("+72975", False), ("VERIFY", False)]
)
def test_short_codes_are_recognised(raw: str, expected: bool) -> None:
    assert is_short_code(canonical(raw)) is expected


@given(st.text())
def test_a_canonical_address_stays_as_it_is(raw: str) -> None:
    once = canonical(raw)
    assert canonical(once) == once


@given(
    st.from_regex(r"\+[1-9][0-9]{6,14}", fullmatch=True),
    st.sampled_from(["{}", "tel:{}", "sip:{}@example.com", " {} "]),
)
def test_every_international_number_survives_every_form(number: str, form: str) -> None:
    assert canonical(form.format(number)) == number
    assert is_phone_number(canonical(number))
