"""Queries and folding: any text is a query, and what looks alike is alike."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sms_desktop.domain.folding import fold, places
from sms_desktop.domain.search import digits_of, excerpt, fits_person, parse_query

TODAY = date(2026, 11, 23)
ANY = st.text(st.characters())
FILTERS = st.sampled_from(["from:", "to:", "in:", "before:", "after:", "has:", "is:", '"', "\x00"])


@given(st.lists(st.one_of(ANY, FILTERS, st.just(" "))).map("".join))
def test_any_text_is_a_query(text: str) -> None:
    query = parse_query(text, TODAY)
    assert all(needle == fold(needle) and needle.strip() for needle in query.needles)


@given(ANY, ANY)
def test_marks_lie_in_the_text_and_hold_the_needle(text: str, needle: str) -> None:
    folded = fold(needle)
    last = 0
    for start, end in places(text, (folded,)):
        assert last <= start < end <= len(text)
        assert fold(text[start:end]).find(folded) >= 0
        last = end


@given(ANY)
def test_what_is_folded_stays(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_filters_words_and_phrases() -> None:
    query = parse_query('from:"Maria Rossi" oak "see you" has:link is:unread in:99', TODAY)
    assert query.needles == ("oak", "see you")
    assert (query.senders, query.places) == (("Maria Rossi",), ("99",))
    assert query.has_link
    assert query.is_unread
    assert query.shown_words == "oak see you"


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("before:2026-11-20", date(2026, 11, 20)),
        ("before:2026-02", date(2026, 2, 1)),
        ("before:2026", date(2026, 1, 1)),
        ("before:today", TODAY),
        ("before:yesterday", date(2026, 11, 22)),
        ("before:", None),
        ("before:2026-13-40", None),
    ],
)
def test_days(text: str, before: date | None) -> None:
    query = parse_query(text, TODAY)
    assert query.before == before
    assert query.misread == (("before:2026-13-40",) if "13" in text else ())


def test_a_word_with_a_colon_is_a_word() -> None:
    assert parse_query("https://x.example re:Offer note:", TODAY).needles == (
        "https://x.example",
        "re:offer",
        "note:",
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [("ÉCOLE", "ecole"), ("Straße", "STRASSE"), ("ﬁn", "fin"), ("Łódź", "lodz"), ("１２", "12")],
)
def test_spellings_that_are_one(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_letters_that_only_look_accented_stay_apart() -> None:
    assert fold("が") != fold("か")
    assert len(fold("한")) == 1


def test_marks_count_letters_of_the_text_itself() -> None:
    assert places("x Café Straße", ("cafe", "ss")) == [(2, 6), (11, 12)]


@pytest.mark.parametrize("typed", ["613 123-4567", "(613) 1234567", "+1 613", "0613", "4567"])
def test_a_number_is_found_in_any_layout(typed: str) -> None:
    assert fits_person(typed, "Maria", "+16131234567")


def test_names_fit_by_parts_and_without_accents() -> None:
    assert fits_person("aicha sa", "Aïcha Saïd", "+15550100")
    assert not fits_person("noah", "Aïcha Saïd", "+15550100")
    assert not fits_person("", "Aïcha", "+1")
    assert digits_of("call 55") == ""


def test_the_excerpt_shows_the_words() -> None:
    line = excerpt("word " * 40 + "Gate code is 4471, side entrance", ("code",))
    assert line.startswith("…")
    assert "Gate code is 4471" in line
    assert excerpt("short\ntext", ("text",)) == "short text"
