"""Numbers, times and texts as people read them."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import QLocale
from pytestqt.qtbot import QtBot

from sms_desktop.domain.address import Address
from sms_desktop.ui.delegates.links import links_in
from sms_desktop.ui.models.moments import DayWatch, Moments
from sms_desktop.ui.models.numbers import initials, shown_name, shown_number
from sms_desktop.ui.models.texts import beginning, is_right_to_left, layout_text, one_line

At = Callable[..., int]


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("+16131234567", "+1 613 123 4567"),
        ("+442079460958", "+44 20 7946 0958"),
        ("+4915112345678", "+49 1511 2345678"),
        ("72345", "72345"),
        ("KANDY", "KANDY"),
        ("", ""),
    ],
)
def test_numbers_are_spaced(address: str, shown: str) -> None:
    assert shown_number(Address(address)) == shown


@pytest.mark.parametrize(
    ("name", "address", "letters"),
    [
        ("Maria Rossi", "+16131234567", "MR"),
        ("Dev Lab on-call", "+16131234567", "DL"),
        ("Aïcha", "+16131234567", "A"),
        ("", "+12066417772", "+1"),
        ("", "+4915112345678", "+49"),
        ("", "72345", "72"),
        ("🎉 Party", "72345", "P"),
        ("🎉", "72345", "72"),
    ],
)
def test_initials(name: str, address: str, letters: str) -> None:
    assert initials(name, Address(address)) == letters


def test_days_are_named(moments: Moments) -> None:
    assert moments.day_label(date(2026, 11, 23)) == "Today"
    assert moments.day_label(date(2026, 11, 22)) == "Yesterday"
    assert moments.day_label(date(2026, 11, 20)) == "Friday 20 November"
    assert moments.day_label(date(2025, 11, 20)) == "Thursday, 20 November 2025"


def test_list_times_are_as_short_as_they_can_be(moments: Moments, at: At) -> None:
    assert moments.list_time(at(23, 9, 5)) == "09:05"
    assert moments.list_time(at(20, 9)) == "Fri"
    assert moments.list_time(at(10, 9)) == "10 Nov"


@pytest.mark.parametrize(
    ("locale", "shown"),
    [
        ("en_US", "Friday, November 20"),
        ("de_DE", "Freitag, 20. November"),
        ("fr_FR", "vendredi 20 novembre"),
        ("es_ES", "viernes, 20 de noviembre"),
        ("ja_JP", "2026年11月20日金曜日"),
    ],
)
def test_days_follow_the_locale(at: At, locale: str, shown: str) -> None:
    moments = Moments(lambda: at(23, 12), QLocale(locale))
    assert moments.day_label(date(2026, 11, 20)) == shown


def test_midnight_is_noticed(at: At, qtbot: QtBot) -> None:
    now = [at(23, 23, 59)]
    watch = DayWatch(Moments(lambda: now[0]))
    with qtbot.assertNotEmitted(watch.day_changed):
        watch.look()
    now[0] = at(24, 0, 0)
    with qtbot.waitSignal(watch.day_changed):
        watch.look()


def test_links_count_places_as_the_layout_does() -> None:
    text = layout_text("👋 https://ship.example/7Q2\nwww.example.org")
    assert [link.target for link in links_in(text)] == [
        "https://ship.example/7Q2",
        "http://www.example.org",
    ]
    assert links_in(text)[0].start == 3


@pytest.mark.parametrize(
    "text", ["javascript:alert(1)", "ftp://x.example", "4.30 pm", "a.b", "no link"]
)
def test_what_is_no_web_or_mail_address_is_no_link(text: str) -> None:
    assert links_in(text) == ()


@pytest.mark.parametrize(
    ("text", "expected"), [("שלום hi", True), ("hi שלום", False), ("123 مرحبا", True), ("…", False)]
)
def test_direction_follows_the_first_strong_letter(text: str, expected: bool) -> None:
    assert is_right_to_left(text) is expected


def test_texts_are_made_fit_for_a_line_and_for_a_layout() -> None:
    assert one_line("a\r\n  b\tc\x00d") == "a b c d"
    assert layout_text("a\r\nb\rc\x07") == "a\u2028b\u2028c "
    assert one_line("\ud83d") == "\ufffd"


def test_a_name_turns_nothing_round_beside_it() -> None:
    assert shown_name("\u202eevil\u2066", Address("+16131234567")) == "evil"
    assert shown_name("", Address("\u202emoc.knab")) == "moc.knab"
    assert shown_name(" שרה ", Address("+16131234567")) == "שרה"


@pytest.mark.parametrize("text", ["", "short", "x" * 1_200, "\n".join("abc"), "👋" * 600])
def test_texts_of_common_length_are_shown_whole(text: str) -> None:
    text = layout_text(text)
    assert beginning(text) == text


@pytest.mark.parametrize(
    "text", ["x" * 10_000, "\n" * 10_000, "ab\n" * 400, "e" + "\u0301" * 9_000, "👨‍👩‍👧‍👦" * 400]
)
def test_of_a_hostile_text_a_beginning_is_shown(text: str) -> None:
    whole = layout_text(text)
    shown = beginning(whole)
    assert whole.startswith(shown)
    assert len(shown) <= 1_200
    assert shown.count("\u2028") <= 60


def test_a_letter_keeps_its_marks_where_a_text_is_cut() -> None:
    text = "x" * 1_198 + "e\u0301\u0302" + "x" * 100
    assert beginning(text) == "x" * 1_198
