import phonenumbers
import pytest

from sms_desktop.domain.address import Address
from sms_desktop.domain.conversation import Correspondent
from sms_desktop.domain.regions import REGIONS
from sms_desktop.ui.destination import Verdict, destination
from sms_desktop.ui.models.people import People
from sms_desktop.ui.sms_link import SmsLink, parse_link

CANADIAN = "CA"
GERMAN = "DE"


@pytest.mark.parametrize(
    ("typed", "own", "address"),
    [
        ("+1 613 723 4567", CANADIAN, "+16137234567"),
        ("(613) 723-4567", CANADIAN, "+16137234567"),
        ("tel:+16137234567", CANADIAN, "+16137234567"),
        ("sip:6137234567@example.com", CANADIAN, "+16137234567"),
        ("+49 1511 2345678", CANADIAN, "+4915112345678"),
        ("01511 2345678", GERMAN, "+4915112345678"),
        ("72345", CANADIAN, "72345"),
    ],
)
def test_any_form_of_a_number_can_be_texted(typed: str, own: str, address: str) -> None:
    judged = destination(typed, [own])
    assert judged.address == address
    assert judged.verdict is Verdict.GOOD


def test_an_unusual_number_is_doubted_and_can_be_texted_all_the_same() -> None:
    judged = destination("+1 613 123 4567", [CANADIAN])
    assert judged.address == "+16131234567"
    assert judged.verdict is Verdict.UNSURE


@pytest.mark.parametrize(
    ("typed", "verdict", "words"),
    [
        ("", Verdict.EMPTY, "any form"),
        ("+1 613", Verdict.INCOMPLETE, "Keep typing"),
        ("+1 613 723 45", Verdict.INCOMPLETE, "too short"),
        ("0151 1234567", Verdict.INCOMPLETE, "begin with +"),
        ("Maria", Verdict.WRONG, "Nobody here is called that"),
        ("+999 1234567", Verdict.WRONG, "No country"),
        ("12345678901234567890", Verdict.WRONG, "Too long"),
    ],
)
def test_what_cannot_be_texted_is_explained(typed: str, verdict: Verdict, words: str) -> None:
    judged = destination(typed, [CANADIAN])
    assert judged.address is None
    assert judged.verdict is verdict
    assert words in judged.sentence


@pytest.mark.parametrize(
    ("link", "parts"),
    [
        ("sms:+16131234567?body=hi", SmsLink(("+16131234567",), "hi")),
        ("SMS:+1613-123-4567?body=a%20b%0Ac%2Bd+e", SmsLink(("+1613-123-4567",), "a b\nc+d+e")),
        ("sms://%2B16131234567/?body=", SmsLink(("+16131234567",), "")),
        ("smsto:72345", SmsLink(("72345",), "")),
        (
            "sms:+16131234567,+16135550100?x=1&body=yes&body=no",
            SmsLink(("+16131234567", "+16135550100"), "yes"),
        ),
        ("sms:+16131234567;phone-context=x", SmsLink(("+16131234567",), "")),
        ("sms:", SmsLink((), "")),
    ],
)
def test_sms_links_are_taken_apart(link: str, parts: SmsLink) -> None:
    assert parse_link(link) == parts


@pytest.mark.parametrize("link", ["", "https://example.com", "tel:+16131234567", "smsx:1"])
def test_other_links_are_none_of_ours(link: str) -> None:
    assert parse_link(link) is None


@pytest.mark.parametrize(
    ("typed", "regions", "address"),
    [
        ("6137234567", ["DE"], "+16137234567"),
        ("0049 1511 2345678", ["DE"], "+4915112345678"),
        ("011 49 1511 2345678", ["US"], "+4915112345678"),
        ("07911 123456", ["GB"], "+447911123456"),
        ("07911 123456", ["CA", "GB"], "+447911123456"),
        ("3912345678", ["IT"], "+393912345678"),
        ("110", ["DE"], "110"),
        ("91234567", ["NO"], "+4791234567"),
    ],
)
def test_numbers_are_read_as_in_the_persons_country(
    typed: str, regions: list[str], address: str
) -> None:
    assert destination(typed, regions).address == address


def test_somebody_known_is_not_doubted_and_a_known_sender_name_is_left_alone() -> None:
    known = {Address("+16131234567"): "Maria Rossi", Address("Kandy"): ""}.get
    judged = destination("613 123 4567", ["CA"], known)
    assert (judged.verdict, judged.sentence) == (Verdict.GOOD, "Maria Rossi · +1 613 123 4567")
    assert destination("Kandy", ["CA"], known).address == "Kandy"


def test_every_region_of_the_setting_has_numbers() -> None:
    assert set(REGIONS) == phonenumbers.SUPPORTED_REGIONS
    assert sorted(REGIONS) == list(REGIONS)


def test_people_are_found_by_any_beginning_and_by_digits() -> None:
    people = People(
        [
            Correspondent(Address("+16131234567"), "María Rossi", 5),
            Correspondent(Address("+4915112345678"), "Mark O'Neill", 9),
            Correspondent(Address("72345"), "", 7),
        ]
    )
    assert [one.name for one in people.matching("mar", 9)] == ["Mark O'Neill", "María Rossi"]
    assert [one.name for one in people.matching("ROSSI maria", 9)] == ["María Rossi"]
    assert [one.remote for one in people.matching("0151 123", 9)] == ["+4915112345678"]
    assert [one.remote for one in people.matching("", 9)] == [
        "+4915112345678",
        "72345",
        "+16131234567",
    ]
    assert people.matching("xyz", 9) == []
    assert people.matching("...", 9) == []
    assert [one.remote for one in people.called("maria rossi")] == ["+16131234567"]
    assert people.name_of(Address("72345")) == ""
    assert people.name_of(Address("72346")) is None
