"""What a text costs: segments as a carrier counts them (3GPP TS 23.038)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sms_desktop.domain.segments import Encoding, count, to_gsm7


@pytest.mark.parametrize(
    ("text", "units", "segments"),
    [
        ("", 0, 0),
        ("a" * 160, 160, 1),
        ("a" * 161, 161, 2),
        ("a" * 306, 306, 2),
        ("a" * 307, 307, 3),
        ("€" * 80, 160, 1),
        ("€" * 81, 162, 2),
        ("@£$¥\n ÄÖÑÜ§¿äöñüà", 17, 1),
    ],
)
def test_plain_texts_count_septets(text: str, units: int, segments: int) -> None:
    found = count(text)
    assert (found.encoding, found.units, found.segments) == (Encoding.GSM7, units, segments)
    assert found.offenders == ()


@pytest.mark.parametrize(
    ("text", "units", "segments"),
    [
        ("ж" * 70, 70, 1),
        ("ж" * 71, 71, 2),
        ("ж" * 134, 134, 2),
        ("ж" * 135, 135, 3),
        ("👋" * 35, 70, 1),
        ("👋" * 36, 72, 2),
    ],
)
def test_other_texts_count_utf16_units(text: str, units: int, segments: int) -> None:
    found = count(text)
    assert (found.encoding, found.units, found.segments) == (Encoding.UNICODE, units, segments)


def test_a_pair_is_never_split_over_two_segments() -> None:
    # 152 septets and a pair: the pair moves to the second segment, which then has 8 left over.
    assert count("a" * 152 + "€" + "a" * 151).segments == 2
    assert count("a" * 152 + "€" + "a" * 152).segments == 3
    # 66 units and a surrogate pair.
    assert count("ж" * 66 + "👋" + "ж" * 65).segments == 2
    assert count("ж" * 66 + "👋" + "ж" * 66).segments == 3


def test_the_offenders_are_named_once_and_in_order() -> None:
    assert count("a–b…c–ж").offenders == ("–", "…", "ж")


def test_lookalikes_can_be_made_plain() -> None:
    assert to_gsm7("“Don’t” – stop…") == '"Don\'t" - stop...'
    assert to_gsm7("plain") == "plain"
    assert to_gsm7("привет") is None


@given(st.text(max_size=400))
def test_a_text_fits_into_its_segments_and_not_into_fewer(text: str) -> None:
    found = count(text)
    single, joined = (160, 153) if found.encoding is Encoding.GSM7 else (70, 67)
    assert found.units <= found.capacity
    assert (found.segments == 0) == (text == "")
    if found.segments <= 1:
        assert found.capacity == single
    else:
        assert found.units > single
        assert found.capacity == found.segments * joined
        # A segment loses at most one unit to a pair that would not fit.
        assert found.units > (found.segments - 1) * (joined - 1)


@given(st.text(max_size=100))
def test_a_plain_version_travels_as_gsm7(text: str) -> None:
    plain = to_gsm7(text)
    assert plain is None or count(plain).encoding is Encoding.GSM7
