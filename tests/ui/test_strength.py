"""The hint at a passphrase: what is guessed first is weak, several unrelated words are good."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sms_desktop.ui.strength import SHORTEST, Level, strength


@pytest.mark.parametrize(
    ("passphrase", "level"),
    [
        ("", Level.EMPTY),
        ("sesame!", Level.TOO_SHORT),
        ("12345678", Level.WEAK),
        ("aaaaaaaaaaaaaaaa", Level.WEAK),
        ("qwertyuiop", Level.WEAK),
        ("abcdefghijklmnop", Level.WEAK),
        ("Password123!", Level.WEAK),
        ("open sesame", Level.WEAK),
        ("word word word word", Level.WEAK),
        ("horse battery staple", Level.FAIR),
        ("kX9#vq!2Lm", Level.FAIR),
        ("correct horse battery staple", Level.GOOD),
        ("грозный конь батарея скрепка", Level.GOOD),
    ],
)
def test_levels(passphrase: str, level: Level) -> None:
    assert strength(passphrase).level is level


@given(st.text())
def test_anything_gets_a_sentence_that_does_not_hold_it(passphrase: str) -> None:
    judged = strength(passphrase)
    assert judged.sentence
    is_refused = judged.level in (Level.EMPTY, Level.TOO_SHORT)
    assert is_refused is (len(passphrase) < SHORTEST)
