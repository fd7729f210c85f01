"""Signatures and changes of numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sms_desktop.domain.number_change import NameTooLong, NoColour, checked_colour, tidy_name
from sms_desktop.domain.signature import SignatureTooLong, signed, tidy_signature, unsigned


def test_a_signature_stands_on_a_line_of_its_own():
    assert signed("hello", "Tom") == "hello\nTom"
    assert signed("hello", "") == "hello"
    assert signed(" ", "Tom") == " "


@pytest.mark.parametrize("text", ["hello\nTom", "hello\nTom\n ", "Tom"])
def test_a_signature_that_is_there_is_not_doubled(text):
    assert signed(text, "Tom") == text


def test_a_word_at_the_end_is_no_signature():
    assert signed("from Tom", "Tom") == "from Tom\nTom"


@given(st.text(), st.text())
def test_signing_twice_is_signing_once(text, raw):
    try:
        signature = tidy_signature(raw)
    except SignatureTooLong:
        return
    once = signed(text, signature)
    assert signed(once, signature) == once
    if once != text:
        assert unsigned(once, signature) == text


def test_a_signature_is_tidied():
    assert tidy_signature("  Tom \r\n\x00Support\t\n\n") == "Tom\nSupport"
    with pytest.raises(SignatureTooLong):
        tidy_signature("x" * 161)


def test_names_and_colours():
    assert tidy_name("  On\n call ") == "On call"
    assert checked_colour(" #12A866 ") == "#12a866"
    for raw in ("12a866", "#12a86", "#12a8666", "green", "#12a86\u0661"):
        with pytest.raises(NoColour):
            checked_colour(raw)
    with pytest.raises(NameTooLong):
        tidy_name("n" * 41)
