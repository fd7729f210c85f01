import pytest

from sms_desktop.domain.address import Address
from sms_desktop.ui.destination import Verdict, destination
from sms_desktop.ui.sms_link import SmsLink, parse_link

CANADIAN = Address("+16139998877")
GERMAN = Address("+4930901820")


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
def test_any_form_of_a_number_can_be_texted(typed: str, own: Address, address: str) -> None:
    judged = destination(typed, own)
    assert judged.address == address
    assert judged.verdict is Verdict.GOOD


def test_an_unusual_number_is_doubted_and_can_be_texted_all_the_same() -> None:
    judged = destination("+1 613 123 4567", CANADIAN)
    assert judged.address == "+16131234567"
    assert judged.verdict is Verdict.UNSURE


@pytest.mark.parametrize(
    ("typed", "verdict", "words"),
    [
        ("", Verdict.EMPTY, "any form"),
        ("+1 613", Verdict.INCOMPLETE, "Keep typing"),
        ("+1 613 723 45", Verdict.INCOMPLETE, "too short"),
        ("0151 1234567", Verdict.INCOMPLETE, "begin with +"),
        ("Maria", Verdict.WRONG, "Names cannot be texted"),
        ("+999 1234567", Verdict.WRONG, "No country"),
        ("12345678901234567890", Verdict.WRONG, "Too long"),
    ],
)
def test_what_cannot_be_texted_is_explained(typed: str, verdict: Verdict, words: str) -> None:
    judged = destination(typed, CANADIAN)
    assert judged.address is None
    assert judged.verdict is verdict
    assert words in judged.sentence


@pytest.mark.parametrize(
    ("link", "parts"),
    [
        ("sms:+16131234567?body=hi", SmsLink("+16131234567", "hi")),
        ("SMS:+1613-123-4567?body=a%20b%0Ac%2Bd+e", SmsLink("+1613-123-4567", "a b\nc+d+e")),
        ("sms://%2B16131234567/?body=", SmsLink("+16131234567/", "")),
        ("smsto:72345", SmsLink("72345", "")),
        ("sms:+16131234567,+16135550100?x=1&body=yes&body=no", SmsLink("+16131234567", "yes")),
        ("sms:+16131234567;phone-context=x", SmsLink("+16131234567", "")),
        ("sms:", SmsLink("", "")),
    ],
)
def test_sms_links_are_taken_apart(link: str, parts: SmsLink) -> None:
    assert parse_link(link) == parts


@pytest.mark.parametrize("link", ["", "https://example.com", "tel:+16131234567", "smsx:1"])
def test_other_links_are_none_of_ours(link: str) -> None:
    assert parse_link(link) is None
